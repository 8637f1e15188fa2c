"""The comments of a Word document (17.13.4), with whom they answer and whether they are settled (MS-DOCX 2.5.4)."""

from typing import Final, NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from plangen.importing.package import Package
from plangen.importing.stretches import Reading, read_paragraphs, read_text

_PARAGRAPH_ID: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"


class Comment(NamedTuple):
    """A comment; `answers` is the id of the comment it replies to, "" when it is none.

    Its text is what it says now; its paragraphs are divided by line breaks. Author and date are as the document says.
    """

    id: str
    author: str
    date: str
    text: str
    answers: str
    settled: bool


class _Extension(NamedTuple):
    """What `commentsExtended.xml` says of a comment."""

    answers: str
    settled: bool


_PLAIN: Final = _Extension("", False)


def read_comments(package: Package) -> dict[str, Comment]:
    """Return the comments of a document by their ids, in the order they stand in their part."""
    part = next(package.related(package.main, "comments"), None)
    if part is None:
        return {}
    elements = list(package.xml(part).iterchildren(qn("w:comment")))
    paragraph_ids = {each.get(qn("w:id"), ""): _last_paragraph_id(each) for each in elements}
    of_paragraph = {paragraph: comment for comment, paragraph in paragraph_ids.items() if paragraph}
    extensions = _extensions(package)
    comments = {}
    for each in elements:
        name = each.get(qn("w:id"), "")
        answers, settled = extensions.get(paragraph_ids[name], _PLAIN)
        author, date = each.get(qn("w:author"), "").strip(), each.get(qn("w:date"), "")
        comments[name] = Comment(name, author, date, _text(each), of_paragraph.get(answers, ""), settled)
    return comments


def _extensions(package: Package) -> dict[str, _Extension]:
    """Return what is said of comments by the ids of their last paragraphs."""
    part = next(package.related(package.main, "commentsExtended"), None)
    found = () if part is None else package.xml(part).iterchildren(f"{_W15}commentEx")
    return {
        each.get(f"{_W15}paraId", ""): _Extension(
            each.get(f"{_W15}paraIdParent", ""), each.get(f"{_W15}done") in ("1", "true")
        )
        for each in found
    }


def _last_paragraph_id(comment: etree._Element) -> str:
    return next((each.get(_PARAGRAPH_ID, "") for each in reversed(list(comment.iter(qn("w:p"))))), "")


def _text(comment: etree._Element) -> str:
    paragraphs = (read_text(each.stretches, Reading.ACCEPTED) for each in read_paragraphs(comment))
    return "\n".join(filter(None, map(str.strip, paragraphs)))
