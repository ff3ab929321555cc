"""One good line of a file, and how it is told from what its platform said before."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from db.codes import OrderKind, Urgency
from desk.rules.titles import proposed_title


def own_title(content: str) -> str:
    """The title of a message that brings none."""
    return proposed_title(content) or "未拟标题"


@dataclass(frozen=True, slots=True)
class Message:
    """One good line: what the order is born with. `values` are columns of the order, `texts` words of its event.

    `state` and `sent_back` are what the upper platform says of its order: 处理中, 退回：材料不全 (practice P20).
    """

    number: int
    kind: OrderKind
    urgency: Urgency
    values: dict[str, Any]
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    state: str = ""
    sent_back: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 in hex of the words as they came: another digest later means that they were changed."""
        return hashlib.sha256(str(self.values["content"]).encode()).hexdigest()

    @property
    def heads(self) -> dict[str, str]:
        """What it gives of title, phone and 诉求类型, '' for what it leaves open."""
        title, content = str(self.values["title"]), str(self.values["content"])
        return {
            "title": "" if title == own_title(content) else title,
            "contact_phone": str(self.values["contact_phone"] or ""),
            "kind": "" if self.kind is OrderKind.UNDETERMINED else str(self.kind),
        }

    @property
    def said(self) -> dict[str, str]:
        """Digests of `heads`, as columns: others later mean that the platform changed them."""
        return {f"said_{name}": self.digest_of(words) for name, words in self.heads.items()}

    def digest_of(self, words: str) -> str:
        """SHA-256 in hex, cut, of something this message says, salted with its number; '' for nothing."""
        salted = f"{self.values['outside_no']}\n{words}"
        return hashlib.sha256(salted.encode()).hexdigest()[:32] if words else ""

    @property
    def outside(self) -> tuple[str, str]:
        """What tells it from every other order that came from outside: (channel, number)."""
        return self.values["channel"], self.values["outside_no"]
