"""Samples: the plan of a genre for a year, in the keys its drafter prefers."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from plangen.api import open_reading
from plangen.diagnostics import Source
from plangen.render.templates import TemplateSet
from plangen.source.edits import apply_fixes
from plangen.source.files import read_source
from plangen.source.keys import Language, translate_keys, translate_words, twin
from plangen.source.nodes import read_nodes
from plangen.source.walk import plan_keys

_SAMPLES: Final = "samples"
"""The folder of the samples among the templates."""

_YEAR: Final = "YYYY"
"""Stands in a sample for the year: four characters, so that places in it stay places in the plan."""

_COMMENT: Final = re.compile("(?:^|(?<= ))#.*", re.MULTILINE)
_MENTION: Final = re.compile("“([a-z_-]+)”")
"""A key, or a word that is a value, as the comments of a sample speak of it."""


def sample(name: str, year: int, language: Language, templates: Path | None = None) -> str:
    """Return a sample as the plan of a year, its keys in a language.

    `templates` is an office's own folder of templates, whose sample of that name wins over the packaged one. Raises
    `PlanError` when that is no plan without errors.
    """
    written = read_source(TemplateSet(templates).names(_SAMPLES)[f"{_SAMPLES}/{name}.yaml"])
    source = Source(written.name, written.text.replace(_YEAR, str(year)))
    open_reading(source)
    root = read_nodes(source)
    text, _ = apply_fixes(
        source.text, (*translate_keys(root, language), *translate_words(root, language)) if root else ()
    )
    return _COMMENT.sub(_in_chinese(), text) if language == "zh" else text


def _in_chinese() -> Callable[[re.Match[str]], str]:
    """Return what gives the comment found the Chinese twins of the keys and values it mentions."""
    twins: dict[str, str] = {}
    for key in plan_keys():  # of a name with several twins the first is meant
        twins.setdefault(key.name, key.twin)
        for word in key.kind.choices or {}:
            twins.setdefault(word, twin(word, key.kind.choices or {}, "zh"))

    def name(mention: re.Match[str]) -> str:
        return f"“{twins.get(mention[1], mention[1])}”"

    return lambda comment: _MENTION.sub(name, comment[0])
