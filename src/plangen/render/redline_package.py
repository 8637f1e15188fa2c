"""Two Word documents as one with tracked changes: texts, headers and footers merged, all else as in the new one."""

import posixpath
from collections.abc import Iterable
from typing import Final

from lxml import etree

from plangen.compare.revised import NO_REVISION, Revision
from plangen.importing.package import Package, Part, as_bytes
from plangen.render.choices import Redline
from plangen.render.redline_blocks import Block, Pairs, merge_blocks, pair_blocks, read_blocks
from plangen.render.redline_manual import print_marks
from plangen.render.redline_marks import LINK, SECTION, WORD, Marks, as_xml, numbers, w
from plangen.render.redline_paragraphs import mergeable

_BOOKMARK, _BOOKMARK_END = w("bookmarkStart"), w("bookmarkEnd")
_INSTRUCTION: Final = w("instrText")
_REFERENCES: Final = (w("headerReference"), w("footerReference"))

_COMMENTS: Final = Part(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
)
_TYPES: Final = "[Content_Types].xml"

_SETTINGS: Final = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries"
    " displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts"
    " embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader"
    " bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState"
    " formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge"
    " revisionView"
)
_BEFORE_TRACKING: Final = frozenset(map(w, _SETTINGS.split()))
"""What stands before `w:trackRevisions` among the settings (ECMA-376 Part 1, 17.15.1.78)."""


def merge_packages(old: Package, new: Package, revision: Revision, redline: Redline) -> Package:
    """Return the new document with its changes against the old one marked; printed marks go without comments."""
    if redline.manual:
        revision = revision._replace(notes={})
    merged = _with_parts_of(old, new)
    stories = [new.main, *(name for name in _stories(new) if old.parts.get(name, b"") not in (b"", new.parts[name]))]
    roots = {name: (old.xml(name), new.xml(name)) for name in stories}
    first = 1 + max((number for pair in roots.values() for root in pair for number in numbers(root)), default=0)
    marks = Marks(redline.author, redline.date, 2 * first)
    changed = {}
    for name, (before, after) in roots.items():
        _shift_bookmarks(before, first)
        _merge_story(before, after, revision if name == new.main else NO_REVISION, marks)
        if redline.manual:
            print_marks(after)
        changed[name] = as_bytes(after)
    merged = merged.with_changes(changed)
    if redline.manual:
        return merged
    return _with_comments(_with_tracking(merged), marks.comments)


def _stories(package: Package) -> list[str]:
    """Return the headers and footers of a document."""
    return [each for kind in ("header", "footer") for each in package.related(package.main, kind)]


def _merge_story(old: etree._Element, new: etree._Element, revision: Revision, marks: Marks) -> None:
    """Merge the old text into the new one."""
    body = new.find(w("body"))
    before = old if body is None else old.find(w("body"))
    after = new if body is None else body
    assert before is not None
    sections = [each[-1] if len(each) and each[-1].tag == SECTION else None for each in (before, after)]
    pages = [[each for each in side if each.tag != SECTION] for side in (before, after)]
    old_blocks, new_blocks = read_blocks(pages[0], revision.old), read_blocks(pages[1], revision.new)
    pairs = pair_blocks(old_blocks, new_blocks, revision.pairs)
    _part_bookmarks(old, old_blocks, new_blocks, pairs)
    after[:] = merge_blocks(old_blocks, new_blocks, pairs, revision, marks)
    if sections[1] is not None:
        after.append(sections[1])
        _track_section(sections[0], sections[1], marks)


def _track_section(old: etree._Element | None, new: etree._Element, marks: Marks) -> None:
    """Note how the last section was, since no paragraph shows it; headers and footers cannot be noted (17.13.5.32)."""
    if old is None or as_xml(old) == as_xml(new):
        return
    change = marks.mark(w("sectPrChange"))
    before = etree.SubElement(change, SECTION)
    before.extend([each for each in old if each.tag not in _REFERENCES])
    new.append(change)


def _shift_bookmarks(root: etree._Element, by: int) -> None:
    for each in root.iter(_BOOKMARK, _BOOKMARK_END):
        each.set(w("id"), str(int(each.get(w("id"), "0")) + by))


def _part_bookmarks(root: etree._Element, old: Iterable[Block], new: Iterable[Block], pairs: Pairs) -> None:
    """Leave an old text only the bookmarks that are not in the new one, so that each name is there once.

    Of a paragraph that became another, it is the same bookmark. Of one that went, or stands elsewhere now, it is
    another, by another name: what referred to it changes with it.
    """
    homes = _bookmark_homes(new)
    merged = dict(pairs)
    renamed = {}
    for name, (place, block) in _bookmark_homes(old).items():
        if name not in homes:
            continue
        twin, after = homes[name]
        if merged.get(place) == twin and mergeable(block.element, after.element):
            _remove_bookmark(block.element, name)
        else:
            renamed[name] = f"{name}_old"
    _rename_bookmarks(root, renamed)


def _bookmark_homes(blocks: Iterable[Block]) -> dict[str, tuple[int, Block]]:
    """Return the blocks that hold bookmarks, and where they stand, by their names."""
    return {
        each.get(w("name"), ""): (place, block)
        for place, block in enumerate(blocks)
        if b"bookmarkStart" in block.xml
        for each in block.element.iter(_BOOKMARK)
    }


def _remove_bookmark(element: etree._Element, name: str) -> None:
    ids = {each.get(w("id")) for each in element.iter(_BOOKMARK) if each.get(w("name")) == name}
    for each in list(element.iter(_BOOKMARK, _BOOKMARK_END)):
        if each.get(w("id")) in ids:
            each.getparent().remove(each)  # type: ignore[union-attr]


def _rename_bookmarks(root: etree._Element, names: dict[str, str]) -> None:
    if not names:
        return
    for each in root.iter(_BOOKMARK):
        each.set(w("name"), names.get(each.get(w("name"), ""), each.get(w("name"), "")))
    for link in root.iter(LINK):
        anchor = link.get(w("anchor"))
        if anchor in names:
            link.set(w("anchor"), names[anchor])
    for instruction in root.iter(_INSTRUCTION):
        instruction.text = " ".join(names.get(word, word) for word in (instruction.text or "").split(" "))


def _with_parts_of(old: Package, new: Package) -> Package:
    """Return the new document with the parts that only the old one has, declared and related as they were there."""
    missing = [name for name in old.parts if name not in new.parts]
    folder, file = posixpath.split(new.main)
    links = posixpath.join(folder, "_rels", f"{file}.rels")
    if not missing:
        return new
    changed = {name: old.parts[name] for name in missing}
    for name, key in ((_TYPES, "PartName"), (links, "Id")):
        ours, theirs = new.xml(name), old.xml(name)
        known = {each.get(key) for each in ours}
        ours.extend([each for each in theirs if each.get(key) not in known])
        changed[name] = as_bytes(ours)
    return new.with_changes(changed)


def _with_tracking(package: Package) -> Package:
    """Return a document in which further changes are tracked as well."""
    name = next(package.related(package.main, "settings"), None)
    if name is None:
        return package
    root = package.xml(name)
    if root.find(w("trackRevisions")) is None:
        place = max((n for n, each in enumerate(root, 1) if each.tag in _BEFORE_TRACKING), default=0)
        root.insert(place, etree.Element(w("trackRevisions")))
    return package.with_changes({name: as_bytes(root)})


def _with_comments(package: Package, comments: list[etree._Element]) -> Package:
    if not comments:
        return package
    name = next(package.related(package.main, "comments"), None)
    if name is None:
        root = etree.Element(w("comments"), nsmap={"w": WORD})
        root.extend(comments)
        name = posixpath.join(posixpath.dirname(package.main), "comments.xml")
        return package.with_part(package.main, name, _COMMENTS, as_bytes(root))
    there = package.xml(name)
    there.extend(comments)
    return package.with_changes({name: as_bytes(there)})
