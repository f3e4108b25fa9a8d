"""Notes over the API: what a page can do, a program can."""

from tests.programs import House
from tests.test_permissions import DOT

ANY = {"If-Match": "*"}


def test_a_note_is_made_read_changed_and_thrown_away(house: House) -> None:
    anna = house.program("anna")
    made = anna.post("/notes", json={"text": "# Tea\n\nGreen", "tags": ["kitchen/tea"], "colour": "green"})
    assert made.status_code == 201
    note = made.json()
    assert made.headers["location"] == f"/api/v1/notes/{note['id']}"
    assert (note["title"], note["tags"], note["created"]) == ("Tea", ["kitchen/tea"], "2026-03-02T12:00:00Z")

    read = anna.get(f"/notes/{note['id']}")
    assert read.json() == note
    assert anna.get(f"/notes/{note['id']}", headers={"If-None-Match": read.headers["etag"]}).status_code == 304

    house.later(hours=1)
    changed = anna.patch(
        f"/notes/{note['id']}", json={"text": "# Tea\n\nBlack", "pinned": True},
        headers={"If-Match": read.headers["etag"]},
    )  # fmt: skip
    assert changed.json()["text"] == "# Tea\n\nBlack"
    assert changed.json()["pinned"]
    # Whoever saw the former version is told what is there now, and nothing is lost.
    stale = anna.patch(
        f"/notes/{note['id']}", json={"text": "# Tea\n\nWhite"}, headers={"If-Match": read.headers["etag"]}
    )
    assert stale.status_code == 412
    assert stale.json()["current"] == changed.json()
    assert anna.patch(f"/notes/{note['id']}", json={"title": "X"}).status_code == 428
    versions = anna.get(f"/notes/{note['id']}/versions").json()["items"]
    assert [version["reason"] for version in versions] == ["edit"]
    old = anna.get(f"/notes/{note['id']}/versions/{versions[0]['id']}").json()
    assert (old["text"], old["tags"]) == ("# Tea\n\nGreen", ["kitchen/tea"])
    back = anna.post(f"/notes/{note['id']}/versions/{versions[0]['id']}/restore").json()
    assert back["text"] == "# Tea\n\nGreen"

    assert anna.delete(f"/notes/{note['id']}").status_code == 204
    assert anna.get("/notes").json() == {"items": [], "next": None}
    assert [row["id"] for row in anna.get("/notes?where=trash").json()["items"]] == [note["id"]]
    assert anna.post(f"/notes/{note['id']}/restore").json()["trashed"] is None
    anna.delete(f"/notes/{note['id']}")
    assert anna.delete("/notes/trash").json() == {"count": 1}
    assert anna.get(f"/notes/{note['id']}").status_code == 404


def test_lists_go_on_where_they_ended(house: House) -> None:
    anna = house.program("anna")
    ids = [anna.post("/notes", json={"text": f"note {n} [[Hub]]", "tags": ["a/b"]}).json()["id"] for n in range(7)]
    hub = anna.post("/notes", json={"text": "# Hub", "pinned": True}).json()["id"]
    seen, after = [], ""
    for _ in range(4):
        piece = anna.get(f"/notes?limit=3&sort=created{after}").json()
        seen += [row["id"] for row in piece["items"]]
        if piece["next"] is None:
            break
        after = f"&after={piece['next']}"
    assert seen == [hub, *reversed(ids)]
    assert len(anna.get("/notes?tag=a").json()["items"]) == 7
    assert len(anna.get(f"/notes/{hub}/backlinks").json()["items"]) == 7
    assert anna.get("/notes/named?title=hub").json()["id"] == hub
    assert anna.get("/notes/titles?q=H").json()["items"][0] == {"title": "Hub"}
    assert anna.get("/notes/tags").json()["items"] == [{"name": "a/b", "count": 7}]
    assert anna.post("/notes/tags/rename", json={"name": "a", "new_name": "z"}).json() == {"count": 7}
    assert anna.get("/notes/counts").json() == {"notes": 8, "archive": 0, "trash": 0}
    (found,) = anna.get("/notes/search", params={"q": '"note 3"'}).json()["items"]
    assert found["id"] == ids[3]
    assert "<mark>note 3</mark>" in found["title_html"]
    for wrong in ("x", "", "%00", "MS4xLng", "🙂"):
        refused = anna.get("/notes", params={"after": wrong})
        assert (refused.status_code, refused.json()["type"]) == (404, "/api/docs#problem-not-found"), wrong


def test_many_at_once_are_each_answered_for(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    mine = [anna.post("/notes", json={"text": "x"}).json()["id"] for _ in range(2)]
    theirs = eve.post("/notes", json={"text": "secret"}).json()["id"]
    answer = anna.post("/notes/bulk", json={"action": "tag", "ids": [mine[0], theirs, 999], "tags": ["t"]}).json()
    assert [(one["id"], one["status"]) for one in answer["items"]] == [(mine[0], 200), (theirs, 404), (999, 404)]
    assert answer["items"][1]["problem"]["detail"] == "There is no such note."
    assert anna.get(f"/notes/{mine[0]}").json()["tags"] == ["t"]
    assert eve.get(f"/notes/{theirs}").json()["tags"] == []
    for action in ("untag", "pin", "unpin", "archive", "unarchive", "trash", "restore"):
        done = anna.post("/notes/bulk", json={"action": action, "ids": mine, "tags": ["t"]}).json()
        assert {one["status"] for one in done["items"]} == {200}, action
    assert anna.get(f"/notes/{mine[0]}").json()["tags"] == []


def test_pictures_come_and_go(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    note = anna.post("/notes", json={"text": "x"}).json()["id"]
    png = {"content-type": "image/png"}
    sent = anna.post(f"/attachments?note={note}&name=dot.png", content=DOT, headers=png)
    assert sent.status_code == 201
    assert sent.json()["markdown"] == f"![dot.png](/notes/attachments/{sent.json()['id']})"
    assert anna.get(f"/notes/{note}/attachments").json()["items"] == [sent.json()]
    assert anna.get(f"/attachments/{sent.json()['id']}").content == DOT
    assert eve.get(f"/attachments/{sent.json()['id']}").status_code == 404
    assert eve.post(f"/attachments?note={note}", content=DOT, headers=png).status_code == 404
    assert anna.post("/attachments?name=a.png", content=b"no picture", headers=png).status_code == 422


def test_any_file_is_attached_and_only_handed_out(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    note = anna.post("/notes", json={"text": "x"}).json()["id"]
    paper = {"content-type": "application/pdf"}
    sent = anna.post(f"/attachments?note={note}&name=A%20paper.pdf", content=b"%PDF-1.7", headers=paper)
    stored = sent.json()
    assert (sent.status_code, stored["kind"], stored["size"]) == (201, "file", 8)
    assert stored["markdown"] == f"[A paper.pdf](/notes/attachments/{stored['id']})"
    again = anna.post(f"/attachments?note={note}&name=A%20paper.pdf", content=b"%PDF-1.7", headers=paper)
    assert again.json() == stored
    got = anna.get(f"/attachments/{stored['id']}")
    assert (got.content, got.headers["content-type"]) == (b"%PDF-1.7", "application/octet-stream")
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''A%20paper.pdf"
    assert eve.get(f"/attachments/{stored['id']}").status_code == 404
    assert eve.post(f"/attachments?note={note}", content=b"x", headers=paper).status_code == 404
    page = anna.post("/attachments?name=x.html", content=b"<script>", headers={"content-type": "text/html"}).json()
    assert (page["kind"], page["note"]) == ("file", None)
    assert anna.post("/attachments?name=x.pdf", content=b"", headers=paper).status_code == 422
    form = anna.post("/attachments", content=b"--x", headers={"content-type": "multipart/form-data; boundary=x"})
    assert (form.status_code, form.json()["detail"]) == (
        415,
        "Send the file itself as the body, and not a form with it.",
    )


def test_another_persons_notes_are_not_found(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    note = anna.post("/notes", json={"text": "# Secret"}).json()["id"]
    for method, path in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/restore"), ("POST", "/duplicate"), ("POST", "/begin"),
        ("GET", "/versions"), ("GET", "/versions/1"), ("POST", "/versions/1/restore"), ("GET", "/backlinks"),
        ("GET", "/attachments"),
    ):  # fmt: skip
        body = {"json": {"title": "mine"}} if method == "PATCH" else {}
        answer = eve.request(method, f"/notes/{note}{path}", headers=ANY, **body)  # type: ignore[arg-type]
        assert answer.status_code == 404, (method, path)
    assert eve.get("/notes/search?q=secret").json()["items"] == []
    assert anna.get(f"/notes/{note}").json()["title"] == "Secret"
