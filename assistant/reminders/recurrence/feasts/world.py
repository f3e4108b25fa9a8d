"""Feasts of other religions and of single countries, in rows as ``table`` has them.

A day that begins with “-” is known in the named countries only: “family day” is any day elsewhere.
"""

# Names in English; names in German; the day.
WORLD = """
orthodox easter | greek easter | russian easter | orthodox easter sunday | pascha ; orthodoxes ostern \
| orthodoxen ostern | orthodoxer ostersonntag | griechisches ostern | russisches ostern | pascha ; orthodox
orthodox good friday | greek good friday | orthodox great friday | orthodox holy friday ; orthodoxer karfreitag \
| orthodoxen karfreitag ; orthodox-2
orthodox easter monday | greek easter monday ; orthodoxer ostermontag | orthodoxen ostermontag ; orthodox+1
orthodox holy saturday | orthodox easter eve ; orthodoxer karsamstag | orthodoxen karsamstag ; orthodox-1
orthodox palm sunday | orthodox branch sunday ; orthodoxer palmsonntag | orthodoxen palmsonntag ; orthodox-7
lazarus saturday ; lazarussamstag ; orthodox-8
clean monday | orthodox shrove monday | orthodox ash monday | great lent | great fast | orthodox lent ; \
reiner montag | sauberer montag | große fastenzeit | orthodoxe fastenzeit ; orthodox-48
orthodox ascension | orthodox ascension day ; orthodoxe himmelfahrt ; orthodox+39
orthodox pentecost ; orthodoxes pfingsten ; orthodox+49
orthodox christmas | orthodox christmas day | russian christmas ; \
orthodoxes weihnachten | orthodoxen weihnachten | russisches weihnachten ; 1-7
orthodox new year | old new year ; altes neujahr ; 1-14
ramadan | start of ramadan | beginning of ramadan | first day of ramadan | ramadan start | ramadhan | ramazan \
| ramzan | ramzaan ; ramadan | ramadanbeginn | beginn des ramadan | anfang des ramadan | ramadan beginn \
| ramadhan ; ramadan
eid al-fitr | eid al fitr | eid ul fitr | eid ul-fitr | eidul fitr | eid | end of ramadan | hari raya | lesser eid \
| festival of breaking the fast | id ul-fitr | idul fitri ; zuckerfest \
| ramadanfest | fastenbrechen | fest des fastenbrechens | ende des ramadan | eid al-fitr | id al-fitr | id ul-fitr ; \
eidfitr
eid al-adha | eid al adha | eid ul adha | eid ul-adha | eidul adha | eidul azha | eid al-azha | bakrid | bakr id \
| bakri id | id ul-adha | feast of sacrifice | sacrifice feast | feast of the sacrifice ; opferfest | eid al-adha \
| kurban bayram | id al-adha | id ul-adha | bakr id | islamisches opferfest ; eidadha
islamic new year | muslim new year | hijri new year | arabic new year | amun jadid ; islamisches neujahr \
| muslimisches neujahr | amun jadid ; hijri
ashura | day of ashura | hosay ; aschura | aschuratag ; ashura
mawlid | prophet's birthday | prophet muhammad's birthday | milad un nabi | mawlid al-nabi | mawlid al-nabawi \
| mawlid al nabi ; geburtstag des propheten | mawlid | mawlid an-nabi | mawlid al-nabawi ; mawlid
laylat al-qadr | laylat al qadr | laylat al kadr | night of power | night of destiny | night of decree \
| night of measures ; nacht der bestimmung | die nacht der bestimmung | nacht der allmacht | die nacht der allmacht \
| laylat al-qadr | lailat al-qadr | laylat al kadr ; qadr
isra and mi'raj | isra and miraj | al-isra wal-mi'raj | the night journey | night journey | prophet's ascension \
| the prophet's ascension | ascension to heaven ; nachtreise | die nachtreise | aufstieg des propheten \
| aufstieg in den himmel | isra and mi'raj ; miraj
jumu'atul-wida | jumu'atul wida | jumuatul-wida | jamat ul-vida | jamat ul vida ; jumu'atul-wida | jamat ul-vida ; \
wida
ali's birthday | hazarat ali's birthday | hazrat ali's birthday ; alis geburtstag ; alibirthday
chinese new year | lunar new year | chinese new year's day | chinese lunar new year | chinese lunar new year's day \
| lunar new year's day | chinese new years | spring festival | tet ; chinesisches neujahr | chinesischen neujahr \
| chinesisches neujahrsfest | chinesischen neujahrsfest | mondneujahr | chinesisches frühlingsfest ; lunaryear
chinese new year's eve | chinese new years eve | lunar new year's eve ; chinesisches silvester ; lunaryear-1
lantern festival ; chinesisches laternenfest ; lunaryear+14
mid-autumn festival | mid autumn festival | moon festival | mooncake festival ; mondfest | mittherbstfest ; midautumn
dragon boat festival ; drachenbootfest ; dragonboat
qingming | qingming festival | tomb-sweeping day | tomb sweeping day ; qingming | qingming-fest ; qingming
double ninth festival | chung yeung ; doppel-neun-fest ; doubleninth
vesak | wesak | vesak day | wesak day | vaisakha | buddha day | buddha's birthday ; vesak | wesak | vesakh \
| wesakfest | buddha-tag | buddhas geburtstag | vaisakha ; vesak
buddha purnima ; buddha purnima ; purnima
diwali | deepavali | divali | lakshmi puja | diwali day ; diwali | divali | lakshmi puja ; diwali
dhanteras | dhanatrayodashi ; dhanteras | dhanatrayodashi ; diwali-2
choti diwali | chhoti diwali | kali chaudas | naraka chaturdashi ; choti diwali | chhoti diwali | kali chaudas ; \
diwali-1
govardhan puja | annakut ; govardhan puja | annakut ; diwali+1
bhai dooj | bhai duj | bhaiya dooj ; bhai dooj ; diwali+2
chhath | chhath puja | dala puja | surya shashthi ; chhath | chhath puja | dala puja | surya shashthi ; chhath
karva chauth | karwa chauth ; karva chauth | karwa chauth ; karwa
holi | festival of colours | festival of colors | dhulandi | phagwah | rangwali holi ; holi | holi-fest | dhulandi \
| phagwah ; holi
holika dahan | choti holi | chhoti holi ; holika dahan | choti holi | chhoti holi ; holi-1
navaratri | navratri | sharad navratri | durga puja ; navaratri | navratri | durga puja ; navaratri
maha saptami ; maha saptami ; ashtami-1
maha ashtami ; maha ashtami ; ashtami
maha navami ; maha navami ; navami
dussehra | vijayadashami ; dussehra | vijayadashami ; dussehra
raksha bandhan | rakhi ; raksha bandhan | rakhi ; rakhi
janmashtami | krishna janmashtami | gokulashtami ; janmashtami | krishna janmashtami | gokulashtami ; janmashtami
ganesh chaturthi | vinayaka chaturthi ; ganesh chaturthi ; ganesh
maha shivaratri | mahashivratri | maha shivratri ; maha shivaratri | mahashivratri ; shivaratri
ram navami | rama navami ; ram navami | rama navami ; ramnavami
mahavir jayanti | mahaveer jayanti | mahavir janma kalyanak | mahaveer janma kalyanak ; mahavir jayanti \
| mahaveer janma kalyanak ; mahavir
hanuman jayanti ; hanuman jayanti ; hanuman
guru purnima ; guru purnima ; gurupurnima
guru nanak jayanti | guru nanak gurpurab | guru nanak's birthday ; guru nanak jayanti ; gurunanak
guru gobind singh jayanti | guru govind singh jayanti | guru gobind singh birthday | guru gobind singh's birthday ; \
guru gobind singh jayanti | guru govind singh jayanti | guru gobind singh geburtstag ; gurugobind
guru ravidas jayanti | guru ravidass jayanti | guru ravidas birthday | guru ravidass birthday ; \
guru ravidas jayanti | guru ravidass jayanti | guru ravidas geburtstag | guru ravidass geburtstag ; ravidas
valmiki jayanti | maharishi valmiki jayanti | maharshi valmiki jayanti | pargat diwas ; valmiki jayanti \
| maharishi valmiki jayanti | pargat diwas ; valmiki
basant panchami | vasant panchami | saraswati puja ; basant panchami | vasant panchami ; panchami
ugadi | yugadi | samvatsaradi | gudi padwa | chaitra sukladi | chaitra sukhladi ; ugadi | yugadi | gudi padwa ; ugadi
rath yatra | ratha yatra | ratha-yatra ; rath yatra ; rathyatra
onam | thiruvonam | thiru onam ; onam | thiruvonam | thiru onam ; onam
pongal | thai pongal ; pongal ; pongal
bogi | bhogi | bogi pandigai | bhogi pandigai ; bogi pandigai ; pongal-1
mattu pongal | maattu pongal ; mattu pongal | maattu pongal ; pongal+1
kaanum pongal | kanum pongal | kanni pongal ; kaanum pongal | kanni pongal ; pongal+2
makar sankranti | makara sankranti | makara sankranthi | maghi ; makar sankranti | makara sankranthi | maghi ; \
sankranti
vaisakhi | baisakhi | vaishakhi | vasakhi ; vaisakhi | baisakhi | vaishakhi | vasakhi ; vaisakhi
rosh hashanah | rosh hashana | rosh ha-shanah | rosh hashanna | jewish new year | erev rosh hashanah ; \
rosch haschana | rosch ha-schana | rosch ha-schanah | jüdisches neujahr | jüdisches neujahrsfest | rosh hashanah ; \
roshhashanah
yom kippur | day of atonement ; jom kippur | versöhnungstag | yom kippur ; yomkippur
sukkot | sukkoth | succos | feast of tabernacles | feast of booths | feast of the ingathering ; sukkot \
| laubhüttenfest ; sukkot
shemini atzeret ; schemini azeret | schmini azeret | shemini atzeret ; sukkot+7
simchat torah ; simchat tora | simchat torah ; sukkot+8
hanukkah | chanukah | hanukah | chanukkah | hannukkah | start of hanukkah ; chanukka | hanukkah ; hanukkah
purim ; purim ; purim
passover | pesach | first day of passover ; pessach | pesach | passah | passahfest | passa ; passover
yom hashoah | yom ha-shoah | holocaust day ; jom haschoa | jom hashoah | yom hashoah ; passover+12
yom haatzmaut | yom ha'atzmaut | israeli independence day ; jom haatzmaut | yom haatzmaut | yom ha'atzmaut ; \
israelindependence
lag baomer | lag b'omer | lag laomer ; lag baomer | lag laomer ; lagbaomer
shavuot ; schawuot | shavuot ; shavuot
tisha b'av | tisha bav ; tischa beaw | tisha b'av ; tishabav
nowruz | norouz | nowrooz | navroz | persian new year | iranian new year ; nouruz | nowruz | persisches neujahr ; \
nowruz
waitangi day ; waitangi day ; 2-6
queen's birthday | king's birthday ; king's birthday ; - GB=6:2SU-1 AU=6:2MO NZ=6:1MO
melbourne cup day | melbourne cup ; melbourne cup ; 11:1TU
reconciliation day ; reconciliation day ; - AU=5:1WE+26
victoria day | sovereign's birthday | national patriots' day ; victoria day ; 5:1FR+17
civic holiday | british columbia day | natal day | new brunswick day | saskatchewan day | terry fox day ; \
civic holiday ; - CA=8:1MO
family day | islander day | louis riel day | nova scotia heritage day ; family day ; - CA=2:3MO ZA=easter+1
discovery day ; discovery day ; - CA=6:1TU+20
vimy ridge day ; vimy ridge day ; 4-9
orangemen's day | glorious twelfth | the glorious twelfth | the twelfth of july ; orangemen's day ; 7-12
june bank holiday ; june bank holiday ; 6:1MO
october bank holiday ; october bank holiday ; 10:-1MO
saint andrew's day | st andrew's day | st. andrew's day ; andreastag ; 11-30
saint david's day | st david's day | st. david's day ; davidstag ; 3-1
saint george's day | st george's day | st. george's day ; georgstag ; 4-23
saint brigid's day | st brigid's day | st. brigid's day ; st brigid's day ; 2-1
republic day ; republic day ; - IN=1-26 TT=9-24 PK=3-23
gandhi jayanti ; gandhi jayanti ; 10-2
ambedkar jayanti ; ambedkar jayanti ; 4-14
shivaji jayanti ; shivaji jayanti ; 2-19
heroes' day | heroes day | national heroes' day | national heroes day | kruger day ; heroes' day ; \
- JM=10:3MO PH=8:-1MO ZA=10-10
rizal day ; rizal day ; 12-30
bonifacio day ; bonifacio day ; 11-30
indian arrival day ; indian arrival day ; 5-30
emancipation day ; emancipation day ; - TT=8-1 JM=8-1 BB=8-1
garifuna settlement day ; garifuna settlement day ; 11-19
freedom day ; freedom day ; - US=6-19 ZA=4-27
youth day ; youth day ; - ZA=6-16
day of reconciliation | day of the vow | day of the covenant ; day of reconciliation ; 12-16
heritage day ; heritage day ; - ZA=9-24 CA=2:3MO
patriots' day | patriots day ; patriots day ; - US=4:3MO
flag day ; flag day ; - US=6-14 CA=2-15
patriot day ; patriot day ; - US=9-11
election day ; election day ; - US=11:1MO+1
constitution day ; constitution day ; - US=9-17 NO=5-17 DK=6-5
pearl harbor day ; pearl harbor day ; 12-7
kwanzaa ; kwanzaa ; 12-26
admin day | admins day ; admin day ; - US=4:-1SA-3 CA=4:-1SA-3 AU=5:1FR NZ=4:3WE ZA=9:1WE
pi day ; pi-tag ; 3-14
star wars day ; star wars tag | star-wars-tag ; 5-4
ides of march | the ides of march ; iden des märz ; 3-15
singles' day | singles day ; singles day ; 11-11
world health day ; weltgesundheitstag ; 4-7
world environment day ; weltumwelttag ; 6-5
world book day ; welttag des buches | tag des buches ; 4-23 GB=3:1TH IE=3:1TH
world aids day ; welt-aids-tag | weltaidstag ; 12-1
world mental health day ; welttag der seelischen gesundheit ; 10-10
world water day ; weltwassertag ; 3-22
world animal day ; welttierschutztag ; 10-4
international men's day ; internationaler männertag ; 11-19
walpurgis night ; walpurgisnacht | tanz in den mai ; 4-30
liberation day ; tag der befreiung ; - DE=5-8 NL=5-5 IT=4-25
sinterklaas ; sinterklaas ; 12-5
first day of spring | spring equinox | vernal equinox ; frühlingsanfang | frühlingsbeginn ; 3-20
first day of summer | summer solstice ; sommeranfang | sommersonnenwende ; 6-21
first day of autumn | first day of fall | autumn equinox ; herbstanfang | herbstbeginn ; 9-22
first day of winter | winter solstice ; winteranfang | wintersonnenwende | winterbeginn ; 12-21
""".replace("\\\n", "")
