"""Feasts by the names people give them, each with the day it falls on.

A day is a date (12-25), so many days after Easter (easter+1), a weekday of a month (5:2SU, the second Sunday of
May), a Sunday of Advent (advent1), a day of another calendar by its name in ``calendars`` (diwali), or so many days
after one of these (11:4TH+1). Where countries differ, each says its own; the day without a country is everybody
else's.
"""

import re

from assistant.reminders.recurrence.feasts.world import WORLD
from assistant.reminders.recurrence.words import date_in_words

# Names in English; names in German; the day.
TABLE = """
christmas | christmas day | xmas | x-mas ; weihnachten | weihnachtstag | erster weihnachtstag \
| ersten weihnachtstag | 1. weihnachtstag | erster weihnachtsfeiertag | ersten weihnachtsfeiertag ; 12-25
boxing day | st stephen's day ; zweiter weihnachtstag | zweiten weihnachtstag | 2. weihnachtstag \
| zweiter weihnachtsfeiertag | zweiten weihnachtsfeiertag | stephanstag | stefanitag ; 12-26
christmas eve | xmas eve ; heiligabend | heilig abend | weihnachtsabend | heiliger abend | heiligen abend ; 12-24
new year's eve | new years eve | new year eve | nye ; silvester | sylvester | silvesterabend ; 12-31
new year | new year's | new year's day | new years day | new year day | new years ; neujahr | neujahrstag ; 1-1
halloween | hallowe'en ; halloween ; 10-31
valentine's day | valentines day | valentine's | valentine day ; valentinstag ; 2-14
epiphany | twelfth night | three kings day ; dreikönigstag | dreikönig | heilige drei könige | dreikoenigstag ; 1-6
saint nicholas day | st nicholas day | st nicholas' day ; nikolaus | nikolaustag ; 12-6
all saints' day | all saints day ; allerheiligen ; 11-1
all souls' day | all souls day ; allerseelen ; 11-2
saint patrick's day | st patrick's day | st. patrick's day | st patricks day | saint patricks day | st paddy's day \
| st paddys day | saint paddys day | saint paddy's day ; saint patrick's day | st patrick's day ; 3-17
april fools' day | april fools day | april fool's day | april fools ; april fools' day ; 4-1
earth day ; tag der erde ; 4-22
may day | international workers' day | international workers day | workers' day | workers day ; tag der arbeit \
| am tag der arbeit | maifeiertag ; 5-1
women's day | international women's day | womens day ; frauentag | weltfrauentag ; 3-8
children's day ; kindertag | weltkindertag ; 6-1
independence day | fourth of july ; independence day ; 7-4 IN=8-15 PH=6-12 PK=8-14 JM=8-6 TT=8-31 BZ=9-21
juneteenth ; juneteenth ; 6-19
veterans day | veteran's day | veterans' day | veteran day ; veterans day ; 11-11
remembrance day | armistice day ; martinstag | sankt martin | st. martin ; 11-11
guy fawkes night | guy fawkes day | bonfire night ; bonfire night ; 11-5
australia day ; australia day ; 1-26
anzac day ; anzac day ; 4-25
canada day | dominion day ; canada day | dominion day ; 7-1
bastille day ; bastille day ; 7-14
cinco de mayo ; cinco de mayo ; 5-5
groundhog day | groundhogs day | groundhog's day ; murmeltiertag ; 2-2
burns night ; burns night ; 1-25
german unity day ; tag der deutschen einheit | am tag der deutschen einheit ; 10-3
austrian national day ; nationalfeiertag ; 10-26 CH=8-1
swiss national day ; bundesfeier | schweizer bundesfeier ; 8-1
reformation day ; reformationstag ; 10-31
assumption day | assumption ; mariä himmelfahrt | maria himmelfahrt ; 8-15
immaculate conception ; mariä empfängnis | maria empfängnis ; 12-8
candlemas ; lichtmess | mariä lichtmess ; 2-2
midsummer day | midsummer's day ; johannistag ; 6-24
easter | easter sunday | easter day ; ostern | ostersonntag ; easter
easter monday | easter mon ; ostermontag ; easter+1
good friday | good fri ; karfreitag | charfreitag ; easter-2
holy saturday | easter saturday | easter eve ; karsamstag | ostersamstag | karsonnabend | ostersonnabend ; easter-1
maundy thursday | holy thursday | covenant thursday | thursday of mysteries | thu of mysteries ; gründonnerstag \
| gruendonnerstag ; easter-3
palm sunday | branch sunday ; palmsonntag | palmensonntag ; easter-7
ash wednesday | start of lent | beginning of lent ; aschermittwoch | fastenzeit | beginn der fastenzeit \
| anfang der fastenzeit ; easter-46
shrove tuesday | pancake day | pancake tuesday | mardi gras | fat tuesday ; \
faschingsdienstag | fastnacht | fastnachtsdienstag | veilchendienstag ; easter-47
shrove monday ; rosenmontag ; easter-48
carnival sunday | shrove sunday ; fastnachtssonntag | karnevalssonntag | faschingssonntag | tulpensonntag | karneval \
| fasching ; easter-49
carnival saturday ; fastnachtssamstag | karnevalssamstag | faschingssamstag | nelkensamstag ; easter-50
saint peter and paul ; peter und paul ; 6-29
weiberfastnacht ; weiberfastnacht | altweiber | schmutziger donnerstag ; easter-52
ascension day | ascension | ascension thursday ; christi himmelfahrt | himmelfahrt | himmelfahrtstag | auffahrt ; \
easter+39
pentecost | whit sunday | whitsunday | white sunday | whitsun ; pfingsten | pfingstsonntag ; easter+49
whit monday | pentecost monday | monday of the holy spirit | mon of the holy spirit ; pfingstmontag ; easter+50
trinity sunday ; dreifaltigkeitssonntag | dreifaltigkeitsfest | trinitatis ; easter+56
corpus christi | feast of corpus christi ; fronleichnam ; easter+60
first sunday of advent | first advent | advent | first of advent | advent sunday ; erster advent | ersten advent \
| 1. advent | erster adventssonntag | ersten adventssonntag | 1. adventssonntag | advent ; advent1
second sunday of advent | second advent ; zweiter advent | zweiten advent | 2. advent | zweiten adventssonntag ; \
advent2
third sunday of advent | third advent ; dritter advent | dritten advent | 3. advent | dritten adventssonntag ; advent3
fourth sunday of advent | fourth advent ; vierter advent | vierten advent | 4. advent | vierten adventssonntag ; \
advent4
day of prayer and repentance ; buß- und bettag | buß und bettag | buss- und bettag ; advent1-11
remembrance sunday ; totensonntag | ewigkeitssonntag ; advent1-7 GB=11:2SU
national day of mourning ; volkstrauertag ; advent1-14
harvest festival ; erntedank | erntedankfest ; 10:1SU
mother's day | mothers day | mothers' day ; muttertag ; 5:2SU GB=easter-21 IE=easter-21 FR=5:-1SU SE=5:-1SU NO=2:2SU
mothering sunday ; mothering sunday ; easter-21
father's day | fathers day | fathers' day ; vatertag | herrentag | männertag ; 6:3SU DE=easter+39 AT=6:2SU CH=6:1SU \
ES=3-19 IT=3-19 PT=3-19 AU=9:1SU NZ=9:1SU SE=11:2SU NO=11:2SU FI=11:2SU
thanksgiving | thanksgiving day | thanks giving day ; thanksgiving ; 11:4TH CA=10:2MO
black friday ; black friday ; 11:4TH+1
small business saturday ; small business saturday ; 11:4TH+2
cyber monday ; cyber monday ; 11:4TH+4
giving tuesday ; giving tuesday ; 11:4TH+5
labor day | labour day ; labor day ; 5-1 US=9:1MO CA=9:1MO AU=10:1MO NZ=10:4MO IE=5:1MO JM=5-23 TT=6-19
memorial day | decoration day ; memorial day ; 5:-1MO
martin luther king day | martin luther king jr day | mlk day | mlk jr day | mlk jr. day | civil rights day \
| martin luther king's day | martin luther kings day ; \
martin luther king day ; 1:3MO
presidents' day | presidents day | president's day | president day | washington's birthday \
| washington day | daisy gatson bates day ; presidents day ; 2:3MO
columbus day | indigenous peoples' day | indigenous peoples day ; columbus day ; 10:2MO
super bowl sunday ; super bowl sunday ; 2:2SU
spring bank holiday ; spring bank holiday ; 5:-1MO
early may bank holiday | may bank holiday ; may bank holiday ; 5:1MO
summer bank holiday | august bank holiday ; summer bank holiday ; 8:-1MO IE=8:1MO
lincoln's birthday | lincolns birthday | lincoln birthday | lincolns' birthday ; lincoln's birthday ; 2-12
law day | loyalty day | lei day ; law day ; 5-1
siblings day | sibling day | siblings' day ; geschwistertag ; 4-10
administrative professionals' day | administrative professionals day | administrative professional day \
| administrative professional's day \
| secretaries' day | secretaries day ; administrative professionals' day ; 4:-1SA-3 AU=5:1FR NZ=4:3WE ZA=9:1WE
military spouse day ; military spouse day ; 5:2SU-2
world vegan day ; weltvegantag ; 11-1
saint barbara's day ; barbaratag ; 12-4
daylight saving start | daylight savings start | daylight saving start day | daylight savings start day \
| start of daylight saving | start of daylight saving time | clocks go forward | the clocks go forward \
| when the clocks go forward ; \
beginn der sommerzeit | anfang der sommerzeit ; 3:-1SU US=3:2SU CA=3:2SU AU=10:1SU NZ=9:-1SU
daylight saving end | daylight savings end | daylight saving end day | daylight savings end day \
| end of daylight saving | end of daylight saving time | clocks go back | the clocks go back \
| when the clocks go back ; \
ende der sommerzeit | beginn der winterzeit ; 10:-1SU US=11:1SU CA=11:1SU AU=4:1SU NZ=4:1SU
grandparents' day | grandparents day ; großelterntag ; 9:1MO+6
""".replace("\\\n", "")
IN_ENGLISH, IN_GERMAN = 0, 1
ROWS = [row.split(" ; ") for row in (TABLE.strip() + WORLD).splitlines()]
TITLED = re.compile(r"(?<![\w'])(?!(?:of|and|the|al)\b)[^\W\d_]")  # the letters that begin the words of a title
# Where Easter is the Orthodox one.
EASTERN = frozenset({"GR", "CY", "RO", "BG", "RS", "ME", "MK", "RU", "BY", "UA", "MD", "GE", "ET", "ER"})


def title(place: int) -> str:
    """The name of the feast as one would print it."""
    return TITLED.sub(lambda word: word[0].upper(), ROWS[place][IN_ENGLISH].split("|")[0].strip())


def title_of(day: str) -> str:
    """The name of the feast on this day as the table or a rule writes it; of another, how long after which it is."""
    wanted = day.lower()
    if name := _name(wanted):
        return name
    feast, sign, number = wanted.partition("+") if "+" in wanted else wanted.rpartition("-")
    passed = "the day" if number == "1" else f"{number} days"
    return f"{passed} {'after' if sign == '+' else 'before'} {_name(feast) or _date(feast)}"


def _name(day: str) -> str:
    """The feast that is on this day everywhere, else somewhere; empty where there is none."""
    everywhere = (place for place, row in enumerate(ROWS) if day == row[-1].split()[0].lower())
    place = next(everywhere, next((place for place, row in enumerate(ROWS) if day in _days(row)), None))
    return "" if place is None else title(place)


def _date(day: str) -> str:
    month, _, number = day.partition("-")
    return date_in_words(int(number), int(month)) if number.isdigit() and month.isdigit() else day


def day_of(place: int, country: str) -> str:
    """The day on which that feast falls in this country, as the table writes it; empty where it is none there."""
    plain, *others = ROWS[place][-1].split()
    found = dict(other.split("=") for other in others).get(country, plain.removeprefix("-"))
    return found.replace("easter", "orthodox") if country in EASTERN else found


def _days(row: list[str]) -> set[str]:
    return {each.rpartition("=")[2].lower() for each in row[-1].split()}
