"""What is said of words that sound like time but stay in the text."""

from assistant.reminders.phrases.choosing import Chosen
from assistant.reminders.phrases.draft import Draft
from assistant.reminders.phrases.model import Piece

WORDS, LETTERS = 4, 60  # that are quoted


def tell_overlooked(draft: Draft, best: Chosen, counted: list[Piece], *, timed: bool, repeats: bool) -> None:
    """Adds what was not understood: an end, how often, in how many of what."""
    for piece in best.unclear:
        if not (timed and {category for category, _ in piece.items} == {"IN", "NUM"}):
            draft.tell("ambiguous", f"“{best.words(piece)[:LETTERS]}” was not understood.")
            break
    taken = {place for piece in [*counted, *best.commands] for place in range(piece.first, piece.after)}
    if timed:
        _tell_end(draft, best, taken, repeats=repeats)
    if timed and not draft.dated:
        _tell_feast(draft, best, taken)
    if timed and not repeats:
        _tell_period(draft, best, taken)


def _tell_end(draft: Draft, best: Chosen, taken: set[int], *, repeats: bool) -> None:
    for place, token in enumerate(best.tokens):
        before = place - 1
        amount = place > 0 and before not in taken and "NUM" in best.tokens[before].means  # "3 till 4 apples"
        if "LASTS" in token.means and place not in taken and not amount and place + 1 < len(best.tokens):
            followed = "was not understood; it has no end" if repeats else "stays in the text; it rings once"
            draft.tell("ambiguous", f"“{_quoted(best, place, taken)}” {followed}.")
            return


def _quoted(best: Chosen, first: int, taken: set[int]) -> str:
    """The words from a place on, up to a sign or to words that were understood."""
    after = first + 1
    while after < min(len(best.tokens), first + WORDS) and after not in taken:
        if best.tokens[after].means.keys() & {"STOP", "COMMA"}:
            break
        after += 1
    return best.sentence[best.tokens[first].start : best.tokens[after - 1].end][:LETTERS]


def _tell_feast(draft: Draft, best: Chosen, taken: set[int]) -> None:
    for place, token in enumerate(best.tokens):
        if "FEAST" in token.means and place not in taken:
            draft.tell("ambiguous", f"“{_quoted(best, place, {place + 1})}” is not taken as the day.")
            return


def _tell_period(draft: Draft, best: Chosen, taken: set[int]) -> None:
    first = next((place for place in range(len(best.tokens)) if place not in taken), None)
    if first is not None and "PERIOD" in best.tokens[first].means:
        draft.tell("ambiguous", f"“{best.tokens[first].text}” stays in the text; it rings once.")
