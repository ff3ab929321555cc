"""交接文件: what travels on a stick between a station and its centre, readable and writable by these two alone.

First a line that says who sends it to whom, then an authenticated box (Curve25519, XSalsa20-Poly1305) of compressed
JSON. A changed byte, another sender or another addressee is found before anything is read.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk import exchange
from desk.errors import BadInput, Refused
from desk.stations.keys import KeyRing

_FORM = "minyi-handover"
_VERSION = 1
_MOST_BYTES = 64_000_000
_NOT_ONE = "{name} 不是交接文件，未收取任何内容；请选对方用 desk handover out 写出的文件"
_SPOILT = "{name} 已损坏或被改动，未收取任何内容；请让对方重新导出一份"
_NEWER = "{name} 由更新版本的坐席台写出，未收取任何内容；请升级本程序后再收"
_TOO_BIG = "{name} 过大，不是交接文件，未收取任何内容"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A file whose address was read and whose box is still closed."""

    path: Path
    sender: str
    addressee: str
    box: bytes

    def open(self, ring: KeyRing, sender_key: str) -> dict[str, Any]:
        """Return what is in it. Raises Refused for a file that the sender did not write for this store like that."""
        from nacl.exceptions import CryptoError
        from nacl.public import Box, PrivateKey, PublicKey

        try:
            key = Box(PrivateKey(bytes.fromhex(ring.secret)), PublicKey(bytes.fromhex(sender_key)))
            body: dict[str, Any] = json.loads(zlib.decompress(key.decrypt(self.box)))
            is_whole = (body["from"], body["to"]) == (self.sender, self.addressee)
        except (CryptoError, ValueError, KeyError, TypeError, zlib.error):
            is_whole = False
        if not is_whole:
            raise Refused(_SPOILT.format(name=self.path.name))
        return body


def write(
    path: Path,
    body: Mapping[str, Any],
    *,
    sender: str,
    addressee: str,
    ring: KeyRing,
    reader_key: str,
    may_overwrite: bool = False,
) -> None:
    """Write a new file (0600), whole or not at all. Raises Refused when it is there already, StoreUnusable."""
    from nacl.public import Box, PrivateKey, PublicKey

    address = {"form": _FORM, "version": _VERSION, "from": sender, "to": addressee}
    plain = json.dumps({**body, "from": sender, "to": addressee}, ensure_ascii=False).encode()
    key = Box(PrivateKey(bytes.fromhex(ring.secret)), PublicKey(bytes.fromhex(reader_key)))
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        made.write_bytes(json.dumps(address).encode() + b"\n" + key.encrypt(zlib.compress(plain)))


def read(path: Path) -> Envelope:
    """Return a file with its address. Raises BadInput when there is none, Refused for one that is something else."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused(_TOO_BIG.format(name=path.name))
        line, _, box = path.read_bytes().partition(b"\n")
    except OSError:
        raise BadInput(f"{path} 打不开，未收取任何内容；请检查路径和权限", "文件") from None
    try:
        address = json.loads(line)
        if address["form"] != _FORM:
            raise ValueError
        version, sender, addressee = int(address["version"]), str(address["from"]), str(address["to"])
    except (ValueError, KeyError, TypeError):
        raise Refused(_NOT_ONE.format(name=path.name)) from None
    if version > _VERSION:
        raise Refused(_NEWER.format(name=path.name))
    return Envelope(path, sender, addressee, box)
