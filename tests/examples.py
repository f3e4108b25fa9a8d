"""How many examples a property is tried with: some in the suite, all in ``make bench``, which sets ``LONG``."""

import os

LONG = "LONG"
PART = 4  # of which the suite tries one


def examples(many: int) -> int:
    """So many in the long form, a part of them in the suite."""
    return many if LONG in os.environ else max(1, many // PART)
