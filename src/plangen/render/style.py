"""The house style: everything about the look of a document that is data, as records.

Clauses are those of GB/T 9704-2012. Sizes and pitches are in points, lengths on paper in millimetres. The values stand,
each with its clause, in `templates/style.yaml`; `render.house_style` reads them, `render.page` knows what fits.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from plangen.plan.kinds import TRUTH
from plangen.plan.markers import LAST_LAYER
from plangen.plan.schema import Bounds, Flaw, Kind, Record, choice, key


def _positive(written: str) -> Decimal:
    try:
        number = Decimal(written)
    except ArithmeticError:
        number = Decimal(0)
    if not number.is_finite() or not 0 < number <= _LARGEST:
        raise ValueError(f"“{written}”不是大于 0 的数")
    return number


def _bounded(name: str, what: str, bounds: Bounds, hint: str) -> Kind:
    """Return the kind of a number within bounds; `what` is what messages call it."""

    def parse(written: str) -> Decimal:
        number = _positive(written)
        if not bounds.least <= number <= bounds.largest:
            raise ValueError(f"“{written}”不是可用的{what}")
        return number

    return Kind(name, "text", parse, "D506", hint, bounds=bounds)


_COLOR_PATTERN: Final = "[0-9A-Fa-f]{6}"


def _color(written: str) -> str:
    if not re.fullmatch(_COLOR_PATTERN, written):
        raise ValueError(f"“{written}”不是颜色")
    return written.upper()


def _count(written: str, counts: Bounds) -> int:
    if not (written.isascii() and written.isdigit() and counts.least <= int(written) <= counts.largest):
        raise ValueError(f"“{written}”不是可用的整数")
    return int(written)


def _pitch(hint: str, words: Mapping[str, None]) -> Kind:
    """Return the kind of a pitch of lines in points, for which one of a few words may stand: its value is `None`."""

    def parse(written: str) -> Decimal | None:
        return None if written in words else _positive(written)

    return Kind("行距", "text", parse, "D506", hint, choices=words, bounds=_NUMBERS)


class NumberForm(NamedTuple):
    """The form of a page number: what stands before the number, and what stands after it."""

    before: str
    after: str


def _number_form(written: str) -> NumberForm:
    before, one, after = written.partition("1")
    if not one or any(character.isdigit() for character in before + after):
        raise ValueError(f"页码的样式“{written}”里要有一个 1，没有别的数字")
    if len(written) > _LONGEST_NUMBER:
        raise ValueError(f"页码的样式有 {len(written)} 个字，太长了")
    return NumberForm(before, after)


def _font_names(written: tuple[str, ...]) -> tuple[str, ...]:
    for name in written:
        if len(name) > _LONGEST_FONT_NAME or "," in name:
            raise ValueError(f"“{name}”不能作字体名")
    return written


_LARGEST: Final = 2000
"""Largest number a style may name: more millimetres, points or lines than any paper has."""

_LONGEST_NUMBER: Final = 20
"""Most characters of the form of a page number: more do not stand beside each other below a page."""

_LONGEST_FONT_NAME: Final = 31
"""Most characters of a font's name (MS-OI29500 2.1.88); a comma would separate two (ECMA-376 Part 1, 17.8.3.1)."""

_NUMBERS: Final = Bounds(0, _LARGEST)
"""Numbers greater than 0; that 0 itself is none is for `_positive` to say."""

_SIZES: Final = Bounds(5, 72)
"""Sizes of type from 八号 to the largest of Word's list, in points."""

_LINE_WIDTHS: Final = Bounds(0.25, 12)
"""Borders of Word's, in points (ECMA-376 Part 1, 17.3.4: two to 96 eighths)."""

_MM_A_POINT: Final = 25.4 / 72
_COUNTS: Final = Bounds(1, _LARGEST, whole=True)
_COUNTS_OR_NONE: Final = Bounds(0, _LARGEST, whole=True)

LINE_WIDTH: Final = _bounded("粗细", "线宽", _LINE_WIDTHS, "线宽从 0.25 到 12 磅")
LINE_WIDTH_MM: Final = _bounded(
    "粗细",
    "线宽",
    Bounds(_LINE_WIDTHS.least * _MM_A_POINT, _LINE_WIDTHS.largest * _MM_A_POINT),
    "线宽从 0.1 到 4.2 毫米",
)
BORDER_DISTANCE: Final = _bounded("数", "距离", Bounds(0.1, 10), "距离从 0.1 到 10 毫米：Word 的框线离字最多 31 磅")
NUMBER: Final = Kind("数", "text", _positive, "D506", "写成 37 或 15.75 这样的数", bounds=_NUMBERS)
SIZE: Final = _bounded("字号", "字号", _SIZES, "写磅数：二号 22，三号 16，四号 14，小四 12")
COUNT: Final = Kind(
    "整数", "text", lambda written: _count(written, _COUNTS), "D506", "写成 22 这样的整数", bounds=_COUNTS
)
COUNT_OR_NONE: Final = Kind(
    "整数",
    "text",
    lambda written: _count(written, _COUNTS_OR_NONE),
    "D506",
    "写成 1 这样的整数，没有就写 0",
    bounds=_COUNTS_OR_NONE,
)
_ROLES: Final = {"仿宋": "fangsong", "楷体": "kaiti", "黑体": "heiti", "小标宋": "xiaobiaosong", "宋体": "songti"}
FONT_ROLE: Final = choice("字体", _ROLES)
DIGITS: Final = choice("数字的字体", {"same": "", "同汉字": "", "Times New Roman": "latin"} | _ROLES)
FONT_NAMES: Final = Kind(
    "一行文字或其列表",
    "texts",
    _font_names,
    "D518",
    "名字最多 31 个字，没有逗号；几种字体写成 [甲, 乙]",
    blank=(),
)
COLOR: Final = Kind("颜色", "text", _color, "D506", '写成六位的红绿蓝值，加引号，如 "FF0000"', pattern=_COLOR_PATTERN)
GRID: Final = choice("文档网格", {"lines": "lines", "characters": "characters"})
MARGINS: Final = choice(
    "边距的算法",
    {"standard": "standard", "标准": "standard", "compensated": "compensated", "补偿": "compensated"},
)
LINE: Final = _pitch("写磅数，如 28；要撑满版心写 fill", {"fill": None, "撑满": None})
TITLE_LINE: Final = _pitch("写磅数，如 35；与正文一样写 same", {"same": None, "同正文": None})
NUMBER_FORM: Final = Kind("页码的样式", "text", _number_form, "D518", '写成第一页的样子，如 "— 1 —"、"-1-"、1、第1页')
NUMBER_POSITION: Final = choice(
    "页码的位置", {"outside": "outside", "外侧": "outside", "center": "center", "居中": "center"}
)


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
    grid: str = key("网格", GRID, "lines 或 characters")
    line: Decimal | None = key("行距", LINE, "行距，磅，或者 fill（撑满版心）")
    margins: str = key("边距", MARGINS, "standard 或 compensated")

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw when the margins leave no room for text."""
        if self.left + self.right >= self.width or self.top + self.bottom >= self.height:
            yield Flaw("D520", "页边距占满了纸张，没有地方排字", "检查 width、height 和四边的毫米数")


class Fonts(Record):
    """Font names by class; the first is written into documents, the others are declared as alternatives."""

    fangsong: tuple[str, ...] = key("仿宋", FONT_NAMES, "仿宋")
    kaiti: tuple[str, ...] = key("楷体", FONT_NAMES, "楷体")
    heiti: tuple[str, ...] = key("黑体", FONT_NAMES, "黑体")
    xiaobiaosong: tuple[str, ...] = key("小标宋", FONT_NAMES, "小标宋")
    songti: tuple[str, ...] = key("宋体", FONT_NAMES, "宋体")
    latin: tuple[str, ...] = key("西文", FONT_NAMES, "数字和字母另用的西文字体")


class Body(Record):
    """The running text (§5.2.2)."""

    font: str = key("字体", FONT_ROLE, "正文的字体")
    size: Decimal = key("字号", SIZE, "正文的字号，磅")
    digits: str = key("数字", DIGITS, "数字和字母的字体：same（同汉字）、Times New Roman，或一种汉字字体")
    hanging_punctuation: bool = key("标点悬挂", TRUTH, "行末标点是否可以伸出版心")


class TitleStyle(Record):
    """The title (§7.3.1)."""

    font: str = key("字体", FONT_ROLE, "标题的字体")
    size: Decimal = key("字号", SIZE, "标题的字号，磅")
    characters: int = key("字数", COUNT, "标题一行最多几个字")
    blank_lines: int = key("空行", COUNT_OR_NONE, "标题下空几行")
    line: Decimal | None = key("行距", TITLE_LINE, "行距，磅，或者 same（同正文）")


class PageNumber(Record):
    """The page number (§7.5)."""

    font: str = key("字体", FONT_ROLE, "页码的字体")
    size: Decimal = key("字号", SIZE, "页码的字号，磅")
    distance: Decimal = key("距离", NUMBER, "一字线距版心下边缘，毫米")
    form: NumberForm = key("样式", NUMBER_FORM, "第一页的页码，如 — 1 —")
    position: str = key("位置", NUMBER_POSITION, "outside（单页居右、双页居左）或 center（居中）")


class RedHead(Record):
    """The red head (版头, §7.2)."""

    preprinted: bool = key("预印", TRUTH, "纸上已经印好红头：红色的字和线不印，位置照留", default=False)
    font: str = key("字体", FONT_ROLE, "发文机关标志的字体")
    size: Decimal = key("字号", SIZE, "发文机关标志最大的字号，磅；放不下时自动缩小")
    color: str = key("颜色", COLOR, "发文机关标志和红色分隔线的颜色")
    distance: Decimal = key("距离", NUMBER, "标志上边缘距版心上边缘，毫米")
    line_distance: Decimal = key("红线距离", BORDER_DISTANCE, "红色分隔线距发文字号，毫米")
    line_width: Decimal = key("红线粗细", LINE_WIDTH, "红色分隔线的粗细，磅")


class LetterHead(Record):
    """The head of a letter (信函格式, §10.1); font and color are those of the red head."""

    distance: Decimal = key("距离", NUMBER, "标志上边缘距上页边，毫米")
    line_distance: Decimal = key("双线距离", BORDER_DISTANCE, "第一条双线距标志下边缘，毫米")
    line_length: Decimal = key("双线长度", NUMBER, "两条双线的长度，毫米")
    line_width: Decimal = key("双线粗细", LINE_WIDTH, "双线中粗线的粗细，磅")
    foot_distance: Decimal = key("下线距离", NUMBER, "第二条双线距下页边，毫米")


class SignatureStyle(Record):
    """The signature (署名) and the date of the document (成文日期, §7.3.5)."""

    sealed_blank_lines: int = key("盖章空行", COUNT_OR_NONE, "加盖印章时，正文与署名之间空几行")
    blank_lines: int = key("空行", COUNT_OR_NONE, "不加盖印章时，正文与署名之间空几行")


class Imprint(Record):
    """The imprint (版记, §7.4)."""

    font: str = key("字体", FONT_ROLE, "版记的字体")
    size: Decimal = key("字号", SIZE, "版记的字号，磅")
    thick: Decimal = key("粗线", LINE_WIDTH_MM, "首末两条分隔线的粗细，毫米")
    thin: Decimal = key("细线", LINE_WIDTH_MM, "中间的分隔线的粗细，毫米")
    own_page: bool = key("另页", TRUTH, "是否单独放在最后一个双数页上", default=False)


class AttachmentStyle(Record):
    """What an attachment (附件) is called at the top of its page (§7.3.7)."""

    font: str = key("字体", FONT_ROLE, "“附件”二字和顺序号的字体")


class TableStyle(Record):
    """The text of tables, which the standard leaves to practice."""

    font: str = key("字体", FONT_ROLE, "表格的字体", default="fangsong")
    size: Decimal = key("字号", SIZE, "表格的字号，磅", default=Decimal(12))
    header_font: str = key("表头字体", FONT_ROLE, "表头的字体", default="heiti")
    line_height: Decimal = key("行距", NUMBER, "表格的行距，磅", default=Decimal(18))
    margin: Decimal = key("边距", NUMBER, "文字距左右格线，毫米", default=Decimal("1.5"))

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw when the lines are too low for the text."""
        if self.line_height < self.size:
            yield Flaw("D520", "表格的行距放不下表格的字", "line_height 不能小于 size", "line_height")


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
    red_head: RedHead = key("版头", Kind("版头", "record", record=lambda: RedHead), "版头")
    letter_head: LetterHead = key("信函版头", Kind("信函版头", "record", record=lambda: LetterHead), "信函格式的版头")
    signature: SignatureStyle = key("署名", Kind("署名", "record", record=lambda: SignatureStyle), "署名和成文日期")
    attachment: AttachmentStyle = key("附件", Kind("附件", "record", record=lambda: AttachmentStyle), "附件")
    imprint: Imprint = key("版记", Kind("版记", "record", record=lambda: Imprint), "版记")
    table: TableStyle = key("表格", Kind("表格", "record", record=lambda: TableStyle), "附表", default=TableStyle())
    layers: tuple[Layer, ...] = key(
        "层次", Kind("层次的列表", "records", record=lambda: Layer, blank=()), "五个结构层次"
    )

    def flaws(self) -> Iterator[Flaw]:
        """Return a flaw unless every layer has its look."""
        if len(self.layers) != LAST_LAYER:
            message = f"layers 有 {len(self.layers)} 层，要写 {LAST_LAYER} 层"
            yield Flaw("D520", message, "依次写 一、 （一） 1. （1） ① 的样子", "layers")

    def font(self, role: str) -> str:
        """Return the name of the font of a class (`fangsong`, `heiti` …) as it is written into documents.

        Raises `LookupError` for a class that is none.
        """
        return self.alternatives(role)[0]

    def latin(self, role: str) -> str:
        """Return the name of the font of digits and letters in text of a class: the body text may have one for them."""
        return self.font(self.body.digits if self.body.digits and role == self.body.font else role)

    def alternatives(self, role: str) -> tuple[str, ...]:
        """Return all names of the font of a class; see `font`."""
        if role not in FONT_CLASSES:
            raise LookupError(f"没有字体 {role}")
        names: tuple[str, ...] = getattr(self.fonts, role)
        return names


FONT_CLASSES: Final = tuple(key.name for key in Fonts.KEYS)
