"""Notes over HTTP, as the page asks for them: written, saved, found, shown."""

import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image

from assistant.notes.validation import TEXT_LIMIT
from tests.product import Product

TEXT = "# Shopping\n\n- [ ] milk\n\n- [ ] bread\n\nfor [[Anna's party]]"


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, kind)
    return out.getvalue()


@pytest.fixture
def anna(product: Product) -> Iterator[httpx.Client]:
    client = product.person("anna")
    yield client
    client.close()


def write(client: httpx.Client, text: str = "", **values: Any) -> dict[str, Any]:
    answer = client.post("/api/notes", json={"text": text, **values})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def save(client: httpx.Client, note: dict[str, Any], text: str, **values: Any) -> httpx.Response:
    return client.put(f"/api/notes/{note['id']}", json={"text": text, "version": note["version"], **values})


def refused(answer: httpx.Response, status: int, field: str | None) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem.get("field") == field
    return problem


def ids(client: httpx.Client, query: str = "") -> list[int]:
    return [row["id"] for row in client.get(f"/api/notes?{query}").json()["rows"]]


def test_the_life_of_a_note(anna: httpx.Client) -> None:
    note = write(anna, TEXT, tags=["home", "#food/list"], key="k1", colour="green")
    here = f"/api/notes/{note['id']}"
    assert write(anna, TEXT, key="k1")["id"] == note["id"]
    assert (note["title"], note["title_set"], note["version"]) == ("Shopping", False, 1)
    assert note["tags"] == ["home", "food/list"]
    assert note["created"].endswith("Z")
    assert (note["links"], note["missing"]) == ([], ["Anna's party"])
    assert 'data-task="1"' in note["html"]
    assert anna.get(here).json() == note

    saved = save(anna, note, f"{TEXT}!").json()
    assert (saved["version"], saved["title"], saved["text"]) == (2, "Shopping", None)
    assert saved["saved"].endswith("Z")
    assert anna.get(here).json()["text"] == f"{TEXT}!"

    changed = anna.patch(here, json={"title": "Saturday", "pinned": True, "tags": ["home"], "colour": ""}).json()
    assert (changed["title"], changed["pinned"], changed["tags"], changed["colour"]) == ("Saturday", True, ["home"], "")
    assert anna.patch(here, json={"archived": True}).json()["archived"] is True
    assert anna.get("/api/notes/counts").json() == {"notes": 0, "archive": 1, "trash": 0}

    copy = anna.post(f"{here}/duplicate")
    assert (copy.status_code, copy.json()["title"], copy.json()["text"]) == (201, "Saturday (copy)", f"{TEXT}!")
    assert anna.delete(here).status_code == 204
    assert ids(anna, "where=trash") == [note["id"]]
    assert anna.post(f"{here}/restore").json()["trashed"] is None
    anna.delete(here)
    assert anna.post("/api/notes/trash/empty").json() == {"count": 1}
    assert anna.get(here).status_code == 404


def test_a_title_is_left_set_or_taken_from_the_first_line(anna: httpx.Client) -> None:
    note = write(anna, "one")
    assert save(anna, note, "one", title="Mine").json()["title"] == "Mine"
    assert save(anna, {**note, "version": 2}, "two").json()["title"] == "Mine"
    assert save(anna, {**note, "version": 3}, "two", title="").json()["title"] == "two"


def test_links_follow_a_new_title(anna: httpx.Client) -> None:
    target, source = write(anna, "x", title="Old"), write(anna, "to [[old]] and [[Old|that]]", title="Source")
    assert source["links"] == [{"title": "old", "id": target["id"]}]
    anna.patch(f"/api/notes/{target['id']}", json={"title": "New"})
    assert anna.get(f"/api/notes/{source['id']}").json()["text"] == "to [[New]] and [[New|that]]"
    rows = anna.get(f"/api/notes/{target['id']}/backlinks").json()
    assert [row["id"] for row in rows] == [source["id"]]
    assert anna.get("/api/notes/titles?prefix=ne").json() == ["New"]


def test_a_link_opens_its_note_or_the_place_to_write_it(anna: httpx.Client) -> None:
    note = write(anna, "x", title="C# & more")
    there = anna.get("/notes/open", params={"title": "c# & MORE"})
    assert (there.status_code, there.headers["location"]) == (303, f"/notes/{note['id']}")
    missing = anna.get("/notes/open", params={"title": "a/b&c\r\nx: y"})
    assert missing.headers["location"] == "/notes/new?title=a%2Fb%26c%0D%0Ax%3A%20y"


def test_changes_in_different_places_are_merged(anna: httpx.Client) -> None:
    note = write(anna, "one\n\ntwo\n\nthree")
    save(anna, note, "ONE\n\ntwo\n\nthree")
    merged = save(anna, note, "one\n\ntwo\n\nTHREE").json()
    assert (merged["version"], merged["text"]) == (3, "ONE\n\ntwo\n\nTHREE")


def test_a_conflict_brings_both_texts(anna: httpx.Client) -> None:
    note = write(anna, "one\ntwo")
    save(anna, note, "one\nTHEIRS", title="Theirs")
    problem = refused(save(anna, note, "one\nMINE"), 409, "text")
    assert (problem["theirs"], problem["base"], problem["version"]) == ("one\nTHEIRS", "one\ntwo", 2)
    assert problem["title_now"] == "Theirs"
    assert problem["differences"] == [["same", "one"], ["removed", "THEIRS"], ["added", "MINE"]]
    assert anna.get(f"/api/notes/{note['id']}").json()["text"] == "one\nTHEIRS"


def test_the_side_that_lost_a_conflict_is_kept(anna: httpx.Client) -> None:
    note = write(anna, "one")
    save(anna, note, "theirs")
    settled = save(anna, {**note, "version": 2}, "theirs", beside="mine")
    assert settled.json()["text"] is None
    here = f"/api/notes/{note['id']}/versions"
    texts = [anna.get(f"{here}/{kept['id']}").json()["text"] for kept in anna.get(here).json()]
    assert "mine" in texts


def test_a_save_whose_answer_was_lost_is_no_conflict(anna: httpx.Client) -> None:
    note = write(anna, "one")
    save(anna, note, "one two")
    again = save(anna, note, "one two three", unheard="one two")
    assert (again.status_code, again.json()["version"]) == (200, 3)


def test_half_a_character_is_mended_rather_than_refused(anna: httpx.Client) -> None:
    note = write(anna, "x")
    body = b'{"text": "a\\ud83d b\\u0000", "version": 1}'
    answer = anna.put(f"/api/notes/{note['id']}", content=body, headers={"content-type": "application/json"})
    assert answer.json()["text"] == "a\ufffd b"


def test_a_task_is_ticked(anna: httpx.Client) -> None:
    note = write(anna, TEXT)
    here = f"/api/notes/{note['id']}/tick"
    ticked = anna.post(here, json={"index": 1, "on": True, "version": 1}).json()
    assert ticked["text"] == TEXT.replace("[ ] bread", "[x] bread")
    refused(anna.post(here, json={"index": 2, "on": True, "version": 2}), 422, "text")
    refused(anna.post(here, json={"index": 0, "on": True, "version": 9}), 409, "text")


def test_a_task_is_counted_in_the_text_that_was_seen(anna: httpx.Client) -> None:
    note = write(anna, TEXT)
    newer = TEXT.replace("# Shopping", "# Shopping\n\n- [ ] eggs")
    save(anna, note, newer)
    ticked = anna.post(f"/api/notes/{note['id']}/tick", json={"index": 1, "on": True, "version": 1}).json()
    assert ticked["text"] == newer.replace("[ ] bread", "[x] bread")


def test_history_over_http(anna: httpx.Client) -> None:
    note = write(anna, "word " * 100)
    here = f"/api/notes/{note['id']}/versions"
    assert anna.get(here).json() == []
    save(anna, note, "gone")
    (kept,) = anna.get(here).json()
    assert (kept["version"], kept["reason"], kept["size"]) == (1, "edit", 500)
    version = anna.get(f"{here}/{kept['id']}").json()
    assert version["text"] == "word " * 100
    assert version["differences"] == [["removed", "word " * 100], ["added", "gone"]]
    restored = anna.post(f"{here}/{kept['id']}/restore").json()
    assert (restored["version"], restored["text"]) == (3, "word " * 100)
    refused(anna.get(f"{here}/999"), 404, None)


def test_lists_come_in_pieces(anna: httpx.Client) -> None:
    made = [write(anna, f"note {number}", tags=["all"])["id"] for number in range(5)]
    first = anna.get("/api/notes?limit=3&sort=created&tag=all").json()
    rest = anna.get("/api/notes", params={"limit": 3, "sort": "created", "tag": "all", "after": first["next"]}).json()
    assert [row["id"] for row in first["rows"] + rest["rows"]] == made[::-1]
    assert rest["next"] is None
    assert set(first["rows"][0]) >= {"title", "excerpt", "updated", "tags"}
    assert "text" not in first["rows"][0]
    refused(anna.get("/api/notes?sort=size"), 422, None)
    refused(anna.get("/api/notes?after=x"), 422, None)
    refused(anna.get("/api/notes?limit=x"), 422, "limit")


def test_many_notes_at_once(anna: httpx.Client) -> None:
    made = [write(anna, str(number))["id"] for number in range(3)]

    def bulk(action: str, **values: Any) -> Any:
        return anna.post("/api/notes/bulk", json={"ids": [*made, 10**20], "action": action, **values}).json()

    assert bulk("tag", tags=["a", "b"]) == {"count": 3}
    assert anna.get("/api/notes/tags").json() == [{"name": "a", "count": 3}, {"name": "b", "count": 3}]
    bulk("untag", tags=["A"])
    assert anna.patch("/api/notes/tags", json={"old": "b", "new": "c/d"}).json() == {"count": 3}
    assert anna.get("/api/notes/tags/complete?prefix=d").json() == ["c/d"]
    for action, where in (("archive", "archive"), ("unarchive", "notes"), ("trash", "trash"), ("restore", "notes")):
        bulk(action)
        assert sorted(ids(anna, f"where={where}")) == made
    too_many = {"ids": [1] * 10_001, "action": "trash"}
    refused(anna.post("/api/notes/bulk", json=too_many), 422, "ids")
    refused(anna.post("/api/notes/bulk", json={"ids": made, "action": "burn"}), 422, "action")


def test_templates_are_what_is_tagged_so(anna: httpx.Client) -> None:
    note = write(anna, "Minutes of", tags=["template"])
    write(anna, "no template")
    assert [row["id"] for row in anna.get("/api/notes/templates").json()] == [note["id"]]


def test_search_marks_its_hits(anna: httpx.Client) -> None:
    note = write(anna, "Crème <b>brûlée</b> at noon", tags=["food"])
    write(anna, "something else")
    (hit,) = anna.get("/api/notes/search", params={"q": "tag:food brul"}).json()["hits"]
    assert (hit["id"], hit["tags"]) == (note["id"], ["food"])
    assert hit["snippet"] == "Crème &lt;b&gt;<mark>brûlée</mark>&lt;/b&gt; at noon"
    assert anna.get("/api/notes/search").json() == {"hits": []}


def test_whatever_is_searched_is_no_error(anna: httpx.Client) -> None:
    write(anna, "x y")
    hostile = ['"', "*", "NEAR(", "'; --", "x y " * 15_000, "😀", "\x00", "-", "tag:", "before:2026-99", "AND OR"]
    for typed in hostile:
        assert anna.get("/api/notes/search", params={"q": typed}).status_code == 200, typed[:20]


def test_what_is_too_much_is_said_at_its_field(anna: httpx.Client) -> None:
    note = write(anna, "x")
    here = f"/api/notes/{note['id']}"
    assert save(anna, note, "\x01" * TEXT_LIMIT).status_code == 200
    assert save(anna, note, "é" * (TEXT_LIMIT // 2), unheard="ü" * (TEXT_LIMIT // 2)).status_code == 409
    refused(save(anna, note, "x" * (TEXT_LIMIT + 1)), 422, "text")
    refused(anna.post("/api/notes", json={"text": "x" * (TEXT_LIMIT + 1)}), 422, "text")
    refused(anna.post("/api/notes/render", json={"text": "x" * (TEXT_LIMIT + 1)}), 422, "text")
    refused(anna.patch(here, json={"title": "x" * 301}), 422, "title")
    refused(anna.patch(here, json={"tags": [f"t{number}" for number in range(51)]}), 422, "tags")
    refused(anna.patch(here, json={"colour": "mauve"}), 422, "colour")
    refused(save(anna, note, 7), 422, "text")  # type: ignore[arg-type]
    refused(anna.post("/api/notes", json={"key": "k" * 65}), 422, "key")
    refused(save(anna, note, "x" * 9_000_000), 413, None)


def test_a_change_is_made_whole_or_not_at_all(anna: httpx.Client) -> None:
    note = write(anna, "x")
    refused(anna.patch(f"/api/notes/{note['id']}", json={"title": "new", "colour": "mauve"}), 422, "colour")
    assert anna.get(f"/api/notes/{note['id']}").json()["title"] == "x"


def test_the_preview_shows_what_a_note_would(anna: httpx.Client) -> None:
    note = write(anna, "x", title="There")
    shown = anna.post("/api/notes/render", json={"text": "[[There]] [[Nowhere]] `[[Code]]`"}).json()
    assert shown["missing"] == ["Nowhere"]
    assert 'data-title="There"' in shown["html"]
    anna.delete(f"/api/notes/{note['id']}")
    assert anna.post("/api/notes/render", json={"text": "[[There]]"}).json()["missing"] == ["There"]


def test_a_picture_belongs_to_the_note_that_shows_it(anna: httpx.Client) -> None:
    sent = anna.post("/api/notes/attachments", params={"name": 'my\n"cat".png'}, content=picture())
    assert sent.status_code == 201
    stored = sent.json()
    assert stored == {"id": stored["id"], "address": f"/notes/attachments/{stored['id']}", "name": 'my "cat".png'}
    shown = anna.get(stored["address"])
    assert (shown.content, shown.headers["content-type"]) == (picture(), "image/png")
    assert shown.headers["cache-control"] == "private, no-cache"
    assert shown.headers["content-disposition"] == "inline; filename*=UTF-8''my%20%22cat%22.png"
    assert anna.get(stored["address"], headers={"if-none-match": shown.headers["etag"]}).status_code == 304

    first = write(anna, f"![cat]({stored['address']})")
    assert f'<img src="{stored["address"]}" alt="cat" loading="lazy">' in first["html"]
    second = anna.post("/api/notes/attachments", params={"name": "b"}, content=picture("GIF")).json()
    save(anna, first, f"![b]({second['address']})")
    anna.delete(f"/api/notes/{first['id']}")
    anna.post("/api/notes/trash/empty")
    assert [anna.get(one["address"]).status_code for one in (stored, second)] == [404, 404]


def test_only_pictures_are_pictures(anna: httpx.Client) -> None:
    svg, page = b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html><script>1</script>"
    for data in (b"", svg, page, picture()[:20]):
        refused(anna.post("/api/notes/attachments?name=x.png", content=data), 422, "file")


def test_a_picture_has_its_limits(anna: httpx.Client) -> None:
    refused(anna.post("/api/notes/attachments", content=bytes(10 * 1024 * 1024 + 1)), 422, "file")
    refused(anna.post("/api/notes/attachments", content=bytes(11 * 1024 * 1024)), 413, None)
    refused(anna.post("/api/notes/attachments?note=99", content=picture()), 404, None)


def draft(client: httpx.Client, note: int, **typed: Any) -> httpx.Response:
    return client.put(f"/api/notes/{note}/draft", json=typed)


def test_what_is_typed_into_a_note_is_stored_in_one_request(anna: httpx.Client) -> None:
    first = draft(anna, 0, text="one", title="Title", tags=["home"], key="k").json()
    assert first == {"id": 1, "version": 2, "text": None, "problem": None}
    # The answer was lost, and more was typed since: it is the same note, with the text of now.
    again = draft(anna, 0, text="one\n\ntwo\n\nthree", tags=["home"], key="k").json()
    assert (again["id"], again["text"]) == (1, None)
    anna.put("/api/notes/1", json={"text": "one\n\ntwo\n\nTHREE", "version": again["version"]})
    merged = draft(anna, 1, text="ONE\n\ntwo\n\nthree", version=again["version"]).json()
    assert merged["text"] == "ONE\n\ntwo\n\nTHREE"
    named = draft(anna, 1, title="Other", version=merged["version"]).json()
    assert (named["text"], named["version"]) == (None, merged["version"] + 1)
    behind = draft(anna, 1, title="Third", version=merged["version"]).json()
    assert (behind["text"], behind["version"]) == (None, merged["version"])
    kept = anna.get("/api/notes/1").json()
    assert (kept["text"], kept["title"], kept["tags"]) == ("ONE\n\ntwo\n\nTHREE", "Third", ["home"])


def test_a_title_or_tag_that_cannot_be_keeps_no_text_back(anna: httpx.Client) -> None:
    note = write(anna, "words")
    stored = draft(anna, note["id"], text="more words", tags=["x" * 101], version=1).json()
    assert (stored["problem"]["field"], stored["version"]) == ("tags", 2)
    assert "at most 100 characters" in stored["problem"]["detail"]
    stored = draft(anna, note["id"], text="even more", title="x" * 1000, version=2).json()
    assert stored["problem"]["field"] == "title"
    assert anna.get(f"/api/notes/{note['id']}").json()["text"] == "even more"
    refused(draft(anna, note["id"], text="x" * (TEXT_LIMIT + 1), version=3), 422, "text")


def test_a_link_of_a_note_to_itself_follows_its_title(anna: httpx.Client) -> None:
    note = write(anna, "see [[Here]]", title="Here")
    stored = draft(anna, note["id"], title="There", version=1).json()
    assert stored["text"] == "see [[There]]" == anna.get(f"/api/notes/{note['id']}").json()["text"]


def test_two_texts_that_differ_are_both_told(anna: httpx.Client) -> None:
    note = write(anna, "one\ntwo")
    save(anna, note, "one\nTHEIRS")
    problem = refused(draft(anna, note["id"], text="one\nMINE", version=1), 409, "text")
    assert (problem["theirs"], problem["version"], problem["both"]) == ("one\nTHEIRS", 2, "one\nTHEIRS\nMINE")
    assert problem["shown"] == [["same", "one"], ["removed", "THEIRS"], ["added", "MINE"]]
    settled = draft(anna, note["id"], text="one\nMINE", version=2, beside="one\nTHEIRS").json()
    assert (settled["version"], settled["text"]) == (3, None)
    texts = [
        anna.get(f"/api/notes/{note['id']}/versions/{one['id']}").json()["text"]
        for one in anna.get(f"/api/notes/{note['id']}/versions").json()
    ]
    assert "one\nTHEIRS" in texts
