"""Time zones by the names people give them."""

from functools import lru_cache
from zoneinfo import available_timezones

PLACES = {
    "berlin": "munich münchen hamburg frankfurt köln cologne deutschland germany german deutsche deutscher",
    "vienna": "wien österreich austria",
    "zurich": "zürich bern genf geneva basel schweiz swiss",
    "rome": "rom mailand milan",
    "london": "uk england british",
    "paris": "french",
    "moscow": "moskau",
    "warsaw": "warschau",
    "prague": "prag",
    "athens": "athen",
    "lisbon": "lissabon",
    "brussels": "brüssel",
    "copenhagen": "kopenhagen",
    "tokyo": "tokio japan",
    "shanghai": "peking beijing china",
    "kolkata": "delhi mumbai india indian",
    "new_york": "eastern boston washington miami",
    "chicago": "central",
    "denver": "mountain",
    "los_angeles": "pacific san_francisco seattle california",
}
SHORT = {
    "utc": "UTC",
    "gmt": "UTC",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "bst": "Europe/London",
    "jst": "Asia/Tokyo",
    "aest": "Australia/Sydney",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
}


# Short names that are other words in German.
IN_ENGLISH = {
    "ist": "Asia/Kolkata", "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "kst": "Asia/Seoul",
    "msk": "Europe/Moscow", "eet": "Europe/Athens", "eest": "Europe/Athens", "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland", "aedt": "Australia/Sydney", "awst": "Australia/Perth", "acst": "Australia/Adelaide",
    "acdt": "Australia/Adelaide", "hst": "Pacific/Honolulu", "akst": "America/Anchorage", "akdt": "America/Anchorage",
    "sast": "Africa/Johannesburg", "pkt": "Asia/Karachi",
}  # fmt: skip


@lru_cache(1)
def names() -> tuple[str, ...]:
    """All zones that are known, in order."""
    return tuple(sorted(available_timezones()))


@lru_cache(1)
def by_words() -> dict[str, int]:
    """Places of zones in ``names`` by path, city, neighbour and abbreviation, all folded."""
    places = {name: place for place, name in enumerate(names())}
    cities = {name.rpartition("/")[2].casefold(): place for name, place in places.items() if "/" in name}
    aliases = {other: cities[city] for city, others in PLACES.items() if city in cities for other in others.split()}
    paths = {name.casefold(): place for name, place in places.items() if "/" in name}
    return cities | aliases | paths | {short: places[name] for short, name in SHORT.items()}


def is_known(zone: str) -> bool:
    """Whether a zone of exactly this name is known."""
    return zone in names()


def place_of(words: str, *, english: bool = False) -> int | None:
    """The place in ``names`` of the zone that these words name, also as in "Berliner Zeit"."""
    folded = words.casefold().replace(" ", "_")
    if english and folded in IN_ENGLISH:
        return names().index(IN_ENGLISH[folded])
    known = by_words()
    return next((known[each] for each in (folded, folded.removesuffix("er")) if each in known), None)
