"""plangen: annual work plans (年度工作要点) as YAML in git, rendered to official-format Word documents and Markdown.

The public functions are those of `plangen.api`; they are loaded when first used, so that the command line starts fast.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["PlanError", "__version__", "check_plan", "load_plan", "make_outline", "write_document"]

if TYPE_CHECKING:
    from plangen.api import PlanError, check_plan, load_plan, make_outline, write_document


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from plangen import api  # noqa: PLC0415

    return getattr(api, name)
