"""Notes over HTTP: what the box of a note saves, its pictures, and where a link by title leads."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import httpx
from PIL import Image

from assistant.notes import notebook, queries, trash
from assistant.notes.validation import TEXT_LIMIT
from assistant.notes.versions import history
from tests.person import Person

TEXT = "# Shopping\n\n- [ ] milk\n\n- [ ] bread\n\nfor [[Anna's party]]"


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, kind)
    return out.getvalue()


def draft(client: httpx.Client, note: int, **typed: Any) -> httpx.Response:
    headers = {"content-type": "application/json"}
    return client.put(f"/api/v1/notes/{note}/draft", content=json.dumps(typed), headers=headers)  # also half characters


def taken(answer: httpx.Response) -> tuple[int, str | None]:
    """Version and, where it is not what was sent, text of what is stored."""
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["problem"] is None
    return told["version"], told["text"]


def refused(answer: httpx.Response, status: int, field: str | None) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert [error["field"] for error in problem["errors"][:1]] == ([] if field is None else [field])
    return problem


def kept(person: Person, note: int) -> list[str]:
    return [person.do(history.get_version, note, one.id).text for one in person.do(history.versions, note)]


def test_a_note_is_written_and_saved(anna: Person) -> None:
    first = draft(anna, 0, text=TEXT, key="k1").json()
    note = first["id"]
    assert draft(anna, 0, text=TEXT, key="k1").json() == first
    assert first == {"id": note, "version": 1, "text": None, "problem": None}
    assert (anna.do(notebook.get, note).title, anna.text(note)) == ("Shopping", TEXT)
    assert taken(draft(anna, note, text=f"{TEXT}!", version=1)) == (2, None)
    assert anna.text(note) == f"{TEXT}!"
    anna.do(trash.trash, note, datetime.now(UTC))
    assert taken(draft(anna, note, text=f"{TEXT}?", version=2)) == (3, None)
    anna.do(trash.empty_trash)
    refused(draft(anna, note, text="x", version=3), 404, None)


def test_what_is_typed_into_a_note_is_stored_in_one_request(anna: Person) -> None:
    first = draft(anna, 0, text="one", title="Title", tags=["home"], key="k").json()
    assert first == {"id": 1, "version": 2, "text": None, "problem": None}
    # The answer was lost, and more was typed since: it is the same note, with the text of now.
    again = draft(anna, 0, text="one\n\ntwo\n\nthree", tags=["home"], key="k").json()
    assert (again["id"], again["text"]) == (1, None)
    draft(anna, 1, text="one\n\ntwo\n\nTHREE", version=again["version"])
    merged = draft(anna, 1, text="ONE\n\ntwo\n\nthree", version=again["version"]).json()
    assert merged["text"] == "ONE\n\ntwo\n\nTHREE"
    named = draft(anna, 1, title="Other", version=merged["version"]).json()
    assert (named["text"], named["version"]) == (None, merged["version"] + 1)
    behind = draft(anna, 1, title="Third", version=merged["version"]).json()
    assert (behind["text"], behind["version"]) == (None, merged["version"])
    whole = anna.do(queries.get_listed, 1)
    assert (anna.text(1), whole.title, whole.tags) == ("ONE\n\ntwo\n\nTHREE", "Third", ("home",))


def test_a_title_or_tag_that_cannot_be_keeps_no_text_back(anna: Person) -> None:
    note = anna.note("words")
    stored = draft(anna, note, text="more words", tags=["x" * 101], version=1).json()
    assert (stored["problem"]["field"], stored["version"]) == ("tags", 2)
    assert "at most 100 characters" in stored["problem"]["detail"]
    stored = draft(anna, note, text="other words", tags=[f"t{number}" for number in range(51)], version=2).json()
    assert (stored["problem"]["field"], stored["version"]) == ("tags", 3)
    stored = draft(anna, note, text="even more", title="x" * 301, version=3).json()
    assert stored["problem"]["field"] == "title"
    assert anna.text(note) == "even more"
    assert anna.do(queries.get_listed, note).tags == ()
    refused(draft(anna, note, text="x" * (TEXT_LIMIT + 1), version=4), 422, "text")


def test_a_title_is_left_set_or_taken_from_the_first_line(anna: Person) -> None:
    note = anna.note("one")
    assert taken(draft(anna, note, title="Mine", version=1)) == (2, None)
    assert taken(draft(anna, note, text="two", version=2)) == (3, None)
    assert anna.do(notebook.get, note).title == "Mine"
    assert taken(draft(anna, note, title="", version=3)) == (4, None)
    assert anna.do(notebook.get, note).title == "two"


def test_links_follow_a_new_title(anna: Person) -> None:
    target, source = anna.note("x", title="Old"), anna.note("to [[old]] and [[Old|that]]", title="Source")
    draft(anna, target, title="New", version=1)
    assert anna.text(source) == "to [[New]] and [[New|that]]"
    assert [row.id for row in anna.do(queries.backlinks, target)] == [source]
    assert anna.do(queries.titles, "ne") == ["New"]


def test_a_link_of_a_note_to_itself_follows_its_title(anna: Person) -> None:
    note = anna.note("see [[Here]]", title="Here")
    assert draft(anna, note, title="There", version=1).json()["text"] == "see [[There]]" == anna.text(note)


def test_a_link_opens_its_note_or_the_place_to_write_it(anna: Person) -> None:
    note = anna.note("x", title="C# & more")
    there = anna.get("/notes/open", params={"title": "c# & MORE"})
    assert (there.status_code, there.headers["location"]) == (303, f"/notes/{note}")
    missing = anna.get("/notes/open", params={"title": "a/b&c\r\nx: y"})
    assert missing.headers["location"] == "/notes/new?title=a%2Fb%26c%0D%0Ax%3A%20y"
    anna.do(trash.trash, note, datetime.now(UTC))
    gone = anna.get("/notes/open", params={"title": "C# & more"})
    assert gone.headers["location"].startswith("/notes/new?title=C")


def test_changes_in_different_places_are_merged(anna: Person) -> None:
    note = anna.note("one\n\ntwo\n\nthree")
    draft(anna, note, text="ONE\n\ntwo\n\nthree", version=1)
    assert taken(draft(anna, note, text="one\n\ntwo\n\nTHREE", version=1)) == (3, "ONE\n\ntwo\n\nTHREE")


def test_two_texts_that_differ_are_both_told(anna: Person) -> None:
    note = anna.note("one\ntwo")
    draft(anna, note, text="one\nTHEIRS", version=1)
    problem = refused(draft(anna, note, text="one\nMINE", version=1), 409, "text")
    assert (problem["theirs"], problem["version"], problem["both"]) == ("one\nTHEIRS", 2, "one\nTHEIRS\nMINE")
    assert problem["shown"] == [["same", "one"], ["removed", "THEIRS"], ["added", "MINE"]]
    assert anna.text(note) == "one\nTHEIRS"
    assert taken(draft(anna, note, text="one\nMINE", version=2, beside="one\nTHEIRS")) == (3, None)
    assert "one\nTHEIRS" in kept(anna, note)


def test_the_side_that_lost_a_conflict_is_kept(anna: Person) -> None:
    note = anna.note("one")
    draft(anna, note, text="theirs", version=1)
    assert taken(draft(anna, note, text="theirs", version=2, beside="mine"))[1] is None
    assert "mine" in kept(anna, note)


def test_a_save_whose_answer_was_lost_is_no_conflict(anna: Person) -> None:
    note = anna.note("one")
    draft(anna, note, text="one two", version=1)
    assert taken(draft(anna, note, text="one two three", version=1, unheard="one two")) == (3, None)


def test_half_a_character_is_mended_rather_than_refused(anna: Person) -> None:
    note = anna.note("x")
    assert taken(draft(anna, note, text="a\ud83d b\x00", version=1)) == (2, "a\ufffd b")
    stored = draft(anna, note, title="\ud800", tags=["\ud800"], version=2).json()
    assert stored["problem"] is None
    assert anna.do(queries.get_listed, note).tags == ("\ufffd",)


def test_a_task_is_ticked_in_the_text_that_was_seen(anna: Person) -> None:
    note = anna.note(TEXT)
    newer = TEXT.replace("# Shopping", "# Shopping\n\n- [ ] eggs")
    draft(anna, note, text=newer, version=1)
    ticked = draft(anna, note, text=TEXT.replace("[ ] bread", "[x] bread"), version=1).json()
    assert ticked["text"] == newer.replace("[ ] bread", "[x] bread")


def test_what_is_too_much_or_of_another_kind_is_said_at_its_field(anna: Person) -> None:
    note = anna.note("x")
    assert taken(draft(anna, note, text="\x01" * TEXT_LIMIT, version=1)) == (2, None)
    half = TEXT_LIMIT // 2
    refused(draft(anna, note, text="é" * half, unheard="ü" * half, version=1), 409, "text")
    for sent, field in (
        ({"text": "x" * (TEXT_LIMIT + 1)}, "text"), ({"text": 7}, "text"), ({"title": []}, "title"),
        ({"tags": [7]}, "tags.0"), ({"tags": "x"}, "tags"), ({"version": -1}, "version"),
        ({"version": 2**31}, "version"),
        ({"version": "x"}, "version"), ({"key": "k" * 65}, "key"), ({"key": "\x00"}, "key"), ({"beside": 1}, "beside"),
        ({"text": "x", "beside": "x" * (TEXT_LIMIT + 1)}, "text"), ({"unheard": {}}, "unheard"),
    ):  # fmt: skip
        refused(draft(anna, note, **{"version": 2, **sent}), 422, field)
        refused(draft(anna, 0, **{"version": 2, **sent}), 422, field)
    refused(draft(anna, note, text="x" * 9_000_000, version=2), 413, None)
    assert anna.notes() == [note]


def test_a_picture_belongs_to_the_note_that_shows_it(anna: Person) -> None:
    sent = anna.post("/api/v1/attachments", params={"name": 'my\n"cat".png'}, content=picture())
    assert sent.status_code == 201
    stored = sent.json()
    address = f"/notes/attachments/{stored['id']}"
    assert (stored["name"], stored["markdown"]) == ('my "cat".png', f'![my "cat".png]({address})')
    shown = anna.get(address)
    assert (shown.content, shown.headers["content-type"]) == (picture(), "image/png")
    assert shown.headers["cache-control"] == "private, no-cache"
    assert shown.headers["content-disposition"] == "inline; filename*=UTF-8''my%20%22cat%22.png"
    assert anna.get(address, headers={"if-none-match": shown.headers["etag"]}).status_code == 304

    first = draft(anna, 0, text=stored["markdown"]).json()
    second = anna.post("/api/v1/attachments", params={"name": "b"}, content=picture("GIF")).json()
    draft(anna, first["id"], text=second["markdown"], version=1)
    anna.do(trash.trash, first["id"], datetime.now(UTC))
    anna.do(trash.empty_trash)
    assert [anna.get(f"/notes/attachments/{one['id']}").status_code for one in (stored, second)] == [404, 404]


def test_only_pictures_are_pictures(anna: Person) -> None:
    svg, page = b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html><script>1</script>"
    for data in (b"", svg, page, picture()[:20]):
        refused(anna.post("/api/v1/attachments?name=x.png", content=data), 422, "file")


def test_a_picture_has_its_limits(anna: Person) -> None:
    refused(anna.post("/api/v1/attachments", content=bytes(10 * 1024 * 1024 + 1)), 422, "file")
    refused(anna.post("/api/v1/attachments", content=bytes(11 * 1024 * 1024)), 413, None)
    refused(anna.post("/api/v1/attachments?note=99", content=picture()), 404, None)
