"""Plans in one language of keys: they say the same, and nothing of the other language is left."""

from pathlib import Path

import pytest
import yaml

from pages import ACCEPTANCE, EXAMPLES
from plangen import api
from plangen.diagnostics import Source
from plangen.source.edits import apply_fixes
from plangen.source.keys import LANGUAGES, Language, translate_keys, translate_words, twin
from plangen.source.nodes import read_nodes

each_language = pytest.mark.parametrize("language", LANGUAGES)


def respelled(text: str, language: Language) -> str:
    source = Source("plan.yaml", text)
    root = read_nodes(source)
    return apply_fixes(text, (*translate_keys(root, language), *translate_words(root, language)) if root else ())[0]


def keys_of(value: object) -> set[str]:
    """Return every key there is in the value of a YAML text."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


@each_language
@pytest.mark.parametrize("path", [*EXAMPLES, *ACCEPTANCE], ids=lambda path: path.stem)
def test_a_plan_says_the_same_in_both_languages(path: Path, language: Language) -> None:
    text = path.read_text(encoding="utf-8")
    other = respelled(text, language)
    assert api.open_reading(Source("other.yaml", other)).plan == api.load_plan(path)
    assert respelled(other, language) == other
    assert [key for key in keys_of(yaml.safe_load(other)) if key.isascii() != (language == "en")] == []


@pytest.mark.parametrize(
    ("typed", "chinese", "english"),
    [
        ("title: 甲", "标题: 甲", "title: 甲"),
        ('"标题" : 甲 # 注', '"标题" : 甲 # 注', '"title" : 甲 # 注'),
        ("{year: 2027,标题: title}", "{年份: 2027,标题: title}", "{year: 2027,title: title}"),
        ("tilte: 甲\n年份: 2027", "tilte: 甲\n年份: 2027", "tilte: 甲\nyear: 2027"),
        ("layout: {owners: 'bracket'}", "版式: {责任单位: '括注'}", "layout: {owners: 'bracket'}"),
        ("版式: {责任单位: 印}", "版式: {责任单位: 印}", "layout: {owners: 印}"),
        ("版式: {标题标点: ：}", "版式: {标题标点: ：}", "layout: {run_in_mark: ：}"),
        ("编号: {连续: [任务, items]}", "编号: {连续: [任务, 要点]}", "numbering: {continuous: [tasks, items]}"),
        ("编号: {接排: 要点, 任务: 无}", "编号: {接排: 要点, 任务: 无}", "numbering: {inline: items, tasks: 无}"),
        ("official: {sealed: yes}", "公文要素: {加盖印章: 是}", "official: {sealed: yes}"),
        ("公文要素: {加盖印章: 是}", "公文要素: {加盖印章: 是}", "official: {sealed: true}"),
        ("guiding_thought:\n  标题: 甲", "指导思想:\n  标题: 甲", "guiding_thought:\n  heading: 甲"),
        ("guiding_thought: title", "指导思想: title", "guiding_thought: title"),
        (
            "sections:\n- 任务:\n  - items: [text, {text: 甲, 要点: [乙]}]",
            "部分:\n- 任务:\n  - 要点: [text, {正文: 甲, 要点: [乙]}]",
            "sections:\n- tasks:\n  - items: [text, {text: 甲, items: [乙]}]",
        ),
        ("attachments: [{附表: tasks}]", "附件: [{附表: 任务}]", "attachments: [{table: tasks}]"),
        ("- title", "- title", "- title"),
        ("# 没有内容", "# 没有内容", "# 没有内容"),
    ],
)
def test_keys_and_words_are_respelled_and_nothing_else(typed: str, chinese: str, english: str) -> None:
    assert (respelled(typed, "zh"), respelled(typed, "en")) == (chinese, english)


def test_a_word_that_is_none_of_the_choices_has_no_twin() -> None:
    assert twin("丙", {"a": 1, "甲": 1}, "en") == "丙"
