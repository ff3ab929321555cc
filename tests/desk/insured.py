"""Invented insured people: the numbers have right check digits and belong to nobody (born in 1900)."""

from pathlib import Path

from db.codes import IdentityFact
from desk import social_insurance
from desk.insurance_rows import IdentityCheck, IdentityClaim
from tests.world import World

NUMBER = "36070219000101001X"
OTHER = "360702190002020025"
CALL = "call"
CLAIM = IdentityClaim("样例甲", NUMBER, IdentityFact.PLACE, "章贡区")
FILE = (
    "姓名,身份证号,手机号,参保地,单位,险种,缴费状态\n"
    f"样例甲,{NUMBER},13800000017;13900001111,江西省赣州市章贡区,样例一厂有限公司,养老,正常参保\n"
    f"样例甲,{NUMBER},,,,失业,暂停缴费\n"
    f"样例乙,{OTHER},13800000018,市本级,样例二厂,养老,正常参保\n"
)


def csv_file(folder: Path, text: str = FILE, encoding: str = "utf-8") -> Path:
    """Write a file as 人社 hands it over."""
    path = folder / "社保.csv"
    path.write_bytes(text.encode(encoding))
    return path


def csv_settings(folder: Path) -> dict[str, object]:
    """Return the settings of a city that works from such a file."""
    return {"insurance.source": "csv", "insurance.csv_path": str(csv_file(folder))}


def passed(world: World, call: str = CALL) -> IdentityCheck:
    """Let 王芳 check the first of them, with her own eyes where no source is set."""
    return social_insurance.verify(world.desk("1203"), CLAIM, call, agrees=True)
