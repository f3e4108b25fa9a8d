"""What the rooms let people set, as blocks of the settings."""

from assistant.archive.pages.backups_box import BackupsBox
from assistant.archive.pages.export_box import ExportBox
from assistant.archive.pages.import_box import ImportBox
from assistant.archive.pages.leaving_box import LeavingBox
from assistant.archive.pages.services import Services as ArchiveServices
from assistant.chat.pages.acting.asked_box import AskedBox
from assistant.chat.pages.acting.journal_box import JournalBox
from assistant.chat.pages.memory_box import MemoryBox
from assistant.chat.pages.prompts.library import Library
from assistant.chat.pages.routines.brief_box import BriefBox
from assistant.chat.pages.routines.questions_box import QuestionsBox
from assistant.chat.pages.services import Services as ChatServices
from assistant.reminders.pages.options.notifications import Notifications
from assistant.reminders.pages.services import Services as RemindersServices
from assistant.settings.pages.parts import Block


def blocks(chat: ChatServices, reminders: RemindersServices, archive: ArchiveServices) -> tuple[Block, ...]:
    """The blocks of the rooms, in their order."""
    return (
        Block(
            "data", "export", "Export", "download everything zip archive take out copy save backup portability",
            lambda page: ExportBox(archive, page).draw(),
        ),
        Block(
            "data", "import", "Import", "upload bring move in chatgpt claude open webui librechat markdown archive zip",
            lambda page: ImportBox(archive, page).draw(),
        ),
        Block(
            "data", "leaving", "Delete my account", "remove close leave erase forget person",
            lambda page: LeavingBox(archive, page).draw(),
        ),
        Block(
            "household", "backups", "Backups", "nightly copy restore disk save safety keep days weeks",
            lambda page: BackupsBox(archive, page).draw(),
        ),
        Block(
            "assistant", "brief-now", "Your brief", "daily brief next now make last open today briefing",
            lambda page: BriefBox(chat, page).draw(),
        ),
        Block(
            "assistant", "questions", "Scheduled questions",
            "ask every monday weekly daily at set times cron automatic recurring schedule prompts geplante fragen",
            lambda page: QuestionsBox(chat, page).draw(),
        ),
        Block(
            "assistant", "facts", "What models know about me",
            "memory remember facts about you profile personal forget merken", lambda page: MemoryBox(chat, page).draw(),
        ),
        Block(
            "assistant", "asked", "Waits for your yes", "programs mcp proposals offers approve pending inbox outside",
            lambda page: AskedBox(chat, page).draw(),
        ),
        Block(
            "assistant", "did", "What it did", "journal log history acts actions tools undo audit model",
            lambda page: JournalBox(chat, page).draw(),
        ),
        Block(
            "prompts", "prompts", "Your prompts", "templates slash commands variables saved library snippets presets",
            lambda page: Library(chat, page).draw(),
        ),
        Block(
            "reminders", "ways", "Where reminders ring",
            "notifications push device phone sound webhook ntfy alert ring channel silent",
            lambda page: Notifications(reminders, page).draw(),
        ),
    )  # fmt: skip
