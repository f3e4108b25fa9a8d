"""Folders of Markdown that Logseq and Dendron keep: their ways to write names, links and parts lead on here."""

import asyncio
import io
import re
import tarfile

import pytest

from assistant.notes import notebook, queries
from assistant.notes.models import Note
from assistant.notes.reading import rendering
from assistant.notes.transfer.formats.vaults import logseq
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from tests.notes.archives import ME, NOW, bring, keep, plan, zipped

pytestmark = pytest.mark.usefixtures("database")
GRAPH: dict[str, bytes | str] = {
    "g/logseq/config.edn": "{}",
    "g/pages/a___b.md": "alias:: Short one, [[other name]]\ntags:: [[big topic]], #small\n\n- text [[Sep 14th, 2020]]",
    "g/pages/100%25.md": "- {{embed [[a/b]]}} `{{embed [[a/b]]}}` [[short one]] "
    "((63500411-87b0-4d62-a9ac-5b5418bc3201))",
    "g/pages/x.md": "title:: Its own title\n- [[100%]] ![x](../assets/x.pdf)",
    "g/journals/2020_09_14.md": "- [[Its own title]]",
    "g/journals/2020_13_14.md": "- no day",
    "g/assets/x.pdf": b"%PDF",
    "g/readme.md": "[[other name]]",
}


def html(database: Database, note: Note) -> str:
    return asyncio.run(rendering.as_html(database, ME, note.id, note.text))


def test_a_graph_of_logseq(database: Database) -> None:
    assert plan(database, zipped(GRAPH)).apps == {"Logseq": 5}
    report = bring(database, zipped(GRAPH))
    assert (report.created, report.attachments) == (6, 1)
    assert report.remarks == [("g/pages/100%25.md", logseq.BLOCKS)]
    found = {note.title: note for note in Note.select()}
    assert set(found) == {"a/b", "100%", "Its own title", "Sep 14th, 2020", "2020_13_14", "readme"}
    assert found["100%"].text.startswith("- ![[a/b]] `{{embed [[a/b]]}}` [[short one]]")
    assert revisions.tag_names(found["a/b"].id) == ["big topic", "small"]
    for note in found.values():
        missing = re.findall(r'wiki-missing" [^>]*data-title="([^"]*)"', html(database, note))
        assert set(missing) <= {"big topic"}  # which the graph has no page of
    assert 'class="shown-note"' in html(database, found["100%"])
    assert queries.titles(ME, "short") == ["Short one"]
    notebook.rename(ME, found["a/b"].id, "c", NOW)
    assert notebook.get(ME, found["100%"].id).text.startswith("- ![[c]] `{{embed [[a/b]]}}` [[short one]]")
    assert bring(database, zipped(GRAPH)).unchanged == 6


def test_what_says_logseq_nowhere_is_a_plain_folder(database: Database) -> None:
    bring(database, zipped({"pages/a___b.md": "x", "pages/c.md": "[[a___b]]"}))
    assert {note.title for note in Note.select()} == {"a___b", "c"}


VAULT: dict[str, bytes | str] = {
    "root.schema.yml": "version: 1",
    "one.md": "---\nid: 1\ntitle: The first\n---\n# Part\n\nwords",
    "one.two.md": "---\nid: 2\ntitle: Second\n---\nx",
    "links.md": (
        "[[the label|one.two]] [[one.two|label]] [[see|dendron://my.vault/one#part]] [[dendron://my.vault/one.two]] "
        "[[one]] ![[one#part,1:#*]] ![[one.two#*]] [[gone|one.gone]] `[[the label|one.two]]`"
    ),
}  # fmt: skip


def test_a_vault_of_dendron(database: Database) -> None:
    assert plan(database, zipped(VAULT)).apps == {"Dendron": 3}
    bring(database, zipped(VAULT))
    links = Note.get(Note.path == "links.md")
    assert links.text == (
        "[[one.two|the label]] [[one.two|label]] [[one#part|see]] [[one.two]] "
        "[[one]] ![[one#part]] ![[one.two]] [[one.gone|gone]] `[[the label|one.two]]`"
    )
    text = html(database, links)
    assert text.count("wiki-missing") == 1  # only what is not there
    assert text.count("shown-note") == 2
    assert bring(database, zipped(VAULT)).unchanged == 3


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("Home.md", "# Home\n\nx", "Home"), ("What now.md", "# What: now?\n", "What: now?"), ("a.md", "# Other", "a"),
        ("b.md", "---\ntitle: Named\n---\n# Named\n", "Named"), ("Words.txt", "words\nmore", "words"),
    ],
)  # fmt: skip
def test_the_title_of_a_file_stands_in_its_field(database: Database, path: str, text: str, title: str) -> None:
    bring(database, zipped({path: text}))
    note = Note.get()
    assert (note.title, note.title_set) == (title, True)
    assert note.text.endswith(text.rpartition("---\n")[2])  # the heading stays where it is


def test_an_archive_as_google_packs_it(database: Database) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, data in {"Takeout/Keep/a.json": keep("Packed", "x").encode(), "Takeout/Keep/b.txt": b"Text"}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    for name in ("takeout.tgz", "takeout.tar.gz"):
        assert plan(database, [(name, out.getvalue())]).titles == ["Packed", "b"]
    broken = plan(database, [("t.tgz", out.getvalue()[:60]), ("fine.md", b"x")])
    assert [name for name, _ in broken.skipped] == ["t.tgz"]
