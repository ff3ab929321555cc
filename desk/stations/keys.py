"""The secret half of a store's keys: one small file beside the store, 0600, never inside it and never on a stick.

Keys are Curve25519 (PyNaCl, imported when first needed), written in hexadecimal.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from db.doors import StoreTrouble
from db.files import new_file
from desk.errors import StoreUnusable
from desk.troubles import unusable

_LOST = "找不到本站的密钥文件 {path}：交接文件和密件都读不了，请从保存的副本放回原处（权限 0600）"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Both halves of a store's key."""

    public: str
    secret: str


def ring_path(store: Path) -> Path:
    """Return where the keys of a store lie: `desk.keys` beside `desk.db`."""
    return store.with_suffix(".keys")


def new_ring() -> KeyRing:
    """Return new keys."""
    from nacl.public import PrivateKey

    secret = PrivateKey.generate()
    return KeyRing(bytes(secret.public_key).hex(), bytes(secret).hex())


def keep_ring(store: Path, ring: KeyRing) -> None:
    """Write the keys of a store that has none yet. Raises StoreUnusable."""
    path = ring_path(store)
    try:
        new_file(path)
        path.write_text(json.dumps(asdict(ring)), encoding="utf-8")
    except StoreTrouble as error:
        raise unusable(error) from error


def read_ring(store: Path) -> KeyRing:
    """Return the keys of a store. Raises StoreUnusable, saying where they are missed."""
    path = ring_path(store)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return KeyRing(str(found["public"]), str(found["secret"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreUnusable(_LOST.format(path=path)) from None
