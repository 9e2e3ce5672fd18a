"""How vocalised Hebrew sounds, in three scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.niqqud import bare
from bot.language.pronounce import reading, syllables

WORDS = [
    # plain syllables, and the stress on the last of them
    ("תּוֹדָה", "todá", "тода́", "تُدا"),
    ("טוֹב", "tov", "тов", "توڤ"),
    ("לָקוֹחַ", "lakóakh", "лако́ах", "لَكوَح"),  # a furtive a never carries the stress
    ("לִשְׁמוֹעַ", "lishmóa", "лишмо́а", "لِشموَع"),
    ("גָּבוֹהַּ", "gavóa", "гаво́а", "چَڤوَ"),
    # the stress elsewhere, where it is marked
    ("כֶּ֫סֶף", "késef", "ке́сеф", "كيسِف"),
    ("קִיבַּ֫לְתִּי", "kibálti", "киба́льти", "كِبالتِ"),
    ("אֵ֫יפֹה", "éyfo", "э́йфо", "إيفُ"),
    ("בֵּינְתַ֫יִים", "beyntáyim", "бейнта́йим", "بِينتايِم"),
    ("טֶ֫לֶפוֹן", "télefon", "те́лефон", "تيلِفُن"),
    # shva: silent, and heard
    ("פְּנִייָה", "pniyá", "пния́", "پنِيا"),
    ("מְבַקֵּשׁ", "mevakésh", "меваке́ш", "مِڤَكيش"),
    ("בְּבַקָּשָׁה", "bevakashá", "бевакаша́", "بِڤَكَشا"),
    ("תִּבְדְּקוּ", "tivdekú", "тивдеку́", "تِڤدِكو"),
    ("שְׁאֵלָה", "she'elá", "шеэла́", "شِئِلا"),
    ("בְּֽסֵ֫דֶר", "beséder", "бесе́дер", "بِسيدِر"),
    ("תְּשׁוּבָה", "tshuvá", "тшува́", "تشُڤا"),
    # a small qamats is an o
    ("כׇּל", "kol", "коль", "كول"),
    # b k p and their soft kin
    ("לְחַבֵּר", "lekhabér", "лехабе́р", "لِحَبير"),
    ("אֶכְתּוֹב", "ekhtóv", "эхто́в", "إِختوڤ"),
    ("פִּיצּוּי", "pitsúy", "пицу́й", "پِتسوي"),
    ("כַּסְפִּי", "kaspí", "каспи́", "كَسپي"),
    # the full spelling: letters that lengthen, and letters written twice
    ("שֵׁירוּת", "sherút", "шеру́т", "شِروت"),
    ("לְסַיֵּים", "lesayém", "лесае́м", "لِسَييم"),
    ("עֲדַ֫יִין", "adáyin", "ада́йин", "عَدايِن"),
    ("עַכְשָׁיו", "akhsháv", "ахша́в", "عَخشاڤ"),
    ("עָלֶ֫יךָ", "alékha", "але́ха", "عَليخَ"),
    ("אֵלַיי", "eláy", "эла́й", "إِلاي"),
    ("אֲדַוֵּוחַ", "adavéakh", "адаве́ах", "أَدَڤيَح"),
    ("שְׁווֵה", "shve", "шве", "شڤي"),
    ("תַּשְׁווּ", "tashvú", "ташву́", "تَشڤو"),
    ("הַצֶּ֫וֶות", "hatsévet", "hаце́вет", "هَتسيڤِت"),
    ("פְּנִיּוֹת", "pniyót", "пнийо́т", "پنِيوت"),
    ("הִתְקַיְּימָה", "hitkaymá", "hиткайма́", "هِتكَيما"),
    ("חַיָּיב", "khayáv", "хая́в", "حَياڤ"),
    # alef and ayin between vowels, and after a consonant
    ("בְּֽעָיָה", "be'ayá", "беая́", "بِعَيا"),
    ("יִתְאָרֵךְ", "yit'arékh", "йит'аре́х", "يِتأَريخ"),
    ("בּ֫וֹאוּ", "bó'u", "бо́у", "بوؤُ"),
    ("הוּא", "hu", "hу", "هو"),
    ("לָדַ֫עַת", "ladá'at", "лада́ат", "لَداعَت"),
    # a vav of its own at the beginning
    ("וּמָתַי", "umatáy", "умата́й", "أُمَتاي"),
    ("וּבְבַקָּשָׁה", "uvevakashá", "увевакаша́", "أُڤِڤَكَشا"),
    # sounds that are written with a mark
    ("צִ׳יפּ", "chip", "чип", "تشيپ"),
]


@pytest.mark.parametrize(("word", "latin", "cyrillic", "arabic"), WORDS, ids=[w[1] for w in WORDS])
def test_words(word: str, latin: str, cyrillic: str, arabic: str) -> None:
    """A word sounds as it is said in Israel, with its stress, in each script."""
    assert (latin, cyrillic, arabic) == (reading(word, "en"), reading(word, "ru"), reading(word, "ar"))


LINE = "שָׁלוֹם, אֲנִי מְבַקֶּ֫שֶׁת תְּשׁוּבָה עַד מָחָר: מָה הַמִּסְפָּר?"


@pytest.mark.parametrize(
    ("language", "sound"),
    [
        ("en", "shalóm, aní mevakéshet tshuvá ad makhár: ma hamispár?"),
        ("ru", "шало́м, ани́ меваке́шет тшува́ ад маха́р: ма hамиспа́р?"),
        ("ar", "شَلوم، أَني مِڤَكيشِت تشُڤا عاد مَحار: ما هَمِسپار؟"),
    ],
)
def test_a_line(language: str, sound: str) -> None:
    """A line keeps its words apart and its punctuation, in the reader's own signs."""
    assert sound == reading(LINE, language)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("320 \u200f₪", "shlosh me'ót ve'esrím shékel"),
        ("מֵעַל 300 ש״ח", "me'ál shlosh me'ót shékel"),
        ("מִ-3 בנובמבר 2027", "mi-shloshá benovémber alpáyim esrím veshéva"),
        ("כְּבָר 3 חודשים", "kvar shloshá khodashím"),
        ("כְּבָר יומיים", "kvar yomáyim"),
        ("סְעִיף 18ב", "se'íf shmoné esré bet"),
        ("סְעִיף 14ג1", "se'íf arbá esré gímel akhát"),
        ("פְּנִייָה AB-12/7", "pniyá AB-12/7"),
        ("״הִתְקַבֵּל״, חַד־פַּעֲמִי", '"hitkabél", khad-pa\'amí'),
        ("מוּל Bezeq", "mul Bezeq"),
        ("מוּל בזק", "mul בזק"),
    ],
)
def test_what_stands_in_a_line(text: str, sound: str) -> None:
    """Figures and names stay as they are; units, months, the sign of the shekel and letters of a law are read out."""
    assert sound == reading(text, "en")


def test_one_syllable_is_stressed() -> None:
    """Each word has one stressed syllable, and never one that cannot carry it."""
    for word, *_ in WORDS:
        stressed = [it for it in syllables(word) if it.stressed]
        assert 1 == len(stressed)
        assert not stressed[0].weak


def test_the_plain_spelling() -> None:
    """Without its points a line is what people write."""
    assert "שלום, אני מבקשת תשובה עד מחר: מה המספר?" == bare(LINE)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """Whatever a person typed into a line is passed on, in every script."""
    for language in ("en", "ru", "ar"):
        assert isinstance(reading(text, language), str)


@given(st.text(alphabet="אבגדהוחיכלנעפשת\u05b0\u05b4\u05b5\u05b7\u05b8\u05b9\u05bc\u05c1\u05ab", max_size=12))
def test_any_points_are_read(text: str) -> None:
    """A slip of a translator's pen never stops a call: any letters under any points have a reading."""
    assert isinstance(reading(text, "en"), str)
