"""What the model is told of what was offered and done: it sees outcomes, never the product's own marks in answers."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.chat.acting import records
from assistant.chat.models import ACTED, PROPOSED, REFUSED, UNABLE, UNDONE, VOID, Act, Message

HOW = {
    ACTED: "Done", REFUSED: "Not done, the person said no", UNDONE: "Done, and then undone by the person",
    UNABLE: "Not done, it failed", PROPOSED: "Not done, the person said neither yes nor no",
    VOID: "Not done, the person said neither yes nor no",
}  # fmt: skip


def told(path: Iterable[Message], acts: Mapping[int, Sequence[Act]]) -> dict[int, str]:
    """What became of the acts below the answers of the path, by the ids of the questions that came after them."""
    found: dict[int, str] = {}
    waiting: list[str] = []
    for message in path:
        if message.role == "user" and waiting:
            found[message.id] = f"(From the app: {' '.join(waiting)})"
            waiting = []
        waiting += [_outcome(act) for act in acts.get(message.id, ()) if act.deed]
    return found


def offered(acts: Iterable[Act]) -> str:
    """What the model is told of the acts that the person's own words led to, before it says anything."""
    said = [_offered(act) for act in acts if act.round == 0]
    return " ".join(part for part in said if part)


def _outcome(act: Act) -> str:
    return f"{HOW[act.state]}: {in_words(act)}."


def _offered(act: Act) -> str:
    if act.deed and act.state == PROPOSED:
        return (
            f"(From the app: a card already offers this to the person: {in_words(act)}. It is done only when they "
            "press “Do it” on the card. Do not say that it is done; point to the card in one sentence.)"
        )
    return f"(From the app: {act.result})" if act.result and not act.deed else ""


def in_words(act: Act) -> str:
    """The act on one line: what it is, and what exactly."""
    card = records.shown(act)
    exactly = "; ".join(line for line in card.lines if line)
    return " ".join(f"{card.title}: {exactly}".split())[:300].rstrip(".:")
