"""The plan as its author wrote it: the typed model of the plan format, version 1 (docs/plan-format.md).

Texts are one line, prose is a tuple of paragraphs, both as typed. Optional texts default to "", prose and lists to ().
Nothing here is numbered: that is the outline's work.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from plangen.plan.goals import Goal
from plangen.plan.kinds import (
    COPY_NUMBER,
    DATE,
    DOCUMENT_NUMBER,
    DUE,
    GOAL,
    HEAD,
    ID,
    INLINE_LEVELS,
    LEVELS,
    MARKER,
    MARKERS,
    OWNERS,
    RUN_IN_MARK,
    SECRECY,
    TABLE,
    TASK_HEADING,
    TRUTH,
    URGENCY,
    YEAR,
)
from plangen.plan.markers import Marker
from plangen.plan.schema import HEADING, PROSE, TEXT, TEXTS, Flaw, Kind, Record, key

if TYPE_CHECKING:
    import datetime

Prose = tuple[str, ...]
"""Paragraphs, in order; no paragraph is empty."""


class Target(Record):
    """An indicator and the value it is to reach."""

    indicator: str = key("指标", TEXT, "指标的名称", example="九年义务教育巩固率")
    goal: Goal = key("目标", GOAL, "目标值，照公文的写法", example="97.8%以上")
    baseline: str = key("基数", TEXT, "上年的数，单位与目标相同", default="", example="97.5%")
    text: str = key("表述", HEADING, "完整的表述，生成的表述不合适时用", default="")
    id: str = key("编码", ID, "正文里引用它的名字", default="", example="retention")
    lead: tuple[str, ...] = key("牵头", TEXTS, "牵头单位", default=(), example="基础教育科")
    due: str = key("时限", DUE, "完成时限", default="", example="2027-12")


class Numbering(Record):
    """How levels are numbered; what is left out (`None`) is inherited."""

    sections: tuple[Marker, ...] | None = key(
        "部分", MARKERS, "各层部分的编号样式，一层一个", default=None, example="[一、, （一）]"
    )
    tasks: Marker | None = key("任务", MARKER, "任务的编号样式", default=None, example='"1."')
    items: tuple[Marker, ...] | None = key(
        "要点", MARKERS, "各层要点的编号样式，一层一个", default=None, example='["（1）", ①]'
    )
    continuous: frozenset[str] | None = key(
        "连续", LEVELS, "全篇连续编号的层次，其余的在每个上级下重新开始", default=None, example="[tasks]"
    )
    inline: frozenset[str] | None = key(
        "接排", INLINE_LEVELS, "各条接排在同一段里的层次", default=None, example="[items]"
    )


ITEMS: Final = Kind("要点的列表", "proses or records", record=lambda: Item, blank=())


class Item(Record):
    """A point under a task, with points of its own when needed."""

    CONTENTS: ClassVar[tuple[str, ...]] = ("heading", "text", "items")

    heading: str = key("标题", HEADING, "要点的标题", default="")
    text: Prose = key("正文", PROSE, "要点的正文", default=())
    items: "tuple[Item, ...]" = key("要点", ITEMS, "下一层要点，每条是文字或一个要点", default=())

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw when the item says nothing."""
        if not any(self.contents()):
            yield Flaw("D520", "这一条要点是空的", f"至少要写 {'、'.join(self.CONTENTS)} 中的一个")


_TARGETS: Final = Kind("指标的列表", "records", record=lambda: Target, blank=())
_NUMBERING: Final = Kind("编号规则", "record", record=lambda: Numbering)


class Task(Record):
    """A task: at least one of heading, text and items."""

    CONTENTS: ClassVar[tuple[str, ...]] = ("heading", "text", "items")

    heading: str = key("标题", HEADING, "任务的标题，不写编号和句号", default="", example="扩大公办学位供给")
    text: Prose = key("正文", PROSE, "任务的正文，一行一句", default=())
    items: tuple[Item, ...] = key("要点", ITEMS, "任务下的要点，每条是文字或一个要点", default=())
    targets: tuple[Target, ...] = key("指标", _TARGETS, "任务的指标", default=())
    lead: tuple[str, ...] = key("牵头", TEXTS, "牵头单位", default=(), example="基础教育科")
    support: tuple[str, ...] = key("配合", TEXTS, "配合单位", default=(), example="[财务科, 人事科]")
    due: str = key("时限", DUE, "完成时限，照写；写成日期、月份、季度的能读懂", default="", example="2027-08")
    id: str = key("编码", ID, "正文里引用它的名字", default="", example="school-places")

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw when the task says nothing."""
        if not any(self.contents()):
            yield Flaw("D520", "这项任务没有内容", f"至少要写 {'、'.join(self.CONTENTS)} 中的一个")


TASKS: Final = Kind("任务的列表", "records", record=lambda: Task, blank=(), includable=True)
SECTIONS: Final = Kind("部分的列表", "records", record=lambda: Section, blank=(), includable=True)


class Section(Record):
    """A section: what stands under one heading, in the order text, targets, tasks, sub-sections."""

    heading: str = key("标题", HEADING, "部分的标题，不写编号", example="促进教育公平")
    id: str = key("编码", ID, "正文里引用它的名字", default="", example="equity")
    text: Prose = key("正文", PROSE, "标题下面的正文", default=())
    targets: tuple[Target, ...] = key("指标", _TARGETS, "部分的指标，与任务一起编号", default=())
    tasks: tuple[Task, ...] = key("任务", TASKS, "部分的任务", default=())
    sections: "tuple[Section, ...]" = key("部分", SECTIONS, "下一层部分", default=())
    numbering: Numbering | None = key("编号", _NUMBERING, "只用于这一部分的编号规则", default=None)


class GuidingThought(Record):
    """The guiding thought (指导思想): without a heading unnumbered paragraphs, with one the first numbered section."""

    heading: str = key("标题", HEADING, "标题，写了就是第一部分", default="")
    text: Prose = key("正文", PROSE, "正文")


class OwnerLabels(Record):
    """What the owners are called in the bracket after a task."""

    lead: str = key("牵头", TEXT, "牵头单位的叫法", default="牵头单位", example="责任科室")
    support: str = key("配合", TEXT, "配合单位的叫法", default="配合单位", example="配合科室")


class Layout(Record):
    """How tasks are set."""

    task_heading: str = key("任务标题", TASK_HEADING, "接排（run-in）或独占一行（own-line）", default="run-in")
    run_in_mark: str = key("标题标点", RUN_IN_MARK, "接排的标题后的标点", default="。")
    owners: str = key("责任单位", OWNERS, "不印（hidden）或在任务末尾括注（bracket）", default="hidden")
    owner_labels: OwnerLabels = key(
        "责任单位叫法", Kind("叫法", "record", record=lambda: OwnerLabels), "括注里的叫法", default=OwnerLabels()
    )


class Official(Record):
    """The elements of an official document, GB/T 9704-2012 clauses 7.2 to 7.4 and, for letters, 10.1."""

    head: str = key("版头", HEAD, "文件格式（document）或信函格式（letter）", default="document")
    copy_number: str = key("份号", COPY_NUMBER, "份号", default="", example='"000012"')
    secrecy: str = key("密级", SECRECY, "密级和保密期限", default="", example="机密★1年")
    urgency: str = key("紧急程度", URGENCY, "紧急程度", default="", example="加急")
    organ_mark: tuple[str, ...] = key(
        "发文机关标志", TEXTS, "发文机关标志；联合行文一个机关一条", default=(), example="云川市教育局文件"
    )
    document_number: str = key("发文字号", DOCUMENT_NUMBER, "发文字号", default="", example="云教〔2027〕3号")
    signatories: tuple[str, ...] = key("签发人", TEXTS, "签发人，上行文用", default=())
    recipients: tuple[str, ...] = key("主送机关", TEXTS, "主送机关", default=())
    signature: tuple[str, ...] = key("署名", TEXTS, "发文机关署名", default=(), example="云川市教育局")
    date: "datetime.date | None" = key("成文日期", DATE, "成文日期", default=None, example="2027-02-18")
    sealed: bool = key("加盖印章", TRUTH, "是否加盖印章", default=False)
    note: str = key("附注", TEXT, "附注", default="", example="（此件公开发布）")
    copies_to: tuple[str, ...] = key("抄送", TEXTS, "抄送机关", default=())
    printed_by: str = key("印发机关", TEXT, "印发机关", default="", example="云川市教育局办公室")
    printed_on: "datetime.date | None" = key("印发日期", DATE, "印发日期", default=None, example="2027-02-20")

    def flaws(self) -> Iterator[Flaw]:
        """Yield a flaw for each element that a letter does not have: it would be lost (§10.1)."""
        for name, what in (("signatories", "签发人"), ("printed_by", "印发机关"), ("printed_on", "印发日期")):
            if self.head == "letter" and getattr(self, name):
                yield Flaw("D520", f"信函格式没有{what}", f"删去 {name}，或者 head 写 document（文件）", name)


class Notice(Record):
    """The notice (通知) that carries the plan."""

    title: str = key("标题", TEXT, "通知的标题", default="")
    text: Prose = key("正文", PROSE, "通知的正文", default=())


class Attachment(Record):
    """An attachment: exactly one of text, sections and a table made from the plan."""

    CONTENTS: ClassVar[tuple[str, ...]] = ("text", "sections", "table")

    title: str = key("标题", TEXT, "附件的名称", example="2027年重点任务分解表")
    text: Prose = key("正文", PROSE, "附件的正文", default=())
    sections: tuple[Section, ...] = key("部分", SECTIONS, "附件的各部分", default=())
    table: str = key("附表", TABLE, "由计划生成的表：tasks 重点任务分解表，targets 主要指标表", default="")

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw unless the attachment has exactly one content."""
        if sum(map(bool, self.contents())) != 1:
            yield Flaw("D520", f"附件“{self.title}”要有且只有一种内容", f"{'、'.join(self.CONTENTS)} 三者写一个")


class Plan(Record):
    """A plan, as written."""

    title: str = key("标题", TEXT, "计划的标题", example="云川市2027年教育工作要点")
    title_lines: tuple[str, ...] = key("标题分行", TEXTS, "标题在哪里换行，一行一条", default=())
    year: int = key("年份", YEAR, "计划的年份", example="2027")
    issuer: str = key("单位", TEXT, "制定计划的单位", default="", example="云川市教育局")
    opening: Prose = key("开头", PROSE, "最前面不编号的段落", default=())
    guiding_thought: GuidingThought | None = key(
        "指导思想",
        Kind("文字或带标题的一段", "prose or record", record=lambda: GuidingThought),
        "指导思想",
        default=None,
    )
    targets: tuple[Target, ...] = key("指标", _TARGETS, "全篇的指标，排成“主要目标”一部分", default=())
    sections: tuple[Section, ...] = key("部分", SECTIONS, "计划的各部分，至少一个")
    closing: Prose = key("结尾", PROSE, "最后面不编号的段落", default=())
    numbering: Numbering | None = key("编号", _NUMBERING, "编号规则", default=None)
    layout: Layout = key("版式", Kind("版式", "record", record=lambda: Layout), "任务怎样排", default=Layout())
    official: Official | None = key(
        "公文要素", Kind("公文要素", "record", record=lambda: Official), "公文各要素", default=None
    )
    notice: Notice | None = key(
        "印发通知", Kind("印发通知", "record", record=lambda: Notice), "印发计划的通知", default=None
    )
    attachments: tuple[Attachment, ...] = key(
        "附件", Kind("附件的列表", "records", record=lambda: Attachment, blank=()), "附件", default=()
    )

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw when the lines of the title do not add up to the title."""
        if self.title_lines and _squeezed("".join(self.title_lines)) != _squeezed(self.title):
            yield Flaw(
                "D519", "title_lines 各行连起来与 title 不一致", f"各行连起来应当是：{self.title}", "title_lines"
            )


def _squeezed(text: str) -> str:
    return "".join(text.split())
