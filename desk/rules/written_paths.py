"""A file as somebody types it into a form: where it is, or is to be written."""

from pathlib import Path

from desk.errors import BadInput
from desk.rules.text import required

_LONGEST = 400


def file_named(text: str, form: str, field: str = "文件") -> Path:
    """Return the whole path of a file that was typed; `~` is the home folder, a name without an ending gets `form`.

    `field` is the label that a refusal names. Raises BadInput for nothing, control characters, or the name of a folder.
    """
    plain = required(text, field, _LONGEST, one_line=True)
    if plain.endswith(("/", "\\")):
        raise BadInput(f"{field}只写了文件夹，请再写文件名", field)
    try:
        path = Path(plain).expanduser().absolute()
    except RuntimeError:
        raise BadInput(f"没有 {plain.split('/')[0]} 这个用户的文件夹，请写完整路径", field) from None
    return path if path.suffix else path.with_name(path.name + form)
