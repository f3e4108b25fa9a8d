"""Which rows of a long list are in the page: those around what is seen, a few hundred at most."""

from dataclasses import dataclass

CHUNK = 50  # rows that are read at a time
REACH = 40  # rows that should be there on both sides of the middle of what is seen
KEPT = 300  # rows that stay in the page
ROW_OF_CARDS = 150  # rows fall out in portions that fill whole lines of cards, however many stand in one


@dataclass(frozen=True, slots=True)
class Span:
    """The rows from number ``start`` up to ``end``, which is not among them."""

    start: int = 0
    end: int = CHUNK

    @classmethod
    def around(cls, at: int, *, cards: bool) -> "Span":
        """The first rows that are shown of a list that one looks at in the middle."""
        grain = _grain(cards=cards)
        start = max(0, at - CHUNK // 2) // grain * grain
        return cls(start, max(start + CHUNK, at + CHUNK // 2))

    def moved(self, first: int, last: int, total: int, *, cards: bool) -> "Span":
        """The rows to show once those from ``first`` to ``last`` should be there."""
        at = (first + last) // 2
        low, high = max(0, min(first, at - REACH)), min(total, max(last, at + REACH))
        if low >= self.end or high <= self.start:
            return Span.around(at, cards=cards).within(total)
        grain, start, end = _grain(cards=cards), self.start, self.end
        while end < high:
            end += CHUNK
        while start > low:
            start -= grain
        while end - start > KEPT and low - start >= grain:
            start += grain
        while end - start > KEPT and end - CHUNK >= high:
            end -= CHUNK
        return Span(start, end).within(total)

    def within(self, total: int) -> "Span":
        """The same without what lies outside the list."""
        return Span(max(0, min(self.start, total)), min(self.end, total))


def _grain(*, cards: bool) -> int:
    return ROW_OF_CARDS if cards else CHUNK
