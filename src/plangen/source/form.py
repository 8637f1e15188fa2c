"""The form of a file by itself: its nodes, what it says, and what is wrong with its YAML, without what it includes."""

from typing import NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, Severity, Source, Span
from plangen.source.comments import lost_comments
from plangen.source.nodes import Node, Scalar, read_nodes
from plangen.source.records import RecordReader
from plangen.source.walk import root_records


class Form(NamedTuple):
    """A file that can be read: its root, the records it holds, and everything that is wrong with their form."""

    root: Node
    records: list[object]
    diagnostics: list[Diagnostic]

    @property
    def slips(self) -> list[Diagnostic]:
        """What is wrong with the YAML itself (codes in Y), whatever it says; warnings are the author's business."""
        return [each for each in self.diagnostics if each.code.startswith("Y") and each.severity is Severity.ERROR]


def read_form(source: Source) -> Form:
    """Return the form of a file that is a plan or what a plan includes; raise `PlanError` if it cannot be read."""
    root = read_nodes(source)
    if root is None:
        raise PlanError([Diagnostic("Y004", "文件里没有内容", Span(source, 0, 0), "检查是不是选错了文件")])
    reader = RecordReader()
    records = [reader.record(cls, node) for cls, node in root_records(root)]
    if isinstance(root, Scalar):
        raise PlanError(reader.diagnostics)
    return Form(root, records, [*reader.diagnostics, *lost_comments(source, root)])
