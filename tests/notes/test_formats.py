"""What other apps export comes as it was there: recognised, once, and with a word about what does not come."""

import base64
import hashlib
import io
import json
import tarfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.notes import attachments, models
from assistant.notes.links import names, written
from assistant.notes.models import Note
from assistant.notes.transfer.archive_reader import Source
from assistant.notes.transfer.formats import (
    evernote,
    joplin,
    json_notes,
    notion,
    recognition,
    standard_notes,
    text_bundle,
    web_pages,
)
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from tests.notes.archives import ME, bring, picture, plan, zipped

NOTE, OTHER, BOOK, PICTURE, FILE, TAG = (digit * 32 for digit in "abcdef")


def notes() -> dict[str, Note]:
    return {note.title: note for note in Note.select().where(Note.user == ME)}


def tags_of(title: str) -> list[str]:
    return revisions.tag_names(notes()[title].id)


def shown(note: Note) -> str:
    """The note's text, with its pictures by their names."""
    names = {row.id: row.name for row in attachments.of_note(ME, note.id)}
    return models.SHOWN.sub(lambda found: f"<{names[int(found[1])]}>", note.text)


def dead_links() -> set[str]:
    keys = {key for note in Note.select() for key in written.keys(note.text, note.path)}
    return keys - names.found(ME, keys).keys()


# Evernote


def enex(*found: str) -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export3.dtd">'
    return f"{head}<en-export application='Evernote'>{''.join(found)}</en-export>".encode()


def enml(title: str, body: str, more: str = "") -> str:
    content = f"<![CDATA[<?xml version='1.0'?><!DOCTYPE en-note SYSTEM 'x.dtd'><en-note>{body}</en-note>]]>"
    times = "<created>20200102T030405Z</created><updated>20210102T030405Z</updated>"
    return f"<note><title>{title}</title><content>{content}</content>{times}{more}</note>"


def resource(data: bytes, kind: str, name: str) -> str:
    about = f"<resource-attributes><file-name>{name}</file-name></resource-attributes>"
    return f"<resource><data>\n{base64.encodebytes(data).decode()}</data><mime>{kind}</mime>{about}</resource>"


def evernote_file() -> bytes:
    digest = hashlib.md5(picture(), usedforsecurity=False).hexdigest()
    body = (
        "<h1>Big</h1><div>one <b>bold</b> &amp; <i>two</i></div><div>three</div><div><br/></div>"
        "<div><en-todo checked='true'/>done</div><ul><li><div>a</div></li><ul><li>b</li></ul></ul>"
        "<ol style='--en-todo:true'><li style='--en-checked:true;'><div>box</div></li></ol>"
        f"<en-media hash='{digest}' type='image/png'/><en-media hash='00' type='image/png'/>"
        "<div><a href='evernote:///view/1/s1/x/x/'>Second</a> <a href='https://x.example/a b'>out</a></div>"
        "<div style='-en-codeblock:true'><div>x = 1</div><div>y</div></div>"
        "<table><tr><td>c|d</td><td>e</td></tr></table>"
        f"<img src='data:image/png;base64,{base64.b64encode(picture('blue')).decode()}'/><en-crypt>zzz</en-crypt>"
        "<span style='--en-highlight:yellow'>seen</span><script>alert(1)</script><a href='javascript:alert(1)'>js</a>"
    )
    more = (
        "<tag>Home</tag><tag>two words</tag><note-attributes><source-url>https://s.example</source-url></note-attributes>"
        + resource(picture(), "image/png", "red.png")
        + resource(b"%PDF", "application/pdf", "paper.pdf")
        + "<task><title>Call</title><taskStatus>open</taskStatus></task>"
    )
    return enex(enml("First", body, more), enml("Second", "<div>plain</div>"))


def test_evernote(database: Database) -> None:
    source = [("Trip.enex", evernote_file())]
    assert (plan(database, source).new, plan(database, source).attachments) == (2, 3)
    report = bring(database, source)
    assert (report.created, report.skipped) == (2, [])
    assert {sentence for _, sentence in report.remarks} == {evernote.UNKNOWN, evernote.LOCKED}
    first = notes()["First"]
    assert shown(first) == (
        '---\nsource-url: "https://s.example"\n---\n# Big\n\none **bold** & *two*\nthree\n\n'
        "- [x] done\n\n- a\n  - b\n\n"
        "- [x] box\n\n![red.png](<red.png>)\n[[Second]] [out](https://x.example/a%20b)\n\n```\nx = 1\ny\n```\n\n"
        "|  |  |\n| --- | --- |\n| c\\|d | e |\n\n![](<First#1>)(encrypted)==seen==js\n\n- [ ] Call\n\n"
        "[paper.pdf](<paper.pdf>)"
    )
    assert tags_of("First") == ["Home", "two words", "Trip"]
    assert (first.created, first.updated) == (
        datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC),
    )  # fmt: skip
    assert dead_links() == set()
    assert bring(database, source).unchanged == 2


def test_a_picture_that_no_text_shows_stands_at_the_end(database: Database) -> None:
    bring(database, [("a.enex", enex(enml("One", "<div>1</div>", resource(picture(), "image/png", "red.png"))))])
    assert shown(notes()["One"]) == "1\n\n![red.png](<red.png>)"


def test_a_file_of_evernote_that_breaks_off_gives_what_is_whole(database: Database) -> None:
    whole = enex(enml("One", "<div>1</div>"), enml("Two", "<div>2</div>"))
    report = bring(database, [("a.enex", whole[:-120])])
    assert (report.created, report.skipped) == (1, [("a.enex", evernote.DAMAGED.format(2))])


# Joplin


def item(title: str, body: str = "", **fields: str) -> str:
    lines = "\n".join(f"{name}: {value}" for name, value in fields.items())
    return f"{title}\n\n{body}\n\n{lines}" if title else lines


def joplin_files() -> dict[str, bytes | str]:
    text = f'![seen](:/{PICTURE}) [other](:/{OTHER}) [file](:/{FILE}) <img src=":/{PICTURE}" width="9"/> ![](:/{TAG})'
    times = {"created_time": "2020-01-02T03:04:05.678Z", "updated_time": "2021-01-02T03:04:05.678Z"}
    return {
        f"{NOTE}.md": item("A note", text, id=NOTE, parent_id=BOOK, source_url="https://s.example", is_todo="1",
                           todo_completed="0", markup_language="1", **times, type_="1"),
        f"{OTHER}.md": item("A note", "<p>from <b>HTML</b></p>", id=OTHER, parent_id=BOOK,
                            markup_language="2", type_="1"),
        f"{'1' * 32}.md": item("Gone", "x", id="1" * 32, deleted_time="1700000000000", type_="1"),
        f"{'2' * 32}.md": item("Secret", "", id="2" * 32, encryption_applied="1", type_="1"),
        f"{BOOK}.md": item("Inner", id=BOOK, parent_id="9" * 32, type_="2"),
        f"{'9' * 32}.md": item("Outer", id="9" * 32, parent_id="", type_="2"),
        f"{PICTURE}.md": item("red.png", id=PICTURE, mime="image/png", type_="4"),
        f"{FILE}.md": item("paper.pdf", id=FILE, mime="application/pdf", type_="4"),
        f"{TAG}.md": item("urgent", id=TAG, type_="5"),
        f"{'3' * 32}.md": item("", id="3" * 32, note_id=NOTE, tag_id=TAG, type_="6"),
        f"resources/{PICTURE}.png": picture(),
        f"resources/{FILE}.pdf": b"%PDF",
    }  # fmt: skip


def jex(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            raw = data.encode() if isinstance(data, str) else data
            info.size = len(raw)
            tar.addfile(info, io.BytesIO(raw))
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_joplin(database: Database, packed: bool) -> None:
    files = joplin_files()
    source: Source = (
        [("all.jex", jex(files))] if packed else zipped({f"export/{name}": data for name, data in files.items()})
    )
    report = bring(database, source)
    assert (report.created, report.attachments) == (2, 2)
    assert sorted(sentence for _, sentence in report.skipped) == [joplin.LOCKED, joplin.TRASHED]
    assert {sentence for _, sentence in report.remarks} == {joplin.MISSING.format(TAG)}
    found = {note.path: note for note in Note.select()}
    note, other = found["Outer/Inner/A note.md"], found["Outer/Inner/A note (2).md"]
    assert shown(note) == (
        '---\nsource: "https://s.example"\ntodo: "open"\n---\n'
        f"![seen](<red.png>) [other](A%20note%20%282%29.md) [file](<paper.pdf>) ![](<red.png>) ![](:/{TAG})"
    )
    assert (other.text, note.title, other.title) == ("from **HTML**", "A note", "A note")
    assert revisions.tag_names(note.id) == ["urgent", "Outer/Inner"]
    assert note.created == datetime(2020, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    assert dead_links() == set()
    assert bring(database, source).unchanged == 2


def test_what_stands_oddly_in_evernote(database: Database) -> None:
    group = "<div style='--en-task-group:true; --en-id:0123-4567;'><div>Content not supported</div></div>"
    own, web = "evernote:///view/1/s1/ab/ab/", "https://share.evernote.com/note/ab"
    body = (
        f"<div>List</div>{group}<div>after</div><ul><li><b><en-todo/>bold</b></li></ul>"
        f"<div><a href='{own}'>Other *one*</a> <a href='{own}'>{own}</a> <a href='{own}'>N</a> "
        f"<a href='evernote:///x'></a> "
        f"<a href='{web}'>Other *one*</a> <a href='{web}'>stranger</a> <a href='https://x.example'>[48]</a></div>"
        f"<en-media hash='{hashlib.md5(picture(), usedforsecurity=False).hexdigest()}' width='50' type='image/png'/>"
    )
    tasks = "".join(
        f"<task><title>{title}</title><taskStatus>{state}</taskStatus><sortWeight>{title}</sortWeight>"
        f"<taskGroupNoteLevelID>{group_}</taskGroupNoteLevelID></task>"
        for title, state, group_ in (("b", "open", "0123-4567"), ("a", "completed", "0123-4567"), ("c", "open", "9"))
    )
    more = f"{resource(picture(), 'image/png', 'p[1].png')}{resource(b'', 'image/svg+xml', 'gone.svg')}{tasks}"
    report = bring(database, zipped({"n.enex": enex(enml("Other *one*", "x"), enml("N", body, more))}))
    assert report.remarks == [("n.enex/N", evernote.UNKNOWN)]
    assert shown(notes()["N"]) == (
        "List\n\n- [x] a\n- [ ] b\n\nafter\n\n- [ ] **bold**\n\n[[Other *one*]] [[Other *one*]] [[N]] "
        "(a note in Evernote) "
        "[[Other *one*]] [stranger](https://share.evernote.com/note/ab) [\\[48\\]](https://x.example)\n"
        "![p1.png|50](<p1.png>)\n\n- [ ] c"
    )
    assert dead_links() == set()


# Notion


def test_notion(database: Database) -> None:
    page_, row, base = f"Page {NOTE}", f"Row one {OTHER}", f"Table {BOOK}"
    inside: dict[str, bytes | str] = {
        f"{page_}.md": f"# Page\n\n![]({page_.replace(' ', '%20')}/p.png)\n\n[Table]({page_.replace(' ', '%20')}/"
                       f"{base.replace(' ', '%20')}.csv) [web](https://x.example/Page%20{NOTE}.md)",
        f"{page_}/p.png": picture(),
        f"{page_}/{base}.csv": "\ufeffName,State\nRow one,a|b\n",
        f"{page_}/{base}_all.csv": "\ufeffName,State,Note\nRow one,a|b,\"two\nlines\"\nLost,c,\n,,\n",
        f"{page_}/{base}/{row}.md": "# Row one\n\nTags: x, y\nCreated: January 5, 2024 3:04 PM\n\ntext "
                                    f"[up](../../{page_.replace(' ', '%20')}.md)",
        f"Web {TAG}.html": "<html><head><title>Web</title><style>p{}</style></head><body><article><header><h1>Web</h1>"
                           "</header><ul class='to-do-list'><li><div class='checkbox checkbox-on'></div> done</li></ul>"
                           f"<a href='{page_.replace(' ', '%20')}.md'>Page</a></article></body></html>",
        "index.html": "<h1>index</h1>",
    }  # fmt: skip
    outer = zipped({"Export-0123abcd-0123-0123-0123-0123456789ab-Part-1.zip": zipped(inside).getvalue()})
    report = bring(database, outer)
    assert (report.created, report.skipped, report.remarks) == (4, [], [])
    found = notes()
    assert {title: note.path for title, note in found.items()} == {
        "Page": "Page.md", "Table": "Page/Table.md", "Row one": "Page/Table/Row one.md", "Web": "Web.md",
    }  # fmt: skip
    assert (
        shown(found["Page"])
        == f"# Page\n\n![](<p.png>)\n\n[Table](Page/Table.md) [web](https://x.example/Page%20{NOTE}.md)"
    )
    assert found["Table"].text == (
        "| Name | State | Note |\n| --- | --- | --- |\n| [Row one](Table/Row%20one.md) | a\\|b | two<br>lines |\n"
        "| Lost | c |  |\n"
    )
    assert found["Row one"].text.endswith("text [up](../../Page.md)")
    assert tags_of("Row one") == ["Page/Table", "x", "y"]
    assert found["Row one"].created == datetime(2024, 1, 5, 15, 4, tzinfo=UTC)
    assert found["Web"].text == "# Web\n\n- [x] done\n\n[Page](Page.md)"
    assert dead_links() == set()
    assert bring(database, outer).unchanged == 4


def test_a_page_of_notion_in_html(database: Database) -> None:
    tex = "<annotation encoding='application/x-tex'>e^x</annotation>"
    body = (
        "<header><div class='page-header-icon'><span class='icon'>🤔</span></div><h1 class='page-title'>What: now?</h1>"
        "<table class='properties'><tr><th><span class='icon property-icon'>x</span>Tags</th>"
        "<td><span class='selected-value'>one</span><span class='selected-value'>two</span></td></tr>"
        "<tr><th>Created</th><td><time>@January 5, 2024 3:04 PM</time></td></tr><tr><th>Empty</th><td></td></tr>"
        "<tr><th>Done</th><td><div class='checkbox checkbox-on'></div></td></tr></table></header>"
        "<nav class='table_of_contents'>contents</nav>"
        "<ul class='to-do-list'><li><div class='checkbox checkbox-on'></div> a</li></ul>"
        "<ul class='to-do-list'><li><div class='checkbox checkbox-off'></div> b</li></ul>"
        "<ol class='numbered-list' start='1'><li>x</li></ol><ol class='numbered-list' start='2'><li>y</li></ol>"
        "<p><mark class='highlight-default'>plain <code>c</code></mark> <mark class='highlight-red_background'>m</mark>"
        f" <span class='katex'><math>{tex}</math><span aria-hidden='true'>ex</span></span></p>"
        f"<figure class='equation'><span class='katex-display'><span class='katex'>{tex}</span></span></figure>"
        "<figure class='callout'><div><span class='icon'>💡</span></div><div><p>said</p></div></figure>"
        "<details open=''><summary style='font-weight:600;font-size:1.5em'>Folded</summary><p>in it</p></details>"
        "<figure><a class='bookmark' href='https://x.example'><div class='bookmark-title'>Site</div><div>long</div></a>"
        "</figure><figure class='link-to-page'><a href='x.txt'><span class='icon'>😄</span>[x]</a></figure>"
    )
    page = f"<html><head><title>What: now?</title></head><body><article>{body}</article></body></html>"
    folder = f"What now {NOTE}"
    data = zipped({f"{folder}.html": page.replace("x.txt", f"{folder}/x.txt"), f"{folder}/x.txt": "attached",
                   f"{folder}/lost.txt": "not named"})  # fmt: skip
    report = bring(database, data)
    assert (report.created, report.attachments) == (1, 1)
    assert report.skipped == [(f"{folder}/lost.txt", notion.UNLED)]
    note = notes()["What: now?"]
    assert shown(note) == (
        "# What: now?\n\nTags: one, two\nCreated: January 5, 2024 3:04 PM\nDone: Yes\n\n- [x] a\n- [ ] b\n\n1. x\n"
        "2. y\n\nplain `c` ==m== $e^x$\n\n$$\ne^x\n$$\n\n> 💡 said\n\n## Folded\n\nin it\n\n[Site](https://x.example)"
        "\n\n[(x)](<x.txt>)"
    )
    assert tags_of("What: now?") == ["one", "two"]
    assert note.created == datetime(2024, 1, 5, 15, 4, tzinfo=UTC)
    assert bring(database, data).unchanged == 1


def test_a_page_of_notion_in_markdown(database: Database) -> None:
    bring(database, zipped({f"A {NOTE}.md": f"# A: b?\n\n<aside>\n💡 said\n\ntwice\n</aside>\n\n[](B%20{OTHER}.md)",
                            f"B {OTHER}.md": "# B"}))  # fmt: skip
    assert notes()["A: b?"].text == "# A: b?\n\n> 💡 said\n>\n> twice\n\n[B](B.md)"


# Standard Notes, Simplenote, Memos


def backup(*items: dict[str, Any]) -> str:
    return json.dumps({"version": "004", "items": items}, indent=1)


def standard(title: str, text: str, own: str, **more: Any) -> dict[str, Any]:
    about = {"org.standardnotes.sn": {"client_updated_at": "2021-02-03T04:05:06.000Z", **more.pop("about", {})}}
    content = {"title": title, "text": text, "references": [], "appData": about, **more}
    return {"content_type": "Note", "uuid": own, "created_at": "2020-01-02T03:04:05.000Z", "content": content}


def test_standard_notes(database: Database) -> None:
    words = {"type": "text", "text": "bold", "format": 1}
    check = {"type": "listitem", "checked": True, "children": [{"type": "text", "text": "task"}]}
    tree = {"root": {"type": "root", "children": [
        {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "Head"}]},
        {"type": "paragraph", "children": [words, {"type": "linebreak"}, {
            "type": "link", "url": "https://x.example", "children": [{"type": "text", "text": "out"}]}]},
        {"type": "list", "listType": "check", "children": [check]},
        {"type": "code", "language": "py", "children": [{"type": "code-highlight", "text": "x"}]},
        {"type": "snfile", "fileUuid": "u"},
    ]}}  # fmt: skip
    references = [{"content_type": "Note", "uuid": "n1"}]
    above = {"content_type": "Tag", "uuid": "t1", "reference_type": "TagToParentTag"}
    items = [
        standard("Plain", "# not a heading there", "n1", about={"pinned": True, "archived": True}),
        standard("Super", json.dumps(tree), "n2", noteType="super"),
        standard("Rich", "<p>rich <strong>text</strong></p>", "n3", noteType="rich-text"),
        standard("Gone", "x", "n4", trashed=True),
        {"content_type": "Tag", "uuid": "t1", "content": {"title": "upper", "references": []}},
        {"content_type": "Tag", "uuid": "t2", "content": {"title": "lower", "references": [above, *references]}},
        {"content_type": "SN|UserPreferences", "uuid": "p", "content": {"title": "settings", "text": "no note"}},
    ]
    source = {"Standard Notes Backup and Import File.txt": backup(*items), "Items/SN_Theme/t.txt": "{}",
              "Items/Note/Plain-1.txt": "{}"}  # fmt: skip
    report = bring(database, zipped(dict(source)))
    assert (report.created, [sentence for _, sentence in report.skipped]) == (3, [standard_notes.TRASHED])
    assert [sentence for _, sentence in report.remarks] == [standard_notes.FILE]
    found = notes()
    assert found["Super"].text == (
        "## Head\n\n**bold**\n[out](https://x.example)\n\n- [x] task\n\n"
        "```py\nx\n```\n\n(a file that is in Standard Notes)"
    )
    assert (found["Rich"].text, tags_of("Plain")) == ("rich **text**", ["upper/lower"])
    assert (found["Plain"].pinned, found["Plain"].archived) == (True, True)
    assert found["Plain"].updated == datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert bring(database, zipped(dict(source))).unchanged == 3
    locked = [("Standard Notes.txt", backup({"content_type": "Note", "uuid": "n", "content": "004:abc"}).encode())]
    assert bring(database, locked).skipped == [("Standard Notes.txt", standard_notes.LOCKED)]


def test_simplenote(database: Database) -> None:
    active = [
        {"id": "1", "content": "First\r\n\r\n[two](simplenote://note/2)", "creationDate": "2020-01-02T03:04:05.000Z",
         "lastModified": "2021-01-02T03:04:05.000Z", "tags": ["a b"], "pinned": True},
        {"id": "2", "content": "Second"},
    ]  # fmt: skip
    payload = json.dumps({"activeNotes": active, "trashedNotes": [{"id": "3", "content": "x"}]})
    source = {"source/notes.json": payload, "First.txt": "First", "Second.txt": "Second", "trash/x.txt": "x"}
    report = bring(database, zipped(dict(source)))
    assert (report.created, report.skipped) == (2, [("source/notes.json", "1 of its notes is in the trash.")])
    first = notes()["First"]
    assert (first.text, first.pinned, tags_of("First")) == ("First\n\n[two](Second.md)", True, ["a b"])
    assert first.created == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert dead_links() == set()
    assert bring(database, zipped(dict(source))).unchanged == 2


@pytest.mark.parametrize("listed", [True, False])
def test_memos(database: Database, listed: bool) -> None:
    memos = [
        {"name": "memos/1", "content": "A memo #work/now\n\n#home", "createTime": "2020-01-02T03:04:05Z",
         "pinned": True,
         "updateTime": "2021-01-02T03:04:05Z", "visibility": "PRIVATE", "state": "NORMAL", "tags": ["extra"],
         "attachments": [{"filename": "p.png", "type": "image/png"}]},
        {"id": 2, "content": "Old", "createdTs": 1577934245, "updatedTs": 1609556645, "rowStatus": "ARCHIVED"},
    ]  # fmt: skip
    written_as = json.dumps(memos if listed else {"memos": memos})
    source: dict[str, bytes | str] = {"memos.json": written_as, "p.png": picture()}
    report = bring(database, zipped(dict(source)))
    assert (report.created, report.skipped, report.attachments) == (2, [], 1)
    found = notes()
    assert tags_of("A memo #work/now") == ["extra", "work/now", "home"]
    assert found["A memo #work/now"].pinned
    assert found["Old"].archived
    assert {note.created for note in found.values()} == {datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)}
    assert bring(database, zipped(dict(source))).unchanged == 2


# TextBundle, Bear, Apple Notes, pages


def test_text_bundles_and_bear(database: Database) -> None:
    bear = {"net.shinyfrog.bear": {"creationDate": "2020-01-02T03:04:05Z", "modificationDate": "2021-01-02T03:04:05Z",
                                   "pinned": 1, "archived": 0}}  # fmt: skip
    info = {"version": 2, "type": "net.daringfireball.markdown"}
    bundles: dict[str, bytes | str] = {
        "B/One.textbundle/text.md": "# One\n\n#tag #two words# [[Two/Part|x]]\n\n"
                                   "![](assets/p.png)<!-- {\"width\":8} -->",
        "B/One.textbundle/info.json": json.dumps(info | bear),
        "B/One.textbundle/assets/p.png": picture(),
        "B/Two.textbundle/text.md": "# Two", "B/Two.textbundle/info.json": json.dumps(info | bear),
        "B/Gone.textbundle/text.md": "x",
        "B/Gone.textbundle/info.json": json.dumps(info | {"net.shinyfrog.bear": {"trashed": 1}}),
        "B/Locked.textbundle/text.md": "",
        "B/Locked.textbundle/info.json": json.dumps(info | {"net.shinyfrog.bear": {"encrypted": 1}}),
        "B/tags.json": "{}",
    }  # fmt: skip
    source = [("notes.bear2bk", zipped(bundles).getvalue())]
    report = bring(database, source)
    assert (report.created, report.attachments) == (2, 1)
    assert [sentence for _, sentence in report.skipped] == [text_bundle.TRASHED, text_bundle.LOCKED]
    one = notes()["One"]
    assert shown(one) == "# One\n\n#tag #two words# [[Two#Part|x]]\n\n![](<p.png>)"
    assert (tags_of("One"), one.pinned) == (["two words", "tag"], True)
    assert one.created == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert dead_links() == set()
    assert bring(database, source).unchanged == 2
    pack = zipped({"N.textbundle/text.markdown": "text", "N.textbundle/info.json": json.dumps(info)})
    assert bring(database, [("N.textpack", pack.getvalue())]).created == 1
    assert notes()["text"].path == "N.md"


def test_apple_notes_and_pages(database: Database) -> None:
    inside = base64.b64encode(picture("green")).decode()
    files: dict[str, bytes | str] = {
        "Notes/Trip to Rome/Trip to Rome.txt": "Trip to Rome\nsee", "Notes/Trip to Rome/image.png": picture(),
        "Web/A page.html": f"<title>A page</title><h1>A page</h1><p>x<img src='data:image/png;base64,{inside}'></p>"
                           "<p><a href='Other%20one.html#part'>o</a> <img src='../gone.png'></p>",
        "Web/Other one.html": "<p>other</p>", "Recently Deleted/Gone/Gone.txt": "Gone",
    }  # fmt: skip
    report = bring(database, zipped(dict(files)))
    assert (report.created, report.attachments) == (3, 2)
    assert report.skipped == [("Recently Deleted/Gone/Gone.txt", web_pages.TRASHED)]
    assert report.remarks == [("Web/A page.html", "Its picture ../gone.png is not among the files.")]
    found = notes()
    assert shown(found["Trip to Rome"]) == "Trip to Rome\nsee\n\n![](<image.png>)"
    assert (tags_of("Trip to Rome"), tags_of("A page")) == (["Notes"], ["Web"])
    assert shown(found["A page"]) == "# A page\n\nx![](<A page.html#1>)\n\n[o](Other%20one.md#part) ![](../gone.png)"
    assert dead_links() == set()
    assert bring(database, zipped(dict(files))).unchanged == 3


# What is made to do harm


def laughing() -> list[tuple[str, bytes]]:
    entities = "".join(f"<!ENTITY l{n} '&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};'>" for n in range(1, 30))
    head = f"<!DOCTYPE en-export [<!ENTITY l0 'ha'>{entities}]>"
    return [("a.enex", f"<?xml version='1.0'?>{head}<en-export><note><title>&l29;</title></note></en-export>".encode())]


HOSTILE: dict[str, Callable[[], list[tuple[str, bytes]]]] = {
    "entities": laughing,
    "deep page": lambda: [("a.html", b"<div>" * 300_000 + b"x")],
    "deep ENML": lambda: [("a.enex", enex(enml("t", "<div>" * 100_000)))],
    "many items": lambda: [("a.html", b"<ol>" + b"<li>x" * 20_000)],
    "open tags": lambda: [("a.html", b"<a " * 500_000)],
    "many tables": lambda: [("a.html", b"<table><tr><td>" * 50_000)],
    "letters": lambda: [("a.md", b"![](data:image/png;base64," * 60_000)],
    "deep JSON": lambda: [("a.json", b'{"activeNotes": [' + b'{"a":[' * 100_000)],
    "deep super": lambda: [("Standard Notes.txt", backup(standard(
        "t", '{"root":' + '{"children":[' * 50_000, "n", noteType="super")).encode())],
    "a page as a tar": lambda: [("a.jex", b"<html>" * 1000)],
    "a tar that lies": lambda: [("a.jex", jex({"a.md": "x"})[:600] + b"\xff" * 5000)],
    "many fields": lambda: [(f"{NOTE}.md", b"a: b\n" * 200_000 + f"id: {NOTE}\ntype_: 1".encode())],
    "wide table": lambda: [(f"T {NOTE}.csv", b"," * 1_000_000 + b"\n" + b"x\n" * 10_000)],
    "long cell": lambda: [(f"T {NOTE}.csv", b'"' + b"x" * 1_000_000)],
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_end_soon(database: Database, what: str) -> None:
    source = HOSTILE[what]()
    begun = time.process_time()
    report = bring(database, source)
    assert time.process_time() - begun < 6
    assert report.created + len(report.skipped) >= 1
    assert all(sentence.endswith(".") for _, sentence in report.skipped)


def test_what_is_of_no_app_gets_a_sentence(database: Database) -> None:
    source = {"a.docx": b"PK", "b.csv": b"a,b", "c.enex": b"no XML of Evernote", "d.md": b"fine"}
    report = bring(database, zipped(dict(source)))
    assert (report.created, report.skipped) == (
        1,
        [(name, recognition.UNREAD) for name in ("a.docx", "b.csv", "c.enex")],
    )


def test_a_file_that_breaks_off_gives_the_notes_before(database: Database) -> None:
    whole = json.dumps({"activeNotes": [{"id": "1", "content": "One"}, {"id": "2", "content": "Two"}]})
    report = bring(database, [("notes.json", whole[:-12].encode())])
    assert (report.created, report.skipped) == (1, [("notes.json", json_notes.DAMAGED.format(2))])
