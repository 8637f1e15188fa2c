"""What users choose about the making of documents, apart from what stands in them."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Choices(NamedTuple):
    """How documents are to be made.

    An empty `genre` means the one that suits the plan. `templates` is an office's own folder of templates, which win
    over the packaged ones. `style` is an office's own house style: a file of what differs from the style of the
    templates. `base` is an office's own .docx, whose styles, page, headers and footers Word documents take. `None`
    means that there is nothing of the kind. With `native_numbering` the numbers of Word documents are lists and fields
    of Word, not text; other formats have text only.
    """

    genre: str = ""
    templates: Path | None = None
    style: Path | None = None
    base: Path | None = None
    native_numbering: bool = False


DEFAULT_CHOICES = Choices()


class Redline(NamedTuple):
    """How a redline document marks its changes.

    As tracked changes of an `author`, "" for who issues the plan, with the `date` and time that his clock showed,
    `None` for none; or, when `manual`, as printed marks: deleted text struck in red, inserted underlined in blue.
    """

    author: str = ""
    date: "datetime | None" = None
    manual: bool = False


TRACKED = Redline()
