"""Formatted text: Telegram's HTML to plain text with entities, and back."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from tests.fakes.telegram.errors import ApiError, Json, bad_request

__all__ = ["Formatted", "check_entities", "has_surrogates", "parse_html", "plain", "to_html", "utf16_length"]

_SPACE = " \t\r\n\v\0"
_INVISIBLE = _SPACE + "\f\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile("[<&]")
_TAG_NAME = re.compile(f"[^{_SPACE}>]*")
_ATTRIBUTE = re.compile(f"[^{_SPACE}=>/\"']*")
_TOKEN = re.compile("[A-Za-z0-9.-]*")
_BLANKS = re.compile(f"[{_SPACE}]*")
_REFERENCE = re.compile("&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+)|(?P<name>[a-zA-Z]+))(?P<end>;?)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LINK = re.compile(r"(?i)(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>[^\s/?#]+)(?P<rest>[^\s]*)")
_MENTION = re.compile(r"tg://user\?id=(\d+)")

_TYPES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_HTML = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}
_UNMARKED = frozenset(
    ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "text_mention", "custom_emoji")
)


@dataclass(slots=True)
class Formatted:
    """Plain text and its entities, offsets in UTF-16 units."""

    text: str
    entities: list[Json] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Nothing would be visible."""
        return not self.text.strip(_INVISIBLE)

    def trimmed(self) -> Formatted:
        """Without the blanks at both ends, which Telegram cuts off."""
        text = self.text.strip(_SPACE)
        if len(text) == len(self.text):
            return self
        cut = len(self.text) - len(self.text.lstrip(_SPACE))
        length = utf16_length(text)
        entities = []
        for entity in self.entities:
            start = max(0, entity["offset"] - cut)
            end = min(length, entity["offset"] + entity["length"] - cut)
            if end > start:
                entities.append({**entity, "offset": start, "length": end - start})
        return Formatted(text, entities)


def utf16_length(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def has_surrogates(text: str) -> bool:
    """Whether there are halves of characters in it, which is no Unicode text."""
    return _SURROGATE.search(text) is not None


def plain(text: str) -> Formatted:
    """Text without formatting."""
    return Formatted(text)


@lru_cache(maxsize=4096)
def parse_html(source: str, lint: bool = True) -> Formatted:
    """Read Telegram's HTML, or refuse it in Telegram's words.

    With ``lint`` an unknown named reference such as ``&nbsp;`` is refused as well; Telegram shows it as it stands.
    Readings are remembered, for bots say the same things again: treat them as immutable.
    """
    if "<" not in source and "&" not in source:
        return Formatted(source)
    return _HtmlParser(source, lint).parse()


def check_entities(text: str, entities: object) -> Formatted:
    """Take entities given beside the text, or refuse them."""
    if not isinstance(entities, list):
        raise bad_request("can't parse entities JSON object")
    length = utf16_length(text)
    for entity in entities:
        kind, offset, size = entity.get("type"), entity.get("offset"), entity.get("length")
        if kind not in _HTML and kind not in _UNMARKED and kind != "text_link":
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if offset < 0:
            raise bad_request(f"receive an entity with incorrect offset {offset}")
        if offset > length:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
        if offset + size > length:
            end = offset + size
            reason = f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}"
            raise bad_request(reason)
    return Formatted(text, _in_order([dict(entity) for entity in entities]))


def to_html(formatted: Formatted) -> str:
    """The text with its entities as canonical HTML."""
    if not formatted.entities:
        return _escape(formatted.text)
    opening: defaultdict[int, list[str]] = defaultdict(list)
    closing: defaultdict[int, list[str]] = defaultdict(list)
    for entity in _in_order(formatted.entities):
        before, after = _tags(entity)
        opening[entity["offset"]].append(before)
        closing[entity["offset"] + entity["length"]].insert(0, after)
    units = formatted.text.encode("utf-16-le")
    parts: list[str] = []
    last = 0
    for position in sorted({*opening, *closing}):
        parts.append(_escape(units[last * 2 : position * 2].decode("utf-16-le")))
        parts += closing[position] + opening[position]
        last = position
    parts.append(_escape(units[last * 2 :].decode("utf-16-le")))
    return "".join(parts)


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end tag."""

    tag: str
    attributes: dict[str, str]
    offset: int
    part: int


class _HtmlParser:
    """One reading of one text; byte offsets in refusals are those of the source."""

    def __init__(self, source: str, lint: bool) -> None:
        self.source = source
        self.lint = lint
        self.parts: list[str] = []
        self.units = 0
        self.stack: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> Formatted:
        position = 0
        while special := _SPECIAL.search(self.source, position):
            start = special.start()
            self._put(self.source[position:start])
            if special[0] == "&":
                position = self._reference(start)
            elif self.source.startswith("</", start):
                position = self._end_tag(start)
            else:
                position = self._start_tag(start)
        self._put(self.source[position:])
        if self.stack:
            tag = self.stack[-1].tag
            raise self._failure(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self.parts)
        if has_surrogates(text):
            reason = "Text contains invalid Unicode characters after decoding HTML entities, "
            raise self._failure(reason + "check for unmatched surrogate code units")
        return Formatted(text, _in_order(self.entities))

    def _put(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.units += utf16_length(text)

    def _failure(self, reason: str, at: int | None = None) -> ApiError:
        place = "" if at is None else f" at byte offset {self._byte(at)}"
        return bad_request(f"can't parse entities: {reason}{place}")

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _skip(self, position: int) -> int:
        blanks = _BLANKS.match(self.source, position)
        return blanks.end() if blanks else position

    def _reference(self, start: int) -> int:
        found = _REFERENCE.match(self.source, start)
        character = _decode(found) if found else None
        if found and character is not None:
            self._put(character)
            return found.end()
        if found and self.lint and found["end"]:
            raise self._failure(f'Unsupported HTML entity "{found[0]}"', start)
        self._put("&")
        return start + 1

    def _start_tag(self, start: int) -> int:
        name = _TAG_NAME.match(self.source, start + 1)
        if name is None or name.end() == len(self.source):
            raise self._failure("Unclosed start tag", start)
        tag = name[0].lower()
        if tag not in _TYPES:
            raise self._failure(f'Unsupported start tag "{tag}"', start)
        attributes, end = self._attributes(tag, start, name.end())
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._failure('Tag "span" must have class "tg-spoiler"', start)
        self.stack.append(_Open(tag, attributes, self.units, len(self.parts)))
        return end

    def _attributes(self, tag: str, start: int, position: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        source = self.source
        while True:
            position = self._skip(position)
            if source.startswith(">", position):
                return attributes, position + 1
            name = _ATTRIBUTE.match(source, position)
            if name is None or not name[0]:
                raise self._failure(f'Empty attribute name in the tag "{tag}"', start)
            position = self._skip(name.end())
            value = ""
            if source.startswith("=", position):
                position = self._skip(position + 1)
                value, position = self._value(tag, start, position)
            elif position >= len(source):
                raise self._failure(f'Unclosed start tag "{tag}"', start)
            attributes[name[0]] = value

    def _value(self, tag: str, start: int, position: int) -> tuple[str, int]:
        source = self.source
        if position >= len(source):
            raise self._failure(f'Unclosed start tag "{tag}"', start)
        if (quote := source[position]) in "'\"":
            end = source.find(quote, position + 1)
            if end < 0 or end + 1 >= len(source):
                raise self._failure("Unclosed start tag", start)
            return _REFERENCE.sub(lambda found: _decode(found) or found[0], source[position + 1 : end]), end + 1
        token = _TOKEN.match(source, position)
        end = token.end() if token else position
        if end >= len(source) or source[end] not in _SPACE + ">":
            raise self._failure("Unexpected end of name token", position)
        return source[position:end].lower(), end

    def _end_tag(self, start: int) -> int:
        if not self.stack:
            raise self._failure("Unexpected end tag", start)
        name = _TAG_NAME.match(self.source, start + 2)
        tag = name[0].lower() if name else ""
        position = self._skip(name.end() if name else start + 2)
        if not self.source.startswith(">", position):
            raise self._failure("Unclosed end tag", start)
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            found = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise self._failure(f"Unmatched end tag at byte offset {self._byte(start)}, {found}")
        self._close(opened)
        return position + 1

    def _close(self, opened: _Open) -> None:
        """Make the entity; like Telegram, keep nothing but a language inside code."""
        length = self.units - opened.offset
        in_pre = bool(self.stack) and self.stack[-1].tag == "pre" and opened.tag == "code"
        if not length or (any(outer.tag in ("code", "pre") for outer in self.stack) and not in_pre):
            return
        entity: Json = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": length}
        last = self.entities[-1] if self.entities else {}
        if opened.tag == "pre" and last == {**last, **entity, "type": "code"}:
            last["type"] = "pre"
            return
        if opened.tag == "code" and (language := opened.attributes.get("class", "")).startswith("language-"):
            entity |= {"language": language.removeprefix("language-")} if in_pre else {}
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            if not opened.attributes.get("emoji-id", "").isdigit():
                raise self._failure("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.attributes["emoji-id"]
        elif opened.tag == "a" and not self._link(entity, opened):
            return
        self.entities.append(entity)

    def _link(self, entity: Json, opened: _Open) -> bool:
        """Complete a link; a broken one is no link at all, without a refusal."""
        url = opened.attributes.get("href") or "".join(self.parts[opened.part :])
        if mention := _MENTION.fullmatch(url):
            entity |= {"type": "text_mention", "user": {"id": int(mention[1]), "is_bot": False, "first_name": "?"}}
            return True
        link = _LINK.fullmatch(url)
        if link is None or (link["scheme"] or "http").lower() not in ("http", "https", "tg", "ton"):
            return False
        if link["scheme"] != "tg" and "." not in link["host"] and not link["host"].startswith("localhost"):
            return False
        entity["url"] = f"{(link['scheme'] or 'http').lower()}://{link['host']}{link['rest'] or '/'}"
        return True


def _decode(found: re.Match[str]) -> str | None:
    """The character a reference stands for, if Telegram knows it."""
    if found["name"]:
        return _NAMED.get(found["name"])
    digits = found["hex"] or found["decimal"]
    code = int(digits, 16 if found["hex"] else 10)
    known = 0 < code < 0x10FFFF and found.end() - found.start() - len(found["end"]) < 10
    return chr(code) if known else None


def _in_order(entities: list[Json]) -> list[Json]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _tags(entity: Json) -> tuple[str, str]:
    if entity["type"] == "text_link":
        url = _escape(entity["url"]).replace('"', "&quot;")
        return f'<a href="{url}">', "</a>"
    if entity["type"] == "pre" and entity.get("language"):
        return f'<pre><code class="language-{entity["language"]}">', "</code></pre>"
    return _HTML.get(entity["type"], ("", ""))
