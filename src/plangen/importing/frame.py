"""What an official document has around its plan: the elements of GB/T 9704-2012 chapter 7, the notice, attachments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from plangen.importing.blocks import Block, squeezed
from plangen.importing.doubts import Doubts
from plangen.importing.punctuation import close_up
from plangen.importing.traced import Traced
from plangen.plan import model
from plangen.plan.dates import DateError, parse_date
from plangen.plan.prose import LITERAL_MARK, REFERENCE_MARK

if TYPE_CHECKING:
    import datetime

_HEAD_LINES: Final = 30
"""Among how many of the first paragraphs the head and a notice begin."""

_DATE: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NUMBER: Final = re.compile(
    r"(?P<organ>[㐀-鿿]{1,12})[〔\[【（(](?P<year>\d{4})[〕\]】）)]\s*(?P<number>[1-9]\d*)号(?:\s*签发人[:：])?\s*(?P<signatories>\S.*)?"
)
_SIGNATORIES: Final = re.compile(r"签发人[:：]\s*(?P<names>.+)")
_ORGAN_MARK: Final = re.compile(r"[㐀-鿿（）]{4,40}文件")
_COPY_NUMBER: Final = re.compile(r"\d{6}")
_SECRECY: Final = re.compile(r"(?:绝密|机密|秘密)(?:★.{1,8})?")
_URGENCY: Final = re.compile(r"特急|加急")
_NOTICE: Final = re.compile(r".{0,60}关于.{0,6}《.{2,80}》的(?:通知|报告|函|意见|请示|公告)")
_NOTICE_BEGINS: Final = re.compile(r".{0,60}关于(?:印发|报送|下发|转发|发布|公布).*")
_QUOTED: Final = re.compile("《(?P<title>.+)》")
_RECIPIENTS: Final = re.compile(r".{2,200}[:：]")
_ATTACHMENT_NOTE: Final = re.compile(r"附件[:：](?P<first>.*)")
_NOTED_ATTACHMENT: Final = re.compile(r"(?:\d{1,2}[.．])?\s*(?P<title>[^。；]{2,60})")
_ATTACHMENT: Final = re.compile(r"附件\s*\d{0,2}")
_COPIES: Final = re.compile(r"抄送[:：](?P<organs>.+)")
_PRINTED: Final = re.compile(r"(?P<by>.{2,40}?)\s*(?P<on>\d{4}年\d{1,2}月\d{1,2}日)印发")
_SIGNATURE: Final = re.compile(r"[㐀-鿿（）·\s]{4,30}")
_NOTE: Final = re.compile(r"（[^（）]{2,40}）")
_MOST_TITLE_LINES: Final = 3


@dataclass
class AttachedBlocks:
    """An attachment as found: its title and what stands below it."""

    title: Traced
    blocks: list[Block]


@dataclass
class Frame:
    """What stands around a plan; `blocks` are the plan itself, `elements` the values of `model.Official` by name."""

    blocks: list[Block]
    elements: dict[str, Any] = field(default_factory=dict)
    notice: model.Notice | None = None
    title: str = ""
    attachments: list[AttachedBlocks] = field(default_factory=list)

    @property
    def official(self) -> model.Official | None:
        """The elements found, `None` without any."""
        return model.Official(**self.elements) if self.elements else None


def take_frame(blocks: Sequence[Block], doubts: Doubts) -> Frame:
    """Return a document taken apart; what becomes an element is accounted for."""
    taker = _Taker(list(blocks), doubts)
    return taker.frame()


class _Taker:
    def __init__(self, blocks: list[Block], doubts: Doubts) -> None:
        self._doubts = doubts
        self._frame = Frame(blocks)

    def frame(self) -> Frame:
        self._take_imprint()
        self._take_attachments()
        self._take_head()
        if not self._take_notice():
            self._take_signature(self._frame.blocks)
            self._frame.blocks = self._without_attachment_note(self._frame.blocks)
        return self._frame

    def _take(self, name: str, value: object, *texts: Traced) -> None:
        self._frame.elements[name] = value
        self._doubts.ledger.account(*texts)

    def _take_imprint(self) -> None:
        """Take the last lines: 抄送 and 印发 (§7.4)."""
        blocks = self._frame.blocks
        for name, pattern in (("printed", _PRINTED), ("copies", _COPIES)):
            text = blocks[-1].text if blocks else None
            found = pattern.fullmatch(text.text) if text is not None else None
            if found is None or text is None:
                continue
            if name == "copies":
                self._take("copies_to", _organs(found["organs"].rstrip("。")), text)
            else:
                self._take("printed_by", found["by"], text)
                self._take_date("printed_on", found["on"], text)
            blocks.pop()

    def _take_attachments(self) -> None:
        blocks = self._frame.blocks
        starts = [n for n, each in enumerate(blocks) if not each.grid and _ATTACHMENT.fullmatch(each.text.text)]
        for start, end in pairwise([*starts, len(blocks)]):
            self._doubts.ledger.account(blocks[start].text)
            title = blocks[start + 1].text if start + 1 < end else None
            if title is not None:
                self._doubts.ledger.account(title)
                self._frame.attachments.append(AttachedBlocks(close_up(title), blocks[start + 2 : end]))
        if starts:
            del blocks[starts[0] :]

    def _take_head(self) -> None:
        """Take the elements of the head, wherever they stand among the first lines (§7.2)."""
        blocks = self._frame.blocks
        for block in blocks[:_HEAD_LINES]:
            text = block.text
            if _NOTICE_BEGINS.fullmatch(text.text):
                break
            if self._take_head_line(text):
                blocks.remove(block)

    def _take_head_line(self, text: Traced) -> bool:
        line = text.text
        if found := _NUMBER.fullmatch(line):
            self._take("document_number", f"{found['organ']}〔{found['year']}〕{found['number']}号", text)
            self._take_signatories(found["signatories"] or "", text)
        elif found := _SIGNATORIES.fullmatch(line):
            self._take_signatories(found["names"], text)
        elif _ORGAN_MARK.fullmatch(line):
            self._take("organ_mark", (line,), text)
        elif _SECRECY.fullmatch(line):
            self._take("secrecy", line, text)
        elif _URGENCY.fullmatch(line):
            self._take("urgency", line, text)
        elif _COPY_NUMBER.fullmatch(line):
            self._take("copy_number", line, text)
        else:
            return False
        return True

    def _take_signatories(self, names: str, text: Traced) -> None:
        """Take those who sign, those of a line before them included."""
        before = self._frame.elements.get("signatories", ())
        if names and isinstance(before, tuple):
            self._take("signatories", (*before, *names.split()), text)

    def _take_notice(self) -> bool:
        """Take the notice that carries the plan; return whether there is one."""
        blocks = self._frame.blocks
        for start in range(min(len(blocks), _HEAD_LINES)):
            for end in range(start + 1, min(start + _MOST_TITLE_LINES, len(blocks)) + 1):
                title = "".join(block.text.text for block in blocks[start:end])
                if _NOTICE.fullmatch(title):
                    self._doubts.ledger.account(*(block.text for block in blocks[start:end]))
                    return self._split_notice(title, blocks[:start], blocks[end:])
        return False

    def _split_notice(self, title: str, before: list[Block], rest: list[Block]) -> bool:
        """Take a notice apart; what stands behind its date, or begins with the title it quotes, is the plan."""
        quoted = _QUOTED.search(title)
        self._frame.title = quoted["title"].replace("〈", "《").replace("〉", "》") if quoted else ""
        start = _plan_start(rest, self._frame.title)
        if start is None:
            return False
        tables = [block for block in rest[:start] if block.grid]
        notice = [block for block in rest[:start] if not block.grid]
        self._frame.blocks = [*before, *rest[start:], *tables]
        if notice and _RECIPIENTS.fullmatch(notice[0].text.text):
            self._take("recipients", _organs(notice[0].text.text.rstrip(":：")), notice[0].text)
            notice = notice[1:]
        if notice and _NOTE.fullmatch(notice[-1].text.text):
            self._take("note", notice[-1].text.text, notice.pop().text)
        self._take_signature(notice)
        notice = self._without_attachment_note(notice)
        self._doubts.ledger.account(*(block.text for block in notice))
        text = tuple(close_up(block.text).text.replace(REFERENCE_MARK, LITERAL_MARK) for block in notice)
        self._frame.notice = model.Notice(title=title, text=text)
        return True

    def _take_signature(self, blocks: list[Block]) -> None:
        """Take the date at the end, and those who signed above it (§7.3.5)."""
        if not blocks or not _DATE.fullmatch(blocks[-1].text.text):
            return
        date = blocks.pop().text
        self._take_date("date", date.text, date)
        names: list[str] = []
        while blocks and _SIGNATURE.fullmatch(blocks[-1].text.text) and len(blocks) > 1:
            name = blocks.pop().text
            self._doubts.ledger.account(name)
            names.insert(0, close_up(name).text)
        if names:
            self._frame.elements["signature"] = tuple(names)

    def _without_attachment_note(self, blocks: list[Block]) -> list[Block]:
        """Return a notice without the list of its attachments, which is made anew (§7.3.4)."""
        start = next((n for n, each in enumerate(blocks) if _ATTACHMENT_NOTE.fullmatch(each.text.text)), None)
        if start is None:
            return blocks
        listed = blocks[start:]
        if not all(_NOTED_ATTACHMENT.fullmatch(each.text.text) for each in listed[1:]):
            return blocks
        self._doubts.ledger.account(*(each.text for each in listed))
        if len(listed) != len(self._frame.attachments):
            message = f"附件说明列了 {len(listed)} 个附件，后面有 {len(self._frame.attachments)} 个"
            self._doubts.add("I020", message, listed[0].text, "核对附件是不是全的")
        return blocks[:start]

    def _take_date(self, name: str, written: str, text: Traced) -> None:
        date = _date(written)
        if date is None:
            self._doubts.drop("I021", f"“{written}”这一天不存在，没有导入", text)
        else:
            self._take(name, date, text)


def _plan_start(blocks: Sequence[Block], title: str) -> int | None:
    """Return where the plan begins behind a notice: at its title, else behind the date of the notice."""
    for start, block in enumerate(blocks):
        lines = "".join(squeezed(each.text.text) for each in blocks[start : start + _MOST_TITLE_LINES])
        if title and lines.startswith(squeezed(title)) and not _QUOTED.search(block.text.text):
            return start
    dates = [n for n, block in enumerate(blocks) if _DATE.fullmatch(block.text.text)]
    return dates[0] + 1 if dates and dates[0] + 1 < len(blocks) else None


def _organs(written: str) -> tuple[str, ...]:
    """Return organs as they are listed: by commas, within each 、."""
    return tuple(each.strip() for each in re.split("[，,]", written) if each.strip())


def _date(written: str) -> "datetime.date | None":
    try:
        return parse_date(written)
    except DateError:
        return None
