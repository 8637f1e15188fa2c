"""The house style: everything about the look of a document that is data, read from `style.yaml` among the templates.

Clauses are those of GB/T 9704-2012. Sizes are in points, lengths on paper in millimetres. The values stand, with
their clauses, in `templates/style.yaml`.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from plangen.plan.kinds import TRUTH
from plangen.plan.schema import TEXTS, Flaw, Kind, Record, choice, key

LAYERS: Final = 5
"""Layers a document has a look for: 一、 （一） 1. （1） ①."""


def _positive(written: str) -> Decimal:
    try:
        number = Decimal(written)
    except ArithmeticError:
        number = Decimal(0)
    if not number.is_finite() or not 0 < number <= _LARGEST:
        raise ValueError(f"“{written}”不是大于 0 的数")
    return number


def _count(written: str, fewest: int) -> int:
    if not (written.isascii() and written.isdigit() and fewest <= int(written) <= _LARGEST):
        raise ValueError(f"“{written}”不是可用的整数")
    return int(written)


_LARGEST: Final = 2000
"""Largest number a style may name: more millimetres, points or lines than any paper has."""

NUMBER: Final = Kind("数", "text", _positive, "D506", "写成 37 或 15.75 这样的数")
COUNT: Final = Kind("整数", "text", lambda written: _count(written, 1), "D506", "写成 22 这样的整数")
COUNT_OR_NONE: Final = Kind("整数", "text", lambda written: _count(written, 0), "D506", "写成 1 这样的整数，没有就写 0")
FONT_ROLE: Final = choice(
    "字体", {"仿宋": "fangsong", "楷体": "kaiti", "黑体": "heiti", "小标宋": "xiaobiaosong", "宋体": "songti"}
)
GRID: Final = choice("文档网格", {"lines": "lines", "characters": "characters"})


class Paper(Record):
    """The page (§5): millimetres, and how many lines and characters fill the type area."""

    width: Decimal = key("宽", NUMBER, "纸宽，毫米")
    height: Decimal = key("高", NUMBER, "纸高，毫米")
    top: Decimal = key("上", NUMBER, "天头，毫米")
    bottom: Decimal = key("下", NUMBER, "地脚，毫米")
    left: Decimal = key("左", NUMBER, "订口，毫米")
    right: Decimal = key("右", NUMBER, "切口，毫米")
    lines: int = key("行数", COUNT, "每页行数")
    characters: int = key("字数", COUNT, "每行字数")
    grid: str = key("网格", GRID, "lines 或 characters", default="lines")

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw when the margins leave no room for text."""
        if self.left + self.right >= self.width or self.top + self.bottom >= self.height:
            yield Flaw("D520", "页边距占满了纸张，没有地方排字", "检查 width、height 和四边的毫米数")


class Fonts(Record):
    """Font names by class; the first is written into documents, the others are declared as alternatives."""

    fangsong: tuple[str, ...] = key("仿宋", TEXTS, "仿宋")
    kaiti: tuple[str, ...] = key("楷体", TEXTS, "楷体")
    heiti: tuple[str, ...] = key("黑体", TEXTS, "黑体")
    xiaobiaosong: tuple[str, ...] = key("小标宋", TEXTS, "小标宋")
    songti: tuple[str, ...] = key("宋体", TEXTS, "宋体")


class Body(Record):
    """The running text (§5.2.2)."""

    font: str = key("字体", FONT_ROLE, "正文的字体")
    size: Decimal = key("字号", NUMBER, "正文的字号，磅")
    hanging_punctuation: bool = key("标点悬挂", TRUTH, "行末标点是否可以伸出版心", default=True)


class TitleStyle(Record):
    """The title (§7.3.1)."""

    font: str = key("字体", FONT_ROLE, "标题的字体")
    size: Decimal = key("字号", NUMBER, "标题的字号，磅")
    characters: int = key("字数", COUNT, "标题一行最多几个字")
    blank_lines: int = key("空行", COUNT_OR_NONE, "标题下空几行", default=1)


class PageNumber(Record):
    """The page number (§7.5)."""

    font: str = key("字体", FONT_ROLE, "页码的字体")
    size: Decimal = key("字号", NUMBER, "页码的字号，磅")
    distance: Decimal = key("距离", NUMBER, "一字线距版心下边缘，毫米")


class Layer(Record):
    """The look of one layer of headings (§7.3.3)."""

    font: str = key("字体", FONT_ROLE, "这一层标题的字体")
    bold: bool = key("加粗", TRUTH, "独占一行的标题是否加粗", default=False)
    run_in_bold: bool = key("接排加粗", TRUTH, "接排的标题是否加粗", default=False)


class HouseStyle(Record):
    """How the documents of an office look."""

    paper: Paper = key("纸张", Kind("纸张", "record", record=lambda: Paper), "纸张和版心")
    fonts: Fonts = key("字体", Kind("字体", "record", record=lambda: Fonts), "各种字体的名称")
    body: Body = key("正文", Kind("正文", "record", record=lambda: Body), "正文")
    title: TitleStyle = key("标题", Kind("标题", "record", record=lambda: TitleStyle), "标题")
    page_number: PageNumber = key("页码", Kind("页码", "record", record=lambda: PageNumber), "页码")
    layers: tuple[Layer, ...] = key(
        "层次", Kind("层次的列表", "records", record=lambda: Layer, blank=()), "五个结构层次"
    )

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw unless every layer has its look."""
        if len(self.layers) != LAYERS:
            yield Flaw(
                "D520",
                f"layers 有 {len(self.layers)} 层，要写 {LAYERS} 层",
                "依次写 一、 （一） 1. （1） ① 的样子",
                "layers",
            )

    def font(self, role: str) -> str:
        """Return the name of the font of a class (`fangsong`, `heiti` …) as it is written into documents."""
        return str(getattr(self.fonts, role)[0])
