"""The kind of business that a message is about, by the words of each trade."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.language.understanding.matcher import Matcher

__all__ = ["SectorWords"]

_WORDS: dict[str, str] = {
    "telecom-cellular": """
        סלולר*, סלולארי*, נייד*, קליטה, גלישה, גלשתי, חבילת גלישה, חבילת סלולר, סים, כרטיס סים, esim, sim, דור 5, 5g, 4g, קו סלולרי, קו טלפון נייד, רומינג,
        נדידה, חבילת חו"ל, ניוד, ניידתי, לנייד מספר, גיגה
        cell phone, cellphone, cellular, mobile plan, mobile phone plan, mobile line, sim card, roaming, cell plan, phone plan, mobile carrier, cell provider, data plan, reception
        сотов*, симк*, мобильн* связ*, роуминг, мобильн* операт*, сотовый операт*, пакет интернета, гигабайт*, гиги, мобильный
        سيم, شريحه, خط الموبايل, خط التلفون, رومنج, رومينغ, خلوي, خط خليوي, حزمه انترنت, شركه الخلوي, الموبايل, باقه""",
    "telecom-internet-landline": """
        אינטרנט*, ראוטר*, מודם, נתב, סיב*, סיבים, סיב אופטי, ויי פיי, וויפי, wifi, wi fi, רשת אלחוטית, קו נייח, טלפון קווי, קו בבית, ספק אינטרנט, תשתית, תשתית אינטרנט, נטישן
        internet, router, modem, fibre, fiber, broadband, landline, isp, home phone
        интернет*, роутер*, модем*, вайфай, вай фай, оптоволок*, провайдер*, стационарн* телефон
        انترنت, نت, النت, راوتر, مودم, فايبر, واي فاي, ويفي, خط ارضي, الياف""",
    "telecom-tv": """
        טלוויזיה, טלויזיה, ממיר*, כבלים, ערוצ*, לוויין, לווין, סטרימר, חבילת ערוצים, חבילת ספורט, מנוי לטלוויזיה, vod
        tv, television, cable, set top box, satellite, channels, decoder
        телевид*, телевиз*, тв, кабельн*, канал*, мемир, приставк*, спутник*
        تلفزيون, كوابل, رسيفر, ريسيفر, قنوات, ممير, ستلايت""",
    "banks": """
        בנק, בנקים, בנקאי*, חשבון בנק, עו"ש, עוש, משכנתא, הלוואה בבנק, עמלת שורה, כספומט, הוראת קבע בבנק, סניף הבנק, העברה בנקאית, פיקדון, צ'ק, צ'קים, שיק, מסגרת אשראי
        bank, banks, mortgage, checking account, current account, atm, overdraft, wire transfer, cheque, bank account
        банк*, ипотек*, машкант*, банкомат*, овердрафт*, чек* банк*, минус в банке
        بنك, البنك, مشكنتا, صراف, حساب بنكي, حساب البنك, قرض سكني""",
    "credit-cards": """
        כרטיס אשראי, כרטיסי אשראי, חברת אשראי, חברת האשראי, אשראי חוץ בנקאי, ויזה, מאסטרקארד, מסטרקארד, חברת הכרטיס, כרטיס האשראי, דמי כרטיס
        credit card, credit cards, visa, mastercard, card company, amex, card issuer
        кредитк*, кредитн* карт*, карточк*, виза, мастеркард, ашрай
        بطاقه ائتمان, بطاقه الائتمان, فيزا, ماستركارد, شركه الائتمان, بطاقه اشراي, كرديت""",
    "insurance": """
        ביטוח*, פוליסה, פוליסת, תביעת ביטוח, סוכן ביטוח, סוכן הביטוח, שמאי, השתתפות עצמית, ביטוח רכב, ביטוח דירה, ביטוח בריאות, ביטוח נסיעות, מבטח*, פרמיה, חברת ביטוח
        insurance, insurer, policy number, my policy, claim adjuster, deductible, premium, underwriter, insured
        страхов*, битуах, полис*, страховк*, шамай
        تامين, بوليصه, شركه التامين, شركه تامين, وكيل تامين, مخمن""",
    "pensions": """
        פנסי*, קרן פנסיה, קופת גמל, קרן השתלמות, ביטוח מנהלים, גמל, השתלמות
        pension, provident fund, study fund, retirement fund
        пенси*, купат гемель, керен иштальмут
        بنسيا, تقاعد, صندوق تقاعد, صندوق استكمال, صندوق توفير""",
    "health-fund": """
        קופת חולים, קופ"ח, קופח, קופה, טופס 17, רופא משפחה, הפניה לרופא, תור לרופא, תור לרופא מומחה, החזר על טיפול
        health fund, hmo, kupat holim, kupat cholim, family doctor, specialist appointment, form 17
        больничн* касс*, купат холим, купатхолим, семейн* врач, тофес 17
        صندوق المرضى, صندوق مرضى, كوبات حوليم, طبيب العائله, نموذج 17""",
    "hospital-clinic": """
        בית חולים, ביה"ח, מרפאה, מרפאת שיניים, מיון, ניתוח, רופא שיניים, מכון רנטגן, שיניים, אשפוז
        hospital, clinic, dentist, emergency room, surgery, dental
        больниц*, клиник*, стоматолог*, зубн*, бейт холим, операци* в больниц*
        مستشفى, عياده, طبيب اسنان, عمليه جراحيه, طوارئ""",
    "airlines": """
        טיסה, טיסות, טיסת, חברת תעופה, חברת התעופה, מטוס, מזוודה, מזוודות, כבודה, כרטיס טיסה, כרטיסי טיסה, שדה תעופה, נתב"ג, עלייה למטוס, קונקשן
        flight, flights, airline, plane ticket, luggage, baggage, suitcase, boarding, airport
        рейс*, авиакомпани*, самолет*, багаж*, чемодан*, авиабилет*, перелет*
        طيران, رحله جويه, طياره, الطياره, شنطه السفر, حقائب, تذكره طيران, رحلتي, مطار""",
    "travel-agents-hotels": """
        מלון, מלונות, סוכן נסיעות, סוכנות נסיעות, חבילת נופש, צימר, נופש, חופשה, לינה, אכסניה, הזמנת חדר
        hotel, travel agent, travel agency, holiday package, vacation package, resort, hostel, booking a room, tour operator
        отель*, гостиниц*, турагент*, турфирм*, путевк*, тур, цимер*
        فندق, فنادق, وكاله سفر, مكتب سياحه, وكيل سفر""",
    "electricity-iec": """
        חשמל, חשבון חשמל, חשבון החשמל, הפסקת חשמל, מונה חשמל, מונה החשמל, צריכת חשמל, ניתקו לי את החשמל
        electricity, power outage, power cut, electric bill, electricity bill, electric company, power company
        электричеств*, электроэнерги*, свет отключили, счет за свет, счет за электричество, хашмаль, электрическ* компан*
        كهرباء, فاتوره الكهرباء, انقطاع الكهرباء, ساعه الكهرباء""",
    "electricity-private": """
        ספק חשמל פרטי, חשמל פרטי, ספק חשמל
        private electricity, electricity supplier, electricity provider
        частн* поставщик* электр*
        مزود كهرباء خاص""",
    "cooking-gas": """
        גז, בלון גז, בלוני גז, חברת גז, חברת הגז, מונה גז, גז מרכזי
        cooking gas, gas company, gas bill, gas cylinder, gas balloon, gas meter
        газ, газов*, баллон*
        غاز, شركه الغاز, جره غاز, جره الغاز, بلون غاز""",
    "water": """
        מים, חשבון מים, חשבון המים, תאגיד המים, תאגיד מים, מד מים, נזילה, ארנונה ומים
        water bill, water company, water corporation, water meter, water leak
        вод*, водоканал, счет за воду, счетчик воды, тагид маим
        مياه, المي, فاتوره المي, فاتوره المياه, شركه المياه, عداد المي""",
    "municipality": """
        עירייה, עיריה, עיריית, ארנונה, מועצה מקומית, מועצה אזורית, דוח חניה, דו"ח חנייה, דוח חנייה, מוקד 106, פיקוח עירוני, רשות מקומית
        municipality, city hall, arnona, property tax, parking ticket, parking fine, local council
        мэри*, муниципалит*, арнон*, штраф за парковку, горсовет, ирия
        بلديه, ارنونا, مجلس محلي, مخالفه وقوف""",
    "national-insurance": """
        ביטוח לאומי, המוסד לביטוח לאומי, קצבת*, דמי אבטלה, דמי לידה, קצבה, מילואים
        national insurance, bituach leumi, unemployment benefit, child allowance, maternity pay, disability allowance
        битуах леуми, пособи*, национальн* страхов*
        التامين الوطني, تامين وطني, مخصصات, بدل بطاله""",
    "government-office": """
        משרד הפנים, משרד הרישוי, רשות המיסים, מס הכנסה, מע"מ, דרכון, תעודת זהות, רישיון נהיגה, משרד ממשלתי, הוצאה לפועל, רשות האוכלוסין, ויזת עבודה
        ministry, government office, tax authority, passport, driving licence, driver's license, income tax, interior ministry
        министерств*, паспорт*, мисрад, налогов*, водительск* прав*, теудат зеут, даркон
        وزاره, مكتب الداخليه, جواز سفر, رخصه سواقه, ضريبه الدخل, ترخيص""",
    "public-transport": """
        אוטובוס*, רכבת, רב קו, תחבורה ציבורית, נהג האוטובוס, קו אוטובוס, רכבת קלה
        bus, buses, train, light rail, rav kav, public transport, bus driver
        автобус*, поезд*, трамва*, маршрутк*, рав кав, электричк*
        باص, قطار, مواصلات عامه, راف كاف, القطار""",
    "post-parcels": """
        דואר, חבילה מחו"ל, חבילה בדואר, דואר רשום, מכתב רשום בדואר, סניף דואר, סניף הדואר, דוור
        post office, postal, registered mail, mailman, postman
        почт*, почтальон*, доар
        بريد, البريد, مكتب البريد, طرد بريدي""",
    "e-commerce-abroad": """
        אתר מחו"ל, אתר בחו"ל, אתר סיני, הזמנה מחו"ל, חנות בחו"ל
        foreign site, chinese site, overseas shop, ordered from abroad
        зарубежн* сайт*, китайск* сайт*, заграничн* магазин*
        موقع اجنبي, موقع صيني, موقع من برا""",
    "e-commerce-israel": """
        קנייה באינטרנט, חנות אונליין, אתר קניות, קניתי באתר, הזמנתי באתר, קנייה אונליין, הזמנתי אונליין, קניתי אונליין, חנות אינטרנטית, הזמנתי באינטרנט, קניתי באינטרנט
        online shop, online store, web shop, bought online, ordered online, e commerce, online order, webstore
        интернет магазин*, онлайн магазин*, заказал* на сайте, купил* на сайте, заказ* онлайн
        متجر الكتروني, موقع تسوق, اشتريت اونلاين, طلبت اونلاين, شريت اونلاين, متجر اونلاين""",
    "retail": """
        סופר, סופרמרקט, חנות בגדים, בגדים, נעליים, חנות נעליים, קניון, מכולת, קופה בסופר, חולצה, מכנסיים, שמלה, בית מרקחת, חנות
        supermarket, grocery, clothes shop, clothing store, shoes, shirt, dress, mall, drugstore, the shop, the store
        супермаркет*, магазин*, одежд*, обув*, супер, каньон*, рубашк*, плать*, туфл*, кроссовк*
        سوبرماركت, سوبر ماركت, محل ملابس, ملابس, اواعي, كندره, بوت, دكان, المحل, محل""",
    "appliances-technicians": """
        מקרר, מכונת כביסה, מדיח, מזגן, מזגנים, תנור, מייבש, מייבש כביסה, מחשב, לפטופ, מחשב נייד, אוזניות, שואב אבק, מיקרוגל, בר מים, מוצרי חשמל, חנות חשמל, מסך, טאבלט,
        אייפון, iphone, גלקסי, טלוויזיה שקניתי, קניתי טלוויזיה, מכשיר טלפון, מדפסת, קונסולה, פלייסטיישן, כיריים, קומקום, מטהר מים
        fridge, refrigerator, washing machine, dishwasher, air conditioner, ac unit, oven, dryer, computer, laptop, headphones, vacuum cleaner, microwave, appliance, appliances, tablet, printer, playstation, electronics, freezer
        холодильник*, стиральн*, стиралк*, посудомо*, кондиционер*, мазган*, духовк*, сушилк*, компьютер*, ноутбук*, наушник*, пылесос*, микроволнов*, телефон айфон, айфон*, планшет*, принтер*, бытов* техник*
        ثلاجه, براد, غساله, جلايه, مكيف, فرن, نشافه, كمبيوتر, لابتوب, سماعات, مكنسه, ميكرويف, ايفون, اجهزه كهربائيه""",
    "furniture": """
        ספה, מיטה, מזרן, מזרון, ארון, שולחן, כיסא, כסאות, רהיטים, מטבח, חנות רהיטים, סלון, שידה, כורסה
        sofa, couch, bed, mattress, wardrobe, table, chair, chairs, furniture, kitchen cabinets, armchair
        диван*, кроват*, матрас*, матрац*, шкаф*, стол, стул*, мебел*, кухн*
        كنبايه, كنبه, تخت, فرشه, خزانه, طاوله, كرسي, كراسي, اثاث, مطبخ, عفش""",
    "cars-garages": """
        רכב, מוסך, אוטו, מכונית, השכרת רכב, ליסינג, טסט, צמיגים, יבואן רכב, טויוטה, מאזדה, יונדאי, קיה, אופנוע, קטנוע
        car, garage, vehicle, car rental, rental car, rent a car, leasing, mechanic, toyota, hyundai, mazda, tires, car dealer
        машин*, гараж*, автосервис*, автомобил*, мусах, прокат* авто, лизинг*, тойот*, хендай
        سياره, كراج, السياره, سيارتي, تاجير سيارات, ليسنج, ميكانيكي""",
    "gyms": """
        חדר כושר, מכון כושר, מנוי לחדר כושר, סטודיו, פילאטיס, יוגה, קאנטרי, קאנטרי קלאב, ספא, בריכה
        gym, fitness club, pilates, yoga studio, country club, spa, health club, swimming pool
        спортзал*, фитнес*, тренажер*, качалк*, пилатес*, бассейн*, хадар кошер, кантри
        جيم, نادي رياضي, النادي, معهد لياقه, غرفه لياقه, سبا""",
    "food-delivery": """
        משלוח אוכל, הזמנת אוכל, מסעדה, פיצה, המבורגר, סושי, משלוח פיצה, שליח של האוכל, האוכל הגיע, אוכל קר
        food delivery, restaurant, pizza, burger, sushi, takeaway, takeout, food order, meal
        доставк* еды, ресторан*, пицц*, бургер*, суши, еду
        توصيل اكل, طلبيه اكل, مطعم, بيتزا, برغر, همبرجر, اكل بارد, الاكل""",
    "education-courses": """
        קורס, קורסים, לימודים, מכללה, אוניברסיטה, תואר, שכר לימוד, הכשרה מקצועית, חוג, שיעורים
        course, college, tuition, university, bootcamp, classes, degree, school fees
        курс*, колледж*, университет*, учеб*, обучени*, михлал*
        كورس, دوره, كليه, جامعه, قسط تعليمي, تعليم""",
    "property-contractor": """
        קבלן, קבלנים, דירה מקבלן, ליקויי בנייה, שיפוצ*, שיפוצניק, ועד בית, יזם, טופס 4
        contractor, building defects, new apartment, renovation, developer, renovator
        подрядчик*, каблан*, ремонт квартиры, застройщик*, шипуц*
        مقاول, قبلان, عيوب بناء, ترميم, شقه من مقاول""",
    "non-bank-credit": """
        הלוואה חוץ בנקאית, חוץ בנקאי, אשראי חוץ בנקאי, הלוואה
        loan, non bank loan, lender, consumer credit
        займ*, кредит наличными, ссуд*, альваа
        قرض, قرض غير بنكي""",
    "investments": """
        תיק השקעות, בית השקעות, מסחר במניות, מניות, קרן נאמנות
        investment house, brokerage, trading account, stocks, mutual fund
        инвестици*, брокер*, акци* на бирже
        استثمار, اسهم, محفظه استثمار""",
    "fraud-scam": """
        הונאה, פישינג, עוקץ, נוכל*, רמאי*, פרצו לי לחשבון
        scam, phishing, fraudster, scammer
        мошенни*, фишинг*
        نصب, احتيال, نصابين""",
    "privacy-spam": """
        ספאם, הודעות פרסומת, דבר פרסומת, שיחות שיווק*, טלמרקטינג
        spam, marketing messages, telemarketing, marketing calls, robocalls
        спам*, рекламн* звонк*, рекламн* сообщени*, рекламн* смс
        سبام, رسائل دعائيه, رسائل اعلانيه, مكالمات تسويق""",
}
_STRONGER = {
    "banks": 0,
    "retail": -1,
    "cars-garages": 0,
    "non-bank-credit": -1,
    "telecom-cellular": 0,
    "fraud-scam": -2,
    "privacy-spam": -2,
}
"""What weighs less than the trade it is found beside: "the shop" says less than "the fridge"."""


class SectorWords:
    """Finds the trades that a row of words speaks of."""

    __slots__ = ("_matcher", "_sectors")

    def __init__(self, known: Collection[str]) -> None:
        self._sectors = [sector for sector in _WORDS if sector in known]
        self._matcher = Matcher(
            (pattern.strip(), number)
            for number, sector in enumerate(self._sectors)
            for line in _WORDS[sector].splitlines()
            for pattern in line.split(",")
            if pattern.strip()
        )

    def all(self, row: Sequence[str]) -> dict[str, int]:
        """Sector -> how strongly the words speak of it: longer phrases count for more."""
        hits = self._matcher.find(row)
        found: dict[str, int] = {}
        for hit in hits:
            if any(
                o.first <= hit.first and hit.last <= o.last and o.last - o.first > hit.last - hit.first for o in hits
            ):
                continue
            sector = self._sectors[hit.label]
            found[sector] = found.get(sector, 0) + 4 * (hit.last - hit.first) + _STRONGER.get(sector, 0)
        return found

    def best(self, row: Sequence[str]) -> str | None:
        """The sector that the words speak of most; None if none, or if two are as strong."""
        found = sorted(self.all(row).items(), key=lambda item: -item[1])
        if not found or (len(found) > 1 and found[0][1] == found[1][1]):
            return None
        return found[0][0]
