"""What in a prompt is asked for each time: ``{{topic}}``."""

import re
from collections.abc import Mapping

VARIABLE = re.compile(r"\{\{[ \t]*(\w[\w \-]{0,39}?)[ \t]*\}\}")
MOST = 20  # that are asked for; what comes after stays as it is written


def names(text: str) -> list[str]:
    """The variables of the text, each once, in their order."""
    return list(dict.fromkeys(VARIABLE.findall(text)))[:MOST]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values in their places; what has none stays as it is written."""
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)
