"""A brief of the day: once a day at its time, whole, true, and with a notice that leads to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.chat import conversations, messages
from assistant.chat.acting import records
from assistant.chat.models import Conversation, Message
from assistant.chat.routines import brief_text, briefs
from assistant.chat.routines.around import Day, Entry, OpenTasks
from assistant.errors import Conflict
from assistant.notes import notebook
from assistant.reminders import reminders
from assistant.reminders.models import Delivery, Reminder
from assistant.reminders.notifications import channels, outbox
from assistant.users import preferences
from assistant.users.models import User
from tests.ollama_server import OllamaServer
from tests.programs import House

ZONE = "Europe/Berlin"
SEVEN = datetime(2026, 3, 2, 6, tzinfo=UTC)  # on the wall in Berlin, on a Monday


class Mornings:
    """Anna's house in the night before a Monday; its clock is in the test's hand."""

    def __init__(self, folder: Path, host: str) -> None:
        self.house = House(folder, ollama_host=host)
        self.house.now = SEVEN - timedelta(hours=14)
        self.anna = self.house.person("anna")
        self.choose(zone=ZONE)
        self.house.run(
            channels.add, self.anna, kind="ntfy", address="https://ntfy.sh/anna", secret="", now=self.house.now
        )

    def choose(self, **choices: Any) -> None:
        self.house.run(preferences.save, self.anna, **choices)
        self.look()

    def look(self) -> None:
        self.house.wait(self.house.parts.routines.look())
        self.house.wait(self.house.parts.routines.written())

    def at(self, when: datetime) -> list[Message]:
        """The briefs that are there once it is that time."""
        self.house.now = when
        self.look()
        return self.briefs()

    def briefs(self) -> list[Message]:
        def read() -> list[Message]:
            return list(Message.select().where(Message.role == "assistant").order_by(Message.id))

        return list(self.house.run(read))

    def remind(self, text: str, hour: int, day: int = 2, **more: Any) -> int:
        local = datetime(2026, 3, day, hour, tzinfo=UTC).replace(tzinfo=None)
        said = {"text": text, "local": local, "zone": ZONE, "now": self.house.now, **more}
        return int(self.house.run(reminders.add, self.anna, **said).id)

    def notices(self) -> list[Delivery]:
        return list(self.house.run(lambda: list(Delivery.select().order_by(Delivery.id))))


@pytest.fixture
def mornings(tmp_path: Path, ollama: OllamaServer) -> Iterator[Mornings]:
    made = Mornings(tmp_path, ollama.host)
    yield made
    made.house.close()


def test_it_is_off_until_it_is_wanted(mornings: Mornings) -> None:
    assert mornings.at(SEVEN + timedelta(hours=2)) == []


def test_it_tells_the_day_with_links_and_leads_there(mornings: Mornings) -> None:
    rent, call = mornings.remind("Pay [rent]", 18, day=1), mornings.remind("Call the *landlord*", 9)
    mornings.remind("Tomorrow’s", 9, day=3)
    note = mornings.house.run(
        notebook.create,
        mornings.anna,
        mornings.house.now,
        text="# Shopping\n\n- [x] Tea\n- [ ] **Milk**\n* [ ] Bread\n",
    ).id
    mornings.house.run(notebook.create, mornings.anna, mornings.house.now, text="# Done\n\n- [x] all\n\n`- [ ] code`")
    mornings.choose(brief=True)
    (brief,) = mornings.at(SEVEN)
    assert brief.text == (
        f"### Today\n\n- 09:00 [Call the \\*landlord\\*](/reminders?open={call})\n\n"
        f"### Overdue\n\n- Sun 1 Mar, 18:00 [Pay \\[rent\\]](/reminders?open={rent})\n\n"
        f"### Open tasks\n\n- [Shopping](/notes/{note}): Milk · Bread"
    )
    (notice,) = mornings.notices()
    assert (notice.title, notice.body) == ("Daily brief", "1 today · 1 overdue · 1 with open tasks")
    assert notice.address == f"/chat/{brief.conversation_id}"
    home = mornings.house.run(conversations.get, mornings.anna, brief.conversation_id)
    assert (home.title, home.leaf) == ("Daily brief, March 2026", brief.id)
    mornings.choose(brief_tasks=False)
    assert "Open tasks" not in mornings.at(SEVEN + timedelta(days=1))[-1].text


def test_each_day_has_one_and_all_of_a_month_stand_together(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    assert mornings.at(SEVEN)[-1].text == brief_text.NOTHING
    assert len(mornings.at(SEVEN + timedelta(hours=5))) == 1
    assert len(mornings.at(SEVEN + timedelta(days=1))) == 2
    assert len({one.conversation_id for one in mornings.at(SEVEN + timedelta(days=2))}) == 1
    april = mornings.at(datetime(2026, 4, 1, 5, tzinfo=UTC))
    assert april[-1].conversation_id != april[0].conversation_id
    mornings.house.run(conversations.delete, mornings.anna, april[-1].conversation_id, mornings.house.now)
    again = mornings.at(datetime(2026, 4, 2, 5, tzinfo=UTC))
    assert again[-1].conversation_id != april[-1].conversation_id


def test_what_was_missed_comes_once_if_it_is_still_that_day(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    assert len(mornings.at(SEVEN + timedelta(hours=15))) == 1  # ten in the evening
    assert len(mornings.at(SEVEN + timedelta(days=3, hours=-1))) == 1  # the machine was off for two mornings
    assert len(mornings.at(SEVEN + timedelta(days=3))) == 2


def test_switched_on_after_its_time_it_comes_the_next_day(mornings: Mornings) -> None:
    mornings.house.now = SEVEN + timedelta(hours=1)
    mornings.choose(brief=True)
    assert mornings.at(SEVEN + timedelta(hours=2)) == []
    # A time that is chosen anew comes, whatever came before.
    mornings.choose(brief_at=time(10))
    assert len(mornings.at(SEVEN + timedelta(hours=3))) == 1
    mornings.choose(brief_at=time(11))
    assert len(mornings.at(SEVEN + timedelta(hours=4))) == 2
    mornings.choose(brief=False)
    assert len(mornings.at(SEVEN + timedelta(days=1, hours=5))) == 2


def test_only_on_the_days_that_were_chosen(mornings: Mornings) -> None:
    mornings.choose(brief=True, brief_days="work")
    assert [len(mornings.at(SEVEN + timedelta(days=day))) for day in (4, 5, 6, 7)] == [1, 1, 1, 2]


def test_travelling_west_brings_no_second_one(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    assert len(mornings.at(SEVEN)) == 1
    mornings.choose(zone="America/New_York")
    assert len(mornings.at(datetime(2026, 3, 2, 12, tzinfo=UTC))) == 1
    assert len(mornings.at(datetime(2026, 3, 3, 12, tzinfo=UTC))) == 2


@pytest.mark.parametrize(
    ("day", "at", "before", "then"),
    [
        # The clocks go from two to three: half past two is three o'clock.
        ("spring", time(2, 30), datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        # The clocks go from three to two: of two times half past two it is the first, and that alone.
        ("autumn", time(2, 30), datetime(2026, 10, 25, 0, 29, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_when_the_clocks_change(mornings: Mornings, day: str, at: time, before: datetime, then: datetime) -> None:
    mornings.house.now = before - timedelta(hours=12)
    mornings.choose(brief=True, brief_at=at)
    assert mornings.at(before) == [], day
    assert len(mornings.at(then)) == 1, day
    assert len(mornings.at(then + timedelta(hours=1, minutes=1))) == 1, day


def test_a_clock_that_was_years_ahead_holds_up_nothing(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    mornings.at(SEVEN + timedelta(days=2000))
    mornings.at(SEVEN)
    before = len(mornings.briefs())
    assert len(mornings.at(SEVEN + timedelta(days=1))) == before + 1


def test_two_instances_make_one(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    mornings.house.now = SEVEN
    around = mornings.house.parts.routines.around
    made = [mornings.house.run(briefs.claim, mornings.anna, around, SEVEN) for _ in range(2)]
    assert [one is not None for one in made] == [True, False]


def test_what_fails_in_the_middle_leaves_nothing_and_comes_later(mornings: Mornings) -> None:
    """As a kill does: all of it is one unit of work."""
    mornings.choose(brief=True)
    around = mornings.house.parts.routines.around

    def torn(*_said: Any) -> None:
        raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        mornings.house.run(briefs.claim, mornings.anna, replace(around, notify=torn), SEVEN)
    assert mornings.briefs() == []
    assert len(mornings.at(SEVEN)) == 1
    assert len(mornings.notices()) == 1


def test_quiet_hours_hold_the_notice_back_and_not_the_brief(mornings: Mornings) -> None:
    mornings.choose(brief=True, quiet=True, quiet_from=time(22), quiet_to=time(8))
    assert len(mornings.at(SEVEN)) == 1
    assert [one.next_try for one in mornings.notices()] == [SEVEN + timedelta(hours=1)]


def test_a_locked_account_gets_none(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    mornings.house.person("owner")
    mornings.house.run(lambda: User.update(disabled=SEVEN).execute())
    assert mornings.at(SEVEN) == []


def test_a_model_adds_words_and_nothing_else(mornings: Mornings, ollama: OllamaServer) -> None:
    mornings.remind("Call the landlord", 9)
    mornings.choose(brief=True, brief_words="model")
    ollama.script = [[{"content": "Call the landlord at 09:00, see https://evil.example *soon*."}]]
    (brief,) = mornings.at(SEVEN)
    assert brief.text.startswith(
        "Call the landlord at 09:00, see \\*soon\\*.\n\n### Today\n\n- 09:00 [Call the landlord]"
    )
    # One that says a time that is nowhere adds nothing.
    ollama.script = [[{"content": "You have a meeting at 14:35."}]]
    assert mornings.at(SEVEN + timedelta(days=1))[-1].text.startswith("### Overdue")
    asked = ollama.chats()[-1]
    assert "tools" not in asked
    ollama.stop()
    assert mornings.at(SEVEN + timedelta(days=2))[-1].text.startswith("### Overdue")
    ollama.start()


def test_what_others_wrote_is_told_and_trusted_with_nothing(mornings: Mornings) -> None:
    row = mornings.remind("Meet at https://evil.example", 9)
    mornings.house.run(lambda: Reminder.update(imported=True).where(Reminder.id == row).execute())
    mornings.choose(brief=True)
    (brief,) = mornings.at(SEVEN)
    assert mornings.house.run(records.sources_in, brief.conversation_id) == (
        "the calendar’s entry “Meet at https://evil.example”",
    )


def test_it_is_not_written_again(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    (brief,) = mornings.at(SEVEN)
    with pytest.raises(Conflict):
        mornings.house.run(messages.regenerate, mornings.anna, brief.id, model="plain:1b", now=SEVEN)


def test_a_brief_waits_for_an_answer_that_is_being_written_there(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    (brief,) = mornings.at(SEVEN)
    pair = mornings.house.run(
        messages.ask, mornings.anna, brief.conversation_id, "What first?", key="k", now=SEVEN, model="plain:1b"
    )
    assert len(mornings.at(SEVEN + timedelta(days=1))) == 2
    mornings.house.run(messages.finish, pair.answer.id, SEVEN, state="done", text="The landlord.")
    assert len(mornings.at(SEVEN + timedelta(days=1, minutes=1))) == 3


def test_a_notice_is_sent_in_its_own_words(mornings: Mornings) -> None:
    mornings.choose(brief=True)
    (brief,) = mornings.at(SEVEN)
    (job,) = mornings.house.run(outbox.claim, SEVEN, 10)
    request = mornings.house.parts.rings.dispatcher._messages.about(job, SEVEN)
    assert b'"title": "Daily brief"' in request.body
    assert job.ring_text.address == f"/chat/{brief.conversation_id}"


def test_long_days_are_told_in_short() -> None:
    entry, note = Entry("a", "09:00", "/reminders?open=1"), OpenTasks("n", "/notes/1", ("x",), 4)
    text = brief_text.facts(Day("Monday", (entry,), (), (note,), more_today=3, more_notes=2))
    assert "- [and 3 more](/reminders)" in text
    assert "- [n](/notes/1): x · and 4 more\n- [and 2 more](/notes)" in text


def test_the_conversation_of_another_is_not_touched(mornings: Mornings) -> None:
    eve = mornings.house.person("eve")
    mornings.house.run(preferences.save, eve, brief=True, zone=ZONE)
    mornings.choose(brief=True)
    mornings.at(SEVEN)
    owners = mornings.house.run(lambda: sorted(row.user for row in Conversation.select()))
    assert owners == sorted([mornings.anna, eve])
