"""pandoc: yaml.safe_load, the plan as Markdown, one pandoc process with a reference document for every plan."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.ways import shared


def reference() -> Path:
    """Return the reference document's path; make it from pandoc's own when it is not there yet."""
    path = shared.cache_folder() / "reference.docx"
    if not path.exists():
        _write_reference(subprocess.check_output(["pandoc", "--print-default-data-file=reference.docx"]), path)
    return path


def _write_reference(default: bytes, path: Path) -> None:
    from io import BytesIO  # noqa: PLC0415 - only the first run builds

    from docx import Document  # noqa: PLC0415
    from docx.styles.style import CharacterStyle  # noqa: PLC0415

    from benchmarks.ways.python_docx import set_font  # noqa: PLC0415

    document = Document(BytesIO(default))
    fonts = {"Title": ("方正小标宋简体", 22), "Heading 1": ("黑体", 16), "Body Text": ("仿宋_GB2312", 16)}
    for style in document.styles:
        if isinstance(style, CharacterStyle) and style.name in fonts:
            set_font(style, *fonts[style.name])
    document.save(str(path))


def markdown(plan: shared.PlanReading) -> Iterator[str]:
    """Yield the plan's blocks in pandoc's Markdown."""
    yield f"---\ntitle: {plan.title}\n---"
    yield from plan.opening
    for section in plan.sections:
        yield f"# {section.heading}"
        for task in section.tasks:
            yield f"**{task.heading}**{task.text}"


def render(source: Path, target: Path) -> None:
    """Render one plan file to one document."""
    plan = shared.reading(yaml.safe_load(source.read_text(encoding="utf-8")))
    command = ["pandoc", "--from=markdown", "--to=docx", f"--reference-doc={reference()}", f"--output={target}"]
    subprocess.run(command, input="\n\n".join(markdown(plan)), encoding="utf-8", check=True)


if __name__ == "__main__":
    shared.main(render)
