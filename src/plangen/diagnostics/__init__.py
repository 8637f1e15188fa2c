"""One `Diagnostic`, its catalogue and its renderings; imports nothing else of plangen.

The catalogue is `plangen.diagnostics.catalogue.CATALOGUE`, loaded only by who shows or judges codes.
"""

from plangen.diagnostics.diagnostic import Diagnostic, Fix, PlanError, Related, Severity, in_file_order
from plangen.diagnostics.span import NOWHERE, Place, Source, Span, whole_file

__all__ = [
    "NOWHERE",
    "Diagnostic",
    "Fix",
    "Place",
    "PlanError",
    "Related",
    "Severity",
    "Source",
    "Span",
    "in_file_order",
    "whole_file",
]
