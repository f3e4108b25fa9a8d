"""Feasts of other calendars, and the public holidays of countries.

``holidays`` knows both; it is loaded when somebody asks, since that takes some 60 ms and 20 MB.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib import import_module, resources
from typing import Any

# Names of the table: the calendar in ``holidays``, and the feast there.
FEASTS = {
    "ramadan": ("_IslamicLunar", "ramadan_beginning"),
    "eidfitr": ("_IslamicLunar", "eid_al_fitr"),
    "eidadha": ("_IslamicLunar", "eid_al_adha"),
    "hijri": ("_IslamicLunar", "hijri_new_year"),
    "ashura": ("_IslamicLunar", "ashura"),
    "mawlid": ("_IslamicLunar", "mawlid"),
    "qadr": ("_IslamicLunar", "laylat_al_qadr"),
    "miraj": ("_IslamicLunar", "isra_and_miraj"),
    "wida": ("_IslamicLunar", "jumuatul_wida"),
    "alibirthday": ("_IslamicLunar", "ali_birthday"),
    "lunaryear": ("_ChineseLunisolar", "lunar_new_year"),
    "midautumn": ("_ChineseLunisolar", "mid_autumn"),
    "dragonboat": ("_ChineseLunisolar", "dragon_boat"),
    "qingming": ("_ChineseLunisolar", "qingming"),
    "doubleninth": ("_ChineseLunisolar", "double_ninth"),
    "vesak": ("_BuddhistLunisolar", "vesak_may"),
    "diwali": ("_HinduLunisolar", "diwali_india"),
    "holi": ("_HinduLunisolar", "holi"),
    "dussehra": ("_HinduLunisolar", "dussehra"),
    "rakhi": ("_HinduLunisolar", "raksha_bandhan"),
    "janmashtami": ("_HinduLunisolar", "janmashtami"),
    "ganesh": ("_HinduLunisolar", "ganesh_chaturthi"),
    "purnima": ("_HinduLunisolar", "buddha_purnima"),
    "chhath": ("_HinduLunisolar", "chhath_puja"),
    "karwa": ("_HinduLunisolar", "karwa_chauth"),
    "navaratri": ("_HinduLunisolar", "sharad_navratri"),
    "ashtami": ("_HinduLunisolar", "maha_ashtami"),
    "navami": ("_HinduLunisolar", "maha_navami"),
    "shivaratri": ("_HinduLunisolar", "maha_shivaratri"),
    "ramnavami": ("_HinduLunisolar", "ram_navami"),
    "mahavir": ("_HinduLunisolar", "mahavir_jayanti"),
    "hanuman": ("_HinduLunisolar", "hanuman_jayanti"),
    "gurupurnima": ("_HinduLunisolar", "guru_purnima"),
    "gurunanak": ("_HinduLunisolar", "guru_nanak_jayanti"),
    "gurugobind": ("_HinduLunisolar", "guru_gobind_singh_jayanti"),
    "ravidas": ("_HinduLunisolar", "guru_ravidas_jayanti"),
    "valmiki": ("_HinduLunisolar", "maharshi_valmiki_jayanti"),
    "panchami": ("_HinduLunisolar", "basant_panchami"),
    "ugadi": ("_HinduLunisolar", "gudi_padwa"),
    "rathyatra": ("_HinduLunisolar", "rath_yatra"),
    "onam": ("_HinduLunisolar", "onam"),
    "pongal": ("_HinduLunisolar", "pongal"),
    "sankranti": ("_HinduLunisolar", "makar_sankranti"),
    "vaisakhi": ("_HinduLunisolar", "vaisakhi"),
    "roshhashanah": ("_HebrewLunisolar", "rosh_hashanah"),
    "yomkippur": ("_HebrewLunisolar", "yom_kippur"),
    "sukkot": ("_HebrewLunisolar", "sukkot"),
    "hanukkah": ("_HebrewLunisolar", "hanukkah"),
    "purim": ("_HebrewLunisolar", "purim"),
    "passover": ("_HebrewLunisolar", "passover"),
    "shavuot": ("_HebrewLunisolar", "shavuot"),
    "israelindependence": ("_HebrewLunisolar", "israel_independence"),
    "lagbaomer": ("_HebrewLunisolar", "lag_baomer"),
    "tishabav": ("_HebrewLunisolar", "tisha_bav"),
    "nowruz": ("_Persian", "new_year"),
}
MOONS = {"_IslamicLunar", "_HinduLunisolar", "_BuddhistLunisolar"}
BY_THE_MOON = frozenset(name for name, (calendar, _) in FEASTS.items() if calendar in MOONS)
AT_SUNDOWN = frozenset(name for name, (calendar, _) in FEASTS.items() if calendar == "_HebrewLunisolar")
WITH_ARTICLE = frozenset({"NL", "PH", "BS", "GM", "MV", "SC", "DO", "CF", "KY"})


@lru_cache(512)
def feast_days(name: str, year: int) -> tuple[date, ...]:
    """The days of a year on which the feast of that name falls: one, seldom two or none; none where nobody knows."""
    module, feast = FEASTS[name]
    calendar: Any = getattr(import_module("holidays.calendars"), module)()
    finder = getattr(calendar, f"{feast}_date", None) or getattr(calendar, f"{feast}_dates")
    return tuple(sorted({day for day in _dates(finder(year)) if day.year == year}))


def _dates(found: Any) -> Iterator[date]:
    """The days of an answer: a day, several, or pairs of a day and whether it is a guess."""
    if isinstance(found, date):
        yield found
    elif found is not None and not isinstance(found, bool):
        for each in found:
            yield from _dates(each)


@lru_cache(512)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The days of a year that are public holidays in the whole of this country."""
    known: Any = import_module("holidays")
    return frozenset(known.country_holidays(country, years=year))


@lru_cache(1)
def countries() -> frozenset[str]:
    """The countries whose public holidays are known, by their two letters."""
    known: Any = import_module("holidays.utils")
    return frozenset(known.list_supported_countries())


@lru_cache(64)
def country_name(country: str) -> str:
    """The name of a country by its two letters, as a sentence has it: Germany, the United States."""
    table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8")
    names = dict(line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    name = names.get(country, country)
    return f"the {name}" if name.startswith("United") or country in WITH_ARTICLE else name
