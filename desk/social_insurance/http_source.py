"""社保记录 from an HTTPS endpoint of 人社: one POST with the ID number in its body, one JSON object back.

    {"id_number": "…"} → {"found": true, "name": "…", "place": "…", "employer": "…", "phones": ["…"],
                          "items": [["缴费状态", "正常参保"], …]}

The number never stands in the address (addresses are logged), no redirection is followed (it would carry the number
elsewhere), and no proxy of the environment is asked.
"""

import json
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from desk.errors import BadInput
from desk.social_insurance.csv_source import shown
from desk.social_insurance.sources import Person, SourceAway

_MOST_BYTES, _MOST_ITEMS = 256 * 1024, 60


class _Straight(HTTPRedirectHandler):
    """Follows no redirection: the answer that tells of one is an error."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class HttpSource:
    """Asks the endpoint at each look; gives up after `timeout` seconds of silence."""

    endpoint: str
    token_file: str
    timeout: float
    name: str = "http"

    @classmethod
    def of(cls, endpoint: str, token_file: str, timeout: float) -> "HttpSource":
        """Return the source for the settings. Raises BadInput for an address that is not safe."""
        if not _is_safe(endpoint):
            raise BadInput(
                "设置 insurance.endpoint 须以 https:// 开头（本机接口可用 http://127.0.0.1），请管理员改正",
                "insurance.endpoint",
            )
        return cls(endpoint, token_file, max(timeout, 0.1))

    def where(self) -> str:
        """Where it looks; an address may carry a secret behind its path, so only the host is said."""
        return f"{urlsplit(self.endpoint).hostname}，{self.timeout:g} 秒无应答即止"

    def find(self, id_number: str) -> Person | None:
        """Return the person of this ID number. Raises SourceAway."""
        return _person(self._ask({"id_number": id_number}))

    def _ask(self, question: dict[str, str]) -> dict[str, Any]:
        request = Request(self.endpoint, json.dumps(question).encode(), self._headers(), method="POST")
        try:
            with build_opener(ProxyHandler({}), _Straight).open(request, timeout=self.timeout) as answer:
                body = answer.read(_MOST_BYTES + 1)
        except HTTPError as error:
            error.close()
            raise SourceAway(f"社保接口没有接受查询（HTTP {error.code}），请管理员检查") from None
        except (OSError, HTTPException):
            raise SourceAway(f"社保接口 {self.timeout:g} 秒内没有应答") from None
        return _decoded(body)

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token_file:
            try:
                token = Path(self.token_file).read_text(encoding="ascii").strip()
            except (OSError, UnicodeDecodeError):
                raise SourceAway("社保接口的令牌文件读不了，请管理员检查 insurance.token_file") from None
            headers["Authorization"] = f"Bearer {token}"
        return headers


def _is_safe(endpoint: str) -> bool:
    try:
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host)))


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body) if len(body) <= _MOST_BYTES else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("found"), bool):
        raise SourceAway("社保接口的应答看不懂，请管理员核对接口格式")
    return answer


def _person(answer: dict[str, Any]) -> Person | None:
    if not answer["found"]:
        return None
    phones, items = answer.get("phones"), answer.get("items")
    pairs = [pair for pair in items if _is_pair(pair)] if isinstance(items, list) else []
    return Person(
        name=_text(answer, "name"),
        place=_text(answer, "place"),
        employer=_text(answer, "employer"),
        phones=tuple(map(str, phones)) if isinstance(phones, list) else (),
        items=tuple((shown(str(label)), shown(str(value))) for label, value in pairs[:_MOST_ITEMS]),
    )


def _text(answer: dict[str, Any], name: str) -> str:
    return shown(str(answer.get(name) or ""))


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2
