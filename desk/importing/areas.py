"""区域 as other systems write them: a code, a name, or a name behind that of its parent (横水镇老城社区)."""

from db.doors import Reader
from db.queries import house
from desk.errors import BadInput
from desk.rules.text import cleaned

_LONGEST = 200


class Areas:
    """The areas at home, by their names; read once for a whole file."""

    def __init__(self, reader: Reader, home_code: str) -> None:
        self._reader = reader
        self._county = home_code[:6]
        self._codes: dict[str, list[str]] = {}
        for row in house.areas_within(reader, home_code[:6].removesuffix("00") or "?"):
            for name in {row["name"], f"{row['parent_name'] or ''}{row['name']}"}:
                self._codes.setdefault(name, []).append(row["code"])
        self._elsewhere: dict[str, str | None] = {}

    def named_by(self, text: str) -> str | None:
        """Return the code of the area that a field of areas means, or None. Raises BadInput for a name of several."""
        text = cleaned(text, _LONGEST, "区域", one_line=True)
        at_home = self._codes.get("".join(text.split()), [])
        if len(at_home) > 1:
            raise BadInput(f"“{text[:20]}”不止一处，请在前面写上乡镇（如 横水镇老城社区）或写 12 位区划代码")
        return at_home[0] if at_home else self._far(text)

    def exactly(self, text: str) -> str | None:
        """Return the code of the one area at home that a free text names and says nothing besides, or None."""
        at_home = self._codes.get("".join(text.split()), [])
        return at_home[0] if len(at_home) == 1 else None

    def _far(self, text: str) -> str | None:
        if text not in self._elsewhere:
            row = house.area(self._reader, text) or house.area_named(self._reader, text, self._county)
            self._elsewhere[text] = None if row is None else str(row["code"])
        return self._elsewhere[text]
