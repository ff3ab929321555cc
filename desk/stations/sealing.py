"""密件: on a station's own store the words are sealed, so that nobody there can read them again (practice P18, P32).

A sealed box is encrypted to the centre's public key by a key that is thrown away at once: not even who wrote it opens it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from desk.errors import Refused
from desk.stations.keys import KeyRing

SEALED_TITLE = "密件"
SEALED_CONTENT = "（密件，只有热线中心可以阅看）"
_CANNOT = "密件打不开：不是封给本中心的，或密钥文件换过；请找登记该站时保存的密钥文件"


def seal(words: Mapping[str, Any], centre_key: str) -> str:
    """Return `words` (JSON values) as text that only the holder of the centre's secret key can read."""
    from nacl.public import PublicKey, SealedBox

    plain = json.dumps(dict(words), ensure_ascii=False).encode()
    return b64encode(SealedBox(PublicKey(bytes.fromhex(centre_key))).encrypt(plain)).decode()


def unseal(sealed: str, ring: KeyRing) -> dict[str, Any]:
    """Return the words of a 密件 at the centre. Raises Refused when they were sealed for somebody else."""
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        plain = SealedBox(PrivateKey(bytes.fromhex(ring.secret))).decrypt(b64decode(sealed))
        words: dict[str, Any] = json.loads(plain)
    except (CryptoError, ValueError):
        raise Refused(_CANNOT) from None
    return words
