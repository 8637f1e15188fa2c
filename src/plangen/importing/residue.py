"""What stands in a text and is no part of its plan: residue of web pages, repetitions, the next article's title."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from plangen.importing.doubts import Doubts
from plangen.importing.traced import Traced

TITLE_WORDS: Final = r"(?:工作)?(?:要点|计划|安排|打算|方案|思路)"
"""What a plan is called at the end of its title."""

_RESIDUE: Final = re.compile(
    r"VIP.{0,8}|海报|侵权投诉|举报|收藏|点赞|下载|分享.{0,6}|打印(?:本页)?|关闭(?:窗口)?|返回顶部|展开[>»]*|收起[<«]*|"
    r"(?:标签|摘要|来源|作者|编辑|责任编辑|责编|审核|发布(?:时间|日期)|浏览(?:次数|量)|阅读(?:次数|量)?|点击数|字号|字体)\s*[:：].{0,40}|"
    r"\d+(?:\.\d+)?\s*[KMG]B|(?:第\s*)?\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d+\+|\d{1,4}|[|·•*=_~\-—\s]+|[-—–]\s*\d{1,3}\s*[-—–]|"
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?|[上下]一[篇页]\s*[:：]?.{0,40}|"
    r".*(?:相关文章|相关阅读|推荐阅读|猜你喜欢)\s*[:：]?|下面是.{0,40}(?:小编|网站?)\S{0,40}|.{0,30}小编.{0,30}(?:参考|帮助|收集).{0,20}"
)
"""A line that web pages and shared files have around a text."""

_NEXT_ARTICLE: Final = re.compile(rf".{{2,20}}{TITLE_WORDS}\d?")
_REPEATED: Final = 30
"""So many characters that open two paragraphs alike make the second a repetition, or a summary of what comes."""

_OPENING_LINES: Final = 10
_FOLLOWING: Final = 8
"""How many of the first lines may be a summary, and how far on the text follows it repeats."""

_BEGINNING: Final = 2000
"""So many characters at the beginning of a text are what repetitions of it begin within."""

_NOISE: Final = re.compile(r"[\s,，.…]")


def without_residue(lines: Sequence[Traced], doubts: Doubts) -> list[Traced]:
    """Return the lines that belong to the plan; each that is left out is doubted by itself."""
    kept = list(_without_repetitions(list(_without_web(lines, doubts)), doubts))
    while len(kept) > 1 and _NEXT_ARTICLE.fullmatch(kept[-1].text):
        doubts.drop("I006", f"末尾是另一篇的标题，没有导入：{kept[-1].text}", kept.pop())
    return kept


def _without_web(lines: Sequence[Traced], doubts: Doubts) -> Iterator[Traced]:
    for line in lines:
        if _RESIDUE.fullmatch(line.text):
            doubts.drop("I006", f"像是网页上的字，没有导入：{_shown(line)}", line)
        else:
            yield line


def _without_repetitions(lines: Sequence[Traced], doubts: Doubts) -> Iterator[Traced]:
    bare = [_NOISE.sub("", line.text) for line in lines]
    said = ""
    openings: set[str] = set()
    for nth, line in enumerate(lines):
        opening = bare[nth][:_REPEATED]
        whole = len(opening) == _REPEATED
        summary = nth < _OPENING_LINES and any(opening in later for later in bare[nth + 1 : nth + _FOLLOWING])
        if whole and (summary or opening in openings or opening in said):
            doubts.drop("I007", f"与别处重复，没有导入：{_shown(line)}", line, "核对两处是否完全一样")
        else:
            openings.add(opening)
            said += bare[nth] if len(said) < _BEGINNING else ""
            yield line


def _shown(line: Traced) -> str:
    return line.text if len(line.text) <= 24 else f"{line.text[:24]}…"
