"""What the catalogue knows, as pages for people."""

from collections.abc import Iterator
from difflib import get_close_matches
from textwrap import indent

from plangen.diagnostics.catalogue import CATALOGUE, Entry

_LIKELY = 3
"""Most codes suggested for one that does not exist."""


def page(code: str) -> str:
    """Return the page of a code: what it means, how to mend it, an example and what it rests on."""
    entry = CATALOGUE[code]
    lines = [f"{code} {entry.summary}", "", entry.explanation, *examples(entry)]
    if entry.clause:
        lines += ("", f"依据：{entry.clause}")
    return "\n".join(lines)


def examples(entry: Entry) -> Iterator[str]:
    """Yield the lines that show what is wrong and what is right."""
    for title, example in (("不要写成", entry.bad), ("要写成", entry.good)):
        if example:
            yield from ("", f"{title}：", "", indent(example, "    "))


def overview() -> str:
    """Return all codes with their summaries, one a line."""
    return "\n".join(f"{code}  {entry.summary}" for code, entry in CATALOGUE.items())


def likely(code: str) -> list[str]:
    """Return the codes that may be meant by one that does not exist, the likeliest first."""
    return get_close_matches(code, CATALOGUE, _LIKELY)
