"""Edits of a text by position: what is not replaced stays, character by character."""

from collections.abc import Iterable

from plangen.diagnostics import Fix


def apply_fixes(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Return a text with fixes made in it, and the fixes that were made, in the order of the text.

    The spans are those of `text` itself. Of two fixes that share characters the first is made, and the other left for
    another round; the same fix given twice is made once.
    """
    made: list[Fix] = []
    pieces: list[str] = []
    done = 0
    for fix in sorted(fixes, key=lambda each: (each.span.start, each.span.end)):
        start, end = fix.span.start, fix.span.end
        if start < done or (made and fix.span[1:] == made[-1].span[1:]):
            continue
        pieces += [text[done:start], fix.text]
        made.append(fix)
        done = end
    return "".join([*pieces, text[done:]]), made
