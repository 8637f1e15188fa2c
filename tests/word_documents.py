"""Word documents as tests write them: the smallest package with lists, styles and comments."""

from pathlib import Path
from typing import Final

from base_documents import NAMESPACES, raw_base

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_2011: Final = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
NEW_NAMESPACES: Final = (
    f'{NAMESPACES} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_RELATIONSHIPS: Final = {
    "styles": f"{OFFICE}/styles",
    "numbering": f"{OFFICE}/numbering",
    "comments": f"{OFFICE}/comments",
    "commentsExtended": WORD_2011,
}


def word(*body: str, **parts: str) -> bytes:
    """Return a document; `styles`, `numbering`, `comments` and `commentsExtended` are what stands in these parts."""
    roots = {"commentsExtended": "w15:commentsEx"}
    written = {
        f"word/{name}.xml": "<{0} {1}>{2}</{0}>".format(roots.get(name, f"w:{name}"), NEW_NAMESPACES, inside)
        for name, inside in parts.items()
    }
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS[name]}" Target="{name}.xml"/>'
        for number, name in enumerate(parts, 1)
    )
    relationships = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}'
    return raw_base(*body, parts={**written, "word/_rels/document.xml.rels": f"{relationships}</Relationships>"})


def saved(content: bytes, folder: Path, name: str = "修改稿.docx") -> Path:
    """Write a document into a folder."""
    path = folder / name
    path.write_bytes(content)
    return path


def definition(number: int, *levels: tuple[str, str], more: str = "", inside: str = "") -> str:
    """Return a list definition; a level is its format and its text, and every level begins at 1."""
    written = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{inside}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
        for level, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{written}</w:abstractNum>'


def instance(number: int, of: int, overrides: str = "") -> str:
    """Return an instance of a list definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start_at(level: int, start: int) -> str:
    """Return what has a level of an instance begin at a number."""
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def numbered(list_number: int, level: int = 0) -> str:
    """Return the properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_number}"/></w:numPr>'


def by(author: str, number: int = 901, date: str = "2027-01-08T09:30:00Z") -> str:
    """Return the attributes of a tracked change."""
    return f'w:id="{number}" w:author="{author}" w:date="{date}"'


def inserted(author: str, *runs: str) -> str:
    """Return runs that somebody inserted."""
    return f"<w:ins {by(author)}>{''.join(runs)}</w:ins>"


def deleted(author: str, text: str) -> str:
    """Return text that somebody deleted."""
    return f'<w:del {by(author)}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def mark(change: str, author: str) -> str:
    """Return the properties of a paragraph whose mark somebody inserted (`ins`) or deleted (`del`)."""
    return f"<w:rPr><w:{change} {by(author)}/></w:rPr>"


def comment(number: int, author: str, *paragraphs: str, paragraph_id: str = "") -> str:
    """Return a comment of a `comments` part."""
    name = f' w14:paraId="{paragraph_id}"' if paragraph_id else ""
    inside = "".join(f"<w:p{name}><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f"<w:comment {by(author, number)}>{inside}</w:comment>"


def begin(number: int) -> str:
    """Return where the text of a comment begins."""
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    """Return where the text of a comment ends, with the mark of the comment."""
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
