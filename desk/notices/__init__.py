"""公告与口径: known matters of a place and a time, with the sentence to say (practice P14)."""

from desk.notices.announcing import NoticeForm, announce, board, end, publish

__all__ = ["NoticeForm", "announce", "board", "end", "publish"]
