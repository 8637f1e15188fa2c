"""L3: confusable words and wordings at odds with themselves."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from plangen.check.manuscript import Manuscript
from plangen.diagnostics import Diagnostic, Severity


class _Slip(NamedTuple):
    """A word that is always wrong where the pattern matches, and the right one."""

    pattern: re.Pattern[str]
    right: str


def _slip(pattern: str, right: str) -> _Slip:
    return _Slip(re.compile(pattern), right)


_SLIPS: Final = (
    _slip("(?<!公)布署(?!名)|部暑(?!期)", "部署"),
    _slip("按装(?![备修订配箱])", "安装"),
    _slip("帐号", "账号"),
    _slip("帐户", "账户"),
    _slip("帐单", "账单"),
    _slip("防碍", "妨碍"),
    _slip("复盖", "覆盖"),
    _slip("侯选", "候选"),
    _slip("急待", "亟待"),
    _slip("再接再励", "再接再厉"),
    _slip("追朔", "追溯"),
    _slip("一股作气", "一鼓作气"),
    _slip("委屈求全", "委曲求全"),
    _slip("事必恭亲", "事必躬亲"),
    _slip("竞竞业业", "兢兢业业"),
    _slip("竟争", "竞争"),
    _slip("题纲", "提纲"),
    _slip("渡假", "度假"),
    _slip("份内", "分内"),
    _slip("(?<=疫情防控)狙击战|(?<=疫情)狙击战", "阻击战"),
)
"""`reference/format.md` §4.3, those that no right word contains."""

_UP_TO: Final = re.compile(r"截止到?(?=目前|今年|去年|\d{4}年|\d{1,2}月)")
_SYSTEMS: Final = "平台|系统|网站|网页|网址|门户|客户端|小程序|邮箱|账号|官网|APP"
_LOG_IN: Final = re.compile(
    rf"登陆(?=[^，。；]{{0,15}}(?:{_SYSTEMS}))|(?:{_SYSTEMS})[^，。；]{{0,8}}?(登陆)(?!点|日|地|时|舰|艇|作战)"
)
_RULE_OF_LAW: Final = re.compile(r"(?<!体)法制(?=建设|教育|宣传|政府|社会|国家|校园|副校长)")
_BOUND: Final = "超过|不低于|不少于|不高于|不超过|至少"
_ABOUT_TWICE: Final = re.compile(
    rf"(?:约|大约|近|{_BOUND})\d+(?:\.\d+)?[^，。；、\d年月天日]{{0,4}}左右|(?:{_BOUND}|约|大约)\d+(?:\.\d+)?[^，。；、\d年月天日]{{0,4}}(?:以上|以下|以内)"
)


def confusable_word(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a word written with a wrong character.

    Bad: 认真落实上级布署。
    Good: 认真落实上级部署，按规定公布署名文章，按装备标准验收。
    """
    for passage in manuscript.passages:
        for slip in _SLIPS:
            for found in slip.pattern.finditer(passage.plain):
                message = f"“{found[0]}”应为“{slip.right}”"
                yield passage.warn("L301", message, *found.span(), f"改成“{slip.right}”", instead=slip.right)


def up_to(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find 截止 before a point of time, which 截至 takes; 截止 has no object.

    Bad: 截止2027年底，建成4所学校。
    Good: 截至2027年底，建成4所学校，报名5月底截止。
    """
    for passage in manuscript.passages:
        for found in _UP_TO.finditer(passage.plain):
            yield passage.warn(
                "L302", f"“{found[0]}”后面有时间，应为“截至”", *found.span(), "改成“截至”", instead="截至"
            )


def log_in(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find 登陆 (to land) a system, a site or an account, which is 登录.

    Bad: 学生可登陆智慧教育平台自主学习。
    Good: 学生可登录智慧教育平台自主学习，防范台风登陆影响。
    """
    for passage in manuscript.passages:
        for found in _LOG_IN.finditer(passage.plain):
            start, end = found.span(1 if found[1] else 0)
            yield passage.warn("L303", "登上系统、网站是“登录”", start, end, "改成“登录”", instead="登录")


def rule_of_law(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find 法制 in what has been called 法治 since 2018 (法治教育, 法治副校长).

    Bad: 配齐法制副校长。
    Good: 配齐法治副校长，健全监督办法制度。
    """
    for passage in manuscript.passages:
        for found in _RULE_OF_LAW.finditer(passage.plain):
            yield passage.warn("L304", "现在的提法是“法治”", *found.span(), "改成“法治”", instead="法治")


def bounded_twice(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a figure that is bounded twice (不低于……以上, 约……左右).

    Bad: 巩固率不低于98%以上，培训教师约600人左右。
    Good: 巩固率达到98%以上，培训教师约600人。
    """
    for passage in manuscript.passages:
        for found in _ABOUT_TWICE.finditer(passage.plain):
            message = f"“{found[0]}”前后重复"
            yield passage.warn("L305", message, *found.span(), "前后的限定词只留一个", severity=Severity.WARNING)
