"""docxtpl: yaml.safe_load and a Word template with a loop over sections and one over tasks, built once."""

from pathlib import Path
from typing import Any

import yaml
from docxtpl import DocxTemplate

from benchmarks.ways import shared


def template() -> Path:
    """Return the loop template's path; build it with python-docx when it is not there yet."""
    path = shared.cache_folder() / "loop-template.docx"
    if not path.exists():
        from benchmarks.ways.python_docx import styled_document  # noqa: PLC0415 - only the first run builds

        document = styled_document()
        document.add_paragraph("{{ title }}", style="Plan Title")
        document.add_paragraph("{%p for text in opening %}")
        document.add_paragraph("{{ text }}", style="Plan Body")
        document.add_paragraph("{%p endfor %}")
        document.add_paragraph("{%p for section in sections %}")
        document.add_paragraph("{{ section.heading }}", style="Plan Section")
        document.add_paragraph("{%p for task in section.tasks %}")
        paragraph = document.add_paragraph(style="Plan Body")
        paragraph.add_run("{{ task.heading }}", style="Plan Lead")
        paragraph.add_run("{{ task.text }}")
        document.add_paragraph("{%p endfor %}")
        document.add_paragraph("{%p endfor %}")
        document.save(str(path))
    return path


def render(source: Path, target: Path, loader: type[Any] = yaml.SafeLoader) -> None:
    """Render one plan file to one document."""
    plan = shared.reading(yaml.load(source.read_text(encoding="utf-8"), Loader=loader))
    document = DocxTemplate(str(template()))
    document.render(plan._asdict())
    document.save(str(target))


if __name__ == "__main__":
    shared.main(render)
