"""Whatever happens, in whatever order: the session loads, the screen can be read, and there is a way forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.session import Gender, Profile
from bot.core.step import COMMANDS, HOME
from tests.support.chat import Chat
from tests.support.coach import Scripted, coach, recognised, scripted
from tests.support.words import NASTY, ORDINARY, SECRETS, check_nothing_secret

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TAPS = [
    "",
    "1",
    "1.1",
    "1.1.0",
    "1.2.0",
    "1.0.0",
    "1.-1.0",
    "1.999999999.0",
    "0.1.0",
    "2.1.0",
    "1.1.0.0",
    "1.٣.٠",
    "x" * 300,
]
KINDS = ["photo", "voice", "sticker", "location", "document", "edited", ""]
SPANS = [1, 4, 30, 60, 400, 3_600, 12 * 3_600, 86_400, 8 * 86_400, 90 * 86_400]


@dataclass
class Player:
    """Plays what hypothesis thinks up."""

    chat: Chat
    reader: Scripted

    def say(self, text: str) -> None:
        """Type something."""
        self.chat.say(text)

    def tap(self, number: int) -> None:
        """Tap a button of the question that waits."""
        living = self.chat.living()
        buttons = [b for m in living for row in m.buttons for b in row if b.data is not None]
        self.chat.tap_data(buttons[number % len(buttons)].data or "" if buttons else "1.1.0")

    def tap_old(self, message: int, number: int) -> None:
        """Tap a button of any message on the screen."""
        tapped = [m for m in self.chat.messages if any(b.data for row in m.buttons for b in row)]
        if tapped:
            buttons = [b for row in tapped[message % len(tapped)].buttons for b in row if b.data is not None]
            self.chat.tap_data(buttons[number % len(buttons)].data or "")

    def tap_twice(self, number: int) -> None:
        """Tap a button, and at once again."""
        living = self.chat.living()
        buttons = [b for m in living for row in m.buttons for b in row if b.data is not None]
        if buttons:
            data = buttons[number % len(buttons)].data or ""
            self.chat.tap_data(data)
            self.chat.tap_data(data)

    def forge(self, data: str) -> None:
        """Tap something made up."""
        self.chat.tap_data(data)

    def send(self, kind: str, caption: str) -> None:
        """Send something that is no text."""
        self.chat.send(kind, caption)

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.chat.wait(self.chat.now + timedelta(seconds=seconds))

    def fire(self, key: str, late: int) -> None:
        """A timer fires though it should not, early, late or twice."""
        if self.chat.stored is not None:
            self.chat.fire(key, self.chat.now - timedelta(seconds=late))

    def block(self) -> None:
        """Block the coach and, later, let it in again."""
        self.chat.block()

    def unblock(self) -> None:
        """Let the coach in again."""
        self.chat.unblock()

    def mean(self, problem: Any, objection: Any) -> None:
        """What will be recognised from here on."""
        self.reader.problem, self.reader.said = recognised(problem), recognised(objection)


def acts() -> st.SearchStrategy[tuple[str, tuple[Any, ...]]]:
    """One thing that happens; taps and words most often."""
    book, _ = coach()
    problems, objections = st.sampled_from(sorted(book.problems)), st.sampled_from(sorted(book.objections))

    def names(one: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
        return st.one_of(st.none(), one, st.lists(one, min_size=2, max_size=3, unique=True))

    texts = st.one_of(
        st.sampled_from(ORDINARY),
        st.sampled_from(NASTY),
        st.sampled_from(SECRETS),
        st.sampled_from([f"/{name}" for name in COMMANDS]),
        st.text(max_size=40),
    )
    number = st.integers(0, 30)
    tap = st.tuples(st.just("tap"), st.tuples(number))
    say = st.tuples(st.just("say"), st.tuples(texts))
    return st.one_of(
        tap,
        tap,
        tap,
        say,
        say,
        st.tuples(st.just("tap_old"), st.tuples(number, number)),
        st.tuples(st.just("tap_twice"), st.tuples(number)),
        st.tuples(st.just("forge"), st.tuples(st.one_of(st.sampled_from(TAPS), st.text(max_size=20)))),
        st.tuples(st.just("send"), st.tuples(st.sampled_from(KINDS), st.sampled_from(["", "look!", *SECRETS]))),
        st.tuples(st.just("wait"), st.tuples(st.sampled_from(SPANS))),
        st.tuples(
            st.just("fire"),
            st.tuples(st.sampled_from(["nudge", "hold", "nudge:1", "nothing", ""]), st.integers(-90_000, 900_000)),
        ),
        st.tuples(st.just("block"), st.just(())),
        st.tuples(st.just("unblock"), st.just(())),
        st.tuples(st.just("mean"), st.tuples(names(problems), names(objections))),
    )


PROFILES = st.builds(
    Profile,
    language=st.sampled_from(["he", "en"]),
    gender=st.sampled_from(["m", "f", "n"]),
    keeps_shabbat=st.booleans(),
)


def newcomer(profile: Profile) -> Player:
    """Somebody who has never written."""
    book, renderer = coach()
    book, reader = scripted(book)
    return Player(Chat(book, renderer, NOW, profile), reader)


@settings(max_examples=200)
@given(profile=PROFILES, played=st.lists(acts(), min_size=5, max_size=40))
def test_any_sequence_of_events(profile: Profile, played: list[tuple[str, tuple[Any, ...]]]) -> None:
    """After every event the session loads as it was, everything can be read in each language, and one can go on.

    `Chat` checks each turn: stored form, determinism, effect ids, texts, buttons, timers and a way forward.
    """
    player = newcomer(profile)
    for name, arguments in played:
        act: Callable[..., None] = getattr(player, name)
        act(*arguments)
        check_nothing_secret(player.chat)
        player.chat.now += timedelta(seconds=2)
    known = bool(player.chat.session.stack)
    player.chat.say("/start")
    top = player.chat.session.stack[-1]
    assert (top.dialog, top.node) == (HOME, "menu" if known else "welcome")


@settings(max_examples=40)
@given(gender=st.sampled_from(["m", "f", "n"]), taps=st.lists(st.integers(0, 12), min_size=20, max_size=60))
def test_anybody_can_tap_their_way_through(gender: Gender, taps: list[int]) -> None:
    """Only tapping, never writing: no button leads to a place where nothing can be done."""
    player = newcomer(Profile(gender=gender))
    player.chat.say("/start")
    for number in taps:
        player.tap(number)
        player.chat.now += timedelta(seconds=30)
        asked = player.chat.session.prompt
        assert not player.chat.session.stack or asked is not None


@settings(max_examples=30)
@given(st.lists(st.sampled_from(sorted(COMMANDS)), min_size=1, max_size=40))
def test_commands_never_pile_up(commands: list[str]) -> None:
    """However often somebody changes their mind, what waits beneath is bounded."""
    player = newcomer(Profile())
    player.chat.say("/start")
    for command in commands:
        player.chat.say(f"/{command}")
        player.chat.now += timedelta(seconds=10)
    assert len(player.chat.session.stack) <= len(COMMANDS) + 2
    assert len(player.chat.stored or b"") < 20_000
