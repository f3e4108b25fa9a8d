"""Anything that a page can do, a program can do: by the same functions, or by a route that this table names."""

from assistant.web.api.app import build_api
from assistant.web.api.document import document
from tests.house.acts import by_api, by_pages
from tests.programs import House

# Modules whose functions put into words, compute or lay out what a page shows; nothing is done by them.
WORDS = {
    "assistant.chat.acting.given": "how long documents are, and which fit, as a page says it",
    "assistant.chat.documents.marks": "marks of pages as links",
    "assistant.chat.acting.fence": "links, as a page shows them",
    "assistant.chat.context": "the meter of the composer",
    "assistant.chat.tokens": "the same",
    "assistant.chat.knowing.citations": "marks in an answer, as a page shows them",
    "assistant.notes.proposals.passage": "where a passage is in a text; programs say it by its words",
    "assistant.notes.validation": "keys of tags, compared while a page is drawn",
    "assistant.reminders.parsing.formatter": "a reminder as a sentence, in the form",
    "assistant.reminders.recurrence.choices": "a rule as the fields of the form; programs send the rule",
    "assistant.reminders.recurrence.timezones": "times as a page shows them; programs get instants",
    "assistant.reminders.recurrence.wording": "times and rules in words",
    "assistant.reminders.snoozing": "the choices of a menu; programs say usual, tonight, tomorrow or an instant",
    "assistant.reminders.validation": "what the form says while one types",
    "assistant.reminders.schedule": "a reminder as the form reads it",
    "assistant.reminders.notifications.quiet_hours": "whether a card makes a sound",
    "assistant.reminders.notifications.web_push": "what a browser tells of itself, read; the key is at a route",
    "assistant.settings.fields": "preferences as a page shows them",
    "assistant.settings.finder": "the search over the settings' words",
    "assistant.settings.kinds": "amounts in words",
    "assistant.users.profile.face": "name and picture as pages draw them",
}
# What a page does by another function than the API, and the operation that does it there.
OTHERWISE = {
    "assistant.archive.exports.Exports.cancel": "remove_export",
    "assistant.archive.nightly.Backups.progress": "get_backups",
    "assistant.archive.exports.Export.until": "list_exports",
    "assistant.chat.acting.records.as_they_stand": "list_acts",
    "assistant.chat.acting.records.from_outside": "list_acts",
    "assistant.chat.acting.outcomes.in_words": "get_act",
    "assistant.chat.branches.path": "list_messages",
    "assistant.chat.branches.thread": "list_messages",
    "assistant.chat.knowing.looking.tagged": "get_project",
    "assistant.chat.knowing.mentions.offered": "list_notes",
    "assistant.chat.knowing.sources.name": "list_sources",
    "assistant.chat.knowing.sources.of_conversation": "list_sources",
    "assistant.chat.conversations.check_settings": "begin_conversation",
    "assistant.chat.documents.library.plain_name": "send_file",
    "assistant.chat.documents.library.some": "get_document",
    "assistant.chat.export.heading": "export_conversation",
    "assistant.chat.export.name": "export_conversation",
    "assistant.chat.memory.facts.put_back": "keep_fact",
    "assistant.chat.messages.asked": "ask",
    "assistant.chat.messages.get_own": "get_message",
    "assistant.chat.models_status.ModelsStatus.names": "list_models",
    "assistant.chat.prompts.library.put_back": "keep_prompt",
    "assistant.chat.prompts.variables.filled": "list_prompts",
    "assistant.chat.routines.questions.tried": "schedule_question",
    "assistant.chat.streaming.replies.Replies.begun": "ask",
    "assistant.notes.bulk.archive": "change_notes",
    "assistant.notes.bulk.tag": "change_notes",
    "assistant.notes.bulk.take_back": "change_notes",
    "assistant.notes.bulk.throw_away": "change_notes",
    "assistant.notes.bulk.untag": "change_notes",
    "assistant.notes.notebook.follow_first_line": "change_note",
    "assistant.notes.proposals.asking.Proposal.added": "propose",
    "assistant.notes.proposals.asking.Proposal.pieces": "propose",
    "assistant.notes.proposals.taking.keep_before": "take_proposal",
    "assistant.notes.queries.ids": "list_notes",
    "assistant.notes.queries.position": "list_notes",
    "assistant.notes.queries.templates": "list_notes",
    "assistant.notes.queries.window": "list_notes",
    "assistant.notes.tags.tree": "list_note_tags",
    "assistant.notes.trash.restore_all": "change_notes",
    "assistant.notes.versions.revisions.tag_names": "get_note",
    "assistant.reminders.links.found": "get_reminder",
    "assistant.reminders.moves.move_all": "change_reminders",
    "assistant.reminders.moves.move_back": "move_reminder",
    "assistant.reminders.moves.put_back": "move_reminder",
    "assistant.reminders.queries.count": "list_reminders",
    "assistant.reminders.queries.cursor": "list_reminders",
    "assistant.reminders.queries.cursor_at": "list_reminders",
    "assistant.reminders.queries.overdue_count": "list_reminders",
    "assistant.reminders.reminders.complete_all": "change_reminders",
    "assistant.reminders.reminders.prioritise_all": "change_reminders",
    "assistant.reminders.reminders.tried": "parse_sentence",
    "assistant.reminders.reminders.uncomplete_all": "change_reminders",
    "assistant.reminders.trash.delete_all": "change_reminders",
    "assistant.reminders.trash.restore_all": "change_reminders",
    "assistant.users.access.api_keys.put_back": "make_key",
    "assistant.users.accounts.admit": "register",
    "assistant.users.accounts.check_free": "register",
    "assistant.users.accounts.empty": "register",
    "assistant.users.household.choices.parse_room": "change_user",
    "assistant.users.identity.Identity.is_fresh": "prove_who_you_are",
    "assistant.users.invitations.put_back": "invite",
    "assistant.users.limits.admit": "get_token",
    "assistant.users.limits.forgive": "get_token",
    "assistant.users.passwords.Passwords.verify": "get_token",
    "assistant.users.accounts.find": "get_token",
    "assistant.users.accounts.key_of": "get_token",
    "assistant.users.two_step.codes.accept": "get_token",
    "assistant.users.preferences.find_zone": "change_preferences",
    "assistant.users.preferences.parse": "get_preferences",
    "assistant.users.profile.picture.put_back": "choose_own_picture",
    "assistant.users.sessions.Sessions.begin": "get_token",
    "assistant.users.two_step.codes.those_on": "list_users",
    "assistant.users.two_step.drawing.picture": "begin_two_step",
}
# What only a browser needs.
BROWSERS = {
    "assistant.chat.acting.calling.trial.tried": "six questions to a model, which programs can ask themselves",
    "assistant.chat.acting.calling.trial.verdict": "the same",
    "assistant.chat.acting.records.trusted_addresses": "where links of a page may lead; programs get Markdown",
    "assistant.notes.markdown_source.task_lines": "ticks of the preview, which change the text",
    "assistant.notes.reading.rendering.as_html": "the preview and the printed page; programs read Markdown",
    "assistant.notes.reading.sections.begins": "where the editor scrolls to",
    "assistant.notes.renaming.left": "how many links are still to follow a new title, told while one waits",
    "assistant.reminders.ical.feed.find": "the address that calendars read has no key but itself",
    "assistant.reminders.ical.feed.note_read": "the same",
    "assistant.reminders.ical.feed.worth_noting": "the same",
    "assistant.reminders.ical.writer.feed": "the same",
    "assistant.reminders.ical.writer.fingerprint": "the same",
    "assistant.reminders.notifications.channels.renew": "a browser that comes again with its subscription",
    "assistant.chat.streaming.replies.Replies.ahead": "a head start; a program's answer begins once it is stored",
    "assistant.sharing.shares.get": "what a phone shares with the installed app; programs make a note or ask",
    "assistant.sharing.shares.keep": "the same",
    "assistant.sharing.shares.picture": "the same",
    "assistant.sharing.shares.pictures": "the same",
    "assistant.sharing.shares.take": "the same",
    "assistant.users.accounts.rehash": "hashes of old parameters, renewed at a login by the form",
    "assistant.users.passwords.Passwords.outdated": "the same",
    "assistant.users.preferences.Preferences.formats": "dates as a page shows them",
    "assistant.users.sessions.Sessions.expired": "whether a browser forgets what was typed",
    "assistant.users.sessions.Sessions.follow": "a page that closes when its login ends",
    "assistant.users.sessions.cookie_name": "the cookie",
    "assistant.users.two_step.half_logins.begin": "a login in two forms; programs send both at once",
    "assistant.users.two_step.half_logins.end": "the same",
    "assistant.users.two_step.half_logins.who": "the same",
}


def missing() -> dict[str, set[str]]:
    """What pages name and the API does not, beside what only puts into words."""
    known = by_api()
    return {
        act: where
        for act, where in by_pages().items()
        if act not in known and not any(act.startswith(f"{module}.") for module in WORDS)
    }


def test_whatever_a_page_does_a_program_can_do() -> None:
    told = OTHERWISE.keys() | BROWSERS.keys()
    left = {act: where for act, where in missing().items() if act not in told}
    assert left == {}, "Give it a route in the room's api/v1, or say here by which it is done, or why not."
    # What is named here is what is missing there, and no more.
    assert sorted(told - missing().keys()) == []
    assert not OTHERWISE.keys() & BROWSERS.keys()


def test_what_does_it_otherwise_is_there(house: House) -> None:
    described = document(build_api(house.parts))
    operations = {one["operationId"] for item in described["paths"].values() for one in item.values()}
    assert set(OTHERWISE.values()) <= operations


def test_what_pages_do_is_found_in_their_source() -> None:
    pages = by_pages()
    for act in (
        "assistant.notes.notebook.save", "assistant.archive.imports.Imports.start", "assistant.chat.messages.ask",
        "assistant.users.access.registering.register", "assistant.reminders.rings.snooze",
    ):  # fmt: skip
        assert act in pages or act in by_api(), act
    assert "assistant.archive.removal.Removals.leave" in pages
    assert "assistant.archive.removal.Removals.leave" in by_api()
    assert len(pages) > 200
