"""Web pages as a browser reads them: their elements, their text, their style sheet."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple

from texts import collapsed

VOID: Final = frozenset({"meta", "br", "col", "input"})


class Element(NamedTuple):
    """An element: its name, its attributes, the text in it and in what it contains, the elements directly in it."""

    name: str
    attributes: dict[str, str]
    text: list[str]
    children: "list[Element]"

    def all(self) -> "Iterator[Element]":
        """Yield the element and everything in it."""
        yield self
        for child in self.children:
            yield from child.all()

    def find(self, *names: str) -> "list[Element]":
        """Return the elements of some names in it."""
        return [each for each in self.all() if each.name in names]


class _Reader(HTMLParser):
    """Builds the tree of a page, in which every element must be closed, and nothing else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {}, [], [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, [], [])
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text.append(data)


def read_page(content: bytes) -> Element:
    """Return the `html` element of a page."""
    reader = _Reader()
    reader.feed(content.decode())
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].name}> is not closed"
    (page,) = reader.open[0].children
    return page


def html_paragraphs(content: bytes) -> list[str]:
    """Return the title, headings and paragraphs of a page, with any run of white space as one space."""
    found = read_page(content).find("h1", "h2", "h3", "h4", "h5", "h6", "p")
    return [collapsed("".join(element.text)) for element in found]
