"""Which company a message names: by its names, aliases and misspellings, in four languages.

A name that is also an everyday word ("partner", "yes", "כלל") counts only when the words around it treat it as a
company: "חברת פרטנר", "פרטנר חייבו אותי", "canceled Hot"; or when the message is hardly more than the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.knowledge import Company
from bot.language.understanding.normalise import Token, bare, fold, script, words
from bot.language.understanding.spelling import Speller, skeleton

__all__ = ["Companies"]

SAFE, NAME, EVERYDAY = 0, 1, 2
"""How much a name needs around it: nothing; a word of the trade or a complaint; a word right beside it."""


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_EVERYDAY = _set(
    """yes hot space partner discount max fox victory unlimited bug cal ace zap dan golan orange phoenix smart amazon castro
    pepper union mega more dor pagi idi nii iec dbs ccc next libra booking space bit egged gett wizz sheba max electra hoodies diners
    יס הוט כלל שלמה לאן מור מקורות קווים קוים נתיב הכשרה לאומי כללית לאומית מאוחדת מגדל מקס מאקס בג באג זרה גט אגד מסד מיטב מגה
    הדואר כעל הות יהב מזרחי גולן הראל איילון הדסה מנורה דקלה פסגות פניקס הפניקס מכבי דן דאן אייס פוקס ביט ספייס פלאפון פלפון פלאפונ
    אפיקים יובלים מבטחים טפחות כאל קאל אורנג סמארט הפועלים לאונרדו אנלימיטד כללל הרל מוור ספיס בזיק יאס ייס יעס גאט זפ זאפ וולט ולט
    מרצדס סקודה הולמס אמזון ליברה קסטרו תש זארה לען הוטט
    ес йес хот дан мор баг макс зап партнер оранж фокс бит феникс айс победа смарт спейс пеппер мвд каль леан кастро голан клаль зара
    يس ييس مور دان كال جيت باغ ماكس هوت زاب مجدال فوكس جولان سبيس ايس بارتنر كلال زارا العال"""
)
_PEOPLE = _set(
    "דן מור הראל שלמה מקס הדסה דקלה איילון dan max golan дан макс دان ماكس לאונרדו מור קסטרו castro פוקס יהב"
)
"""Also first names or surnames."""
_COMPANY_WORD = _set(
    """חברת חברה בנק קופת קופה ביטוח רשת חנות סניף סניפי אפליקציית אתר ספק ספקית נציג נציגת נציגי נציגה מוקד מוקדן מוקדנית שירות הלקוחות לקוחות לקוח לקוחה
    מנוי מנויה חשבון חשבונית כרטיס כרטיסי סוכן טכנאי הטכנאי רשתות מבית חולים מיסודה תאגיד שליח בתחנת אוטובוס של
    company bank insurer network provider operator store shop website app branch service support rep agent customer subscriber account card bill firm hotline technician
    компания компании компанию компанией фирма фирмы банк банке банка магазин магазине провайдер оператор сеть приложение филиал хеврат хевра фирме операторы
    шерут моккед мокед сервис абонент клиент счет карта карту карта страховая страховой
    شركه بنك صندوق متجر محل موقع تطبيق فرع خدمه زباين زبائن مندوب موظف موظفه مزود حساب فاتوره كرت بطاقه"""
)
_DEALING = _set(
    """התקשרתי דיברתי פניתי ביטלתי ניתקתי התנתקתי עברתי עזבתי הצטרפתי נרשמתי קניתי הזמנתי רכשתי מנוי מחובר מחוברת לקוח לקוחה משלם משלמת חתמתי חויבתי
    לבטל לעזוב להתנתק מתקשר מתקשרת מדבר מדברת לעבור מול נגד אצל להזמין הזמנו קנינו שילמתי
    called calling phoned cancel cancelled canceled cancelling canceling left leaving switched joined signed subscribed subscription ordered bought from with against customer dealing contacted
    позвонил позвонила звонил звонила звоню отменил отменила отключил отключила купил купила заказал заказала перешел перешла ушел ушла клиент абонент подключился подписан у в от из с
    اتصلت حكيت حكينا تواصلت لغيت بلغي الغيت اشتركت مشترك مشتركه اشتريت شريت طلبت زبون زبونه تركت انتقلت من مع عند بحكي"""
)
_ACTING = _set(
    """חייבו מחייבים גבו גובים העלו מעלים ניתקו מנתקים אמרו אומרים הבטיחו לקחו לוקחים שלחו שולחים מסרבים סירבו דורשים דרשו רוצים טוענים טענו הורידו ביטלו מבטלים
    עונים ענו חוזרים חזרו נותנים נתנו מוכנים מוכרים מכרו רימו עושים עשו שיקרו משקרים גונבים גנבו דופקים דפקו מחזירים החזירו מתעלמים מתקשרים התקשרו מציעים הציעו
    ממשיכים המשיכו מאיימים איימו מנפנפים מקפיצים הקפיצו החליטו שמו עצרו חסמו מטפלים טיפלו עובדים הפסיקו תיקנו זייפו אישרו מאשרים דחו דוחים שכחו קנסו איחרו
    לא מחייב מחייבת חייבה גובה גבתה העלתה מסרבת דחתה מאשרת נותנת עונה
    charged charges charge charging billed bills bill raised refuses refuse refused won wont doesn doesnt didn didnt isn keeps keep kept promised told says said sent took takes ignored
    hasn hasnt cancelled canceled disconnected overcharged lied lies blocked increased hiked denied rejected lost never customer support
    списали списывают списал сняли снимают подняли повысили говорят сказали обещали отказывают отказываются отказались отказали не отключили звонят прислали требуют
    обманули обманывают игнорируют навязали берут взяли кинули хотят выставили начислили потеряли отвечают дает дают
    خصموا خصمو حسبوا سحبوا رفعوا غلوا قالوا حكوا وعدوا رفضوا بيرفضوا ما مش بدهم اخذوا اخدوا بعتوا قطعوا كذبوا ضحكوا بيقولوا عم رفض حاسبوني بيطلبوا ضلوا لغوا"""
)
_PREPOSITION = _set(
    "של אצל מול נגד דרך ב ל מ ה at from with by against via for у от в во из с со против через من مع عند عن ضد على لدى ל־ ب"
)
_STREET = _set(
    """רחוב רח שדרות דרך שד' כיכר שמי השם קוראים בשם ד"ר דר מר גברת גב' אדון משפחת רמת נתיבות street st ave road named name mr mrs ms dr called улица ул имени зовут господин госпожа
    شارع اسمي اسمه اسمها السيد دكتور بنت ابن"""
)
_MINE = _set(
    "my your his her our their a an the this that business life sex dance training мой моя деловой البزنس שותף"
)
_FILLER = _set(
    """חברת חברה של עם אצל מול ב ל מ ה את זה זאת זו בבקשה תודה היא הוא בנק the company from with at it is its it's this called please thanks by
    компания фирма это с у в из из-за банк شركه من مع هاي هذا هذه عند بنك שם נקראת ישראל israel израиль"""
)


@dataclass(slots=True)
class _Alias:
    company: str
    sector: tuple[str, ...]
    need: int


@dataclass(slots=True)
class _Found:
    company: str
    first: int
    last: int
    need: int
    near: bool = False
    """Found by a near spelling."""
    strength: int = 0
    words: tuple[str, ...] = field(default=())


class Companies:
    """The companies of one or more countries, by every way of writing them."""

    __slots__ = ("_aliases", "_by_skeleton", "_common", "_longest", "_speller", "_trade")

    def __init__(
        self,
        companies: Iterable[Company],
        trade: Callable[[Sequence[str]], Mapping[str, int]],
        common: Callable[[str], bool],
    ) -> None:
        """``trade`` finds the sectors that words speak of; ``common`` says whether a word is an everyday one."""
        self._trade = trade
        self._common = common
        self._aliases: dict[tuple[str, ...], _Alias] = {}
        for company in companies:
            sectors = (company.sector, *company.sells)
            for spelling in (
                *company.name.values(),
                *(alias for row in company.aliases.values() for alias in row),
                *company.misspellings,
            ):
                for key in _keys(spelling):
                    self._add(key, company, sectors)
        self._longest = max((len(key) for key in self._aliases), default=1)
        near = {"".join(key): key for key, alias in self._aliases.items() if alias.need != EVERYDAY}
        self._speller = Speller(word for word in near if len(word) >= 5)
        self._by_skeleton = {skeleton(word): key for word, key in near.items()}

    def _add(self, key: tuple[str, ...], company: Company, sectors: tuple[str, ...]) -> None:
        if len(key) > 1:
            need = NAME if company.ambiguous and all(self._common(w) for w in key) and len("".join(key)) < 8 else SAFE
        elif key[0] in _EVERYDAY or key[0].isdigit():
            need = EVERYDAY
        else:
            need = NAME if company.ambiguous and len(key[0]) < 9 else SAFE
        known = self._aliases.get(key)
        if known is None or (known.company != company.id and need < known.need):
            self._aliases[key] = _Alias(company.id, sectors, need)

    def find(self, text: str, row: Sequence[Token], typed: str) -> str | None:
        """The id of the company that a message is about, or None.

        ``text`` is folded, ``row`` its words and numbers, ``typed`` the message as it came (capitals matter).
        """
        texts = [t.text for t in row]
        found = self._mentions(texts)
        if not found:
            return None
        capital = _capitals(typed, len(texts), texts)
        trade = self._trade(texts)
        best: _Found | None = None
        count: dict[str, int] = {}
        for mention in found:
            mention.strength = self._strength(mention, texts, capital, trade)
            if mention.strength > 0:
                count[mention.company] = count.get(mention.company, 0) + 1
        for mention in found:
            if mention.strength <= 0:
                continue
            mention.strength += 2 * (count[mention.company] - 1)
            if best is None or mention.strength > best.strength:
                best = mention
        return best.company if best else None

    def _mentions(self, texts: Sequence[str]) -> list[_Found]:
        found: list[_Found] = []
        at = 0
        while at < len(texts):
            mention = self._exact(texts, at) or self._spelled(texts, at)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.last
        return found

    def _exact(self, texts: Sequence[str], at: int) -> _Found | None:
        for width in range(min(self._longest, len(texts) - at), 0, -1):
            rest = tuple(texts[at + 1 : at + width])
            for form in bare(texts[at]):
                alias = self._aliases.get((form, *rest))
                if alias is None or (len(form) < 2 and width == 1):
                    continue
                if width == 1 and form != texts[at] and len(form) < 3 and alias.need != SAFE:
                    continue
                return _Found(alias.company, at, at + width, alias.need, words=(form, *rest))
        return None

    def _spelled(self, texts: Sequence[str], at: int) -> _Found | None:
        """A near spelling of one name, written in one, two or three words."""
        for width in (3, 2, 1):
            if at + width > len(texts):
                continue
            piece = texts[at : at + width]
            if not all(w.isalpha() for w in piece) or all(self._everyday(w) for w in piece):
                continue
            for form in bare(piece[0]):
                word = form + "".join(piece[1:])
                if len(word) < 5 or (width == 1 and self._common(form)):
                    continue
                for far, known in self._speller.near(word)[:1]:
                    key = self._by_skeleton[known]
                    alias = self._aliases[key]
                    joined = "".join(key)
                    if (
                        script(joined) != script(word)
                        or (far and min(len(joined), len(word)) < 5)
                        or (far > 1 and len(word) < 10)
                    ):
                        continue
                    if width > 1 and ((len(key) == 1 and len(piece) > 2) or abs(len(key) - width) > 1):
                        continue
                    if far and width == 1 and form != texts[at] and len(form) < 6:
                        continue
                    if far and joined[0] != word[0] and len(word) < 7:
                        continue
                    return _Found(alias.company, at, at + width, alias.need, near=True, words=key)
        return None

    def _everyday(self, word: str) -> bool:
        return any(self._common(form) for form in bare(word) if len(form) > 2) or len(word) < 3

    def _strength(self, m: _Found, texts: Sequence[str], capital: Sequence[int], trade: Mapping[str, int]) -> int:
        """How surely a mention is the company; 0: it is not."""
        before, after = texts[max(0, m.first - 3) : m.first], texts[m.last : m.last + 3]
        rest = [w for w in (*texts[: m.first], *texts[m.last :]) if w not in _FILLER and not set(bare(w)) & _FILLER]
        alone = not rest and len(texts) - (m.last - m.first) <= 3
        if alone:
            return 10
        named = m.words[0] in _STREET or (bool(before[-1:]) and bool(set(bare(before[-1])) & _STREET))
        if m.need == SAFE:
            return 8 if not named else 4
        if named:
            return 0
        person = m.words[0] in _PEOPLE and len(m.words) == 1
        beside = before[-1] if before else ""
        behind = before[-2] if len(before) > 1 else ""
        company = any(set(bare(w)) & _COMPANY_WORD for w in (beside,)) or (
            bool(set(bare(behind)) & _COMPANY_WORD) and bool(set(bare(beside)) & _PREPOSITION)
        )
        if beside == fold("של") and not set(bare(behind)) & _COMPANY_WORD:
            company = bool(self._trade([behind])) if behind else False
        prefixed = texts[m.first] != m.words[0]
        if prefixed and set(bare(beside)) & (_COMPANY_WORD | _DEALING) and not person:
            company = True
        acting = bool(after) and (after[0] in _ACTING or (len(after) > 1 and after[0] in _NOT and after[1] in _ACTING))
        alien = _alien(m.words[0], texts, m)
        shout = capital[m.first] == 2
        title = capital[m.first] == 1 and m.first > 0
        mine = beside in _MINE and not capital[m.first]
        dealing = bool(set(bare(beside)) & _DEALING) or (
            any(set(bare(w)) & _DEALING for w in before) and bool(prefixed or set(bare(beside)) & _PREPOSITION)
        )
        own = _own(m, trade, self._aliases)
        product = (bool(after) and bool(set(self._trade(after[:1])) & own)) or bool(
            before and set(self._trade([beside])) & own and not prefixed
        )
        if m.need == NAME:
            general = any(set(bare(w)) & (_ACTING | _DEALING | _COMPANY_WORD) - _NOT for w in rest) or bool(
                set(trade) & own
            )
            if person and not (company or acting or product or alien):
                return 0
            if company or acting or product or alien or shout or title or general:
                return 6 if company or acting or product else 4
            return 0
        if mine and not company:
            return 0
        if shout or company or product:
            return 6
        latin = script(m.words[0]) == "en"
        if alien:
            return 5
        if acting and after[0] not in _NOT and (not latin or capital[m.first] or m.first == 0 or dealing):
            return 5
        if acting and after[0] in _NOT and (m.first == 0 or (prefixed is False and set(trade) & own)) and not person:
            return 3 if set(trade) & own or (len(after) > 1 and after[1] in _ACTING) else 0
        if dealing and not person and (not latin or capital[m.first] or set(trade) & own):
            return 4
        if title and latin and set(trade) & own:
            return 4
        return 0


_NOT = _set("לא не won doesn didn isn hasn ما مش never не")


def _own(m: _Found, trade: Mapping[str, int], aliases: Mapping[tuple[str, ...], _Alias]) -> set[str]:
    alias = aliases.get(m.words)
    return set(alias.sector) if alias else set()


def _keys(spelling: str) -> list[tuple[str, ...]]:
    key = tuple(words(spelling))
    return [key] if key else []


def _alien(word: str, texts: Sequence[str], m: _Found) -> bool:
    """A name in Latin letters within a message in other letters."""
    others = [script(w) for i, w in enumerate(texts) if not m.first <= i < m.last and w.isalpha()]
    kind = script(word)
    return kind == "en" and len(others) >= 2 and sum(o == kind for o in others) * 3 <= len(others)


def _capitals(typed: str, count: int, texts: Sequence[str]) -> list[int]:
    """For each word, as it was typed: 0 small, 1 capitalised, 2 all capitals among small ones."""
    from bot.language.understanding.normalise import tokens

    raw = [t for t in tokens(typed) if t.is_word or t.is_number]
    if len(raw) != count:
        return [0] * count
    small = sum(t.text.islower() for t in raw)
    marks = []
    for token in raw:
        if token.text.isupper() and len(token.text) > 1 and small >= 1:
            marks.append(2)
        elif token.text[:1].isupper():
            marks.append(1)
        else:
            marks.append(0)
    return marks
