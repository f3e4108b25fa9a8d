"""Marks lead to passages; what a sentence says in numbers, dates and names must stand in the passage that it names."""

import pytest

from assistant.chat.knowing import evidence
from assistant.chat.knowing.citations import cited, cleaned
from assistant.chat.models import Source
from assistant.components.markdown.rendering import render

FLAT = "The rent is 1,200.50 €, due on 3 May 2026. Mr Weber answers after six, at 0171 555. It has three rooms."
WOHNUNG = "Die Miete beträgt 1.200,50 €, fällig am 03.05.2026. Herr Weber ist ab 18 Uhr da. Anna Maier wohnt oben."

SAID: list[tuple[str, str, list[str]]] = [
    ("The rent is 1200.50 €.", FLAT, []),
    ("The rent is 1,200.50 €.", WOHNUNG, []),
    ("The rent is 1,250 €.", FLAT, ["1,250"]),
    ("It is due on May 3rd, 2026.", FLAT, []),
    ("It is due on 2026-05-03.", WOHNUNG, []),
    ("It is due on 4 May.", FLAT, ["4 may"]),
    ("It is due on 3 May 2027.", FLAT, ["3 may 2027"]),
    ("The flat has 3 rooms.", FLAT, []),
    ("You can call Weber’s number.", FLAT, []),
    ("You can call Huber on Monday.", FLAT, ["Huber"]),
    ("Die Miete ist am 3. Mai fällig.", WOHNUNG, []),
    ("Die Miete ist am 5. Mai fällig.", WOHNUNG, ["5. mai"]),
    ("Am Telefon ist Herr Huber.", WOHNUNG, ["Huber"]),
    ("Über dir wohnt die Mieterin Anna Maier.", WOHNUNG, []),
    ("Im Keller sind das Fahrrad und die Heizung nicht.", WOHNUNG, []),
]


@pytest.mark.parametrize(("claim", "passage", "missing"), SAID)
def test_what_is_said_stands_in_the_passage_or_not(claim: str, passage: str, missing: list[str]) -> None:
    assert evidence.missing(claim, [passage]) == missing


def source(number: int, text: str = "", **more: str) -> Source:
    return Source(
        **{"number": number, "kind": "note", "title": "Flat", "text": text, "address": f"/notes/{number}"} | more
    )


GIVEN = [source(1, FLAT), source(2, "The bike shop closes at 19:00.")]


def marks(text: str) -> list[tuple[str, bool]]:
    """The numbers of the marks in the text, each with whether it is grey."""
    html = cited(render(text), GIVEN).html
    return [(one.partition(">")[2].partition("<")[0], "cite-doubt" in one) for one in html.split("<a class=")[1:]]


def test_marks_lead_where_they_say_and_strange_ones_are_gone() -> None:
    assert marks("The rent is 1200.50 € [1]. The shop closes at 19:00. [2][7]") == [("1", False), ("2", False)]
    assert marks("The rent is 1,300 € [1], it is [Source 2].") == [("1", True), ("2", False)]
    assert marks("Both [1, 2] and 【2】 and [^1]") == [("1", False), ("2", False), ("2", False), ("1", False)]
    assert marks("`a[1]` and [1](https://example.org)\n\n```\nb[2]\n```") == []
    assert "[9]" not in cited(render("Nothing [9]."), GIVEN).html
    assert "[1]" in cited(render("A list[1]"), []).html
    found = cited(render("- The rent is 900 € [1]\n- Mr Weber knows [1]"), GIVEN)
    assert (found.doubts, found.named) == ({1: ["900"]}, {1})
    assert "Not found in this passage: “900”." in found.html


def test_numbers_of_several_may_stand_in_either() -> None:
    assert marks("The rent is 1,200.50 € and the shop closes at 19:00 [1][2].") == [("1", False), ("2", False)]


def test_a_title_cannot_leave_its_attribute() -> None:
    bad = [source(1, "x", title='"><script>alert(1)</script>', address='/notes/1?passage="><b>')]
    html = cited(render("See [1]"), bad).html
    assert "<script" not in html
    assert "<b>" not in html


def test_what_is_stored_has_no_strange_marks() -> None:
    assert cleaned("One [1] two [8], three [2, 9]. `x[8]`", GIVEN) == "One [1] two, three [2]. `x[8]`"
    assert cleaned("One [8]", []) == "One [8]"
    assert cleaned("One [1]", [Source(number=0, kind="none", title="your notes")]) == "One"
