"""Plans with something broken in them: bytes, lines, indentation, encodings, and whatever typists type."""

import codecs
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

LONGEST: Final = 120
"""Most lines of the stretch that half of the mutated plans are cut down to, for the sake of speed."""

TYPISTS: Final = (
    *"：，；。、｜＞＜＃－–—－•·“”‘’「」（）［］｛｝【】〔〕《》　﹕∶︰／＊＆！％＠０１９ａＡ",
    *("\u00a0", "\u2003", "\u200b", "\u2060", "\ufeff", "２０２７", "{@a}", "{@", "{{@", "〇", "😀", "㐀", "\u0301"),
)
"""What an input method, a web page or Word brings in."""

INDICATORS: Final = (
    *":-?[]{},#&*!|>'\"%@`~<=\\.",
    *(": ", "- ", "? ", " #", " # ", "|\n", ">-\n", "&a ", "*a", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.2\n"),
    *("<<<<<<< HEAD\n", "=======\n", ">>>>>>> 甲\n", "no", "1.10", "600:1", "0o17", "~", "null", "2027-02-30"),
)
"""What means something to YAML."""

CONTROLS: Final = (*map(chr, range(32)), *"\x7f\x80\x85\x9f\u2028\u2029\ufffe\uffff\U0001ffff")
"""Characters no plan may hold, and the breaks of lines."""

ENCODINGS: Final = ("gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "big5", "utf-7")

Change = Callable[[Random, bytes], bytes]


def mutate(rng: Random, plans: Sequence[bytes]) -> bytes:
    """Return one of several plans, or a stretch of it, with one to five things broken."""
    content = _cut(rng, rng.choice(plans))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
        content = rng.choice(_CHANGES)(rng, content)
    if rng.random() < 1 / 12:
        content = _splice(rng, content, _cut(rng, rng.choice(plans)))
    return _encode(rng, content) if rng.random() < 1 / 20 else content


def _cut(rng: Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return content if rng.random() < 1 / 2 else b"".join(lines[: rng.randint(1, LONGEST)])


def _splice(rng: Random, first: bytes, second: bytes) -> bytes:
    """Return the beginning of a plan with the end of another."""
    if rng.random() < 1 / 2:
        ours, theirs = first.splitlines(keepends=True), second.splitlines(keepends=True)
        return b"".join([*ours[: rng.randint(0, len(ours))], *theirs[rng.randint(0, len(theirs)) :]])
    return first[: rng.randint(0, len(first))] + second[rng.randint(0, len(second)) :]


def _encode(rng: Random, content: bytes) -> bytes:
    text = content.decode(errors="replace")
    encoded = text.encode(rng.choice(ENCODINGS), errors="replace")
    return rng.choice((b"", b"", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE)) + encoded


def _flip(rng: Random, content: bytes) -> bytes:
    if not content:
        return content
    at = rng.randrange(len(content))
    return content[:at] + bytes((content[at] ^ 1 << rng.randrange(8),)) + content[at + 1 :]


def _delete(rng: Random, content: bytes) -> bytes:
    at = rng.randint(0, len(content))
    return content[:at] + content[at + rng.choice((1, 1, 2, 3, 8, 40)) :]


def _truncate(rng: Random, content: bytes) -> bytes:
    return content[: rng.randint(0, len(content))]


def _repeat(rng: Random, content: bytes) -> bytes:
    at = rng.randint(0, len(content))
    return content[:at] + content[at : at + rng.choice((1, 2, 3, 20))] * rng.choice((2, 3, 50)) + content[at:]


def _random_byte(rng: Random, content: bytes) -> bytes:
    at = rng.randint(0, len(content))
    return content[:at] + rng.randbytes(rng.choice((1, 1, 2, 4))) + content[at:]


def _type_in(signs: Sequence[str]) -> Change:
    """Return the change that types signs at a place, most often one where YAML looks."""

    def change(rng: Random, content: bytes) -> bytes:
        text = content.decode(errors="replace")
        at = rng.randint(0, len(text))
        if rng.random() < 2 / 3:
            at = max(text.find(rng.choice((": ", "- ", "\n", "{", "[", ",", " ")), at), 0) + rng.randint(0, 2)
        instead = rng.randint(0, 1)
        return (text[:at] + rng.choice(signs) * rng.choice((1, 1, 1, 2, 7)) + text[at + instead :]).encode(
            errors="replace"
        )

    return change


def _of_lines(edit: Callable[[Random, list[bytes]], None]) -> Change:
    """Return the change that edits the lines of a plan."""

    def change(rng: Random, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        if lines:
            edit(rng, lines)
        return b"".join(lines)

    return change


def _stretch(rng: Random, lines: list[bytes]) -> slice:
    start = rng.randrange(len(lines))
    return slice(start, start + rng.choice((1, 1, 1, 2, 5)))


def _delete_lines(rng: Random, lines: list[bytes]) -> None:
    del lines[_stretch(rng, lines)]


def _double_lines(rng: Random, lines: list[bytes]) -> None:
    where = _stretch(rng, lines)
    lines[where] = lines[where] * rng.choice((2, 2, 30))


def _swap_lines(rng: Random, lines: list[bytes]) -> None:
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _move_lines(rng: Random, lines: list[bytes]) -> None:
    where = _stretch(rng, lines)
    moved = lines[where]
    del lines[where]
    to = rng.randint(0, len(lines))
    lines[to:to] = moved


def _shift_lines(rng: Random, lines: list[bytes]) -> None:
    where, blanks = _stretch(rng, lines), rng.choice((b" ", b"  ", b"    ", b"\t", "　".encode(), b"\xc2\xa0"))
    dedent = rng.random() < 1 / 2
    width = rng.choice((1, 2, 4, 40))
    lines[where] = [
        line[min(width, len(line) - len(line.lstrip(b" "))) :] if dedent else blanks + line for line in lines[where]
    ]


def _change_breaks(rng: Random, lines: list[bytes]) -> None:
    breaks = rng.choice((b"\r\n", b"\r", b"\n\n", b"", "\u2028".encode(), b"\xc2\x85"))
    where = slice(None) if rng.random() < 1 / 2 else _stretch(rng, lines)
    lines[where] = [line.rstrip(b"\r\n") + breaks for line in lines[where]]


def _spoil_all_keys(rng: Random, lines: list[bytes]) -> None:
    """Type every colon or dash of a stretch wrongly, as a person does who does not know better."""
    old, new = rng.choice(
        (
            (": ", "："),
            (": ", ":"),
            (": ", " :"),
            ("- ", "-"),
            ("- ", "– "),
            (", ", "，"),
            ("[", "［"),
            ("  ", "\t"),
            ("  ", "　"),
        )
    )
    start = rng.randrange(len(lines))
    where = slice(start, start + rng.choice((3, 10, len(lines))))
    lines[where] = [line.replace(old.encode(), new.encode(), 1) for line in lines[where]]


_CHANGES: Final[tuple[Change, ...]] = (
    _flip,
    _delete,
    _truncate,
    _repeat,
    _random_byte,
    _type_in(TYPISTS),
    _type_in(TYPISTS),
    _type_in(INDICATORS),
    _type_in(INDICATORS),
    _type_in(CONTROLS),
    *map(
        _of_lines,
        (
            _delete_lines,
            _double_lines,
            _swap_lines,
            _move_lines,
            _shift_lines,
            _shift_lines,
            _change_breaks,
            _spoil_all_keys,
        ),
    ),
)
