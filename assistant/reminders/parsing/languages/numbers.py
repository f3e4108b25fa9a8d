"""Numbers and places in a row, as they are written out."""

from assistant.reminders.parsing.model import Values

Named = dict[str, Values]

ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"}
NTHS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
TEENS = ["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
         "eighteenth", "nineteenth", "twentieth"]  # fmt: skip
TEN_AND_MORE = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
                "nineteen"]  # fmt: skip
LATE_TENS = {60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
LARGEST_DAY, CENTURY, TEN = 31, 2000, 10
EINS = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
ZIGS = {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig"}
STEMS = ["ers", "zwei", "drit", "vier", "fünf", "sechs", "sieb", "ach", "neun", "zehn", "elf", "zwölf", "dreizehn",
         "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"]  # fmt: skip
ENDINGS = ("te", "ten", "ter", "tes", "tem")


def english_numbers() -> Named:
    """Twenty-one to fifty-nine, with a hyphen or without."""
    return {
        f"{ten}{sign}{one}": (number + unit,)
        for number, ten in TENS.items()
        for unit, one in enumerate(ONES, 1)
        for sign in (" ", "-")
    }


def english_places() -> Named:
    """First to thirty-first."""
    found: Named = {name: (number,) for number, name in enumerate((*NTHS, *TEENS), 1)}
    found |= {"thirtieth": (30,)}
    return found | {
        f"{ten}{sign}{nth}": (number + unit,)
        for number, ten in TENS.items()
        for unit, nth in enumerate(NTHS, 1)
        for sign in (" ", "-")
        if number + unit <= LARGEST_DAY
    }


def english_places_from_the_end() -> Named:
    """Second last, 3rd to last and their like."""
    figures = ["1st", "2nd", "3rd", *(f"{number}th" for number in range(4, 11))]
    return {
        f"{name} {last}": (-number,)
        for names in (NTHS, figures)
        for number, name in enumerate(names, 1)
        for last in ("last", "to last", "to the last")
        if number > 1
    }


def english_years() -> Named:
    """The years that are spoken of, as they are spoken: two thousand and thirty-two, twenty thirty-two."""
    numbers = {name: number for name, (number,) in english_numbers().items()}
    numbers |= {name: number for number, name in TENS.items()}
    numbers |= {name: number for number, name in enumerate([*ONES, *TEN_AND_MORE], 1)}
    numbers |= {name: number for number, name in LATE_TENS.items()}
    numbers |= {f"{ten}{sign}{one}": number + unit for number, ten in LATE_TENS.items()
                for unit, one in enumerate(ONES, 1) for sign in " -"}  # fmt: skip
    found: Named = {f"twenty {name}": (CENTURY + number,) for name, number in numbers.items() if number >= TEN}
    found |= {f"nineteen {name}": (CENTURY - 100 + number,) for name, number in numbers.items() if number >= TEN}
    for name, number in numbers.items():
        found |= dict.fromkeys((f"two thousand {name}", f"two thousand and {name}"), (CENTURY + number,))
    return found | {"two thousand": (CENTURY,)}


def english_clock() -> Named:
    """Five-thirty, ten-fifteen: an hour and its minutes in one word."""
    hours = [*ONES, "ten", "eleven", "twelve"]
    minutes = {15: "fifteen", 20: "twenty", 30: "thirty", 45: "forty-five"} | {10: "ten", 40: "forty", 50: "fifty"}
    return {
        f"{hour}-{name}": (number, minute) for number, hour in enumerate(hours, 1) for minute, name in minutes.items()
    }


def german_numbers() -> Named:
    """Einundzwanzig to neunundfünfzig."""
    return {
        spelled: (number + unit,)
        for number, zig in ZIGS.items()
        for unit, eins in enumerate(EINS, 1)
        for spelled in _spellings(f"{eins}und{zig}")
    }


def german_places() -> Named:
    """Erster to einunddreißigster, in every case and gender."""
    stems = dict(enumerate(STEMS, 1)) | {20: "zwanzigs", 30: "dreißigs"}
    stems |= {20 + unit: f"{eins}undzwanzigs" for unit, eins in enumerate(EINS, 1)} | {31: "einunddreißigs"}
    return {
        spelled: (number,)
        for number, stem in stems.items()
        for ending in ENDINGS
        for spelled in _spellings(stem + ending)
    }


def _spellings(word: str) -> set[str]:
    """The word, also where one has no umlauts or writes ss."""
    plain = word.replace("ü", "ue").replace("ö", "oe").replace("ß", "ss")
    return {word, plain, word.replace("ß", "ss")}
