"""Files that are no pictures: they come with notes, are only handed out, and go wherever their notes go."""

import asyncio
import io
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.notes import attachments, models, notebook, trash
from assistant.notes.models import Attachment, Note
from assistant.notes.reading import rendering
from assistant.notes.transfer import exporter
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.storage.database import Database
from tests.notes.archives import ME, NOW, OUTSIDER, bring, picture, plan, zipped
from tests.person import Person
from tests.product import Product

PDF = b"%PDF-1.7 " + bytes(2_000)
TEXT = (
    "[the paper](files/A%20paper.pdf) ![[sound.mp3]] ![[A paper.pdf|300]] ![](files/plan.docx) "
    "[[A paper.pdf#page=2|p]]\n"
    "`![[sound.mp3]]` [[Other]] [x](gone.pdf) ![[gone.mp3]] [y](data.json) [web](https://x.example/a.pdf)\n"
)
VAULT: dict[str, bytes | str] = {
    "note.md": TEXT, "files/A paper.pdf": PDF, "sound.mp3": b"ID3", "files/plan.docx": b"PK", "data.json": "[1]",
    "Other.md": "x", "left.pdf": PDF,
}  # fmt: skip


def only() -> Note:
    return Note.get((Note.title == "note") & (Note.user == ME))


def files(note: Note) -> dict[str, str]:
    return {row.name: f"{models.ADDRESS}{row.id}" for row in attachments.of_note(note.user, note.id)}


def test_files_beside_notes_come_with_those_that_name_them(database: Database) -> None:
    assert plan(database, zipped(VAULT)).attachments == 4
    report = bring(database, zipped(VAULT))
    assert (report.created, report.attachments) == (2, 4)
    assert report.skipped == [("left.pdf", "This kind of file is not read.")]
    assert report.remarks == [("note.md", "Its file gone.mp3 is not among the files.")]
    there = files(only())
    paper, sound, plan_, data = (there[name] for name in ("A paper.pdf", "sound.mp3", "plan.docx", "data.json"))
    assert only().text == (
        f"[the paper]({paper}) [sound.mp3]({sound}) [A paper.pdf]({paper}) [plan.docx]({plan_}) [p]({paper})\n"
        f"`![[sound.mp3]]` [[Other]] [x](gone.pdf) ![[gone.mp3]] [y]({data}) [web](https://x.example/a.pdf)\n"
    )
    assert bring(database, zipped(VAULT)).unchanged == 2
    assert Attachment.select().count() == 4


def test_a_zip_that_a_note_leads_to_is_its_file_and_any_other_is_opened(database: Database) -> None:
    inside = zipped({"inner.md": "# inner"}).getvalue()
    vault: dict[str, bytes | str] = {
        "note.md": "[the code](files/my%20code.zip)",
        "files/my code.zip": inside,
        "more.zip": inside,
    }
    report = bring(database, zipped(vault))
    assert (report.created, report.attachments, report.skipped) == (2, 1, [])
    assert only().text == f"[the code]({files(only())['my code.zip']})"
    out = io.BytesIO()
    asyncio.run(exporter.write(database, ME, out))
    again = bring(database, out, user=OUTSIDER)
    assert (again.created, again.attachments, again.skipped) == (2, 1, [])


def test_a_zip_in_a_folder_that_is_dropped_stays_where_a_note_leads_to_it(database: Database) -> None:
    inside = zipped({"inner.md": "# inner"})
    dropped = [
        ("v/note.md", io.BytesIO(b"[x](code.zip)")),
        ("v/code.zip", inside),
        ("v/more.zip", zipped({"m.md": "m"})),
    ]

    async def scenario() -> None:
        jobs = ImportJobs(database, lambda: NOW)
        job = await jobs.plan(ME, dropped, ZoneInfo("UTC"))
        assert (job.plan.new, job.plan.attachments, job.plan.skipped) == (2, 1, [])
        await jobs.close()

    asyncio.run(scenario())


def test_a_file_is_read_as_a_chip_with_its_size(database: Database) -> None:
    bring(database, zipped(VAULT))
    html = asyncio.run(rendering.as_html(database, ME, only().id, only().text))
    paper = files(only())["A paper.pdf"]
    assert f'<a href="{paper}" class="file-chip" download' in html
    assert '>the paper <span class="file-size">2.0 kB</span></a>' in html
    strange = asyncio.run(rendering.as_html(database, OUTSIDER, 0, f"[x]({paper})"))
    assert "file-chip" not in strange


def test_files_leave_with_their_notes_and_come_back(database: Database) -> None:
    bring(database, zipped(VAULT))
    out = io.BytesIO()
    asyncio.run(exporter.write(database, ME, out))
    with zipfile.ZipFile(out) as file:
        held = {name: file.read(name) for name in file.namelist()}
    paper = next(name for name in held if name.endswith(".pdf"))
    assert held[paper] == PDF
    assert f"[the paper]({paper})" in held["note.md"].decode()
    assert any(name.endswith(".json.file") for name in held)  # else it came back as a note
    report = bring(database, out, user=OUTSIDER)
    assert (report.created, report.attachments, report.skipped, report.remarks) == (2, 4, [], [])
    theirs = Note.get((Note.user == OUTSIDER) & (Note.title == "note"))
    text = only().text
    for name, address in files(only()).items():
        text = text.replace(f"{address})", f"{files(theirs)[name]})")
    assert theirs.text == text


def test_files_are_copied_and_deleted_with_notes(database: Database) -> None:
    bring(database, zipped(VAULT))
    copy = notebook.duplicate(ME, only().id, NOW)
    assert len(attachments.of_note(ME, copy.id)) == 4
    assert files(copy)["A paper.pdf"] in notebook.get(ME, copy.id).text
    trash.trash(ME, copy.id, NOW)
    trash.empty_trash(ME)
    assert Attachment.select().count() == 4


def test_a_file_that_is_too_large_is_said_and_its_link_stays(database: Database) -> None:
    report = bring(database, zipped({"note.md": "![[big.pdf]]", "big.pdf": bytes(attachments.SIZE_LIMIT + 1)}))
    assert report.skipped == [("big.pdf", "The file is larger than 10 MB.")]
    assert only().text == "![[big.pdf]]"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", PDF, "file"), ("a", picture(), "image/png"), ("a.html", b"<script>", "file"),
        ("a.svg", b"<svg/>", "file"), ("a.pdf", picture(), "image/png"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_a_file(name: str, data: bytes, kind: str) -> None:
    assert attachments.kind_of_any(data, name) == kind


@pytest.mark.parametrize("address", ["/notes/attachments/{}", "/api/v1/attachments/{}"])
def test_a_file_is_only_handed_out_and_only_to_its_owner(product: Product, anna: Person, address: str) -> None:
    note = anna.note("x")
    page = b"<script>alert(1)</script>"
    row = anna.do(attachments.add, note, page, kind=attachments.FILE, name='Ü "x".html', now=datetime.now(UTC))
    got = anna.get(address.format(row.id))
    assert (got.content, got.headers["content-type"]) == (page, "application/octet-stream")
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%9C%20%22x%22.html"
    assert got.headers["x-content-type-options"] == "nosniff"
    eve = product.person("eve")
    assert eve.get(address.format(row.id)).status_code == 404
    eve.close()
