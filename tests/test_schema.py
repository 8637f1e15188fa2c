"""The schema: one table of keys from which validation, messages and the manual are made."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plangen.diagnostics import NOWHERE, Source
from plangen.diagnostics.catalogue import CATALOGUE
from plangen.plan import model
from plangen.plan.schema import Key, Kind, Record
from plangen.source.loading import parse_record

SRC = Path(__file__).parents[1] / "src" / "plangen"
FORMAT_PAGE = Path(__file__).parents[1] / "docs" / "plan-format.md"


def records_below(cls: type[Record], seen: dict[str, type[Record]]) -> dict[str, type[Record]]:
    """Return every class of record that can stand in one of a class, itself included, by name."""
    if cls.__name__ not in seen:
        seen[cls.__name__] = cls
        for key in cls.KEYS:
            if key.kind.record:
                records_below(key.kind.record(), seen)
    return seen


RECORDS = records_below(model.Plan, {})
KEYS = [(cls, key) for cls in RECORDS.values() for key in cls.KEYS]
each_key = pytest.mark.parametrize(("cls", "key"), KEYS, ids=[f"{cls.__name__}.{key.name}" for cls, key in KEYS])
each_record = pytest.mark.parametrize("cls", RECORDS.values(), ids=RECORDS)


def sample(key: Key) -> str:
    """Return something a key accepts, as it would be typed after the colon, in flow style."""
    kind = key.kind
    if key.example:
        return key.example
    if kind.record and kind.shape != "prose or record":
        one = smallest(kind.record())
        return one if kind.shape == "record" else f"[{one}]"
    return kind.hint.removeprefix("可以写：").split("、")[0] if kind.code == "D507" else "甲"


def smallest(cls: type[Record]) -> str:
    """Return the smallest record of a class, in flow style."""
    said = {"text": "甲"} if cls is model.Attachment else {}
    return written(cls, **said) if said or cls.REQUIRED else written(cls, **{cls.KEYS[0].name: sample(cls.KEYS[0])})


def written(cls: type[Record], **said: str) -> str:
    """Return a record of a class that says what it must, and some things besides, in flow style."""
    values = {key.name: sample(key) for key in cls.REQUIRED} | said
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def parsed(cls: type[Record], text: str) -> tuple[Record, list[str]]:
    """Return a record read from a text and the codes of what is wrong with it."""
    record, diagnostics = parse_record(cls, Source("plan.yaml", text))
    return record, [d.code for d in diagnostics]


def test_the_plan_format_has_the_records_it_speaks_of() -> None:
    assert {
        "Plan",
        "Section",
        "Task",
        "Item",
        "Target",
        "Numbering",
        "Layout",
        "Official",
        "Notice",
        "Attachment",
    } <= set(RECORDS)


@each_key
def test_every_key_has_a_chinese_twin_and_a_meaning(cls: type[Record], key: Key) -> None:
    assert re.fullmatch("[a-z]+(_[a-z]+)*", key.name)
    assert re.fullmatch("[\u4e00-\u9fff]{2,7}", key.twin)
    assert re.search("[\u4e00-\u9fff]", key.meaning)
    assert not key.meaning.endswith("。")
    assert cls.SPELLINGS[key.twin] is cls.SPELLINGS[key.name] is key


@each_record
def test_no_two_keys_of_a_record_are_spelt_alike(cls: type[Record]) -> None:
    assert len(cls.SPELLINGS) == 2 * len(cls.KEYS)
    assert len({key.meaning for key in cls.KEYS}) == len(cls.KEYS)


CONTENTS = {model.Task: ("heading", "text", "items"), model.Item: ("heading", "text", "items")}
CONTENTS |= {model.Attachment: ("text", "sections", "table")}
"""The keys of which a record needs one."""


@each_key
def test_every_example_that_messages_give_is_accepted(cls: type[Record], key: Key) -> None:
    said = {key.name: sample(key)}
    if cls in CONTENTS and key.name not in CONTENTS[cls]:
        said["text"] = "甲"
    if key.name == "title_lines":
        said["title"] = sample(key)
    record, codes = parsed(cls, written(cls, **said))
    assert codes == []
    assert not key.example or getattr(record, key.name) not in (key.default, key.kind.blank)


@each_key
def test_the_twin_of_a_key_says_the_same(cls: type[Record], key: Key) -> None:
    others = {each.name: sample(each) for each in cls.REQUIRED if each is not key}
    english = "{" + ", ".join(f"{name}: {value}" for name, value in [(key.name, sample(key)), *others.items()]) + "}"
    chinese = "{" + ", ".join(f"{name}: {value}" for name, value in [(key.twin, sample(key)), *others.items()]) + "}"
    assert parsed(cls, english) == parsed(cls, chinese)
    assert key.twin in chinese


@each_key
def test_the_wrong_kind_of_value_is_refused(cls: type[Record], key: Key) -> None:
    wrong = "甲" if key.kind.shape in ("record", "records", "proses or records") else "[[甲]]"
    _, codes = parsed(cls, written(cls, **{key.name: wrong}))
    assert codes[:1] == ["D503"]


def test_the_page_of_the_plan_format_names_every_key_of_the_plan() -> None:
    if not FORMAT_PAGE.exists():
        pytest.skip("the page is written elsewhere")
    page = FORMAT_PAGE.read_text(encoding="utf-8")
    assert [key.name for _, key in KEYS if f"`{key.name}`" not in page] == []


@each_record
def test_records_are_frozen(cls: type[Record]) -> None:
    record, _ = parsed(cls, smallest(cls))
    name = cls.KEYS[0].name
    with pytest.raises(AttributeError, match="frozen"):
        setattr(record, name, "乙")
    with pytest.raises(AttributeError, match="frozen"):
        delattr(record, name)
    with pytest.raises(AttributeError, match="frozen"):
        record.anything = 1


def test_records_that_say_the_same_are_equal_wherever_they_stand() -> None:
    one, _ = parsed(model.Task, "{heading: 甲, text: 乙}")
    other, _ = parsed(model.Task, "# 换了地方\ntext: |\n  乙\nheading: 甲\n")
    assert one == other == model.Task(heading="甲", text=("乙",))
    assert one.place is not other.place


@pytest.mark.parametrize(
    "other",
    [
        model.Task(heading="甲"),
        model.Task(heading="甲", text=("丙",)),
        model.Task(heading="甲", text=("乙",), items=(model.Item(heading="丁"),)),
        model.Item(heading="甲", text=("乙",)),
        ("甲", ("乙",)),
    ],
)
def test_records_that_say_something_else_differ(other: object) -> None:
    assert model.Task(heading="甲", text=("乙",)) != other


def test_a_default_that_is_written_out_makes_no_difference() -> None:
    assert model.Task(heading="甲") == model.Task(heading="甲", text=(), due="", place=NOWHERE)


def test_records_show_what_was_said() -> None:
    assert repr(model.Task(heading="甲", due="")) == "Task(heading='甲')"


@pytest.mark.parametrize(
    ("cls", "arguments", "named"),
    [
        (model.Section, {"heading": "甲", "taks": ()}, "taks"),
        (model.Section, {"text": ()}, "heading"),
        (model.Target, {"indicator": "甲"}, "goal"),
        (model.Section, {"heading": "甲", "正文": ("乙",)}, "正文"),
    ],
)
def test_unknown_and_missing_arguments_are_refused(cls: type[Record], arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        cls(**arguments)


def test_a_record_cannot_be_a_key() -> None:
    with pytest.raises(TypeError):
        hash(model.Task(heading="甲"))


def sources() -> Iterator[tuple[Path, str]]:
    """Yield the modules of plangen and their text."""
    for path in sorted(SRC.rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")


def test_every_code_used_is_in_the_catalogue_and_the_other_way_round() -> None:
    used = {
        code
        for path, text in sources()
        if path.name != "catalogue.py"
        for code in re.findall(r'"([FYDLCTPRI]\d{3})"', text)
    }
    assert used == set(CATALOGUE)


def test_the_catalogue_explains_each_code_in_one_chinese_phrase_of_its_own() -> None:
    assert len({entry.summary for entry in CATALOGUE.values()}) == len(CATALOGUE)
    assert list(CATALOGUE) == sorted(CATALOGUE, key=lambda code: ("FYDLCTPRI".index(code[0]), code))
    for code, entry in CATALOGUE.items():
        assert re.fullmatch(r"[A-Z]\d{3}", code)
        assert re.search("[\u4e00-\u9fff]", entry.summary)
        assert not entry.summary.endswith("。")


def test_every_kind_that_can_refuse_says_how_to_mend_it() -> None:
    kinds: dict[str, Kind] = {key.kind.name: key.kind for _, key in KEYS if key.kind.parse}
    for kind in kinds.values():
        assert kind.hint, kind.name
        assert kind.code in CATALOGUE, kind.name
