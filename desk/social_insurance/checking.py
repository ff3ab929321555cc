"""身份核验: name, ID number and one more fact agree with the record, and the caller asks for himself (practice P17)."""

import json
import secrets
import unicodedata

from db.codes import Deed, IdentityFact, IdentityOutcome
from db.doors import Reader
from db.queries import events
from desk import history
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.history import Happening
from desk.insurance_rows import IdentityCheck, IdentityClaim
from desk.rules.calendar import local
from desk.rules.id_number import id_number
from desk.rules.text import required
from desk.social_insurance.common import digest, running_call
from desk.social_insurance.sources import Person, chosen, found

ATTEMPTS = 3
PASSED = "核验通过，只念给本人听"
NOT_PASSED = "很抱歉，您提供的信息与参保登记不一致，不能查询；请带身份证到社保窗口，或在“掌上12333”查询"
ONLY_OWN = "社保记录只能本人查询；请本人来电，或由受托人带委托书和双方身份证到社保窗口办理"
_LONGEST_NAME, _LONGEST_VALUE, _KEY_BYTES = 40, 100, 32
_SHORTEST_EMPLOYER = 4


def verify(desk: Desk, claim: IdentityClaim, call_key: str, *, agrees: bool | None = None) -> IdentityCheck:
    """核验 a caller; passed or not is one event VERIFY_IDENTITY, with no number and no words in it.

    `agrees` is what the operator found in 人社's own system; it counts only where no source is set. Raises NotAllowed,
    BadInput for a claim that cannot be checked, NotNow when the call is over or was checked in vain too often, Refused
    while the source is away; then nothing is written.
    """
    check_birth_right(desk, Deed.VERIFY_IDENTITY)
    call = running_call(desk, call_key)
    claim = _checked(desk, claim)
    with desk.reading() as reader:
        _refuse_guessing(desk, reader, call)
    source = chosen(desk.settings)
    if source is None:
        outcome = _by_hand(claim, agrees)
    else:
        outcome = _compared(claim, found(desk, source, claim.id_number))
    key = secrets.token_bytes(_KEY_BYTES)
    data = {
        "call_key": call,
        "passed": outcome is IdentityOutcome.PASSED,
        "outcome": str(outcome),
        "fact": str(claim.fact),
        "source": source.name if source else "none",
        "digest": digest(key, claim.id_number),
    }
    uid = _recorded(desk, call, data)
    return IdentityCheck(uid, call, outcome, _sentence(outcome), source is not None, key)


def _recorded(desk: Desk, call: str, data: dict[str, object]) -> str:
    with desk.writing() as writer:
        _refuse_guessing(desk, writer, call)
        at = history.moment_after_head(writer, desk.now())
        what = Happening(Deed.VERIFY_IDENTITY, at, desk.actor.uid, desk.seat, data=data)
        return history.record(writer, what)


def _checked(desk: Desk, claim: IdentityClaim) -> IdentityClaim:
    value = required(claim.value, word(claim.fact), _LONGEST_VALUE, one_line=True)
    if claim.fact is IdentityFact.PHONE_TAIL and not (
        value.isascii() and value.isdigit() and len(value) == 4
    ):
        raise BadInput("手机后四位须是 4 个数字：请核对", word(claim.fact))
    if claim.fact is IdentityFact.EMPLOYER and len(value) < _SHORTEST_EMPLOYER:
        raise BadInput(f"单位名称至少说出 {_SHORTEST_EMPLOYER} 个字：请核对", word(claim.fact))
    return IdentityClaim(
        name=required(claim.name, "姓名", _LONGEST_NAME, one_line=True),
        id_number=id_number(claim.id_number, local(desk.now()).date()),
        fact=claim.fact,
        value=value,
        is_own=claim.is_own,
    )


def _refuse_guessing(desk: Desk, reader: Reader, call: str) -> None:
    most = int(desk.settings.get("identity.attempts", ATTEMPTS))
    checks = map(json.loads, events.recent_data(reader, Deed.VERIFY_IDENTITY))
    if sum(check["call_key"] == call and not check["passed"] for check in checks) >= most:
        raise NotNow(f"这通来电核验 {most} 次未通过，不能再试。请告诉来电人：{NOT_PASSED}")


def _by_hand(claim: IdentityClaim, agrees: bool | None) -> IdentityOutcome:
    if not claim.is_own:
        return IdentityOutcome.NOT_OWN
    if agrees is None:
        raise BadInput("没有接入社保数据：请在人社业务系统核对后，选“相符”或“不符”", "核对结果")
    return IdentityOutcome.PASSED if agrees else IdentityOutcome.SAID_TO_DIFFER


def _compared(claim: IdentityClaim, person: Person | None) -> IdentityOutcome:
    if not claim.is_own:
        return IdentityOutcome.NOT_OWN
    if person is None:
        return IdentityOutcome.NO_RECORD
    if _plain(person.name) != _plain(claim.name):
        return IdentityOutcome.NAME_DIFFERS
    return IdentityOutcome.PASSED if _fact_agrees(claim, person) else IdentityOutcome.FACT_DIFFERS


def _fact_agrees(claim: IdentityClaim, person: Person) -> bool:
    said = _plain(claim.value)
    match claim.fact:
        case IdentityFact.PHONE_TAIL:
            return any(phone.strip().endswith(said) for phone in person.phones)
        case IdentityFact.PLACE:
            return bool(said) and _place(said) == _place(_plain(person.place))
        case IdentityFact.EMPLOYER:
            return said in _plain(person.employer)


def _plain(words: str) -> str:
    """Without blanks and differences of width: what two people who write one name may do differently."""
    return "".join(unicodedata.normalize("NFKC", words).replace("•", "·").split())


def _place(words: str) -> str:
    """A place as people say it: 江西省赣州市章贡区 is 章贡."""
    last = words.rpartition("省")[2]
    last = last.rpartition("市")[2] or last
    return last.removesuffix("区").removesuffix("县").removesuffix("市")


def _sentence(outcome: IdentityOutcome) -> str:
    if outcome is IdentityOutcome.PASSED:
        return PASSED
    return ONLY_OWN if outcome is IdentityOutcome.NOT_OWN else NOT_PASSED
