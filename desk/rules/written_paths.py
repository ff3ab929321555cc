"""A file as somebody types it into a form: where it is to be written."""

from pathlib import Path

from desk.errors import BadInput
from desk.rules.text import required

_LONGEST = 400


def file_named(text: str, form: str) -> Path:
    """Return the whole path of a file that was typed; `~` is the home folder, a name without an ending gets `form`.

    Raises BadInput for nothing, control characters, or the name of a folder.
    """
    plain = required(text, "文件", _LONGEST, one_line=True)
    if plain.endswith(("/", "\\")):
        raise BadInput("文件只写了文件夹，请再写文件名", "文件")
    try:
        path = Path(plain).expanduser().absolute()
    except RuntimeError:
        raise BadInput(f"没有 {plain.split('/')[0]} 这个用户的文件夹，请写完整路径", "文件") from None
    return path if path.suffix else path.with_name(path.name + form)
