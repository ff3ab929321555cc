"""公告与口径: known matters of a place and a time, with the sentence to say (practice P14)."""

from desk.notices.announcing import NoticeForm, announce, board, end, publish
from desk.notices.reading import ReaderRow, confirm, readers

__all__ = ["NoticeForm", "ReaderRow", "announce", "board", "confirm", "end", "publish", "readers"]
