"""The words of anger and distress in Hebrew, English, Arabic and Russian, as patterns for `mood`.

How a pattern is written is told in `word_patterns`. Spelling is folded and the particles that Hebrew and
Arabic write together with a word are stripped before matching, so one form of a word is enough.
"""

from __future__ import annotations

__all__ = [
    "CLASSES",
    "CURSE",
    "HEAT",
    "INSULT",
    "NAMES",
    "NEGATIONS",
    "REPORTED",
    "SAID",
    "SELF",
    "SELF_HARM",
    "SUBJECTS",
    "THINGS",
    "THREAT",
    "VIOLENCE",
    "WHOLE",
]

NEGATIONS = """
לא לעולם אף בלי
not never dont wont wouldnt didnt isnt arent cannot cant shouldnt nobody
не никого никогда
مش لا لن ليس مو
"""
"""Words that turn what follows round, when they stand one or two words before it."""

WHOLE = """
لزق
להם בהם מהם לכם בכם מכם להן בהן מהן שלהם שלכם מזונות מזין הזין מזינה היא שהיא אמרר ימרר נמרר
"""
"""Words that no particle is stripped from: what is left would be another word."""

SUBJECTS = "אני אנחנו i im ill ive id we я мы انا احنا"
"""A negation before one of these is not of what follows."""

THINGS = """
בוט הבוט מערכת המערכת אפליקציה האפליקציה תפריט התפריט הקלטה ההקלטה רובוט הרובוט מכשיר המכשיר ראוטר הראוטר אתר האתר
תנור מקרר מכונה המכונה חוק החוק נוהל הנוהל מכתב המכתב טופס הטופס
bot robot menu app website site machine router phone device form letter tv screen
بوت البوت روبوت الابلكيشن تطبيق التطبيق الموقع الجهاز
бот бота боту робот робота приложение сайт аппарат телефон меню автоответчик
"""
"""Things that may be called stupid without anybody being insulted."""

CLASSES = """
# Hebrew
he_whom: אותו אותה אותם אותן אתכם אתכן אותך אותכם כולם מישהו כולכם
he_to_whom: לו לה להם להן לכם לכן לך
he_staff: נציג* מנהל* טכנאי* פקיד* מוקדנ* גובה שליח שומר* מתקין* אחראי* בוס מנכ* בעלים סדרן קופאי* מוכר נהג
he_place: סניף* מוקד משרד* חנות בניין בנק מטה מוסך קופה דלפק מרכז חברה סלקום פרטנר בזק הוט פלאפון
he_kill: אהרוג אהרג ארצח אשחט אדקור אדרוס אחנוק אכסח נהרוג נרצח נשחט נדקור נכסח
he_kill_slang: יהרוג ירצח ישחט ידקור ידרוס יחנוק יכסח יחסל
he_to_kill: להרוג לרצוח לשחוט לדקור לדרוס לחנוק
he_means: רוצה רוצים בא הולך הולכת חייב חייבת מוכן מוכנה מתכנן מתכננת עומד עומדת מסוגל מסוגלת אני אנחנו נלך מתחשק
he_burn: אשרוף ישרוף נשרוף לשרוף אצית נצית להצית אבעיר להבעיר
he_blow_up: אפוצץ יפוצץ נפוצץ לפוצץ אטען
he_break: אפרק לפרק נפרק אהרוס להרוס אשבור ישבור נשבור לשבור ארסק ירסק לרסק אמחץ אעקור אפוצץ יפוצץ נפוצץ לפוצץ
    אפתח יפתח אוריד לפתוח אחתוך לחתוך אקצץ אכופף
he_body: פרצוף פנים ראש צורה ידיים רגליים עצמות שיניים אף יד רגל גרון צוואר ברכיים אצבעות גולגולת לסת צלעות
he_fist: מכות בוקס בוקסים סטירה סטירות אגרוף אגרופים כאפה כאפות נבוט
he_give: אתן אכניס אביא אחטיף אוריד אעיף אפרק אכסח אקרע אפוצץ ארביץ ניתן נכניס נחטיף נביא נפרק להכניס להחטיף
    להוריד להעיף לתת לפרק לכסח ידפוק אדפוק לדפוק יכניס יחטיף
he_gets: יחטוף תחטוף תחטפי תחטפו יחטפו יקבל תקבל תקבלו יקבלו חוטף
he_weapon: אקדח סכין נשק רובה גרזן אלת פטיש בנזין מולוטוב מקל רימון נבוט חומצה
he_threaten: מאיים מאיימים מאיימת איים איימה איימו יאיים
he_harm: להרוג לרצוח לפגוע לדקור לשרוף להרביץ להכות לאנוס שיהרוג שיהרגו שירצח שיפגע שידקור שישרוף שירביץ שישבור
    לשבור יהרוג יהרגו ירצח ידקור ירביץ ירצחו בסכין באקדח סכין אקדח נשק במכות ברצח באלימות רגליים ידיים עצמות בחיי
he_hit: הרביץ הרביצה הרביצו מרביץ מרביצה תקף תקפו היכה הכה הכתה הכו דקר דקרו חנק בעט סטר להכות נגח דרס
he_me: אותי אותנו לי לנו בי בנו לאשתי לבעלי לבן לבת לילד* לאמא לאבא לסבתא אשתי בעלי הבן הבת הילד*
he_price: חשבון קנס מחיר מחירים דוח ריבית עמלה עמלות העלאה התייקרות הרצאה נאום חיוב חיובים הנחה מכירה שיחה
    מיילים מייל תלונות הודעות טלפונים ביקורות
he_live: לחיות להמשיך להתקיים
he_die: למות אמות
he_strength: כוח כח חשק רצון סיבה טעם אנרגיה אנרגיות תקווה
he_life: חיי חיים חייו חייה
# English
en_will: ill will gonna going wanna want swear gotta about shall lets ready
en_whom: him her them you u yall ya someone somebody everyone everybody
en_staff: rep reps agent agents guy woman man manager managers boss clerk technician idiot* bastard* asshole*
    bitch* family driver people staff employee* collector guard collectors moron* girl
en_kill: kill murder stab strangle slaughter shoot execute lynch behead hurt punch choke maim torture smack
    beat slap attack
en_place: branch* office* store* shop* building place headquarters hq house car offices warehouse
en_body: legs leg arms arm bones neck face faces skull head heads teeth nose kneecaps jaw throat fingers knees brains
en_fee: fee fees fine fines bill bills charge charges price prices interest penalty invoice rate rates tax cost
    costs hike surcharge offer deal offers deals
en_kin: wife husband mom mum mother dad father boss girlfriend boyfriend partner
en_weapon: gun guns knife bat axe rifle weapon shotgun petrol gasoline molotov machete hammer pistol crowbar
en_live: live exist living alive
en_self: myself himself herself themselves themself
# Arabic
ar_will: رح راح بدي والله حابب لازم ناوي سوف نحن لح حت جاي حاقوم بدنا
ar_kill: اقتل* نقتل* اذبح* نذبح* اطخ* اطعن* ادعس* اخنق* افجر* انسف* اشرم* اعدم* بقتل* بذبح* بطخ* بطعن* بدعس*
    بخنق* بفجر* ساقتل* ساذبح*
ar_hit: اضرب* نضرب* بضرب* اكسر* بكسر* نكسر* افقش* بفقش* اكسح* ادمي*
ar_whom: مدير موظف* فني مندوب نصاب* حدا كلهم كلكم الكل
ar_burn: احرق* نحرق* بحرق* اولع* بولع* نولع* ساحرق*
ar_place: فرع* محل* مكتب* شركه* شركت* بنايه* سياره* سيارت* بيتكم بيته بيتهم مكان بنك
ar_body: راس* ايد* رجل* وجه* سنان* عضم* عظام* مناخير* رقبه* رقبت* ضلوع*
ar_weapon: مسدس سكين سكينه سلاح فرد بارود* عصاي عصا بنزين شاكوش رشاش قنبله
ar_no: ما مش لا لن ليس مو ماعاد معدش مابدي
ar_live: اعيش عيش عايش عايشه اكمل
# Russian
ru_kill: убью прибью зарежу пристрелю застрелю придушу задушу порешу прикончу поубиваю перестреляю перережу
    грохну замочу урою изобью отпизжу расстреляю отметелю отмудохаю покалечу взорву
ru_to_kill: убить зарезать застрелить прибить придушить избить покалечить перестрелять взорвать
ru_whom: его ее их вас тебя всех этого эту этих суку тварь гада сволочь менеджер* оператор* мастер* директор*
    сотрудник* козла ублюдк*
ru_want: хочу хочется готов готова собираюсь пойду приду думаю буду мечтаю
ru_burn: сожгу подожгу спалю взорву подорву разнесу разгромлю сожжем
ru_place: офис* магазин* филиал* отделение отделении контору контора здание машину дом банк склад
ru_body: ноги руки ногу руку зубы голову башку шею морду рожу нос яйца кости череп ребра пальцы лицо харю
ru_break: сломаю переломаю выбью разобью проломлю отрежу оторву сверну вышибу набью начищу расквашу разобьем
ru_weapon: нож* пистолет* ружье* топор* бита биту битой молоток молотком автомат* бензин* оружи* обрез*
ru_threaten: угрожает угрожал угрожают угрожали угрожала грозит грозится грозили грозятся обещал обещает
ru_live: жить существовать
ru_die: умереть сдохнуть подохнуть помереть
"""
"""Sets of words that the patterns below use as ``@name``."""

SELF_HARM = """
# Hebrew
אין לי .. @he_strength @he_live > עם|בלי|בחו|איתם|לריב|להתקשר
אין לי .. @he_strength להמשיך לחיות > עם|בלי
אין לי .. @he_strength @he_live עם זה|חוב*|הבושה|הכאב|הפחד
אין לי .. בשביל|למען|עבור מה|מי|למה @he_live
אין לי .. למה לחיות|לקום
אין .. טעם|סיבה|משמעות|ערך @he_life > עם|בלי|בארץ|פה|כאן
מה|בשביל הטעם|הסיבה|מה|הפואנטה .. לחיות|@he_life > עם|בלי|פה|כאן|בארץ
לא|בלי|מבלי .. רואה|מוצא|מוצאת .. טעם|סיבה|תקווה .. @he_life|לחיות|להמשיך > עם|איתם|את|בשירות|בחברה|במנוי
לא|אינני רוצה|רוצים|מעוניין|מסוגל|מסוגלת|יכול|יכולה .. לחיות > עם|בלי|בדירה|בבית|בבניין|בשכנות|על|ליד|פה|כאן|
    בארץ|באזור|בלעדי* // שקט|רעש|חלודה
לא בא|מתחשק לי .. לחיות > עם|בלי
רוצה|רוצים|מעדיף|מעדיפה|מתפלל|מתפללת|מקווה|מחכה|מחכים|בא|מתחשק לי? פשוט|כבר|רק|לגמור|הכל? @he_die > מצחוק|מבושה|
    מרעב|מחום|מקור|משעמום|מעייפות|מעצבים|מהשעמום|מהבושה|מהצחוק|מהמחיר*|מהשירות|מההצעה|מהחום|על|מאשר
לגמור|לסיים|להפסיק .. הכל|הכול ולמות
אולי|פשוט|הלוואי|הלואי|מקווה .. אמות > מצחוק|מבושה|מרעב|מחום|מקור|משעמום|מעייפות|בקו|בתור
עדיף|מוטב .. למות|אמות // לדבר|להתקשר|לשלם|לחכות|לחזור|להצטרף|לעבור|לקנות
פשוט|רק למות > מצחוק|מבושה|מרעב|מחום|מקור|משעמום|מעייפות|על
חבל שאני|שבכלל .. חי|חיה|נולדתי|קיים
הלוואי|הלואי .. הייתי מת|מתה|נעלם|נעלמת
הלוואי|הלואי .. לא .. אקום|אתעורר|נולד*
אתאבד|נתאבד|להתאבד|תתאבד|יתאבד > על|עליו|עליהם|עליי|עלי|עליכם|עליה|עלינו|בשביל|כלכלית|עסקית|עם|לחברה
אני .. מתאבד|מתאבדת > על|עליו|עליהם|עליכם|עליה
ניסה|ניסתה|ניסיתי|מנסה|ניסיון|ניסיונות .. להתאבד|אובדני|אובדניים|התאבדות
חושב|חושבת|חשבתי|מחשבות|מדבר|מדברת|חושבים|שוקל|שוקלת|מתכנן|מתכננת על? .. התאבדות|להתאבד
אובדני|אובדנית|אובדניות|אובדניים
לשים|אשים|שם|שמה|נשים|הולך|הולכת .. קץ|סוף @he_life
לשים|אשים .. קץ|סוף לזה|להכל // חוזה|מנוי|התקשרות|עסק|מריחה|סחבת
מסיים|מסיימת|לסיים|אסיים|גומר|גומרת|לגמור|אגמור|לקחת .. @he_life // ביטוח|פוליסה
קופץ|קופצת|לקפוץ|אקפוץ|נקפוץ .. מהגג|מהגשר|מהחלון|מהמרפסת|מהבניין|מגג|מגשר|מקומה|מהקומה
קופץ|קופצת|לקפוץ|אקפוץ|לזרוק|אזרוק .. מתחת|לפני|על .. רכבת|אוטובוס|משאית
עומד|עומדת|יושב|יושבת על .. הגשר|הגג|המעקה // תור|טכנאי|אנטנה|דוד|צלחת
חותך|חותכת|לחתוך|אחתוך|נחתוך|פותח|לפתוח|אפתח .. ורידים|וורידים
לפגוע|פוגע|פוגעת|אפגע|לחתוך|חותך|חותכת|להזיק|לחנוק .. עצמי // בטעות|זכוכית|מכסה|מוצר|מדף|קופסה|קופסת|מכשיר
להרוג|אהרוג|ארצח|לתלות|אתלה|לחסל|אחסל|אירה|לירות|יורה|יהרוג|אטביע .. את? עצמי // ברגל|רגל
אדפוק|אתקע|לתקוע|תוקע|אכניס|להכניס|אירה|לירות .. לי|לעצמי .. כדור*
אבלע|לבלוע|בלעתי|בולע|בולעת|אקח|לקחת|לקחתי|שתיתי .. חצי|כל|מלא|המון|הרבה|חבילת|קופסת|כדורים .. כדורים|ולמות|
    הכדורים|שינה // מרשם|אקמול|רופא|אופטלגין|כאב*|מרקחת
לא רוצה .. להתעורר > מוקדם
לא רוצה .. לקום מחר|בבוקר|יותר > לעבודה|מוקדם
נמאס לי .. לחיות > עם|בלי|פה|כאן|בארץ
נמאס|מאסתי|עייפתי|התעייפתי לי? מהחיים|בחיים > בארץ|פה|כאן|במדינה|עם|בלי|ב
החיים|חיי לא שווים|שווה
החיים|חיי שלי? נגמרו|הסתיימו // ביטוח|אחריות|סוללה|מוצר
לא שווה לחיות
יסתדרו|להם|לכולם|לילדים .. בלעדיי|בלעדי // הסתדרו
עדיף .. בלעדיי|בלעדי // לקוח|החברה|לחברה
לא אהיה כאן|פה .. מחר|יותר // בבית|בעבודה|בחופש|לקוח
# English
i|wanna|want|wants|just to? die > of|laughing|for|from|on|inside|trying|before // rather|subscription|laughing|
    dying|phone|battery|wont|will
ready|deserve to die
i wish i was|were dead
wish i|id|ive .. never .. born
wish|rather .. be|was|were dead
kill|killing|hang|hanging|drown|poison|offing|off @en_self > for|laughing|trying|with|over // could|couldve|almost
kill @en_self over|with .. debt*|this|it|loan*|pills|them|bills // could|couldve|almost|laughing|trying
shoot|shooting @en_self > in // could
hurt|hurting|harm|harming|cut|cutting @en_self > on|with|when|while|using|by|because|at // could|accidentally|
    edge|glass|lid
cutting|slitting my arms|wrists
commit|committing|commits|attempt|attempted|considering|contemplating|consider|about|of|tried|planning suicide
    // financial|commercial|political|career|business|social|economic
suicidal // financial|commercially|economically
suicide is|me|attempt|note|thoughts // financial|commercial|career
thoughts of .. suicide|dying|death|ending // contract|subscription
no|any|without .. reason|point|strength|energy|will .. to @en_live > with|near|there|here|in|without
whats|what|no|any|isnt .. point|sense of|in|to living|being|live > with|near|there|here|in|without
no|isnt any|not .. point|reason in|for .. living > with|near|there|here|in|without
no|lost .. will|strength to .. live|go on living
dont|not|cant|cannot|no|never .. want|wanna|wish|able .. @en_live > in|with|without|near|next|there|here|under|
    on|above|by|off // free
dont|not wanna|want to? be .. alive|around anymore // customer
dont|cant|cannot|not go|carry on living
life .. isnt|not|aint|no|hardly .. worth .. living|it
not worth living
end|ending|take|taking|finish|finishing my|his|her|their own? life|lives
cant|cannot take + end it // contract|subscription|service|deal|call|plan|membership
end|ending it all
better off without me // customer|company
better off dead
jump|jumping|throw|leap .. off|from|under|front|myself .. bridge|roof|building|balcony|train|window|cliff|bus // hoops
slit|cut|cutting my wrists|wrist
overdose|overdosed|overdosing .. on? pills|meds
take|took|swallow|swallowed|taken .. all|whole|bottle|handful|pack .. pills|tablets|meds // pharmacy
dont|not|never want|wanna .. to wake up > early|at
want|wanna to? be dead
never|not wake|waking up .. again|tomorrow|ever?  // alarm|early|clock
miss me if i died|die|was|were
dont|cant|cannot see .. point|reason .. living|live > with|near|there|here
dont|not want to be here anymore // customer|on|hold|in
nothing|nobody .. left? to live for
# Arabic
@ar_no .. بدي|اريد|عاوز|عايز|حابب|حابه|بدنا|نفسي @ar_live|احيا > مع|بدون|في|بهالبيت|هون|بلا|جنب|معهم
@ar_no .. الي|عندي|ضل|عاد|في|فيي .. نفس|قوه|طاقه|خلق|حيل|سبب|داعي|معنى .. اعيش|عيش|للحياه > مع|بدون|في
@ar_no .. قادر|قادره|اقدر|قدران .. اعيش|عيش > مع|بدون|بهالبيت|في|هون|بلا|معهم
ليش|لشو|ليه|لماذا .. اعيش|عايش|عايشه > هون|في|مع|بدون
بدي|اريد|عاوز|عايز|نفسي|حابب|ياريت|ودي|خليني ان? اموت|موت > من|عليكم|فيكم|عليها|ضحك // الضحك
بتمنى|اتمنى|تمنيت|ياريت|ياريتني|ريت|ريتني|ليتني .. موت|اموت|متت|ميت|ميته|متت > من|لهم|لكم|في
بدي|رح|راح|لازم|اريد|بفكر|افكر|حابب|فكرت|ناوي .. انتحر|انتحار|ننتحر // مالي
بدو|بدها|حاول|حاولت|بده|رح .. ينتحر|تنتحر|انتحر|انتحار // الشركه|مالي
انتحر > مالي|اقتصادي
افكار .. انتحاريه
بقتل|اقتل|ساقتل|اذبح|اشنق|بشنق|بذبح حالي|نفسي|روحي
ااذي|اوذي|اذي|باذي|بوذي|اجرح|بجرح حالي|نفسي // بالغلط|الزجاج
اخلص|انهي|بنهي|انهاء|انهى .. حياتي|عمري|حالي
الحياه|حياتي .. ما|ليس|مالها|مافيها .. معنى|قيمه|طعم > مع
الحياه|حياتي مالها|مابتسوى|ما بتسوى
@ar_no .. كمل|اكمل|نكمل حياتي|عمري
زهقت|قرفت|تعبت|مليت من الحياه|حياتي|عيشه|عيشتي > هون|في|بهالبلد|معكم
ما .. لي|الي .. اعيش عشانه|علشانه|كرماله
بنط|انط|بقفز|اقفز|ارمي|برمي .. سطح|جسر|بنايه|بلكون|شباك|قطار
بقطع|اقطع .. شراييني|وريدي|شرايين
كلهم|الكل|اهلي|عيلتي|ولادي .. احسن|اريح .. بدوني|بلاي
@ar_no بدي اصحى > بكير
بلعت|باخد|اخدت|شربت .. علبه|كل|كتير .. حبوب|دوا // صيدليه
# Russian
не .. хочу|хочется|хотел|хотела|могу|желаю|охота .. больше? @ru_live > с|без|в|у|на|рядом|под|здесь|тут // интернет*
@ru_live .. больше? не .. хочется|хочу|хочет|могу > с|без|в|здесь
нет|нету|никаких|осталось .. сил|смысла|желания|причин .. @ru_live > с|без|в
зачем|незачем|какой .. мне|смысл? .. @ru_live > здесь|в|с
не|мне .. незачем|зачем|ради|для .. кого|чего|больше? .. @ru_live > здесь|в|с
не вижу|нет .. смысла .. @ru_live|жизни > в|здесь|с
смысла|смысл .. @ru_live .. нет|больше|не|потерял|потеряла > в|здесь|с
хочу|хочется|хотел|хотела|мечтаю|лучше|охота|скорей|скорее|пора|готов|готова .. @ru_die|умру > от|со|с|за|чем
    // менеджер*
лучше бы? .. я|мне .. умер|умерла|сдох|сдохла|родился|родилась|@ru_die > чем|от
умереть хочу|хочется|хотел|хотела
покончу|покончить|кончу|покончил|покончила|покончит|кончать .. с? собой|жизнью|жизнь
самоубийств* // финансов*|экономическ*|коммерческ*|политическ*|бизнес
суицид* // финансов*|коммерческ*
убью|убить|прикончу|порешу|порезать|порежу|резать|режу|вредить|вред .. себя|себе // случайно|время|крышк*|стекл*
руки на себя
на себя руки
повешусь|повеситься|вешаюсь|застрелюсь|утоплюсь|отравлюсь|зарежусь|убьюсь // можно|хоть|впору|дозвон*|ждать
хочу|хочется|думаю|собираюсь|готов|готова .. повеситься|застрелиться|отравиться|утопиться|прыгнуть|спрыгнуть //
    можно|хоть|тариф*
прыгну|прыгнуть|спрыгну|спрыгнуть|выброшусь|брошусь|броситься|сброшусь|выпрыгну|шагну .. крыши|моста|окна|
    балкона|поезд|этажа|окно
вскрою|вскрыть|перережу|порежу|режу .. вены
выпью|выпил|выпила|приму|проглочу .. все|горсть|пачку|кучу .. таблеток|таблетки|снотворного // от
наглотаюсь|наглотаться|наглотался|наглоталась .. таблеток|снотворного
устал|устала|надоело|осточертело|надоела .. жить > с|без|в|здесь|тут
всем .. лучше|легче .. без меня // клиент*
без меня .. всем? .. лучше|легче // клиент*
не хочу .. просыпаться|проснуться > рано
жизнь .. не|потеряла|нет .. имеет? смысл|смысла
"""
"""The person, or one close to them, may come to harm by their own hand."""

VIOLENCE = """
# Hebrew: what the person would do
@he_kill @he_whom // @he_price
@he_kill .. את? @he_staff // אמא|אשתי|בעלי|אבא|@he_price
@he_kill .. את? כל|מי // @he_price|זמן|מנוי*
אליהם|אליכם|אליו|אליה|אליך|לסניף|למשרד* + @he_weapon // מתקין|טכנאי|קופסה|הזמנה|ביטול|משלוח|קבלה
אני|אנחנו @he_kill_slang .. @he_whom|@he_staff // @he_price|זה
@he_means .. @he_to_kill .. @he_whom|@he_staff // @he_price|ראוטר|הזמן
@he_kill_slang|@he_kill .. @he_whom אחד|אחת אחד|אחת
אירה|יורה|נירה|לירות|יירה בו|בה|בהם|בכם|בכן|בכולם|בך // @he_price
אירה|יורה|נירה|לירות|יירה .. @he_staff // @he_price
כדור + בראש|לראש + @he_to_whom
@he_burn .. @he_to_whom|את .. @he_place|בית|אוטו|רכב|מכונית|מקום|הכל // ציוד|חוזה|כרטיס
@he_burn .. את? @he_place|אוטו|רכב|מקום // ציוד|חוזה|כרטיס
@he_burn @he_whom|@he_to_whom // רשת|ברשת|ביקורות|פייסבוק|רשתות|@he_price
@he_blow_up .. @he_whom // @he_price|בשיחות|בפניות
@he_blow_up .. @he_place // @he_price
אשים|אניח|נשים|לשים|אטמין|שמתי|נניח .. פצצה|מטען|רימון // מבצע|הצעה|טלפון|סוללה
@he_break .. @he_to_whom .. @he_body|@he_place
אבוא|אגיע|נבוא|נגיע|אכנס|אקח|אביא|אשלוף|אוציא + @he_weapon // מתקין|טכנאי|קופסה|הזמנה|קבלה
אני|אנחנו .. בא|באה|מגיע|מגיעה|לוקח|לוקחת|מביא .. @he_weapon // מתקין|טכנאי|קופסה|הזמנה|ביטול
אני .. רוצח|רוצחת|הורג|הורגת|דוקר|חונק|חונקת|שוחט|יורה @he_whom|בו|בהם|בכם // @he_price|זמן
מגיע @he_to_whom .. למות
אבוא|אגיע|נבוא|נגיע|לבוא|בא|באה|מגיע|מגיעה .. לשבור|לפרק|לכסח|לשרוף|לפוצץ|להרביץ .. @he_whom|@he_to_whom|@he_place
@he_give .. @he_whom|@he_to_whom|@he_staff .. @he_fist // @he_price
@he_give .. @he_fist // @he_price
@he_gets .. ממני? .. @he_fist // @he_price
ארביץ|להרביץ|נרביץ .. @he_to_whom|@he_staff // @he_price
אכה|להכות @he_whom|את // שיא|מחיר
אני .. אפרק|אכסח|אקצוץ|אדרוס @he_whom // @he_price|רכיב
מישהו .. ייפגע|יפגע|ימות|יחטוף .. אם|ממני|היום // מוצר|חשמל|גז
ישפך|יישפך|תישפך .. דם
# Hebrew: what was done to the person
@he_hit .. @he_me // @he_price|ביטוח|מאחור|מאחורה|רמזור|רכב|סחרחורת|חרדה|כאב*|בחילה|שינה|צמא|רעב|צחוק|דיכאון|
    במחיר|חום|הלם|ייאוש|דלת
תקפה אותי|אותנו // סחרחורת|חרדה|כאב*|בחילה|שינה|צמא|רעב|הלם
ירה|ירו|בעטו|ירק לי|בי|עליי // ברגל|רגל|@he_price|מסמר
דחף|דחפה|דחפו אותי .. לקיר|לרצפה|לכביש|למדרגות|והפיל*|ונפלתי|ו
@he_threaten + @he_harm // אשראי|דירוג|עסק|חוזה|שירות
הוא|היא|הם|בעלי|מישהו .. רוצה|הולך|עומד|יכול|מתכוון|ניסה .. להרוג אותי // עמלות|מחיר*
מפחד|מפחדת|חושש|חוששת .. על? .. חיי|לחיי // ביטוח
# English: what the person would do
@en_will .. @en_kill .. @en_whom > with|an|a|some|email|mail|message|text|price*|offer*|rate* // kindness|
    @en_fee|@en_kin|fee|me|email|message|text|they|she|he|it|this|these|me
@en_will .. @en_kill .. that|this|the|those|these|your|their .. @en_staff // @en_kin|@en_fee
@en_will .. run .. @en_whom over > the|this|that
@en_will .. beat|kick|knock .. crap|shit|hell|teeth|ass out|off|up? // price
@en_will|im|i|we .. burn|torch|burning|torching .. @en_place // cd|bridge*|calories|oven|cable*
@en_will .. burn|torch .. them|it|you|your|their|this|that|him .. down|alive
set|setting|light|put .. fire|ablaze .. to|on? .. @en_place|@en_whom // oven|stove|phone|battery|caught
fire to .. @en_place
@en_will .. bomb|blow .. up? .. @en_place|them|you // complaints|emails|reviews|calls|phone*|messages|inbox|email
put|plant|planting|leave|leaving|bring|bringing|theres .. bomb|explosive*|grenade // ice|glitter|offer
to break|smash|bash|kick your|his|her|their @en_body // leg|back
should|deserve|deserves|ought|gotta .. shoot|kill|hang|burn|beaten|shot @en_whom|alive? // price|fee
@en_will|let .. break|smash|bash|crack|cave|kick|rip|punch|knock|slit|cut .. his|her|your|their|him|you ..
    @en_body|door
@en_will .. smash|trash|wreck|shoot up? .. @en_place|windows
bullet|knife|gun .. in|to|through .. his|her|your|their .. @en_body|heart
come|coming|show|bring|bringing|walk|return|over|down|there|get .. with|a|my|the .. @en_weapon // battery|
    technician|installer|toolbox|delivery|order
throw|pour .. acid|petrol|gasoline .. on|at|over|them|him|her
he|she|they|you deserve|deserves to die
someone|someones|somebody|somebodys|people .. gonna|going|will .. get|be|end .. hurt|killed|dead|bleed //
    product|gas|leak
blood will|gonna|on // test*|pressure
# English: what was done to the person
hit|hits|punched|slapped|beat|beats|beaten|kicked|assaulted|attacked|choked|strangled|hitting|beating|attacking|
    shoved|hurt me|us > that|out|off|to|hard|back // @en_fee|account|it|realization|phone|wifi|card|verbally|
    computer|virus|hackers|scammers|insurance|behind|car|vehicle|accident|light|bumper|rear|parking|malware|site
hit|hits|punched|slapped|beat|beats|kicked|assaulted|attacked|choked|hitting|beating|shoved my son|daughter|
    wife|husband|mother|father|kid|child|mom|mum|dad|brother|sister // car|@en_fee|insurance|behind
beat|beaten|beating me|him|her|us up
stabbed me|him|her|us // back
punched|slapped|kicked|hit me|us|him|her .. in the face|head|stomach|ribs
hit me with .. stick|bat|fist|bottle|chair|hand|belt
pushed|shoved me .. down|ground|wall|stairs|floor
threatened|threatens|threatening|threaten .. to .. kill|hurt|beat|stab|shoot|harm|rape|attack|burn|break //
    rating|credit|service|contract
threatened|threatens|threatening me|us .. with .. knife|gun|weapon|violence|bat
he|she|they|said|says .. would|will|hell|theyll|gonna|going .. kill|hurt|beat|stab|shoot|break .. me|us|my > if
    // @en_fee|@en_kin|wait|debt
he|she|they|said|says .. would|will|hell|theyll|gonna|going .. break my @en_body
afraid|scared|fear|fearing for .. my|our life|lives|safety
tried to kill me // @en_fee|this
pulled|came .. a|with .. knife|gun .. on|at me
# Arabic: what the person would do
@ar_will .. @ar_kill // اشتراك|وقت|عقد|انترنت|فاتوره|حساب|موضوع|صداع|حدا
لاقتل*|لاذبح*|بقتلكم|بقتلهم|بقتله|بقتلك|بذبحكم|بذبحه|بذبحك|ساقتلكم|ساقتله|ساقتلهم // وقت|اسعار
@ar_will @ar_hit .. @ar_whom|@ar_body > تلفون // عقد|روتين
@ar_will .. اضربه|اضربها|اضربهم|اضربكم|اضربك > تلفون|مشوار
@ar_hit @ar_body // رقم
@ar_will .. @ar_burn .. @ar_place|هم|كم // دم
@ar_burn .. @ar_place // دم|انحرق
احرقكم|احرقهم|بحرقكم|بحرقهم|لاحرق*
@ar_will .. افجر*|انسف*|فجر .. @ar_place|راس*
افجر|بفجر|انسف|بنسف @ar_place
اجيب|بجيب|اجبلكم|باخد + @ar_weapon // طلبيه|توصيل
احط|بحط|ازرع|بزرع|حطيت .. قنبله|عبوه|متفجر*
اجي|باجي|بجي|جاي|احضر|ارجع|نجي|جايكم|جاييكم .. مع|معي|حامل|ب? .. @ar_weapon
# Arabic: what was done to the person
ضربني|ضربوني|ضربتني|اعتدى|اعتدوا|هجم|هجموا|طعنني|خنقني // فاتوره|غرامه|اسعار|سعر|زياده|مبلغ|كهربا|رسوم|عموله|
    مصاريف|ورا|تامين*|سياره|سيارته|حادث|اشاره|تلفون|فيوز|تيار|كهرباء|شمس|برد
ضرب|ضربوا|ضربت ابني|بنتي|مرتي|زوجتي|زوجي|امي|ابوي|اخوي|ولدي
هددني|هددوني|هددتني|بهددني|بهددوني|مهددني|يهددني .. قتل|يقتلني|يقتلوني|يضربني|يضربوني|ضرب|سلاح|سكين|سكينه|يحرق*|
    يوذيني|يكسر*|مسدس
خايف|خايفه .. على حياتي|عحياتي|يقتلني
# Russian: what the person would do
@ru_kill + @ru_whom // письмами|жалобами|подписк*|жена|муж|время|договор|тариф*|звонками|контору|отзыв*|штраф*
@ru_want + @ru_to_kill + @ru_whom // подписк*|время|договор
@ru_to_kill .. хочу|хочется|готов|готова // время|подписк*|договор
@ru_burn .. @ru_place|вас|их|все|всех|к // отзыв*|мост*
@ru_place + @ru_burn // отзыв*
разнесу|сожгу|взорву|спалю + вам|тебе|вас|им // отзыв*
@ru_break + @ru_body // себе|телефон*
дам|дать|надаю|врежу|вмажу|получит|получишь .. в|по|им|ему|вам|тебе|ей? морду|морде|рожу|роже|лицо|харю|башке|
    голове|зубам|щам // отзыв*
приду|приеду|придти|вернусь|явлюсь|возьму|прихвачу .. с? @ru_weapon // мастер*|доставк*|заказ*
@ru_weapon .. приду|приеду|вернусь // мастер*|доставк*
бомбу|бомба|взрывчатк* .. офис*|подложу|заложу|заложена|филиал*|магазин*|отделен*|у|в
подложу|заложу|подкину|принесу .. бомбу|взрывчатк*|гранат*
# Russian: what was done to the person
ударил|ударила|ударили|избил|избила|избили|побил|побили|напал|напала|напали|толкнул|душил|пырнул|изнасиловал +
    меня|нас|мне|на|жену|сына|дочь|мужа|мать|ребенка|ее // тариф*|цен*|карман*|ток*|счет*|штраф*|страхов*|машин*|
    авари*|дтп|сзади|током
@ru_threaten + @ru_to_kill|сжечь|расправой|насилием|переломать|сломать|покалечить|@ru_weapon // рейтинг*|договор
боюсь .. за .. свою? жизнь
"""
"""Somebody may come to harm: what the person would do to others, or what was done to them or they were
    threatened with.
"""

THREAT = """
# Hebrew
אתבע|נתבע|יתבע|לתבוע|תובע|תובעת|תובעים אתכם|אתכן|אותך|אותכם // אם|מאיימים|מאיים
אתבע|נתבע|יתבע|תובע|לתבוע .. עד .. השקל|הגרוש|שקל|גרוש|האגורה|התחתונים
אתבע לכם|להם|לו|לה את .. הצורה|החיים|התחתונים|אמא
נתראה|ניפגש|אראה|אפגוש|אביא|אגרור|נביא|אקח|אשלח|מביא|לוקח .. אתכם|אתכן|אותך|אתכם? .. בבית|לבית .. משפט|המשפט //
    אישור|מסמכ*
נתראה|ניפגש|אביא|אקח .. בבימש|בביהמש|לבימש|לביהמש
תשמעו|תשמע|תשמעי|תקבלו|ישמעו|תחכו|חכו .. מהעורך|מעורך|מעוה*|לעורך|עורך|מעורכי|מהעורכת|למכתב // החזר|שלהם
עורך|עורכת|עורכי|עוד דין|הדין שלי|שלנו .. יטפל|יטפלו|תטפל|ידבר|ידברו|יגמור|יראה|יקרע .. @he_whom|בכם|בהם|בך|
    איתכם|לכם|איתך
תשמעו|תשמע|תשמעי|ישמעו עוד? ממני
עוד|אתם|אתן .. תצטערו|תתחרטו|תשלמו|תבכו|תשמעו|תראו|תצטער|תתחרט|יצטערו|יתחרטו|ישלמו|יבכו // כמה|מתי|תשלומים|פירוט
תצטערו|תתחרטו|תתחרט|תצטער|תצטערי|יצטערו|יתחרטו // אם|האם
תשלמו|ישלמו על זה|כך|מה // פיצוי|ביטול|תיקון|משלוח
תשלמו|ישלמו|תשלם .. ביוקר
אהרוס|יהרוס|נהרוס|אחריב|אגמור|אחסל|אקבור|אמחק|אשמיד|אטחן|אקרע|ארוצץ @he_whom|@he_to_whom // מייל*|הודעות|הודעה|החוב
אהרוס|אחסל|אגמור|להרוס|אמרר|אחרב|אקלקל|אהפוך @he_to_whom .. עסק|קריירה|חיים|שם|מוניטין
אמרר|ימרר|אהפוך|נמרר .. @he_to_whom .. חיים
אעשה|יעשה|נעשה|לעשות @he_to_whom .. מוות|גיהינום|גיהנום|גהינום|שיימינג
לא יודעים|יודע|יודעת|מבינים|מבין|מבינה .. עם .. מי .. עסק|מתעסקים|מתעסק|התעסקתם|הסתבכתם|דיברתם|מדבר|מדברים|אתם|אתה
אתה|את|אתם לא יודע|יודעת|יודעים מי אני
התעסקתם|הסתבכתם|תתעסקו|התעסקת|תתעסק עם האדם|הבן|מי|האישה .. שלא|הלא|אדם|לא
אסגור|יסגור|נסגור @he_to_whom .. עסק|חברה|סניף|באסטה|חנות // חשבון
אגמור|אטחן|אקרע|אפרק|אחסל|אקבור @he_whom .. תקשורת|פייסבוק|רשת|רשתות|משפט|בית|כל
אראה|יראה|נראה @he_to_whom מה|מי|מאיפה|איך זה|אני|משתין|עושים|מתנהגים // קבלה|צילום
אוציא|נוציא|אזרוק אתכם|אותך|אותם .. מהעסק|לרחוב|משם
תקבלו|תקבל|יקבלו|חכו|חכה|מחכה|תחטפו|תחטוף|מגיעה|תגיע .. @he_to_whom? .. תביעה|תביעות|לתביעה|זימון // החזר|האם|מתי
מתעסקים|מתעסק|מתעסקת|התעסקתם עם .. לא|הלא נכון|הנכון|הנכונה
אדאג|ידאג|נדאג|אגרום .. שיפטרו|שתפוטר|שתפוטרי|שיעיפו|שתועף|שתסגרו|שתשלמו|שתיסגרו|שתתחרטו|שתעופו|שתעוף
אפטר|יפטרו|אעיף|יעיפו|תעוף|תעופי|תפוטר .. אותך? .. מהעבודה|מהמקום|מהתפקיד|בגללי
חכו|חכה|חכי חכו|חכה|חכי|ותראו|תראו|שתראו|תראה // בדק|שנייה|רגע
תיזהרו|תיזהר|תיזהרי ממני|לכם|לך
אל|לא|שלא תתעסקו|תתעסק|תתעסקי|יתעסקו איתי
עורך|עורכת|עורכי הדין|דין שלי .. בדרך|כבר|יצור|בעניין // שאל*
יודע|יודעת|יודעים איפה אתה|את|אתם גר|גרה|גרים|עובד|עובדים|עובדת
# English
ill|will|gonna|going|am|im|shall|be|lets|let|were .. sue|suing you|ya|u|yall|your|ur
sue|suing|sued the .. hell|pants|shit|crap out|off
sue|suing .. ass|asses|pants|into|oblivion|every|last // small|claims
see|meet you|u|ya|yall in court
take|taking|drag|dragging|haul|bring you|yall|u|your .. court|courts // ca|they
youll|you|theyll|u|they|expect|wait .. hear|hearing|contacted|call|letter|hear .. from|by my .. lawyer*|
    attorney*|solicitor*
my lawyer*|attorney*|solicitor* .. will|is|gonna|are .. contact*|call|eat|destroy|touch|bury|deal|tear
youll|you|u|theyll|they|yall .. be|gonna|going .. sorry > to|about // if
youll|you|u|theyll|they|yall will? .. regret > to|that|if // if|wont
you|u|they|theyre|youre|yall will|gonna|going .. pay for this|that|what|it > repair*|damage*|flight*|hotel|
    technician // repair*|damage|flight|hotel|technician|delivery|install*
youll|theyll|you|ull pay for this|that|what|it // repair*|damage|flight|hotel
make|makes|making them|you|him|her|u pay > back|me|attention // refund
ill|will|gonna|going|wanna|can .. ruin|destroy|bury|crush|finish|annihilate|wreck|end you|u|them|him|her|yall
    // contract|call|subscription|phone|account|conversation|chat
ill|will|gonna|going|wanna .. ruin|destroy|bury|crush|annihilate|wreck|trash your|their|this|his|her // review|
    call|contract|subscription|phone|account|chat
ill|will|gonna|going .. bring|take|tear|shut you|them|your|this .. down // website|app|page
put|run you|them|your .. out of business
no|any idea|clue who|what .. dealing|messing|i .. with|am
you|u|they|yall dont|no|have .. know|idea who .. youre|you|u|theyre|they|i .. dealing|messing|talking|am .. with|to?
messed|messing|mess with the wrong
have|take your job for|over
prepare|ready .. sued|court|lawsuit // documents
get|have|see|make|getting you|him|her|u .. fired|sacked // themselves
lose|losing your|his|her|their job|jobs // they|afraid
make your|their|his|her|you life|lives|suffer .. hell|misery|miserable|living?
just you? wait .. youll|theyll|and|till|see // hold|line|minute|second
you just wait
mark my words
i know where you .. live|work|park
your worst nightmare
ill|will|gonna .. expose|shame|blast|drag you|your|them|u
watch your back
dont mess with me
dont you dare
get .. boss|manager .. fire you|him|her
# Arabic
اقاضيكم|بقاضيكم|اقاضيك|بقاضيك|لاقاضيكم|بقاضيكو|اقاضيكو
ارفع|برفع|رافع|نرفع عليكم|عليكو|عليك .. قضيه|دعوى|محكمه
بشوفكم|بشوفك|منشوفكم|نلتقي|بنتقابل|منلتقي|موعدنا|اوديكم|بوديكم|اخذكم|باخذكم|اجركم|بجركم|بجرجركم|اجرجركم|اخدكم|
    باخدكم|بخدكم .. محكمه|محاكم|عالمحكمه|عالمحاكم
بتسمعوا|بتسمع|تسمعوا|يسمعوا .. من محامي|مني|محاميي
محامي|محاميي .. يربيكم|يربيك|يبهدلكم|يدمركم
محامي|محاميي .. يحكي|يتصل|يتواصل .. معكم|فيكم|معك
بسجنكم|بحبسكم|اسجنكم|احبسكم|لاسجنكم
اقاضي|بقاضي|لاقاضي شركتكم|مديركم
رح|راح|والله|لسا|لح|حت|هلا .. تندموا|يندموا|تندم|تندمي|بتندموا|يندم|اندمكم|اندمك
بتندموا|بندمكم|لتندموا|ستندمون|هتندموا|حتندموا|تندمون|لاندمكم|لاندمك
تدفعوا|بتدفعوا|تدفعون|ستدفعون|تدفع|يدفعوا .. ثمن|غالي|تمن
بفرجيكم|بفرجيك|بورجيكم|بورجيك|بوريكم|بوريك|لافرجيكم|لافرجيك|بورجيهم|بفرجيهم|افرجيكم|اورجيكم|لاورجيكم .. مين|شو|
    مني|كيف|قيمتكم|نجوم // فاتوره|صور*
تشوفوا|بتشوفوا|تشوف|يشوفوا .. مني|شي .. اللي|عمركم|ما // عرض|سعر
ادمر|بدمر|لادمر|اخرب|بخرب سمعت*|شركتكم|شغلكم
اخرب|بخرب|لاخرب بيتكم|بيتك|بيتهم|شغلكم|بيوتكم|سمعتكم
اسكرلكم|بسكرلكم|اسكر|بسكر لكم? .. محل|شركه|فرع|محلكم|دكان*|شركتكم // حساب*|خط
ادمركم|بدمركم|لادمركم|ادمرك|بدمرك|ادمرهم|بدمرهم|بدعسكم|بمسحكم|امسحكم|افضحكم|بفضحكم|لافضحكم|افضحك|ابهدلكم|بهدلكم|
    بربيكم|اربيكم|لاربيكم|بربيهم|ابيدكم|يربيكم
@ar_no .. عارفين|عارف|بتعرفوا|بتعرف|تعرفوا .. مين .. بتحكوا|بتحكي|انا|تتعاملوا|عم|بتتعاملوا
خليك|بخليك|بخليكم|اخليك|لاخليك|اخليكم .. تنطرد|تنفصل|تندم|تندموا|تنطردوا|تبكي|تبكوا|يطردوك
بعرف وين ساكن|بيتك|شغلك|ساكنين
اشتكي|بشتكي|لاشتكي عليكم|عليكو|عليك .. ابهدلكم|افضحكم|بفضحكم|بكل
استنوا|استنو وشوفوا|وبتشوفوا|بتشوفوا
# Russian
засужу|засудим|посажу .. вас|тебя|их|всех?
вас|тебя|их .. засужу|засудим|посажу
подам .. вас|тебя .. суд
на вас|тебя .. суд .. подам|подаю|пойду
подаю|подам|пойду .. на вас|тебя .. суд
подам на вас|тебя
увидимся|встретимся|встречи .. в суде
готовьтесь|готовься .. суду|иску|суд
ждите|жди|получите|получишь .. повестк*|иск*|письм*|звонк* .. суд|адвокат*|юрист* // когда
вы|ты|они|вам|тебе .. пожалеете|пожалеешь|пожалеют|поплатитесь|поплатишься|поплатятся|попляшете|попляшут|аукнется
пожалеете|пожалеешь|поплатитесь|попляшете|попляшут|поплатишься
за это .. заплатите|заплатишь|заплатят|ответите|ответят|ответишь // ремонт
заплатите|заплатишь|заплатят|ответите|ответишь|ответят .. за это|все // ремонт
дорого .. обойдется|заплатите|заплатят // мне|доставка|ремонт
уничтожу|раздавлю|разорю|закопаю|сотру|утоплю|размажу|порву|разорву|ославлю + вас|тебя|их|контору|компанию|бизнес
вас|тебя|их .. порвет|порвут|уничтожит|засудит|посадят
управу .. на вас|них|тебя|найду
на вас|них|тебя .. управу
устрою + вам|тебе|им|веселую // встреч*|удобн*|поездк*
уволю|уволят .. вас|тебя|всех
вас|тебя .. всех? уволю
не знаете|знаешь|понимаете .. с кем .. связались|связался|имеете|разговариваете|дело
не с тем|той|теми .. связались|связался
добьюсь|сделаю .. чтобы|что|так .. уволили|уволят|закрыли|закроют|лишили
тебя|вас .. уволят|вылетите|вылетишь .. работы? // говорят
вами|вам|тобой .. свяжется|позвонит|займется|займутся .. адвокат*|юрист*
мой|мои .. адвокат|юрист|адвокаты .. вами|вас|тобой|вам
не связывайтесь|связывайся|шутите|шути со мной
вы|ты мне .. ответите|ответишь|заплатите|заплатишь // когда|сколько
по судам .. затаскаю|загоняю
затаскаю|затаскаем .. по? судам|вас
закрою|прикрою .. вашу|эту .. лавочку|контору|шарашку
лавочку|контору|шарашку .. прикрою|закрою
я знаю .. где ты|вы живешь|живете|работаешь
вы|ты у меня .. получите|узнаете|получишь|узнаешь|попляшете
"""
"""A threat that is not of violence: to sue "you", to ruin, to make pay. Not in questions; a plan is no threat."""

INSULT = """
# Hebrew: whatever stands around them
בן|בת|בני|בנות|ילדי|ילד זונה|זונות|שרמוטה|שרמוטות|כלב|כלבים|מניאק
בנזונה|בנזונות|בנשרמוטה|מניאק|מניאקים|מנייק|מנייאק|מנייאקים|שרמוטה|שרמוטות|זונה|זונות|קוקסינל|מזדיין|מזדיינים|
    מזדיינת|מנובל|חארות|חלאה|חלאות|מנוול|מנוולים|מנוולת|נבלה|נבלות|נאלח|נאלחים
מטומטם|מטומטמת|מטומטמים|מטומטמות|אידיוט|אידיוטית|אידיוטים|אידיוטיות|מפגר|מפגרת|מפגרים|מפגרות|דביל|דבילית|דבילים|
    דביליות|טמבל|טמבלית|טמבלים|אהבל|אהבלה|אימבציל*|פוסטמה > בתשלום|בתשלומים|אחר|אחרי
כוס|כוסאמא|כוסאמאשלכ*|כוסאמק אמא|אמאשלכ*|אמק|אחותך|אמכ*|אחותכ*
כוסאמא*|כוסעמק|כוסאימא*
לך|לכי|לכו|שילך|תלך|תלכו|לכ .. להזדיין|תזדיין|תזדיינו|לעזאזל
תזדיין|תזדיינו|תזדייני|להזדיין
# Hebrew: only when aimed
חתיכת|חתיכה של? זבל*|חרא|אפס|טינופת|חלאה|מטומטם|אידיוט|מניאק|חמור|כלב|פסולת|בהמה
יא|יה חמור|חמורה|חמורים|כלב|כלבה|כלבים|גנבים|שקרנים|נוכלים|רמאים|חתיכת|אפס|אפסים|זבל*|חרא|בהמה|שקרן|שקרנית|גנב|
    גנבת|טיפש|טיפשה|דפוק|דפוקה|מגעיל|מסריח|עלוב|נוכל|רמאי|פרחה|ערס|סתום|סתומה
איזה|איזו|עוד חמור|חמורה|אפס|אפסים|חרא|בהמה|שקרן|שקרנית|טיפש|טיפשה|פרחה|סתום|סתומה // מחדל|כשל|מצב|נזק
אתם|אתה|אתן|הם|הן|כולכם|כולם|אלה|אלו|סלקום|פלאפון|פרטנר|הוט|בזק|yes|הבנק ממש|פשוט|סתם|כולם|כולכם|כאלה|שם|חברת|
    של? גנב|גנבים|גנבת|שקרן|שקרנים|שקרנית|רמאי|רמאים|נוכל|נוכלים|חרא|זבל*|אפס|אפסים|טינופת|חמור|חמורים|כלבים|חיות|
    בהמות|טיפש|טיפשים|מגעיל|מגעילים|דפוק|דפוקים|עלובים|פושעים|עבריינים|מושחתים|פרזיטים|מאפיונרים|חזירים|נחשים|
    סרסורים|ליצנים|טפילים // רכב|דירה|בית|אחוז*|שקל
חבורת|חבורה|שורת|קבוצת|כנופיית|עדת|אוסף|סוג|מין של? .. גנבים|שקרנים|רמאים|נוכלים|ליצנים|אפסים|טיפשים|דפוקים|
    פושעים|מושחתים|מאפיונרים|טפילים|זבל*|חזירים|חמורים|בהמות|לוזרים|מוגבלים|מטומטמים|בריונים|שודדים // פרצו|נפרצ*
את שקרנית|רמאית|טיפשה|דפוקה|מגעילה|חצופה
גנבים|נוכלים|רמאים|שקרנים ו? נוכלים|רמאים|שקרנים|גנבים
דפוקים|דפוק|דפוקה בראש|בשכל
@he_staff הזה|הזאת|הזו|שם? פשוט|סתם|ממש? אפס|גנב|שקרן|שקרנית|נוכל|רמאי|חמור|טיפש|טיפשה|חרא|בהמה|סתום|סתומה // אמר|קרא
# English: whatever stands around them
bastard*|asshole*|arsehole*|assholes|bitch|bitches|motherfucker*|motherfuck*|mofo|dickhead*|douche*|cunt*|
    scumbag*|scum|wanker*|twat|twats|prick|pricks|dumbass*|dipshit*|shithead*|jackass*|retard|retards|retarded|
    whore*|slut*|fuckwit*|fucker*|fuckface*|imbecile*|moron|morons|idiot|idiots|cretin*|lowlife*|loser|losers|
    braindead|dumbfuck*|nitwit*|halfwit*|asswipe*|bellend*|knobhead*|shitbag*|tosser* > proof
son|sons of .. bitch|bitches|whore
fuck|fck|fuk|phuck|eff you|u|ya|off|yourself|yourselves|yall
screw you
these|those|this fucking|damn|stupid|bloody|lying? clown|clowns|thieves|crooks|liars|criminals|crook|liar|
    scammers // broke|stole
go .. fuck|screw yourself|yourselves
kiss my ass
piece|pieces of .. shit|crap|garbage|trash // company|service|router|phone|tv|junk|equipment|software|product|
    this|it|machine
eat shit
drop dead > gorgeous
shut .. fuck|hell up
stfu
# English: only when aimed
you|youre|u|ur|yall|theyre|they are|people|guys|lot|all|ppl? are|all|just|nothing? but|a|all|total|complete|
    absolute|pure|such|fucking|lying|bloody|simply? bunch|fucking|bloody? of? thief|thieves|crook|crooks|liar|liars|
    scammer|scammers|robbers|criminals|clown|clowns|parasites|pathetic|garbage|trash|vultures|leeches|pigs|rats|
    monkeys|animals|vermin|conmen|fraudsters|swindlers|gangsters|mafia // collected|dog|my|fell|victim|broke
you|youre|u|ur .. stupid|dumb|worthless|useless|disgusting|brainless|pathetic > question // offer|told|said|if|think
bunch|pack|gang|band|load|bag|lot|den|nest of .. thieves|crooks|liars|scammers|robbers|criminals|clowns|idiots|
    monkeys|parasites|vultures|pigs|rats|gangsters|amateurs|imbeciles|cowboys // broke|burglar*
lying|thieving|cheating|stealing|dirty|filthy|greedy thieving|lying|bastard*|scum*|pigs|rats|thieves|crooks|
    company|snakes
brain dead .. rep|reps|agent|agents|people|lot|clerk|manager
stupid|dumb|brainless|idiotic|moronic|braindead rep|reps|agent|agents|woman|man|cow|guy|girl|people|clerk|
    manager|technician|company|cellcom|hot|bezeq|partner // question|my|i|me
# Arabic: whatever stands around them
شرموطه|شراميط|شرموط|قحبه|قحاب|منيك|منايك|منيوك*|عرص|عرصات|ديوث|خنيث|كسخت|كسمك|كسامك|كسمكم|كسختك
كس امك|امكم|اختك|اختكم|امهم|امو|اخت*|امهات*|امه
ولد|ولاد|اولاد|ابن|ابناء|بنت|بنات كلب|كلاب|شرموطه|شراميط|قحبه|حرام|المنيوكه|منيوكه|زنا
اخو|اخوات شرموطه|قحبه|شليته
يلعن ابوكم|ابوك|ابو*|شرف*|عرض*|دينكم
تفه|تف عليكم|عليك|بوجهكم
روح|روحوا .. انقلع*|انيك|تنيك*|موتوا
# Arabic: only when aimed
يا|يالك يا? واحد? حمار|حمير|كلب|كلاب|غبي|اغبيا*|اغبياء|زباله|حقير|حقيرين|واطي|واطيين|نصاب|نصابين|حرامي|حراميه|
    كذاب|كذابين|تافه|تافهين|حيوان|حيوانات|خنزير|خنازير|اهبل|هبله|هبل|مجنون|سافل|سافلين|متخلف|متخلفين|بهيم|بهايم|خرا|
    وسخ|وسخين|ندل|انذال
انتو|انتم|انت|انتي|هدول|هم|هني|كلكم|كلكن|كلهم|هالشركه|شركه|شركتكم|كلهن .. كلكم|كلهم|بس|مجرد|واحد? حراميه|حرامي|
    كلاب|كلب|حمير|حمار|كذابين|كذاب|نصابين|نصاب|زباله|حقيرين|حقير|واطيين|واطي|اغبياء|اغبيا|غبي|تافهين|حيوانات|خنازير|
    سفله|انذال|وسخين|مافيا|لصوص|متخلفين|بهايم|زعران|محتالين // دخلوا|سرقوا|الجيران|بطاقتي
هالحمار|هالكلب|هالغبي|هالحقير|هالتافه|هالحيوان|هالحراميه|هالنصابين|هالكذابين|هالكلاب|هالحمير|هالاغبيا*|هالزباله
    // جيران
واحد|واحده|هاد|هاي حقير|حقيره|غبي|غبيه|حمار|حماره|كلب|واطي|زباله|سافل|تافه|اهبل|هبله|حيوان|متخلف|متخلفه // سبني|
    حكالي|قاللي|قالي|قلي|قال
انتو|انتم|انت|ناس|عالم|هدول بلا|بدون|قليلين|عديمين شرف|اخلاق|ضمير|اصل|الادب|ادب
كلاب|حمير|حيوانات|خنازير ولاد|اولاد|ابناء|كلكم|انتو|انتم
شله|عصابه|مجموعه|حفنه .. حراميه|نصابين|كذابين|حمير|كلاب|لصوص|اغبيا*|زعران|محتالين|زباله // دخلت|سرقت
موظف|الموظف|الموظفه|المندوب|المندوبه|المدير|هالموظف|هالموظفه|هالمدير .. واحد|واحده|هذا|هاد|هاي|كتير|اكبر? ..
    حقير|حقيره|غبي|غبيه|حمار|حماره|كلب|واطي|واطيه|زباله|سافل|تافه|اهبل|هبله|حيوان|متخلف // سبني|حكالي|قاللي|قالي|
    حكى|قال|قلي
# Russian: whatever stands around them
сука|суки|сук|сучка|сучки|сучара|бляди|блядина|ублюдок|ублюдки|ублюдков|мразь|мрази|мразота|мразей|пидор*|
    пидарас*|педераст*|гандон*|гондон*|мудак|мудаки|мудаков|мудачье|мудила*|долбоеб*|долбоящер*|еблан*|уебок|уебки|
    уебищ*|уебан*|хуесос*|пиздабол*|пиздюк*|выродок|выродки|скотина|скоты|гнида|гниды|подонок|подонки|подонков|
    падла|падлы|шалава|шлюха|шлюхи|шлюхин*|чмо|чмошник*|дебил|дебилы|дебилов|дебилка|дебильн*|даун|дауны|имбецил*|
    кретин|кретины|кретинка|кретинов|придурок|придурки|придурков|недоумок|недоумки|недоносок|недоноски|идиот|идиоты|
    идиотка|идиотов|идиотки|тупица|тупицы|урод|уроды|уродов|сволочь|сволочи|сволочей|козел|козлы|козлов|гад|гады|
    тварь|твари|тварей|мерзавец|мерзавцы|паскуд*|засранец|засранцы|говнюк|говнюки|ушлепок|ушлепки|быдло|лохи|хамло|
    хамье|ворюга|ворюги|ворье > отпущения
пошел|пошла|пошли ты|вы
эта|этот|эти|та|тот .. корова|овца|баран|бараны|осел|ослы|свинья|свиньи|крыса|коза|курица|дура|дурак
дура|дурак|дуры|дураки набитая|набитый|набитые|тупая|тупой
тупая|тупой|тупые|тупорыл*|безмозгл*|вонючие|вонючая|вонючий|поганые|поганая|чертовы|паршивые .. корова|овца|
    баба|бабы|телка|менеджер|оператор|мужик|контора|компания|курица|курицы|бараны|баран|ослы|осел|свинья|свиньи
иди|идите|идти|пошел|пошла|пошли|катись|катитесь|валите|вали|шли ты|вы|бы|они? .. на|в|нах|к|лесом хуй|хер|жопу|
    задницу|нах|хрен|пизду|три|нахуй|нахер
иди|идите|пошел|пошла|пошли|ты|вы нахуй|нахер|нах|нафиг
# Russian: only when aimed
вы|ты|они|все|это|эти|вы-то .. все|там|просто|одни|сплошные|настоящие|банда|шайка|полные|еще? .. воры|вор|ворье|
    жулики|жулик|мошенники|мошенник|лжецы|врун|вруны|лгуны|лгун|аферисты|бандиты|шуты|клоуны|клоун|бараны|баран|
    ослы|осел|свиньи|свинья|крысы|ничтожества|ничтожество|хамы|паразиты|кидалы|бездари|тупые|тупой|тупая|дураки|
    дурак|дура|твари|быдло|отбросы // сам|сама|залезли|украли|влезли|похоже
шайка|банда|сборище|кучка|толпа|свора|контора|компания .. воров|жуликов|мошенников|бандитов|аферистов|клоунов|
    идиотов|лжецов|баранов|паразитов|кидал|бездарей
жулики|воры|мошенники|лжецы|аферисты .. и .. жулики|воры|мошенники|лжецы|аферисты|твари|обманщики
"""
"""Names people call each other in anger."""

NAMES = """
גנב גנבים גנבת שקרן שקרנים שקרנית רמאי רמאים נוכל נוכלים אפסים מגעילים סתום סתומים סתומה טיפש טיפשים
טיפשה חמורים פושעים עלובים מושחתים ליצנים שודדים
thief thieves liar liars crook crooks scammer scammers robber robbers clown clowns criminals cheats cheaters
    fraudsters scum
حقير حقيرين حرامي حراميه كذاب كذابين نصاب نصابين واطي واطيين غبي اغبياء متخلفين تافهين محتالين لصوص
вор воры жулик жулики мошенник мошенники лжец лжецы лгуны врун вруны аферисты бараны ослы клоуны дура дурак грабители
"""
"""Milder names: an insult when they are nearly all that is said."""

REPORTED = """
קרא|קראה|קראו|קוראים|קורא|קוראת לי|לו|לה|לנו
קילל|קיללה|קיללו|מקלל|מקללת|העליב|העליבה|כינה|כינתה אותי|אותנו|אותו|אותה .. ואמר|ואמרה?
אמר|אמרה|אמרו|צעק|צעקה|אומר|אומרת|ענה|ענתה|קרא|סינן|סיננה לי|עליי|עלי|לנו
כאילו .. אני|הייתי|אנחנו
called|calls|calling|named me|us|him|her|my
said|says|told|tells|shouted|yelled|screamed .. i|im|was|am|youre|you
said|told|shouted|yelled|screamed .. me|us
swore|cursed|insulted|swears|curses at? me|us
talked|talks|speaks|spoke|treated|treating|treats|talking .. like|as
حكالي|حكتلي|قاللي|قالي|قالتلي|قالولي|قلي|حكولي|صرخ|صرخت
قال|حكى|حكت|قالت|قالوا .. اني|انني|عني|لي|انه انا
سبني|سبتني|سبوني|شتمني|شتمتني|نعتني|وصفني|سبنا
حسسني|حسستني|عاملني|عاملوني|عاملتني|حكى|حكت .. اني|كاني|متل|مثل|زي
назвал|назвала|назвали|обозвал|обозвала|обозвали|называл|называла|обзывал|обзывала + меня|нас|мою|моего
сказал|сказала|сказали|говорит|крикнул|заявил .. что .. я
сказал|сказала|крикнул|крикнула|заявил|заявила мне
считает|считают|считал|держат|держит|выставили|выставил .. меня|нас
разговаривал|разговаривала|разговаривали|говорил|говорила|обращались|обращался .. как|будто
обматерил|обматерила|обругал|обругала|материл|оскорбил|оскорбила .. меня|нас
из меня
"""
"""What the person was called or told: an insult one or two words later is not theirs."""

SAID = """
אמר אמרה אמרו אומר אומרת אומרים טוען טוענת ענה ענתה לדבריו לדבריה
said says told tells saying
قال قالت قالوا بقول بتقول حكى حكت بحكي قالي قاللي قالتلي حكالي بقوللي
сказал сказала сказали говорит говорят заявил заявила ответил ответила грит
"""
"""Words of reporting: a threat beside them is somebody else's."""

SELF = """
אני|שאני|כשאני|אנחנו|הייתי|היינו|אהיה|כמוני לא|פשוט|ממש|סתם|כזה|כזאת|די|קצת|כנראה|בטח?
מרגיש|מרגישה|הרגשתי|יצאתי|נראה|נראית|נראיתי ממש|כמו|כזה|כזאת?
כמו
i|we am|was|are|were|feel|felt|must|look|looked|feeling|guess .. like|so|such|a|an|the|really|totally|just|be|been?
im|ive .. so|such|a|an|the|really|totally|just|not|been|like?
like|as i|im|a|an|some|to
feel|feeling|felt .. like|so|a|an?
انا|اني|كنت|طلعت|كاني .. واحد|اكيد|كتير|مثل|متل|والله?
متل|مثل|زي|كانه
я .. же|сам|сама|был|была|как|просто|такой|такая|наверное|видимо?
сам|сама
чувствую|чувствовал|чувствовала|чувствуешь .. себя|последней|последним|полной|полным|какой-то?
как|будто .. последний|последним|последняя|полный|какой-то|с?
"""
"""What comes just before it when people say it of themselves, or compare."""

CURSE = """
# Hebrew
כוסאמק|כוסאמאק|כוסעמק|כוסאוחתק|כוסאוחתו|כוסאמו|קיבינימט|קיבינימאט|קיביני|פאקינג|פאק|פקינג|חרא|חארה|לחרבן|חירבון
    // כלב*|ביוב|צואה|משקל
נשבר|נשברו|גירדו לי .. הזין|הביצים|התחת|הזיין|זין
על|לא|שם|שמים|איזה|מה .. זין|הזין שלי|שלך|עלינו|עליי|עליכם|עליהם|אתם
לא שם|שמים זין
איזה|מה זין
זין על|עליכם|עליהם|עליו
תמותו|תמות|תיחנקו|תחנקו|תישרפי // אם|צחוק|רעב
זיבי|זובי
זיינו|מזיינים|לזיין|מזיין .. שכל|השכל|מוח|אותי|אותנו
שיזדיינו|שיזדיין|תזדיינו|שיישרפו|שישרפו|שישרף|שיישרף|שיתפוצצו|שיתפגרו|שימותו|שיחנקו|שיקפצו|שתישרפו|תתפגרו|
    תישרפו|תתפוצצו|שתתפוצצו|יישרפו|ישרפו
ילכו|ילך|לכו|תלכו|לכ|יילכו .. לעזאזל|לגיהנום|לגיהינום|לאלף עזאזל|קיבינימט
לעזאזל איתם|איתכם|איתו|עם|אתכם|אתם|איתך
ימח שמם|שמכם|שמו
# English
fuck|fucks|fucked|fucking|fuckin|fkn|fcking|fck|fking|effing|bullshit|bullcrap|horseshit|shit|shitty|
    shitshow|motherfucking|goddamn|goddamned|clusterfuck|ffs|gtfo|bollocks // scoop
wtf is|are|was
bloody hell
piece|pieces of .. shit|crap|garbage|trash|junk
go|to|rot|burn .. hell .. with|them|you|all|your|in?
go to|straight hell
to hell with
burn|rot in hell
screw|damn|curse|eff them|you|this|all|these|it|their|your|cellcom|hot|bezeq|partner|pelephone|bank|company
damn|damned company|bill|service|rep|robot|cellcom|bezeq|people|bank|thieves
hope .. they|you|company .. die|rot|burn|choke|bankrupt|suffer
# Arabic
خرا|خرى|خره|هالخرا|هالخره|خراي|زق|نيك|منيك|طيز|طيزي|طيزكم|احا|بطيزي // مجاري|ريحه
طلع ديني|دينا|دين
يلعن|يلعنكم|يلعنهم|بلعن|يلعنو|العن .. هيك|خدمه|شركه|هالشركه|الخدمه|السيستم|الساعه|دين|ابو*|شرف*|رب|الوقت?
الله يلعن|يلعنكم|ياخذكم|يخرب|ياخدكم|يقطعكم|يحرقكم|ياخذهم
طز > فيلم
طز|تفو|تفه|تف في|فيكم|فيك|عليكم|عليك|فيهم|عليهم|بسياست*|بخدمت*|بشركت*
عجهنم|جهنم|لجهنم|بجهنم
يروحوا|روحوا|يروح|انقلعوا|ينقلعوا .. عجهنم|جهنم|الجحيم|انقلعوا
يخرب بيت*|بيوت*
كسم|كسمها|كسمين
# Russian
хуй|хуи|хуйня|хуйню|хуйней|хуйни|нахуй|похуй|хуево|хуевый|хуевая|хуета|охуели|охуел|охуеть|охуевший|охуевшие|
    ахуели|ахуеть|пизда|пиздец|пиздеж|спиздили|пиздят|пиздите|запиздили|ебать|ебаный|ебаная|ебаные|еб|ебали|ебут|
    ебете|заебали|заебал|заебало|заебала|выебать|доебали|наебали|наебали|наебать|выебли|въебали|блять|блядь|бля|
    блядский|блядская|хрень|хрена|нихрена|херня|херню|херней|нахер|охренели|охренеть|херово|хер|говно|говняный|
    говняная|говна|дерьмо|дерьмовый|дерьмовая|дерьмовое|жопа|жопе|срань|засранц*|бесите|сраный|сраная|сраные
ебена|еб|едрена мать|твою|вашу
мать вашу|твою
да пошли|пошел|пошла|идите|катитесь|провалитесь|провались|подавитесь|сдохните .. вы|они|он|она|все|к|на|нах?
пошли|пошел|идите|катитесь|к .. они|вы|все|ну|вас|их|вон? .. черту|чертям|чертовой|дьяволу|лешему
чтоб вас|вам|тебя|их|тебе > понять|было
хрен вам|тебе|им
чтоб .. они|вы|вас|их|он|ты|им|вам .. сгорели|сдохли|провалились|подавились|подохли|разорились|провалился|пусто|
    разорвало|сгорел|черт|сгнили
гори|горите|гореть|горят .. аду|огнем|пропадом
пропади|пропадите .. пропадом
"""
"""Words that nobody says calmly: each makes a rant by itself."""

HEAT = """
# Hebrew
נמאס|נמאסתם|נמאסו|נמאסת
רותח|רותחת|רתחתי|מתפוצץ|מתפוצצת|התחרפנתי|מתחרפן|מתחרפנת|משתגע|משתגעת|זועם|זועמת // סיר|מים|קומקום
בושה|חרפה|ביזיון|בזיון|שערורייה|שערוריה|חוצפה
מסריחה|מסריח|מסריחים|מסריחות|מגעיל|מגעילים|מזעזע|מזעזעת|נוראי|מחליא // ביוב|ריח|אוכל|בשר|מקרר
הכי גרוע*|גרועה|מגעיל*|דפוקה|דפוק|מסריח*
טירוף|מטורף|מטורפים|לעזאזל
קרציות|עלוקות|מוצצי דם
בא לי לצרוח|להקיא|לבכות|לחנוק|להעיף|לשבור|לזרוק|לירוק
לחנוק|להעיף|לשבור .. אותו|אותה|אותם|סטירה
# English
sick|tired|fed|had .. of|up|enough .. this|it|them|you|with|company|these|your? // parent|leave|doctor|child
wtf
sick of
makes me sick
furious|livid|raging|fuming|enraged|boiling|seething
disgrace|disgraceful|disgusting|outrageous|appalling|shameful|ridiculous|unbelievable|pathetic|joke
shame on
worst .. company|service|ever|customer|support|bank|provider|in
had it .. up
hate .. them|you|this|company|these|your
crap|crappy|damn|damned|hell|bloody|sucks|suck|screw // sewage|price
could|wanna|want .. strangle|scream|throttle|smack|throw
# Arabic
قرف|قرفتونا|قرفت|زهقت|زهقتونا|طهقت|جننتوني|جننتونا|مجنن|عيب|العار|عار|فضيحه|مهزله|حرقتوا
اسوا|اسوء .. شركه|خدمه|بالعالم|بنك
زفت
طفح|طفحت|انفجر|بنفجر|بغلي|معصب|مولع
بكره|بكرهكم|كرهتوني|كرهتونا
# Russian
задолбали|задолбал|задолбало|достали|достал|достало|надоели|осточертели|заколебали|бесят|бесит|взбесили|
    замучили|довели
позор|позорище|стыд|стыдоба|кошмар|ужас|безобразие|беспредел|издевательство|наглость|хамство
худшая|худший|хуже .. компания|сервис|банк|мире|всех|нет
ненавижу|ненавидим
черт|чертова|чертовы|дрянь|шарашка|шарашкина|грабеж|обдираловка
взбешен|взбешена|киплю|закипаю|трясет
сколько можно
"""
"""Signs of heat: one is anger like anybody's, two are a rant."""
