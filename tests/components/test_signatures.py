"""What NiceGUI says of each element, said in less."""

import pytest
from nicegui.event_listener import EventListener

from assistant.components.served import signatures


def listener() -> EventListener:
    return EventListener(
        element_id=1, type="click", args=[], handler=None, js_handler=None, throttle=0.0, leading_events=True,
        trailing_events=True, request=None,
    )  # fmt: skip


def test_what_listens_has_a_short_name_and_none_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EventListener, "__post_init__", EventListener.__post_init__)
    signatures.number()
    names = [listener().id for _ in range(1000)]
    assert len(set(names)) == 1000
    assert max(map(len, names)) <= 4
