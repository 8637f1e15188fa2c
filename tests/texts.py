"""Texts as readers see them, whatever white space and markup they are written with."""

import re

from markdown_it import MarkdownIt


def collapsed(text: str) -> str:
    """Return a text with every run of white space as one space, as a reader of a web page sees it."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s", "", text)


def read_markdown(markdown: str) -> list[str]:
    """Return the headings, paragraphs and cells of tables a reader of Markdown sees, without the marks of emphasis."""
    inline = (token for token in MarkdownIt("commonmark").enable("table").parse(markdown) if token.type == "inline")
    return ["".join(child.content for child in token.children or []) for token in inline]
