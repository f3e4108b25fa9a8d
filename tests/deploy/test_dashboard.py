"""The dashboard asks for figures that there are, by labels that they have."""

import json
import re
from typing import Any

from assistant.web.watching.figures import Figures
from tests.product import ROOT
from tests.programs import House

DASHBOARD = ROOT / "deploy" / "watch" / "dashboard.json"
NAME = re.compile(r"\b(?:assistant|process)_\w+")
LABELS = re.compile(r"by \(([^)]*)\)")
GIVEN = {"job", "instance"}  # by Prometheus itself


def series(house: House) -> dict[str, set[str]]:
    """The names that Prometheus knows, and the labels of each."""
    found = {}
    for family in Figures(house.parts, "one").registry.collect():
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(family.type, ("",))
        for ending in endings:
            found[family.name + ending] = {"le"} if ending == "_bucket" else set()
    return found


def questions() -> list[tuple[str, str]]:
    panels: list[Any] = json.loads(DASHBOARD.read_text())["panels"]
    return [(panel["title"], target["expr"]) for panel in panels for target in panel["targets"]]


def test_every_question_can_be_answered(house: House) -> None:
    known = series(house)
    asked = questions()
    assert len(asked) > 18
    unknown = {name for _, expression in asked for name in NAME.findall(expression)} - known.keys()
    assert unknown == set()
    # All that is counted is shown.
    shown = {re.sub(r"_(bucket|sum|count)$", "", name) for _, question in asked for name in NAME.findall(question)}
    own = {re.sub(r"_(bucket|sum|count)$", "", name) for name in known if name.startswith("assistant_")}
    assert own - shown == set()


def test_labels_are_those_of_the_figures(house: House) -> None:
    figures = Figures(house.parts, "one")
    labels = {
        family: set(collector._labelnames)
        for collector, families in figures.registry._collector_to_names.items()
        for family in families
        if hasattr(collector, "_labelnames")
    }
    for title, expression in questions():
        names = NAME.findall(expression)
        own = set().union(*(labels.get(name, set()) for name in names)) | GIVEN | {"le"}
        for group in LABELS.findall(expression):
            assert {label.strip() for label in group.split(",")} <= own, title
        assert expression.count("(") == expression.count(")"), title
        assert expression.count("{") == expression.count('{job=~"$job"}'), title


def test_panels_stand_side_by_side() -> None:
    places = [panel["gridPos"] for panel in json.loads(DASHBOARD.read_text())["panels"]]
    taken = {(place["x"], place["y"]) for place in places}
    assert len(taken) == len(places)
    assert all(place["x"] + place["w"] <= 24 for place in places)
