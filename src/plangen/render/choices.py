"""What users choose about the making of documents, apart from what stands in them."""

from pathlib import Path
from typing import NamedTuple


class Choices(NamedTuple):
    """How documents are to be made.

    An empty `genre` means the one that suits the plan. `templates` is an office's own folder of templates, which win
    over the packaged ones. `style` is an office's own house style: a file of what differs from the style of the
    templates. `base` is an office's own .docx, whose styles, page, headers and footers Word documents take. `None`
    means that there is nothing of the kind.
    """

    genre: str = ""
    templates: Path | None = None
    style: Path | None = None
    base: Path | None = None


DEFAULT_CHOICES = Choices()
