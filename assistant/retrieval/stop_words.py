"""Words that say nothing of what is looked for, in English and in German, as they are folded."""

ENGLISH = """
a about after again all also am an and any are aren as at be because been before being below between both but by can
could couldn did didn do does doesn doing don down during each ever every few for from further get give given go goes
going got had hadn has hasn have haven having he her here hers herself him himself his how however i if in into is isn
it its itself just know kind let like ll made make many may me mean might mine more most much must my myself need no nor
not now of off on once one only or other our ours out over own please re really said same say says shall she should
shouldn show so some something still such take tell than that the their theirs them then there these they thing things
this those through to too under until up us use used using ve very want was wasn way we were weren what when where
whether which while who whom whose why will with within without won would wouldn write wrote you your yours yourself
find anything note notes
"""
GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderen anderer ander auch auf aus bei beim bin bis bist
bitte wegen
da dabei dafur dagegen daher damals damit danach dann daran darauf daraus darin darum darunter das dass davon dazu dein
deine deinem deinen deiner dem den denen denn der deren des dessen dich die dies diese diesem diesen dieser dieses dir
doch dort du durch ein eine einem einen einer eines einige einmal er es etwa etwas euch euer eure fur gab ganz gar geben
gehen geht gemacht genau gerade gern gewesen gibt gib habe haben hab hast hat hatte hatten hier hin hinter ich ihm ihn
ihnen ihr ihre ihrem ihren ihrer im immer in ins irgendwo ist ja jede jedem jeden jeder jedes jemand jener jetzt kann
kannst kein keine keinem keinen keiner konnen konnte konnten lassen machen mal man mehr mein meine meinem meinen meiner
mich mir mit mochte muss mussen musste nach naher nein nicht nichts noch nun nur ob oder ohne recht sag sagen sage
schon sehr sein seine seinem seinen seiner seit selbst sich sie sind so sobald solche soll sollte sollten sollen sonst
steht stehen uber um und uns unser unsere unserem unseren unserer unter viel viele vom von vor wann war waren warum was
weil weiss welche welchem welchen welcher welches wem wen wenn wer werde werden wessen wie wieder wieso wieviel will
willst wir wird wirst wo wobei wodurch wofur woher wohin wollen wollte womit woran worauf worin wozu wurde wurden wurde
zeig zeige zu zum zur zwar notiz notizen geschrieben aufgeschrieben notiert finde
"""
STOP_WORDS = frozenset((ENGLISH + GERMAN).split())
ONLY_GERMAN = frozenset(GERMAN.split()) - frozenset(ENGLISH.split())
ONLY_ENGLISH = frozenset(ENGLISH.split()) - frozenset(GERMAN.split())
