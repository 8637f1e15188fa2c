"""Documents as departments send them back: rendered by plangen, then edited as Word, WPS and LibreOffice leave them."""

import copy
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from base_documents import parts_of, zipped
from plangen import api
from plangen.render.choices import DEFAULT_CHOICES, Choices
from word_documents import NEW_NAMESPACES, OFFICE, WORD_2011

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_DATE: Final = "2027-01-08T09:30:00Z"


class Returned:
    """A rendered document in the hands of reviewers; what they do is tracked unless it says otherwise."""

    def __init__(self, plan: Path, choices: Choices = DEFAULT_CHOICES) -> None:
        file = io.BytesIO()
        api.write_document(api.open_outline(plan)[0], "docx", file, choices)
        self._parts = parts_of(file)
        self._root: Any = etree.fromstring(self._parts["word/document.xml"])
        self._comments: list[str] = []
        self._extensions: list[str] = []
        self._ids = 900

    def save(self, path: Path) -> Path:
        """Write the document."""
        parts: dict[str, str | bytes] = dict(self._parts)
        parts["word/document.xml"] = etree.tostring(self._root, encoding="UTF-8", standalone=True)
        if self._comments:
            self._add(parts, "comments", "comments7.xml", f"{OFFICE}/comments", f"w:comments {NEW_NAMESPACES}")
            self._add(parts, "commentsExtended", "ext.xml", WORD_2011, f"w15:commentsEx {NEW_NAMESPACES}")
        path.write_bytes(zipped(parts))
        return path

    def replace(self, author: str, old: str, new: str, *, tracked: bool = True, inside: str = "") -> "Returned":
        """Replace words, delete them ("" as new) or add to them (a new text that begins with the old one)."""
        for run in self._isolated(old, inside):
            parent, at = run.getparent(), run.getparent().index(run)
            if not tracked:
                run.find(f"{W}t").text = new
                return self
            if new.startswith(old):
                parent.insert(at + 1, self._change("ins", author, self._like(run, new.removeprefix(old))))
            else:
                parent.remove(run)
                parent.insert(at, self._change("del", author, run))
                if new:
                    parent.insert(at + 1, self._change("ins", author, self._like(run, new)))
        return self

    def delete_paragraph(self, author: str, start: str, *, as_move: bool = False) -> "Returned":
        """Delete a whole paragraph, its mark included."""
        paragraph = self.paragraph(start)
        tag = "moveFrom" if as_move else "del"
        for run in list(paragraph.findall(f"{W}r")):
            at = paragraph.index(run)
            paragraph.remove(run)
            paragraph.insert(at, self._change(tag, author, run))
        self._mark(paragraph, tag, author)
        return self

    def add_paragraph(self, author: str, after: str, text: str, *, tracked: bool = True, as_move: bool = False) -> Any:
        """Press Enter at the end of a paragraph and type another one."""
        paragraph = self.paragraph(after)
        added = copy.deepcopy(paragraph)
        for child in [child for child in added if child.tag != f"{W}pPr"]:
            added.remove(child)
        tag = "moveTo" if as_move else "ins"
        run = self._like(paragraph.find(f".//{W}r"), text)
        added.append(self._change(tag, author, run) if tracked else run)
        if tracked:
            self._mark(paragraph, tag, author)
        paragraph.addnext(added)
        return self

    def divide(self, author: str, before: str, after: str) -> "Returned":
        """Press Enter between two sentences of a paragraph."""
        last, first = next(self._isolated(before)), next(self._isolated(after))
        paragraph = last.getparent()
        upper = copy.deepcopy(paragraph)
        cut = paragraph.index(first)
        for child in list(upper)[cut:]:
            upper.remove(child)
        for child in list(paragraph)[:cut]:
            if child.tag != f"{W}pPr":
                paragraph.remove(child)
        self._mark(upper, "ins", author)
        paragraph.addprevious(upper)
        return self

    def join(self, author: str, start: str) -> "Returned":
        """Delete the mark at the end of a paragraph."""
        self._mark(self.paragraph(start), "del", author)
        return self

    def delete_row(self, author: str, cell: str) -> "Returned":
        """Delete the row of a table that has a cell."""
        row = self._row(cell)
        for paragraph in row.iter(f"{W}p"):
            for run in list(paragraph.findall(f"{W}r")):
                at = paragraph.index(run)
                paragraph.remove(run)
                paragraph.insert(at, self._change("del", author, run))
        row.find(f"{W}trPr").append(self._made("del", author))
        return self

    def add_row(self, author: str, after: str, *cells: str) -> "Returned":
        """Add a row to a table."""
        row = self._row(after)
        added = copy.deepcopy(row)
        for paragraph, text in zip(added.iter(f"{W}p"), cells, strict=True):
            for run in paragraph.findall(f"{W}r"):
                paragraph.remove(run)
            if text:
                paragraph.append(self._change("ins", author, self._like(row.find(f".//{W}r"), text)))
        added.find(f"{W}trPr").append(self._made("ins", author))
        row.addnext(added)
        return self

    def _row(self, cell: str) -> Any:
        return next(self.paragraph(cell).iterancestors(f"{W}tr"))

    def comment(self, author: str, words: str, text: str, *, until: str = "", answers: int = -1) -> "Returned":
        """Comment on words, or from words in one paragraph to words in another."""
        number = len(self._comments)
        first, last = next(self._isolated(words)), next(self._isolated(until or words))
        first.addprevious(self._element("commentRangeStart", number))
        end = self._element("commentRangeEnd", number)
        last.addnext(end)
        mark = etree.Element(f"{W}r")
        mark.append(self._element("commentReference", number))
        end.addnext(mark)
        self._comments.append(
            f'<w:comment w:id="{number}" w:author="{author}" w:date="{_DATE}" w:initials="x">'
            f'<w:p w14:paraId="{number + 1:08X}"><w:r><w:annotationRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p>'
            "</w:comment>"
        )
        parent = f' w15:paraIdParent="{answers + 1:08X}"' if answers >= 0 else ""
        self._extensions.append(f'<w15:commentEx w15:paraId="{number + 1:08X}"{parent} w15:done="0"/>')
        return self

    def as_word_saves(self) -> "Returned":
        """Split every run, with revision ids on runs and marks of the spelling checker between them."""
        for number, run in enumerate(list(self._root.iter(f"{W}r"))):
            text = run.find(f"{W}t")
            if text is None or len(text.text or "") < 4:
                continue
            self._cut(run, len(text.text) // 2)
            run.set(f"{W}rsidR", f"00{number:06X}")
            run.addprevious(etree.Element(f"{W}proofErr", {f"{W}type": "gramStart"}))
            run.addnext(etree.Element(f"{W}bookmarkEnd", {f"{W}id": str(5000 + number)}))
            run.addprevious(
                etree.Element(f"{W}bookmarkStart", {f"{W}id": str(5000 + number), f"{W}name": f"_Hlk{number}"})
            )
        return self

    def as_wps_saves(self) -> "Returned":
        """Put every character in a run of its own with all its properties, as WPS likes it."""
        for run in list(self._root.iter(f"{W}r")):
            text = run.find(f"{W}t")
            length = 0 if text is None else len(text.text or "")
            for at in range(length - 1, 0, -1):
                self._cut(run, at)
        return self

    def paragraph(self, start: str) -> Any:
        """Return the paragraph that is a text, or else the first that holds it."""
        paragraphs = list(self._root.iter(f"{W}p"))
        exact = [each for each in paragraphs if _text(each) == start]
        return next(each for each in (*exact, *paragraphs) if start in _text(each))

    @property
    def texts(self) -> list[str]:
        """The texts of the paragraphs."""
        return [_text(each) for each in self._root.iter(f"{W}p")]

    def _isolated(self, words: str, inside: str = "") -> Iterator[Any]:
        """Yield runs that hold words and nothing else, for the words as they stand in one paragraph."""
        paragraph = self.paragraph(inside or words)
        start = _text(paragraph).index(words)
        end = start + len(words)
        at = 0
        found = []
        for run in list(paragraph.iter(f"{W}r")):
            text = run.find(f"{W}t")
            length = 0 if text is None else len(text.text or "")
            if length and at < end and at + length > start:
                if at + length > end:
                    self._cut(run, end - at)
                if at < start:
                    self._cut(run, start - at)
                found.append(run.getnext() if at < start else run)
            at += length
        assert found, words
        if len(found) > 1:
            found[0].find(f"{W}t").text = words
            for run in found[1:]:
                run.getparent().remove(run)
        yield found[0]

    def _cut(self, run: Any, at: int) -> None:
        text = run.find(f"{W}t")
        rest = self._like(run, text.text[at:])
        text.text = text.text[:at]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addnext(rest)

    def _like(self, run: Any, text: str) -> Any:
        """Return a run that looks like another one."""
        made = etree.Element(f"{W}r")
        properties = run.find(f"{W}rPr")
        if properties is not None:
            made.append(copy.deepcopy(properties))
        inside = etree.SubElement(made, f"{W}t")
        inside.text = text
        inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return made

    def _change(self, tag: str, author: str, run: Any) -> Any:
        if tag in ("del", "moveFrom"):
            for text in run.findall(f"{W}t"):
                text.tag = f"{W}delText" if tag == "del" else f"{W}t"
        made = self._made(tag, author)
        made.append(run)
        return made

    def _made(self, tag: str, author: str) -> Any:
        self._ids += 1
        return etree.Element(f"{W}{tag}", {f"{W}id": str(self._ids), f"{W}author": author, f"{W}date": _DATE})

    def _mark(self, paragraph: Any, tag: str, author: str) -> None:
        properties = paragraph.find(f"{W}pPr")
        mark = properties.find(f"{W}rPr")
        if mark is None:
            mark = etree.SubElement(properties, f"{W}rPr")
        mark.insert(0, self._made(tag, author))

    def _element(self, tag: str, number: int) -> Any:
        return etree.Element(f"{W}{tag}", {f"{W}id": str(number)})

    def _add(self, parts: dict[str, str | bytes], kind: str, name: str, relationship: str, root: str) -> None:
        inside = self._comments if kind == "comments" else self._extensions
        parts[f"word/{name}"] = f"<{root}>{''.join(inside)}</{root.partition(' ')[0]}>"
        links = f'<Relationship Id="rId_{kind}" Type="{relationship}" Target="{name}"/></Relationships>'
        rels, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
        parts[rels] = _string(parts[rels]).replace("</Relationships>", links)
        override = f'<Override PartName="/word/{name}" ContentType="{_TYPE.format(kind)}"/></Types>'
        parts[types] = _string(parts[types]).replace("</Types>", override)


def _string(part: str | bytes) -> str:
    return part.decode() if isinstance(part, bytes) else part


def _text(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
