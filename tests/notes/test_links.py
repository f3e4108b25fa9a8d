"""Links from note to note: written in all ways that vaults have, they lead on, follow, and leave as they came."""

import asyncio
import base64
import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.notes import models, notebook, queries, trash
from assistant.notes.models import Note
from assistant.notes.reading import rendering, sections
from assistant.notes.transfer import exporter
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from tests.notes.archives import ME, NOW, OUTSIDER, bring, picture, zipped

BERLIN = ZoneInfo("Europe/Berlin")
VAULT: dict[str, bytes | str] = {
    "sub/a.md": "home",
    "sub/b.md": "[[./a|y]] [[a#Part one]] [here](a.md) [up](../top%20note.md#part) [[../top note]]",
    "other/d.md": "another",
    "top note.md": "---\naliases: [Hi, Second name]\n---\n[[sub/a]] [[other/d|it]] ![[sub/a]] [[sub/a.md]]",
    "other/c.md": "[x](../sub/a.md) [y][ref] [[hi]] [deep](<../sub/a.md> 'title')\n\n[ref]: ../sub/b.md\n",
    "table.md": "| a | b |\n|-|-|\n| [[top note\\|label]] | x |\n\n"
    "`[[sub/a]]` [web](https://example.org/a.md) [p](/notes)",
}


def notes() -> dict[str, Note]:
    return {note.path: note for note in Note.select().where(Note.user == ME)}


def write(text: str = "", **values: Any) -> Note:
    return notebook.create(ME, NOW, text=text, **values)


def html(database: Database, note: Note) -> str:
    return asyncio.run(rendering.as_html(database, ME, note.id, notebook.get(ME, note.id).text))


def leads(database: Database, note: Note) -> list[tuple[str, str]]:
    """Where the links lead to that a reader sees, and their words."""
    return re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html(database, note))


def exported(database: Database) -> dict[str, str]:
    out = io.BytesIO()
    asyncio.run(exporter.write(database, ME, out))
    with zipfile.ZipFile(out) as file:
        return {name: file.read(name).decode(errors="replace") for name in file.namelist()}


def test_each_way_to_write_a_link_leads_there(database: Database) -> None:
    assert bring(database, zipped(dict(VAULT))).remarks == []
    found = notes()
    a, b, d, top = (f"/notes/{found[path].id}" for path in ("sub/a.md", "sub/b.md", "other/d.md", "top note.md"))
    assert leads(database, found["sub/b.md"]) == [
        (a, "y"), (f"{a}?part=part-one", "a#Part one"), (a, "here"), (f"{top}?part=part", "up"), (top, "../top note"),
    ]  # fmt: skip
    assert leads(database, found["top note.md"]) == [(a, "sub/a"), (d, "it"), (a, "sub/a"), (a, "sub/a.md")]
    assert leads(database, found["other/c.md"]) == [(a, "x"), (b, "y"), (top, "hi"), (a, "deep")]
    assert leads(database, found["table.md"]) == [(top, "label"), ("https://example.org/a.md", "web"), ("/notes", "p")]
    linking = {path: {row.id for row in queries.backlinks(ME, note.id)} for path, note in found.items()}
    assert linking["sub/a.md"] == {found[path].id for path in ("sub/b.md", "top note.md", "other/c.md")}
    assert linking["other/d.md"] == {found["top note.md"].id}
    assert linking["top note.md"] == {found[path].id for path in ("sub/b.md", "other/c.md", "table.md")}
    assert queries.by_title(ME, "second NAME") == found["top note.md"].id
    assert queries.by_title(OUTSIDER, "second name") is None


def test_each_of_them_follows_a_rename_and_leaves_as_it_came(database: Database) -> None:
    bring(database, zipped(dict(VAULT)))
    before = {path: whole.partition("---\n\n")[2] for path, whole in exported(database).items()}
    assert before == VAULT | {"top note.md": "[[sub/a]] [[other/d|it]] ![[sub/a]] [[sub/a.md]]"}
    assert "\naliases: [Hi, Second name]\n---\n\n[[sub/a]]" in exported(database)["top note.md"]
    found = notes()
    notebook.rename(ME, found["sub/a.md"].id, "A new (name)", NOW)
    notebook.rename(ME, found["top note.md"].id, "Top", NOW)
    after = {path: whole.partition("---\n\n")[2] for path, whole in exported(database).items()}
    assert after == {
        "sub/A new (name).md": "home",
        "sub/b.md": "[[./A new (name)|y]] [[A new (name)#Part one]] [here](A%20new%20%28name%29.md) "
        "[up](../Top.md#part) [[../Top]]",
        "other/d.md": "another",
        "Top.md": "[[sub/A new (name)]] [[other/d|it]] ![[sub/A new (name)]] [[sub/A new (name)]]",
        "other/c.md": "[x](../sub/A%20new%20%28name%29.md) [y][ref] [[hi]] [deep](<../sub/A new (name).md> 'title')\n\n"
        "[ref]: ../sub/b.md\n",
        "table.md": str(VAULT["table.md"]).replace("top note", "Top"),
    }
    for note in found.values():
        assert "wiki-missing" not in html(database, note)


def test_a_link_that_leads_nowhere_offers_to_write_the_note(database: Database) -> None:
    bring(database, [("a/b.md", b"[[./gone]] [x](../c/lost%20one.md) ![[away]] [[a file.pdf]]")])
    (note,) = notes().values()
    assert [address for address, _ in leads(database, note)] == [
        "/notes/new?title=gone", "/notes/new?title=lost%20one", "/notes/new?title=away",
    ]  # fmt: skip
    assert html(database, note).count("wiki-missing") == 4
    late = write("", title="away")
    assert f'href="/notes/{late.id}"' in html(database, note)
    trash.trash(ME, late.id, NOW)
    assert html(database, note).count("wiki-missing") == 4


def test_links_in_notes_that_were_written_here(database: Database) -> None:
    target = write("x", title="Plans?")
    text = "[[plans?]] [1](Plans.md) [2](<plans.md>) [3](x/Plans.md) [[and/or]] [[Plans?#what]] [[#Here]]\n\n# Here"
    note = write(text)
    address = f"/notes/{target.id}"
    assert [one for one, _ in leads(database, note)] == [
        address, address, address, address, "/notes/new?title=and%2For", f"{address}?part=what", "#h-here",
    ]  # fmt: skip
    assert '<h1 id="h-here">' in html(database, note)
    notebook.rename(ME, target.id, "Ideas", NOW)
    assert notebook.get(ME, note.id).text.startswith(
        "[[Ideas]] [1](Ideas.md) [2](<Ideas.md>) [3](x/Ideas.md) [[and/or]] [[Ideas#what]]"
    )
    notebook.rename(ME, write("", title="and/or").id, "both", NOW)
    assert "[[both]]" in notebook.get(ME, note.id).text


def test_a_title_that_is_the_first_line_takes_its_links_along(database: Database) -> None:
    bring(database, [("g.md", b"[[Old]] [x](f/Old.md)")])
    old = notebook.create(ME, NOW, text="Old\n", path="f/Old.md")
    notebook.save(ME, old.id, "New\n", 1, now=NOW)
    assert notebook.follow_first_line(ME, old.id, "Old", NOW) == "New"
    assert notes()["g.md"].text == "[[New]] [x](f/New.md)"
    assert "f/New.md" in notes()


def test_importing_again_makes_links_lead_to_notes_that_came_before_paths_were_kept(database: Database) -> None:
    bring(database, zipped(dict(VAULT)))
    before = {note.id: (note.text, note.version, note.updated) for note in Note.select()}
    models.NoteName.delete().execute()
    Note.update(path="").execute()
    assert bring(database, zipped(dict(VAULT))).unchanged == len(VAULT)
    assert {note.id: (note.text, note.version, note.updated) for note in Note.select()} == before
    assert set(notes()) == set(VAULT)
    for note in notes().values():
        assert "wiki-missing" not in html(database, note)


def test_the_fields_of_a_note_are_seen_and_their_links_lead_on(database: Database) -> None:
    target = write("", title="Parent")
    note = write('---\nup: "[[Parent|the parent]]"\n<b>: <i>x</i>\nlist: [a, b]\nempty:\n---\n- [ ] task\n')
    assert html(database, note).startswith(
        f'<table class="fields"><tr><th>up</th><td><a class="wiki" href="/notes/{target.id}" data-title="Parent">'
        "the parent</a></td></tr><tr><th>&lt;b&gt;</th><td>&lt;i&gt;x&lt;/i&gt;</td></tr>"
        "<tr><th>list</th><td>a, b</td></tr><tr><th>empty</th><td></td></tr></table>"
    )
    assert (note.title, [row.id for row in queries.backlinks(ME, target.id)]) == ("task", [note.id])
    notebook.rename(ME, target.id, "Mother", NOW)
    assert notebook.get(ME, note.id).text.startswith('---\nup: "[[Mother|the parent]]"\n')


@pytest.mark.parametrize(
    ("line", "created", "remark"),
    [
        ("date: 2024-1-5", datetime(2024, 1, 4, 23, tzinfo=UTC), ""),
        ("date: 15/01/2024", datetime(2024, 1, 14, 23, tzinfo=UTC), ""),
        ('date: "[[2024-01-15]]"', datetime(2024, 1, 14, 23, tzinfo=UTC), ""),
        ("date: [[2024-01-15]]", datetime(2024, 1, 14, 23, tzinfo=UTC), ""),
        ("date: Monday, January 15th 2024", datetime(2024, 1, 14, 23, tzinfo=UTC), ""),
        ("date: Jan 5, 2024 3:04 PM", datetime(2024, 1, 5, 14, 4, tzinfo=UTC), ""),
        ("date: 03/04/2024", datetime(2024, 4, 2, 22, tzinfo=UTC),
         "Its date “03/04/2024” was read as 3 April 2024; it stays in the note."),
        ("date: around Easter", None, "Its date “around Easter” could not be read; it stays in the note."),
        ("date: 2024", None, "Its date “2024” could not be read; it stays in the note."),
        ("date:", None, ""),
    ],
)  # fmt: skip
def test_a_date_is_read_or_kept_with_a_word(
    database: Database, line: str, created: datetime | None, remark: str
) -> None:
    report = bring(database, [("n.md", f"---\n{line}\n---\nBody".encode())], zone=BERLIN)
    (note,) = notes().values()
    assert note.created == (created or NOW)
    assert [sentence for _, sentence in report.remarks] == ([remark] if remark else [])
    assert note.text == (f"---\n{line}\n---\nBody" if remark else "Body")


def test_each_key_that_is_not_understood_is_kept_and_leaves_again(database: Database) -> None:
    own = '# a comment\naliases:\n- One\nmap:\n  a: 1\ncolor: "#ff0000"\ndate: 2020-01-01'
    text = f"---\ntags: null\ntitle: T\ncreated: 2021-02-03\n{own}\n---\nbody"
    assert bring(database, [("n.md", text.encode())]).remarks == []
    (note,) = notes().values()
    assert (note.text, note.title, note.colour) == (f"---\n{own}\n---\nbody", "T", "")
    assert revisions.tag_names(note.id) == []
    (whole,) = exported(database).values()
    assert whole.startswith('---\ntitle: "T"\ncreated: 2021-02-03')
    assert whole.endswith(f'"\n{own}\n---\n\nbody')
    again = bring(database, [("n.md", whole.encode())], user=OUTSIDER)
    assert (again.remarks, Note.get(Note.user == OUTSIDER).text) == ([], note.text)
    assert bring(database, [("n.md", whole.encode())]).unchanged == 1


def test_fields_that_would_be_there_twice_stand_apart(database: Database) -> None:
    text = "---\npinned: maybe\n---\nbody"
    bring(database, [("n.md", text.encode())])
    assert notes()["n.md"].text == text
    (whole,) = exported(database).values()
    assert whole.endswith(f"---\n\n{text}")
    bring(database, [("n.md", whole.encode())], user=OUTSIDER)
    assert Note.get(Note.user == OUTSIDER).text == text


def test_pictures_by_reference_in_letters_and_those_that_are_not_there(database: Database) -> None:
    inside = f"data:image/png;base64,{base64.b64encode(picture()).decode()}"
    text = (
        "![a][one] ![b](deep/p.png 't') ![[q.png|A name]] ![[missing.png]] ![](gone/x.jpg) ![c](https://x.example/y.png)"
        f"\n\n[one]: deep/p.png\n\n![in]({inside}) ![broken](data:image/png;base64,iVBORw0KGgo)"
    )
    report = bring(database, zipped({"f/n.md": text, "f/deep/p.png": picture("blue"), "q.png": picture("green")}))
    note = notes()["f/n.md"]
    at = {row.name: f"{models.ADDRESS}{row.id}" for row in models.Attachment.select()}
    assert note.text == (
        f"![a][one] ![b]({at['p.png']} 't') ![A name]({at['q.png']}) ![[missing.png]] ![](gone/x.jpg) "
        f"![c](https://x.example/y.png)\n\n[one]: {at['p.png']}\n\n![in]({at['n 1']}) ![broken]()"
    )
    assert report.remarks == [
        ("f/n.md", "Its picture missing.png is not among the files."),
        ("f/n.md", "Its picture gone/x.jpg is not among the files."),
    ]
    assert (report.attachments, [name for name, _ in report.skipped]) == (3, ["f/n.md#n 2"])
    file = f"../attachments/p-{at['p.png'].rpartition('/')[2]}.png"
    assert f"![b]({file} 't')" in exported(database)["f/n.md"]
    assert file.removeprefix("../") in exported(database)


def box(html: str) -> str:
    """What stands in the first box of a note, without the tags."""
    inside = html.partition('<div class="shown-note">')[2]
    return " ".join(re.sub(r"<[^>]*>", " ", inside).split())


def test_a_note_that_is_shown_stands_in_a_box_and_so_does_a_part_of_one(database: Database) -> None:
    text = "---\nkind: x\n---\n# One\nfirst **bold**\n## Two\n- [ ] task\n- item ^it\n## Two\n# Three\nlast [[#One]]"
    shown = write(text, title="Shown")
    whole = html(database, write("before ![[shown]] after"))
    assert box(whole) == "shown One first bold Two task item ^it Two Three last One after"
    assert (
        f'<p>before</p><div class="shown-note"><div class="shown-name"><a class="wiki" href="/notes/{shown.id}"'
        in whole
    )
    assert f'<a href="/notes/{shown.id}?part=one" ' in whole
    assert "data-task" not in whole  # a tick here would change a line of another text
    assert 'id="h-' not in whole
    for link, words in {
        "![[shown#two]]": "Two task item ^it", "![[Shown#One#Two|label]]": "Two task item ^it",
        "![[shown#Three]]": "Three last One", "![[shown#^it]]": "item ^it", "- ![[shown#two]]": "Two task item ^it",
    }.items():  # fmt: skip
        label = link.strip("-![] ").rpartition("|")[2].replace("#", " › ", 1)
        assert box(html(database, write(link))) == f"{label} {words}"
    for link in ("![[shown#nowhere]]", "![[shown#^no]]", "**a ![[shown]]**", "`![[shown]]`", "![[away]]"):
        assert "shown-note" not in html(database, write(link))


def test_notes_that_show_each_other_come_to_an_end(database: Database) -> None:
    one = write("![[two]] end", title="one")
    write("![[one]] ![[two]] ![[three]]", title="two")
    write("![[four]]", title="three")
    write("![[five]]", title="four")
    write("deep", title="five")
    assert html(database, one).count("shown-note") == 3
    assert "deep" not in html(database, one)
    write(" ".join(f"![[five|{number}]]" for number in range(50)), title="many")
    many = html(database, write("![[many]] ![[many]]"))
    assert many.count("deep") < 30
    assert many.count("shown-note") == 30


def test_a_note_of_somebody_else_or_in_the_trash_is_not_shown(database: Database) -> None:
    notebook.create(OUTSIDER, NOW, text="secret", title="Theirs")
    gone = write("thrown away", title="Gone")
    trash.trash(ME, gone.id, NOW)
    text = html(database, write("![[Theirs]] ![[Gone]]"))
    assert "secret" not in text
    assert "thrown away" not in text


def test_a_long_note_is_shown_in_part(database: Database) -> None:
    long = write("word " * 5000, title="Long")
    text = html(database, write("![[long]]"))
    assert text.count("word") == 4000
    assert f'<a class="wiki" href="/notes/{long.id}">Open it to read on</a>' in text


@pytest.mark.parametrize(
    ("part", "begins"),
    [
        ("two", "## Two"),
        ("zwei-wörter", "## Zwei *Wörter*"),
        ("^here", "- b ^here"),
        ("^below", "para"),
        ("none", None),
    ],
)
def test_a_part_of_a_text_is_found(part: str, begins: str | None) -> None:
    text = (
        "---\na: b\n---\nx\n\n```\n## Two\n```\n\n## Two\n## Zwei *Wörter*\n- a\n- b ^here\n\npara\ngraph\n\n^below\n"
    )
    at = sections.place(text, part)
    assert (None if at is None else text[at:].partition("\n")[0]) == begins
    assert at != text.index("## Two")


def test_a_link_is_completed_with_aliases_as_they_are_spelled(database: Database) -> None:
    write("---\naliases: [Café Süd, Other]\n---\nx", title="Coffee")
    write("x", title="Cafeteria")
    notebook.create(OUTSIDER, NOW, text="---\nalias: Café Nord\n---", title="Theirs")
    gone = write("---\nalias: Café West\n---", title="Gone")
    trash.trash(ME, gone.id, NOW)
    assert queries.titles(ME, "café") == ["Café Süd", "Cafeteria"]
    assert queries.titles(ME, "caf") == ["Cafeteria", "Café Süd"]
    assert queries.titles(ME, "oth") == ["Other"]
    assert "Café Süd" not in queries.titles(ME, "")
    for number in range(20):
        write("x", title=f"Cafe {number}")
    offered = queries.titles(ME, "caf")
    assert len(offered) == 10
    assert "Café Süd" in offered
    assert "href" in html(database, write("[[Café Süd]]"))
