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
    _slip("(?<![叫当看称换])做为(?!民(?!生)|[群人师学基企党国社老百家他她孩了难])", "作为"),
    _slip("座标", "坐标"),
    _slip("座落", "坐落"),
    _slip("毎", "每"),
    _slip("以经(?=形成|成为|完成|取得|建成|开始|具备)", "已经"),
    _slip("(?<![立随当旋])即要(?!求)(?=[^。；]{1,30}[又也更]要)", "既要"),
    _slip("(?<![急良敏速会学理异])反应(?=给|情况|问题|意见|诉求|呼声)", "反映"),
    _slip("(?<=受教育)权力|(?<=合法)权力(?!机关)|权力(?=[和与]义务)", "权利"),
    _slip("竟赛", "竞赛"),
    _slip("报导(?!员)", "报道"),
    _slip("签定", "签订"),
    _slip("泄秘", "泄密"),
    _slip("挖崛", "挖掘"),
    _slip("松驰", "松弛"),
    _slip("修茸", "修葺"),
    _slip("幅射", "辐射"),
    _slip("震憾", "震撼"),
    _slip("遗撼", "遗憾"),
    _slip("针贬", "针砭"),
    _slip("编篡", "编纂"),
    _slip("部份(?!额)", "部分"),
    _slip("持之以衡", "持之以恒"),
    _slip("参查不齐|参差不其", "参差不齐"),
    _slip("因地治宜", "因地制宜"),
    _slip("因才施教", "因材施教"),
    _slip("循序见进", "循序渐进"),
    _slip("一如继往", "一如既往"),
    _slip("一愁莫展", "一筹莫展"),
    _slip("一脉相成", "一脉相承"),
    _slip("相辅相承", "相辅相成"),
    _slip("融汇贯通", "融会贯通"),
    _slip("关怀倍至", "关怀备至"),
    _slip("倍受(?=关注|瞩目|欢迎|青睐)", "备受"),
    _slip("责无旁待", "责无旁贷"),
    _slip("义不容词", "义不容辞"),
    _slip("防患未燃|防范未然", "防患未然"),
    _slip("有条不稳", "有条不紊"),
    _slip("契而不舍", "锲而不舍"),
    _slip("立杆见影", "立竿见影"),
    _slip("百废待新", "百废待兴"),
    _slip("默守成规", "墨守成规"),
    _slip("出奇不意", "出其不意"),
    _slip("迫不急待", "迫不及待"),
    _slip("穿流不息", "川流不息"),
    _slip("勤工简学", "勤工俭学"),
    _slip("四个自性", "四个自信"),
    _slip("不必需的", "不必要的"),
    _slip("贯切", "贯彻"),
    _slip("建全(?=机制|制度|体系|保障|组织|网络)", "健全"),
    _slip("严惩不怠", "严惩不贷"),
)
"""`reference/format.md` §4.3 and common knowledge; those that no right word contains."""

_VARIANTS: Final = (
    _slip("其它", "其他"),
    _slip("份量", "分量"),
    _slip("交待", "交代"),
    _slip("宏扬", "弘扬"),
    _slip("简炼", "简练"),
    _slip("凝炼", "凝练"),
    _slip("精采", "精彩"),
    _slip("刻划", "刻画"),
    _slip("摹仿", "模仿"),
    _slip("直接了当", "直截了当"),
    _slip("折衷", "折中"),
    _slip("影象", "影像"),
    _slip("笔划", "笔画"),
)
"""Variants and the forms to prefer to them: 第一批异形词整理表 (GF 1001—2001), but for the first, §4.3."""

_PREVENTED_TWICE: Final = re.compile("(?:杜绝|防止|避免|严防|谨防)(?:不发生|不出现|不再)|切忌不要|禁止不[得要]")
_NO_SUBJECT: Final = re.compile("(?:^|(?<=[。；]))(?:通过|经过|随着|由于)[^，。；]{2,30}，(?:使|让)(?!用|得一提|命)")
_COLLOQUIAL: Final = re.compile(
    "搞定|咱们?(?!的)|[啥咋](?![舌呼])|小伙伴|杠杠的|棒棒的|(?<!不)忽悠|吐槽|超赞|亲们|蛮好|挺好的|没法子?(?=[，。、])|(?<![A-Za-z])OK(?![A-Za-z])"
)

_UP_TO: Final = re.compile(r"截止到?(?=目前|今年|去年|\d{4}年|\d{1,2}月)")
_SYSTEMS: Final = (
    "平台|系统|网站|网页|网址|门户|客户端|小程序|邮箱|账号|官网|教育网|信息网|资源网|政务网|服务网|后台|APP"
)
_LOG_IN: Final = re.compile(
    rf"登陆(?=[^，。；]{{0,15}}(?:{_SYSTEMS}))|(?:{_SYSTEMS})[^，。；]{{0,8}}?(登陆)(?!点|日|地|时|舰|艇|作战)"
)
_RULE_OF_LAW: Final = re.compile(r"(?<!体)法制(?=建设|教育|宣传|政府|社会|国家|校园|副校长)")
_BOUND: Final = "超过|不低于|不少于|不高于|不超过|至少"
_FIGURE: Final = r"\d++(?:\.\d++)?"
_UNIT: Final = r"[^，。；、\d年月天日]{0,4}"
_ABOUT_TWICE: Final = re.compile(
    rf"(?:约|大约|近|{_BOUND}){_FIGURE}{_UNIT}左右|(?:{_BOUND}|约|大约){_FIGURE}{_UNIT}(?:以上|以下|以内)"
    rf"|(?:以上|以下|以内)左右|(?:约近|近约|大约近){_FIGURE}|(?:约|大约|近){_FIGURE}[万亿]?[多余](?=[^年岁])"
    rf"|(?<!\d){_FIGURE}[万亿]?[多余][^，。；、\d年月天日]{{0,3}}(?:左右|以上|以下|以内)"
)
_BOUNDED_RANGE: Final = re.compile(
    rf"(?:{_BOUND})({_FIGURE})\s*[-－—–~～]\s*({_FIGURE})(?!\s*[-－—–~～\d])(?![%年月日])"
)


def confusable_word(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a word written with a wrong character.

    Bad: 认真落实上级布署。
    Good: 认真落实上级部署，按规定公布署名文章，按装备标准验收。
    """
    for slip in _SLIPS:
        for passage, found in manuscript.find_all(slip.pattern):
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


def variant_word(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a variant of a word where another form is to be preferred; 第一批异形词整理表 (GF 1001—2001).

    Bad: 宏扬教育家精神，清理其它检查。
    Good: 弘扬教育家精神，清理其他检查。
    """
    for slip in _VARIANTS:
        for passage, found in manuscript.find_all(slip.pattern):
            message = f"“{found[0]}”现在写作“{slip.right}”"
            yield passage.warn("L306", message, *found.span(), f"改成“{slip.right}”", instead=slip.right)


def prevented_twice(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a word of prevention with a 不 that turns it into its opposite (杜绝不发生).

    Bad: 杜绝不发生安全事故。
    Good: 杜绝发生安全事故，防止不合格产品进入校园，确保不发生事故。
    """
    for passage in manuscript.passages:
        for found in _PREVENTED_TWICE.finditer(passage.plain):
            message = f"“{found[0]}”多了“不”，意思反了"
            yield passage.warn("L307", message, *found.span(), "删去“不”")


def bounded_range(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a bound on a range: 不少于3—5项 leaves open which of the two numbers is meant.

    Bad: 获奖不少于3-5项。
    Good: 获奖3～5项，不少于3项，不超过2%～3%。
    """
    for passage in manuscript.passages:
        for found in _BOUNDED_RANGE.finditer(passage.plain):
            message = f"“{found[0]}”又有界限又有范围"
            yield passage.warn("L308", message, *found.span(), "界限和范围只留一个")


def colloquial(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a word of speech or of the web that official documents do without.

    Bad: 让教师搞定每一节课。
    Good: 让教师上好每一节课，令人咋舌。
    """
    for passage in manuscript.passages:
        for found in _COLLOQUIAL.finditer(passage.plain):
            message, hint = f"“{found[0]}”是口语", "换成书面的说法"
            yield passage.warn("L309", message, *found.span(), hint, severity=Severity.INFO)


def no_subject(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a sentence without a subject: 通过……，使…… leaves nobody who does it.

    Bad: 通过实施学分银行，使终身学习更加便利。
    Good: 通过实施学分银行，终身学习更加便利。通过试点，各校使用新教材。
    """
    for passage in manuscript.passages:
        for found in _NO_SUBJECT.finditer(passage.plain):
            message = f"“{found[0][:2]}……，{found[0][-1]}……”没有主语"
            yield passage.warn("L310", message, *found.span(), f"删去“{found[0][:2]}”或“{found[0][-1]}”")
