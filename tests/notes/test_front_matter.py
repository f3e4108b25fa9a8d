"""The fields on top of a file, as apps write them and as we do."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.notes import front_matter
from assistant.storage.text import clean, one_line


def utc(*parts: int) -> datetime:
    years, months, *rest = parts
    days, hours, minutes, seconds, microseconds = (*rest, 0, 0, 0, 0)[:5]
    return datetime(years, months, days, hours, minutes, seconds, microseconds, tzinfo=UTC)


def fields(lines: str) -> dict[str, str | list[str]]:
    header, body = front_matter.split(f"---\n{lines}\n---\nthe text")
    assert body == "the text"
    return header.fields


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("x: one word", "one word"),
        ("x: a: b", "a: b"),
        ("X: 'it''s'", "it's"),
        (r'x: "a\n\"b\" \u00e9\x41\U0001F600\/"', 'a\n"b" éA😀/'),
        ("x: [a, 'b, c', \"d]\", , ]", ["a", "b, c", "d]"]),
        ("x: [a,\n  b]", ["a", "b"]),
        ("x:\n  - a/b\n  - 'c d'", ["a/b", "c d"]),
        ("x:\n- a\n- b\n", ["a", "b"]),
        ("x:", ""),
        ("x: word # a comment", "word"),
        ("x: #a #b", "#a #b"),
        ("x: >-\n  one\n  two", "one two"),
        ("x: |\n  one\n  two", "one\ntwo"),
        ("# comment\n\nx: yes", "yes"),
        ("x: []", []),
        ("x: [", []),
        ("x: [[[[", ["[[["]),
        (r'x: "\Uffffffff\q"', "q"),
        ('x: "open', '"open'),
    ],
)
def test_fields_are_read_as_people_write_them(lines: str, value: str | list[str]) -> None:
    assert fields(lines)["x"] == value


@pytest.mark.parametrize(
    "text",
    ["", "---", "---\n", "---\na: b\n", "----\na: b\n---\n", "---\nno field\n---\n", "--- a\nb: c\n---\n",
     "\n---\na: b\n---\n", "---\nhttp://x\n---\n", "---\n- list\n---\n",
     "---\na: " + "b" * front_matter.LIMIT + "\n---\n"],
)  # fmt: skip
def test_what_is_no_header_stays_text(text: str) -> None:
    header, body = front_matter.split(text)
    assert (header.fields, body) == ({}, text)


def test_one_empty_line_belongs_to_the_header() -> None:
    assert front_matter.split("---\na: b\n---\n\n\ntext")[1] == "\ntext"
    assert front_matter.split("---\na: b\n...\ntext")[1] == "text"
    assert front_matter.split("---\n---")[1] == ""


def test_tags_come_as_a_list_or_in_words() -> None:
    for lines in ("tags: [a, b c]", "tags: a, b c", "tags:\n - a\n - b c"):
        header, _ = front_matter.split(f"---\n{lines}\n---\n")
        assert [tag.strip() for tag in header.items("tags", "tag")] == ["a", "b c"]
    header, _ = front_matter.split("---\ntags: a b\ntag: c\n---\n")
    assert header.items("tags", "tag") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-06", utc(2024, 5, 5, 22)),
        ("2024-05-06 07:08", utc(2024, 5, 6, 5, 8)),
        ("2024-05-06T07:08:09.123456Z", utc(2024, 5, 6, 7, 8, 9, 123456)),
        ("2024-05-06 07:08:09 +0100", utc(2024, 5, 6, 6, 8, 9)),
        ("2024-05-06T07:08:09-05:00", utc(2024, 5, 6, 12, 8, 9)),
        ("2024-05-06 07:08:09 UTC", utc(2024, 5, 6, 5, 8, 9)),
        ("2024/05/06", utc(2024, 5, 5, 22)),
        ("2024-5-6 7:08", utc(2024, 5, 6, 5, 8)),
        ("[[2024-05-06]]", utc(2024, 5, 5, 22)),
        ("Monday, May 6th 2024", utc(2024, 5, 5, 22)),
        ("May 6, 2024 7:08 PM", utc(2024, 5, 6, 17, 8)),
        ("Mon May 06 2024 07:08:09 GMT+0100 (CET)", utc(2024, 5, 6, 6, 8, 9)),
        ("6 May 2024 7am UTC", utc(2024, 5, 6, 7)),
        ("2024年5月6日", utc(2024, 5, 5, 22)),
        ("May 2024", None),
        ("07:08", None),
        ("6", None),
        ("06.05.2024", utc(2024, 5, 5, 22)),
        ("May 6, 2024", utc(2024, 5, 5, 22)),
        ("6 May 2024", utc(2024, 5, 5, 22)),
        ("Mon, 06 May 2024 07:08:09 +0000", utc(2024, 5, 6, 7, 8, 9)),
        ("1714979289", utc(2024, 5, 6, 7, 8, 9)),
        ("1714979289000", utc(2024, 5, 6, 7, 8, 9)),
        ("soon", None),
        ("", None),
        ("2024-13-45", None),
        ("0001-01-01", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("١٧١٤٩٧٩٢٨٩", None),
    ],
)
def test_dates(text: str, expected: datetime | None) -> None:
    assert front_matter.instant(text, ZoneInfo("Europe/Berlin")) == expected


@pytest.mark.parametrize(
    ("text", "day_first", "month_first", "open_"),
    [
        ("3/4/2024", (3, 4), (4, 3), True), ("13/4/2024", (13, 4), (13, 4), False),
        ("4/13/2024", (13, 4), (13, 4), False), ("3.4.2024", (3, 4), (3, 4), False),
        ("4-4-2024", (4, 4), (4, 4), False),
    ],
)  # fmt: skip
def test_which_number_is_the_month_is_a_matter_of_habit(
    text: str, day_first: tuple[int, int], month_first: tuple[int, int], open_: bool
) -> None:
    found = [front_matter.instant(text, UTC, month_first=habit) for habit in (False, True)]
    assert [(at.day, at.month) for at in found if at] == [day_first, month_first]
    assert front_matter.either_way(text) is open_


@given(st.text().map(one_line), st.lists(st.text().map(one_line).filter(bool)), st.text().map(clean), st.datetimes())
def test_what_is_written_is_read_again(title: str, tags: list[str], body: str, created: datetime) -> None:
    created = created.replace(tzinfo=UTC)
    text = front_matter.written({"title": title, "tags": tags, "created": created, "pinned": True, "archived": False})
    header, rest = front_matter.split(text + body)
    assert rest == body
    assert header.text("title") == title
    assert header.items("tags") == tags
    assert front_matter.instant(header.text("nothing", "created"), ZoneInfo("Asia/Tokyo")) == created
    assert (header.says("pinned"), header.says("archived")) == (True, False)


@given(st.text(st.sampled_from("---\n:ab '\"[],#|> \t\\x")))
def test_nothing_is_an_error(text: str) -> None:
    header, body = front_matter.split(f"---\n{text}\n---\nrest")
    assert body.endswith("rest")
    assert all(isinstance(value, str | list) for value in header.fields.values())
    front_matter.instant(text, UTC)


@pytest.mark.parametrize("piece", [" ", "[", '"', '",', "\\", "'", "- ", "#", "a", "a ", ": ", "\t", "\n ", "\n- "])
def test_no_header_takes_long(piece: str) -> None:
    begun = time.process_time()
    for start in ("x: ", "x: [", 'x: "', ""):
        front_matter.split(f"---\n{start}{piece * (60_000 // len(piece))}\n---\n")
    assert time.process_time() - begun < 2
