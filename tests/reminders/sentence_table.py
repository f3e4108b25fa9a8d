"""Sentences and what they mean on Wednesday 25 November 2026 at 10:00 in Berlin."""

from typing import NamedTuple

WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"


class Phrase(NamedTuple):
    """A sentence and what it means: ``when`` is the first time as the wall clock shows it, or nothing."""

    said: str
    text: str
    when: str
    rule: str = ""
    leads: tuple[int, ...] = (0,)
    after_done: str = ""


ENGLISH = (
    Phrase("call mum tomorrow at 9", "call mum", "2026-11-26 09:00"),
    Phrase("call mum in 20 minutes", "call mum", "2026-11-25 10:20"),
    Phrase("in half an hour take the cake out", "take the cake out", "2026-11-25 10:30"),
    Phrase("stretch in an hour and a half", "stretch", "2026-11-25 11:30"),
    Phrase("Remind me to call mum in 2 hours", "call mum", "2026-11-25 12:00"),
    Phrase("remind me tomorrow to call mum", "call mum", "2026-11-26 09:00"),
    Phrase("stand-up every weekday 8:30", "stand-up", "2026-11-26 08:30", f"FREQ=WEEKLY;{WORKDAYS}"),
    Phrase("payroll every second Friday at 5pm", "payroll", "2026-11-27 17:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    Phrase("pay rent last day of the month", "pay rent", "2026-11-30 09:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    Phrase(
        "Anna's birthday on 3 March yearly",
        "Anna's birthday",
        "2027-03-03 09:00",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3",
    ),
    Phrase(
        "drink water every 3 hours between 9 and 18",
        "drink water",
        "2026-11-25 12:00",
        "FREQ=DAILY;BYHOUR=9,12,15,18;BYMINUTE=0",
    ),
    Phrase("passport in two weeks, remind me the day before", "passport", "2026-12-09 09:00", "", (1440,)),
    Phrase(
        "dentist 3 December 14:00, remind me the day before and at the time",
        "dentist",
        "2026-12-03 14:00",
        "",
        (1440, 0),
    ),
    Phrase("train on Friday at 7:15 an hour before", "train", "2026-11-27 07:15", "", (60,)),
    Phrase("water plants every 3 days after I've done it", "water plants", "2026-11-26 09:00", "", (0,), "P3D"),
    Phrase("backup every two weeks once done", "backup", "2026-11-26 09:00", "", (0,), "P2W"),
    Phrase("team lunch first Monday of each month at noon", "team lunch", "2026-12-07 12:00", "FREQ=MONTHLY;BYDAY=1MO"),
    Phrase("on weekends at 10 go running", "go running", "2026-11-28 10:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
    Phrase("movie tonight", "movie", "2026-11-25 20:00"),
    Phrase("put the bins out this evening", "put the bins out", "2026-11-25 19:00"),
    Phrase("tonight at 8 call Tom", "call Tom", "2026-11-25 20:00"),
    Phrase("send report next Friday", "send report", "2026-11-27 09:00"),
    Phrase("on the 15th pay taxes", "pay taxes", "2026-12-15 09:00"),
    Phrase("Christmas dinner 25 December 7pm", "Christmas dinner", "2026-12-25 19:00"),
    Phrase("launch 2027-02-03 14:00", "launch", "2027-02-03 14:00"),
    Phrase("dinner at half past six", "dinner", "2026-11-25 18:30"),
    Phrase("tomorrow quarter to nine bus", "bus", "2026-11-26 08:45"),
    Phrase("server restart at midnight", "server restart", "2026-11-26 00:00"),
    Phrase("invoice monthly on the 31st", "invoice", "2026-12-31 09:00", "FREQ=MONTHLY;BYMONTHDAY=31"),
    Phrase("vitamins every day until 1 June", "vitamins", "2026-11-26 09:00", "FREQ=DAILY;UNTIL=20270601T235959"),
    Phrase("exercise 10 times every other day", "exercise", "2026-11-26 09:00", "FREQ=DAILY;INTERVAL=2;COUNT=10"),
    Phrase("gym Mondays and Thursdays at 7am", "gym", "2026-11-26 07:00", "FREQ=WEEKLY;BYDAY=MO,TH"),
    Phrase("someday clean the attic", "clean the attic", ""),
    Phrase("call Anna tomorrow at 9 about the car", "call Anna about the car", "2026-11-26 09:00"),
    Phrase("buy 3 apples tomorrow", "buy 3 apples", "2026-11-26 09:00"),
    Phrase("day after tomorrow in the afternoon visit Mark", "visit Mark", "2026-11-27 15:00"),
    Phrase("tomorrow morning at 5 airport", "airport", "2026-11-26 05:00"),
    Phrase("March 3rd, 2028 at 4:45pm renew visa", "renew visa", "2028-03-03 16:45"),
    Phrase("the 3rd of March at 12 lunch with Jo", "lunch with Jo", "2027-03-03 12:00"),
    Phrase("pills daily at 8 and 20", "pills", "2026-11-25 20:00", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0"),
    Phrase("review every quarter", "review", "2026-11-26 09:00", "FREQ=MONTHLY;INTERVAL=3"),
    Phrase("every Tuesday evening choir", "choir", "2026-12-01 19:00", "FREQ=WEEKLY;BYDAY=TU"),
    Phrase("last Friday of every month at 16:00 beers", "beers", "2026-11-27 16:00", "FREQ=MONTHLY;BYDAY=-1FR"),
    Phrase(
        "on the 1st and 15th of each month check the account",
        "check the account",
        "2026-12-01 09:00",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
    ),
    Phrase("every 20 minutes look up", "look up", "2026-11-25 10:20", "FREQ=MINUTELY;INTERVAL=20"),
    Phrase("every 3 months on the 5th meter reading", "meter reading", "2026-12-05 09:00")._replace(
        rule="FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5"
    ),
    Phrase("every day at noon for 2 weeks ointment", "ointment", "2026-11-25 12:00")._replace(
        rule="FREQ=DAILY;UNTIL=20261208T235959"
    ),
    Phrase("Monday to Friday at 6:45am wake up", "wake up", "2026-11-26 06:45", f"FREQ=WEEKLY;{WORKDAYS}"),
    Phrase("Friday next week at 10 dentist", "dentist", "2026-12-04 10:00"),
    Phrase("weekly on Monday starting 7 December: plan the week", "plan the week", "2026-12-07 09:00")._replace(
        rule="FREQ=WEEKLY;BYDAY=MO"
    ),
    Phrase("call the office at 9 o'clock tomorrow", "call the office", "2026-11-26 09:00"),
    Phrase("Please remind me on Monday at 17:30 to fetch the parcel.", "fetch the parcel", "2026-11-30 17:30"),
    Phrase("rent 2 days before and 1 hour before on 1 December at 18:00", "rent", "2026-12-01 18:00")._replace(
        leads=(2880, 60)
    ),
    Phrase("Report by EOD Friday", "Report", "2026-11-27 17:00"),
    Phrase("call mum tommorow at 9", "call mum", "2026-11-26 09:00"),
    Phrase("Call Mum Tmr 9am", "Call Mum", "2026-11-26 09:00"),
    Phrase("dentist on thrusday at 3pm", "dentist", "2026-11-26 15:00"),
    Phrase("meeting, friday, 3pm!", "meeting", "2026-11-27 15:00"),
    Phrase("team sync bi-weekly on Tuesday at 10", "team sync", "2026-12-01 10:00")._replace(
        rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    ),
    Phrase("run every day except Sunday at 9", "run", "2026-11-26 09:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"),
    Phrase("stand-up every weekday at 9:30 except Friday", "stand-up", "2026-11-26 09:30")._replace(
        rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"
    ),
    Phrase("flight friday 6am, 1 day before and 3 hours before", "flight", "2026-11-27 06:00", "", (1440, 180)),
    Phrase("pay bill due 12/12", "pay bill", "2026-12-12 09:00"),
    Phrase("pay rent end of month", "pay rent", "2026-11-30 09:00"),
    Phrase("change filter every 3 months after I've done it", "change filter", "2026-11-26 09:00")._replace(
        after_done="P91D"
    ),
    Phrase("gym on Monday and Thursday at 6pm until Christmas", "gym", "2026-11-26 18:00")._replace(
        rule="FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20261225T235959"
    ),
    Phrase("run every day until the end of June", "run", "2026-11-26 09:00", "FREQ=DAILY;UNTIL=20270630T235959"),
    Phrase("run every day until end of the year", "run", "2026-11-26 09:00", "FREQ=DAILY;UNTIL=20261231T235959"),
    Phrase("call mum on Christmas", "call mum", "2026-12-25 09:00"),
    Phrase("fireworks on New Year's Eve at 23:30", "fireworks", "2026-12-31 23:30"),
    Phrase("flowers every Valentine's Day", "flowers", "2027-02-14 09:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14"),
    Phrase("taxes end of March", "taxes", "2027-03-31 09:00"),
    Phrase("every 3 hours drink water from 9 to 17", "drink water", "2026-11-25 12:00")._replace(
        rule="FREQ=DAILY;BYHOUR=9,12,15;BYMINUTE=0"
    ),
    Phrase("meeting tomorrow 15:00-16:00", "meeting", "2026-11-26 15:00"),
    Phrase("weekly review every Friday afternoon", "weekly review", "2026-11-27 15:00", "FREQ=WEEKLY;BYDAY=FR"),
    Phrase("call mum a week from monday", "call mum", "2026-12-07 09:00"),
    Phrase("once a week run", "run", "2026-11-26 09:00", "FREQ=WEEKLY"),
    Phrase("in 1h30 call mum", "call mum", "2026-11-25 11:30"),
    Phrase("call at seven thirty tomorrow", "call", "2026-11-26 07:30"),
    Phrase("ring me on 5 May 2027 at 9 about visa", "visa", "2027-05-05 09:00"),
    Phrase("every day starting Friday vitamins", "vitamins", "2026-11-27 09:00", "FREQ=DAILY"),
    Phrase("starting Monday every second day run", "run", "2026-11-30 09:00", "FREQ=DAILY;INTERVAL=2"),
    Phrase("buy milk", "buy milk", ""),
)

GERMAN = (
    Phrase("Mama anrufen morgen um 9", "Mama anrufen", "2026-11-26 09:00"),
    Phrase("in 20 Minuten Ofen ausmachen", "Ofen ausmachen", "2026-11-25 10:20"),
    Phrase("in einer halben Stunde Wäsche aufhängen", "Wäsche aufhängen", "2026-11-25 10:30"),
    Phrase("in anderthalb Stunden losfahren", "losfahren", "2026-11-25 11:30"),
    Phrase("Erinnere mich morgen um 9 daran, Oma anzurufen", "Oma anzurufen", "2026-11-26 09:00"),
    Phrase("jeden zweiten Freitag um 17 Uhr Lohn", "Lohn", "2026-11-27 17:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    Phrase("Steuern am 3.3.", "Steuern", "2027-03-03 09:00"),
    Phrase("Zahnarzt am 3.3.2027 um 14:30 Uhr", "Zahnarzt", "2027-03-03 14:30"),
    Phrase("übermorgen früh joggen", "joggen", "2026-11-27 09:00"),
    Phrase("jeden Werktag um 8:30 Besprechung", "Besprechung", "2026-11-26 08:30", f"FREQ=WEEKLY;{WORKDAYS}"),
    Phrase("Miete am letzten Tag des Monats", "Miete", "2026-11-30 09:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    Phrase(
        "alle 3 Stunden zwischen 9 und 18 Uhr trinken",
        "trinken",
        "2026-11-25 12:00",
        "FREQ=DAILY;BYHOUR=9,12,15,18;BYMINUTE=0",
    ),
    Phrase("heute Abend Müll rausbringen", "Müll rausbringen", "2026-11-25 19:00"),
    Phrase("heute Abend um 8 Film", "Film", "2026-11-25 20:00"),
    Phrase("nächsten Montag Bericht schicken", "Bericht schicken", "2026-11-30 09:00"),
    Phrase(
        "Annas Geburtstag jährlich am 3. März",
        "Annas Geburtstag",
        "2027-03-03 09:00",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3",
    ),
    Phrase("morgen um halb sieben aufstehen", "aufstehen", "2026-11-26 06:30"),
    Phrase("morgen früh um halb sieben aufstehen", "aufstehen", "2026-11-26 06:30"),
    Phrase("morgen Viertel vor neun Events", "Events", "2026-11-26 08:45"),
    Phrase("Pass in zwei Wochen, erinnere mich am Tag davor", "Pass", "2026-12-09 09:00", "", (1440,)),
    Phrase(
        "Blumen gießen alle drei Tage, nachdem ich es erledigt habe",
        "Blumen gießen",
        "2026-11-26 09:00",
        "",
        (0,),
        "P3D",
    ),
    Phrase("Sicherung alle zwei Wochen nach Erledigung", "Sicherung", "2026-11-26 09:00", "", (0,), "P2W"),
    Phrase("jeden ersten Montag im Monat um 12 Uhr Essen", "Essen", "2026-12-07 12:00", "FREQ=MONTHLY;BYDAY=1MO"),
    Phrase("am Wochenende aufräumen", "aufräumen", "2026-11-28 09:00"),
    Phrase("jedes Wochenende um 10 laufen", "laufen", "2026-11-28 10:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
    Phrase("am 15. Steuer zahlen", "Steuer zahlen", "2026-12-15 09:00"),
    Phrase("am 15. jedes Monats Steuer zahlen", "Steuer zahlen", "2026-12-15 09:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
    Phrase("Essen am 25. Dezember um 19 Uhr", "Essen", "2026-12-25 19:00"),
    Phrase("um Mitternacht Server neu starten", "Server neu starten", "2026-11-26 00:00"),
    Phrase("monatlich am 31. Rechnung", "Rechnung", "2026-12-31 09:00", "FREQ=MONTHLY;BYMONTHDAY=31"),
    Phrase("täglich bis 1. Juni Vitamine", "Vitamine", "2026-11-26 09:00", "FREQ=DAILY;UNTIL=20270601T235959"),
    Phrase("10 Mal jeden zweiten Tag üben", "üben", "2026-11-26 09:00", "FREQ=DAILY;INTERVAL=2;COUNT=10"),
    Phrase("montags und donnerstags um 7 Uhr Sport", "Sport", "2026-11-26 07:00", "FREQ=WEEKLY;BYDAY=MO,TH"),
    Phrase("irgendwann Dachboden aufräumen", "Dachboden aufräumen", ""),
    Phrase("am Freitag um 17 Uhr 30 Paket holen", "Paket holen", "2026-11-27 17:30"),
    Phrase("nächste Woche Freitag um 10 Zahnarzt", "Zahnarzt", "2026-12-04 10:00"),
    Phrase("jeden Dienstagabend Chor", "Chor", "2026-12-01 19:00", "FREQ=WEEKLY;BYDAY=TU"),
    Phrase("Montagmorgen Müll", "Müll", "2026-11-30 09:00"),
    Phrase("jeden Morgen um 6 meditieren", "meditieren", "2026-11-26 06:00", "FREQ=DAILY"),
    Phrase("letzten Freitag im Monat um 16 Uhr Bier", "Bier", "2026-11-27 16:00", "FREQ=MONTHLY;BYDAY=-1FR"),
    Phrase("Mo-Fr um 6:45 Wecker", "Wecker", "2026-11-26 06:45", f"FREQ=WEEKLY;{WORKDAYS}"),
    Phrase("vierteljährlich Zähler ablesen", "Zähler ablesen", "2026-11-26 09:00", "FREQ=MONTHLY;INTERVAL=3"),
    Phrase("Tabletten täglich um 8 und 20 Uhr", "Tabletten", "2026-11-25 20:00", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0"),
    Phrase("in 3 Tagen nachfragen", "nachfragen", "2026-11-28 09:00"),
    Phrase("heute in einer Woche Arzt", "Arzt", "2026-12-02 09:00"),
    Phrase("zwei Stunden vorher: Flug am 1.12. um 18:00", "Flug", "2026-12-01 18:00", "", (120,)),
    Phrase(
        "Prüfung am 4. Dezember 2026 um 8 Uhr, einen Tag vorher und eine Stunde vorher",
        "Prüfung",
        "2026-12-04 08:00",
        "",
        (1440, 60),
    ),
    Phrase("jeden Tag um 12 für 2 Wochen Salbe", "Salbe", "2026-11-25 12:00", "FREQ=DAILY;UNTIL=20261208T235959"),
    Phrase("alle halbe Stunde lüften", "lüften", "2026-11-25 10:30", "FREQ=MINUTELY;INTERVAL=30"),
    Phrase("Do um 9 Fenster putzen", "Fenster putzen", "2026-11-26 09:00"),
    Phrase("3 Äpfel kaufen morgen Nachmittag", "3 Äpfel kaufen", "2026-11-26 15:00"),
    Phrase("jedes Jahr am 24.12. Baum schmücken", "Baum schmücken", "2026-12-24 09:00")._replace(
        rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"
    ),
    Phrase("ab 1. Dezember jeden Tag um 18 Uhr Kalender öffnen", "Kalender öffnen", "2026-12-01 18:00", "FREQ=DAILY"),
    Phrase("morgn um 9 Milch", "Milch", "2026-11-26 09:00"),
    Phrase("donerstag 9 Uhr Milch", "Milch", "2026-11-26 09:00"),
    Phrase("um 8 Uhr abends Anruf", "Anruf", "2026-11-25 20:00"),
    Phrase("um 12 Uhr mittags Essen", "Essen", "2026-11-25 12:00"),
    Phrase("abends um 8 Anruf", "Anruf", "2026-11-25 20:00", "FREQ=DAILY"),
    Phrase("jeden Tag außer Sonntag um 8 Post", "Post", "2026-11-26 08:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"),
    Phrase("Termin morgen 10 Uhr 15 Minuten vorher erinnern", "Termin", "2026-11-26 10:00", "", (15,)),
    Phrase("Flug am Freitag um 6 Uhr, einen Tag vorher erinnern", "Flug", "2026-11-27 06:00", "", (1440,)),
    Phrase("10 Tage lang täglich um 8 Tropfen", "Tropfen", "2026-11-26 08:00", "FREQ=DAILY;UNTIL=20261205T235959"),
    Phrase("quartalsweise Steuer", "Steuer", "2026-11-26 09:00", "FREQ=MONTHLY;INTERVAL=3"),
    Phrase("kommenden Donnerstag Arzt", "Arzt", "2026-11-26 09:00"),
    Phrase("alle 14 Tage montags Müll", "Müll", "2026-11-30 09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    Phrase("jeden Dienstag und Donnerstag um 19 Uhr Sport bis Ende März", "Sport", "2026-11-26 19:00")._replace(
        rule="FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270331T235959"
    ),
    Phrase("jeden Tag laufen bis Jahresende", "laufen", "2026-11-26 09:00", "FREQ=DAILY;UNTIL=20261231T235959"),
    Phrase("jeden Tag laufen bis Weihnachten", "laufen", "2026-11-26 09:00", "FREQ=DAILY;UNTIL=20261225T235959"),
    Phrase("zu Silvester um 22 Uhr Raketen", "Raketen", "2026-12-31 22:00"),
    Phrase("Geschenke kaufen bis Heiligabend", "Geschenke kaufen", "2026-12-24 09:00"),
    Phrase("alle 3 Stunden trinken von 9 bis 17 Uhr", "trinken", "2026-11-25 12:00")._replace(
        rule="FREQ=DAILY;BYHOUR=9,12,15;BYMINUTE=0"
    ),
    Phrase("Fr 17h Bier", "Bier", "2026-11-27 17:00"),
    Phrase("17h30 Bier am Freitag", "Bier", "2026-11-27 17:30"),
    Phrase("kommende Woche Auto waschen", "Auto waschen", "2026-11-30 09:00"),
    Phrase("übernächste Woche Arzt", "Arzt", "2026-12-07 09:00"),
    Phrase("übernächsten Freitag Arzt", "Arzt", "2026-12-04 09:00"),
    Phrase("morgen sieben Uhr dreißig aufstehen", "aufstehen", "2026-11-26 07:30"),
    Phrase("3 Tage lang um 8 Tropfen", "Tropfen", "2026-11-26 08:00", "FREQ=DAILY;UNTIL=20261128T235959"),
    Phrase("Miete am Monatsanfang", "Miete", "2026-12-01 09:00"),
    Phrase("einmal die Woche laufen", "laufen", "2026-11-26 09:00", "FREQ=WEEKLY"),
    Phrase("jeden Tag ab Freitag Vitamine", "Vitamine", "2026-11-27 09:00", "FREQ=DAILY"),
    Phrase("Milch kaufen", "Milch kaufen", ""),
)
