"""About how many tokens texts take, rather too many than too few."""

from collections.abc import Mapping, Sequence

from assistant.chat.models import Message
from assistant.ollama.answers import Turn

BYTES_PER_TOKEN = 3.0  # on the safe side for English (about 4); close for German and code
LARGEST_TOKEN = 9.0  # bytes that a token has on average at most, also in code and long words
CERTAIN = 6000  # bytes of a prompt from which on that is sure
TOKENS_PER_TURN = 8  # the template's marks around each message
WORST_SCALE = 2.0  # of tokens that are counted to those that are estimated
LEAST_SCALE = 0.5


def estimate(text: str) -> int:
    """About how many tokens the text is, rather too many than too few."""
    return int(len(text.encode("utf-8", "surrogatepass")) / BYTES_PER_TOKEN) + TOKENS_PER_TURN


def is_clipped(turns: Sequence[Turn], counted: int) -> bool:
    """Whether Ollama has read less than it was sent: no text has so few tokens for its size."""
    sent = sum(len(turn.text.encode("utf-8", "surrogatepass")) for turn in turns)
    return 0 < counted < sent / LARGEST_TOKEN and sent > CERTAIN


def used(messages: Sequence[Message], told: int, read: Mapping[int, int]) -> int:
    """How many tokens of context the conversation takes: Ollama's count where it is known.

    So many are ``told`` before it, and ``read`` with its messages, by their ids; a count of Ollama's has them all.
    """
    last = next((m for m in reversed(messages) if m.role == "assistant" and m.prompt_tokens), None)
    if last is None:
        return told + sum(estimate(m.text) + read.get(m.id, 0) for m in messages)
    after = messages[messages.index(last) + 1 :]
    known = (last.prompt_tokens or 0) + (last.answer_tokens or 0)
    return known + sum(estimate(m.text) + read.get(m.id, 0) for m in after)
