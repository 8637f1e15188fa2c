"""Marks: what plangen leaves in comments of a plan for its drafter, and asks about until it is gone."""

from typing import Final

UNDECIDED: Final = "延续？"
"""Stands above a task of last year's until it is decided whether it goes on."""

TO_FILL_IN: Final = "待填"
"""Stands behind what was cleared, or may no longer be right, until it is filled in."""

TO_CHECK: Final = "待核对"
"""Stands above what importing a document was not sure of."""

MARKS: Final = (UNDECIDED, TO_FILL_IN, TO_CHECK)
