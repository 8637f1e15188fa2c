"""How prose states indicators and what they are to reach: the words, for who recognises targets and who checks them."""

import re
from typing import Final

RATES: Final = "率|比例|占比|比重|覆盖面"
"""How the name of a share ends: alternatives of a pattern."""

REACHING: Final = (
    "稳定在|保持在|巩固在|控制在|提高到|提升到|提高至|提升至|下降到|下降至|降低到|降低至|降到|降至|增至|达到|达|为"
)
"""Verbs between an indicator and the value it is to reach; longer ones before those they begin with."""

COMPARING: Final = "不低于|不少于|不高于|不超过|超过|高于|低于"
"""Words that say between which side of a value an indicator is to be."""

_LEAD_INS: Final = (
    *("确保", "力争", "争取", "努力", "推动", "促进", "实现", "使", "将", "把", "要", "让"),
    *("到年底", "年底前", "年内", "全年", "全市", "全县", "全区", "全校", "我市", "我县", "我区", "我校", "其中"),
    *("稳步", "不断", "进一步", "提高", "提升", "巩固", "保持", "保障"),
)
_LEAD_IN: Final = re.compile(f"^(?:{'|'.join(_LEAD_INS)})+(?=.{{3}})")


def indicator_name(written: str) -> str:
    """Return the name of an indicator without the words that lead to it (确保, 全市)."""
    return _LEAD_IN.sub("", written)
