"""Templates of rows: as ``Markup.format`` fills them."""

import pytest
from markupsafe import Markup

from assistant.components.rows import Template

LINE = '<a href="{address}" title="{name}">{sign}{name}</a>{rest}'


@pytest.mark.parametrize(
    "said", ["tea", "<script>", '" onclick="x', "{name} {}", "{0.__class__}", "%s", "", 7, None, 1.5]
)
def test_what_is_put_in_is_escaped_as_elsewhere(said: object) -> None:
    values = {"address": said, "name": said, "sign": Markup("<i>{}</i>").format(said), "rest": Markup()}
    filled = Template(LINE).format(**values)
    assert isinstance(filled, Markup)
    assert filled == Markup(LINE).format(**values)
    assert Template("<p>{} {}</p>").format(said, filled) == Markup("<p>{} {}</p>").format(said, filled)
