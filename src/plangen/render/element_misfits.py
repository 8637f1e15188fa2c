"""What a house style says of the elements of official documents and cannot be set on its page.

Only documents that have an element are asked: an office that sends no letters need not fit them on its paper.
"""

from collections.abc import Iterator

from plangen.outline.model import Official
from plangen.render.page import Misfit, PageGeometry, geometry, points_in_twips, twips
from plangen.render.style import HouseStyle


def element_misfits(official: Official, style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    """Yield what does not fit on the page of the elements a document has."""
    if official.organ_mark or official.document_number or official.signatories:
        yield from _head(style)
        yield from _letter_head(style, page) if official.head == "letter" else _red_head(style, page)
    if official.signature or official.date:
        yield from _signature(official, style, page)
    if (official.copies_to or official.printed_by or official.printed_on) and (
        points_in_twips(style.imprint.size) > page.line
    ):
        yield Misfit("版记的字比一行还高", "减小 imprint 的 size", (("imprint", "size"),))


def _head(style: HouseStyle) -> Iterator[Misfit]:
    size = style.red_head.size
    if size < style.title.size:
        hint = f"red_head 的 size 写 {style.title.size} 以上的磅数；它是最大的字号，放不下时自动缩小"
        yield Misfit("发文机关标志的字比标题还小", hint, (("red_head", "size"),))


def _red_head(style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    if twips(style.red_head.distance) > page.text_height // 2:
        yield Misfit("发文机关标志排到了版心的下半部分", "减小 red_head 的 distance", (("red_head", "distance"),))


def _letter_head(style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    letter = style.letter_head
    if twips(letter.distance) > page.height // 2:
        yield Misfit("发文机关标志排到了纸的下半部分", "减小 letter_head 的 distance", (("letter_head", "distance"),))
    if twips(letter.foot_distance) > geometry(style).footer:  # a base has no place for a letter, and says so itself
        hint = "减小 letter_head 的 foot_distance"
        yield Misfit("信函的第二条双线高过了页码", hint, (("letter_head", "foot_distance"),))


def _signature(official: Official, style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    name = "sealed_blank_lines" if official.sealed else "blank_lines"
    if getattr(style.signature, name) >= page.lines:
        yield Misfit(f"署名上面的空行排满了一页（{page.lines} 行）", f"减小 {name}", (("signature", name),))
