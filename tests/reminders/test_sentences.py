"""A thousand sentences that people say: each is read as it was meant, and what is open about it is told."""

from collections import Counter

import pytest

from assistant.reminders.recurrence import next_times
from tests.reminders.sentences import BERLIN, lines, read, verdict, written

LANGUAGES = [("english", 600), ("german", 400)]


@pytest.mark.parametrize(("language", "least"), LANGUAGES)
def test_the_table_is_large_and_says_nothing_twice(language: str, least: int) -> None:
    said = Counter(line.said for line in lines(language))
    assert len(said) >= least
    assert [sentence for sentence, times in said.items() if times > 1] == []


CATEGORIES = [(each, category) for each, _ in LANGUAGES for category in {line.category: 1 for line in lines(each)}]


@pytest.mark.parametrize(("language", "category"), CATEGORIES, ids=lambda value: value)
def test_a_sentence_is_read_as_it_is_meant(language: str, category: str) -> None:
    asked = [line for line in lines(language) if line.category == category and not line.short]
    assert [written(line, read(line, language)) for line in asked] == asked


@pytest.mark.parametrize("language", [language for language, _ in LANGUAGES])
def test_what_is_not_read_as_it_is_meant_is_told(language: str) -> None:
    short = [line for line in lines(language) if line.short]
    assert [verdict(line, language) for line in short] == ["told"] * len(short)


@pytest.mark.parametrize("language", [language for language, _ in LANGUAGES])
def test_a_rule_is_one_that_can_be_kept_and_begins_with_its_first_time(language: str) -> None:
    for line in lines(language):
        found = read(line, language)
        if found.local and found.rule:
            assert next_times.check_rule(found.rule, found.local) == found.rule, line
            assert next_times.first_wall(found.local, BERLIN, found.rule) == found.local, line


@pytest.mark.parametrize("language", [language for language, _ in LANGUAGES])
def test_the_other_meaning_is_a_sentence_that_says_another_time(language: str) -> None:
    for line in lines(language):
        for problem in (found := read(line, language)).problems:
            if problem.instead:
                other = read(line.__class__(line.category, problem.instead.sentence, "", "", "", ""), language)
                assert other.local, line
                assert (other.local, other.rule) != (found.local, found.rule), line
                assert other.text == found.text or (found.local is None and other.text in found.text), line
