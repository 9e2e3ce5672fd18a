"""The coach's one pure function: a session and an event in, the next session and what is to be done out.

No await, clock, randomness, input, output or logging here or in anything it calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.core.book import Book
from bot.core.case import Entry
from bot.core.dialog import Branch, Call, Dialog, Node, Paragraph
from bot.core.effects import Ack, Button, Buttons, Delete, Discard, Edit, Effect, Forget, Say
from bot.core.events import Asked, Attachment, Blocked, Event, Said, Sent, Tapped, TimerFired, Unblocked
from bot.core.files import KINDS, LIMIT
from bot.core.model import Text
from bot.core.reading import GRAVE
from bot.core.redact import Redacted, clean, redact
from bot.core.screen import all_hold, build_screen, numbered, option_key, rows, tapped
from bot.core.session import Album, Aside, Choice, Frame, Live, Prompt, Session
from bot.core.talk import LogNeeded, Talk
from bot.core.text import Count, Msg, Screen
from bot.core.words import Item, Words

__all__ = ["COMMANDS", "HOME", "Edge", "LogNeeded", "Turn", "start_aside", "step"]

HOME = "home"
"""The dialog at the bottom of every stack."""

COMMANDS = {
    "start": "home",
    "call": "call",
    "hold": "hold",
    "cases": "cases",
    "rights": "rights",
    "practice": "practice",
    "settings": "settings",
    "help": "help",
    "export": "export",
    "delete": "delete",
    "stop": "stop_nudges",
}
"""Command -> the dialog it opens."""

EVIDENCE = "evidence"
"""The dialog that finds the case to which a photo or a document belongs."""

GIVE_UP = "give_up"
"""The dialog that asks whether a case is let go."""

HOLD = "hold"
"""The dialog of those who wait on the line."""

CALL = "call"
"""The dialog of those who speak with a representative."""

CASE_RIGHTS = "case_rights"
"""The dialog of the rights that fit the case."""

RIGHTS = "rights"
"""The dialog that answers what holds."""

REFER = "refer"
"""The dialog that says whom to call when somebody may come to harm."""

STEP_LIMIT = 100
"""Nodes entered for one event; more is a loop in a dialog."""
DOUBLE_TAP = timedelta(seconds=5)
ASIDES = 3
UNHEARD = frozenset({"idle"})
"""Timers that also fire for those who do not hear us."""
TYPED_LIMIT = 2000
"""Characters of a message that are read; people paste whole letters."""

_NUMBERS = frozenset({"any_text", "at_stake", "hour", "length", "money", "price", "price_today", "quoted"})
"""The readers for which a number is an answer, and not the number of a button."""

_VERBATIM = frozenset({"any_text", "letter_words", "own_answer"})
"""The readers that keep whatever is written."""

_TAKES_ALL = frozenset({"company_name", "reply", "story"})
"""The readers that understand whatever is written, so that their answer says nothing."""

_LOOKED_UP = frozenset({"rights_query"})
"""The readers that look up a question themselves."""

_PLAIN = frozenset({"reply", "story", "wish"})
"""The readers of whatever comes to mind, where a greeting is a greeting."""
_FIRST = frozenset({"reply"})
"""The readers that are asked before a plain word is taken for a command: "waiting" answers them."""

Edge = tuple[str, str, str]
"""(dialog, node, edge): ``option:<label>``, ``choice``, ``input``, ``retry``, ``next:<n>``, ``call``, ``end``."""

_CAUGHT_NOTHING = Text("I did not catch that. Tap one of these, or write it in other words.")
_TAP_ONE = Text("I did not catch that. Please tap one of these.")
_STILL_NOT = Text(
    "I still don't catch that, sorry. Tap one of the buttons, say it in a few plain words, or go to the menu with "
    "/start and begin from there. Nothing you told me is lost."
)
MISSED = 2
"""Times that the same question was missed, after which another way out is shown."""
_NOT_A_TEXT = Text(
    "I can read text, and keep photos and PDF files. Anything else, please write in a few words and we go on."
)
_SECRET_CAPTION = Text(
    "What you wrote under the file looked like a card number or a code, so I left it out. Please delete your message; "
    "if the number stands in the picture too, send one without it."
)
_TOO_LARGE = Text("That file is too large for me: up to {n} MB, please. A photo of the page is enough.")
_AFTER_THIS = Text("I saw your file. First a word about you, and then please send it once more.")
_STALE = Text("That question is behind us. Here is where we are:")
_MOVED = Text("The coach was updated while we were talking, sorry. Nothing you told me is lost; we go on from here:")
_SECRET = Text(
    "I did not keep that: it looks like a card number or a code. Please delete your message. "
    "Nobody needs it here, and no honest company asks for it in a chat."
)
_WITH_PLEASURE = Text("With pleasure. I'm here when you need me.")
_UNKNOWN_COMMAND = Text("I don't know that command. /help shows what I can do.")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step came to."""

    session: Session
    effects: tuple[Effect, ...]
    trace: tuple[Edge, ...] = ()


def step(
    book: Book, words: Words, session: Session, event: Event, now: datetime, log: Sequence[Entry] | None = None
) -> Turn:
    """Decide what an event means for a person.

    Args:
        book: dialogs and knowledge.
        words: the vocabulary the dialogs use.
        session: where the person stands.
        event: what happened.
        now: the time, in UTC.
        log: the person's case log, or None if it was not loaded.

    Raises:
        LogNeeded: the log is read and was not given.
    """
    engine = _Engine(Talk(book, words, session, event, now, log))
    engine.take(event)
    return Turn(engine.talk.session, tuple(engine.talk.effects), tuple(engine.trace))


class _Engine:
    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.trace: list[Edge] = []
        self._entered = 0
        self._in_place: str | None = None
        """The message that is edited, whatever is said: more has come to what it answers."""

    # -- events -------------------------------------------------------------------------------------------------------

    def take(self, event: Event) -> None:
        if isinstance(event, Asked):
            return  # answered beside the talk, by bot.core.inline
        if isinstance(event, Blocked):
            self._session(asleep=True)
            return
        if isinstance(event, TimerFired):
            handler = self.talk.words.timers.get(event.key.partition(":")[0])
            awake = not self.talk.session.asleep or event.key in UNHEARD
            if handler is not None and awake and self.talk.session.stack:
                self._repair()
                handler(self.talk)
                if self.talk.refresh:
                    self.present()
            self._finish()
            return
        if self.talk.session.asleep:
            self._session(asleep=False)
        if isinstance(event, Unblocked):
            return
        if isinstance(event, Tapped) and event.callback:
            self.talk.add(Ack(id=self.talk.next_id(), callback=event.callback))
        if not self.talk.session.stack:
            self._welcome(event)
        elif not self._repair():
            self._take(event)
        self._session(seen=self.talk.now)
        self._finish()

    def _take(self, event: Event) -> None:
        if isinstance(event, Tapped):
            self._tapped(event)
        elif isinstance(event, Said):
            self._said(event.text)
        elif isinstance(event, Sent):
            self._sent(event)

    def _finish(self) -> None:
        for action in ("plan_nudge",):
            if action in self.talk.words.actions:
                self.talk.words.actions[action](self.talk, None)

    def _welcome(self, event: Event) -> None:
        """The first words; after the first command, for someone who is on the line cannot wait."""
        self._push(HOME)
        if isinstance(event, Sent) and event.attachment is not None:
            self._discard(event)
            self._session(album=Album(event.album, dropped=True) if event.album else None)
            self.talk.notices.append(self.talk.msg(_AFTER_THIS))
        if isinstance(event, Said | Sent):
            safe = _read(event.text if isinstance(event, Said) else event.caption)
            text = safe.text
            if isinstance(event, Sent) and event.secret:
                self.talk.notices.append(self.talk.msg(_SECRET_CAPTION))
            elif safe.found:
                self.talk.notices.append(self.talk.msg(_SECRET))
            elif not text.startswith("/"):
                if self._refer(text) or self._on_the_line(text):
                    return
                polite = self.talk.book.understanding.small_talk(text, self.talk.profile.language)
                self.talk.remember(story=None if polite else text or None)
            elif COMMANDS.get(_command_name(text), HOME) != HOME:
                self._command(text)
                return
        self.enter(self.dialog.start)

    def _repair(self) -> bool:
        """Bring a session over a deploy in which its place has gone. True when the person was told."""
        self._mend_cases()
        stack: list[Frame] = []
        lost = False
        for frame in self.talk.session.stack:
            dialog = self.talk.book.dialogs.get(frame.dialog)
            if dialog is None:
                lost = True
                break
            if frame.node in dialog.nodes:
                stack.append(frame)
                continue
            lost = True
            node = dialog.moved.get(frame.node) or dialog.resume_at or dialog.start
            stack.append(replace(frame, node=node))
            break
        if not lost:
            return False
        if not stack:
            stack.append(Frame(HOME, self.talk.book.dialogs[HOME].resume_at or self.talk.book.dialogs[HOME].start))
        self._session(stack=tuple(stack), prompt=None, live=None)
        self.talk.notices.append(self.talk.msg(_MOVED))
        self.enter(self.talk.frame.node)
        return True

    def _mend_cases(self) -> None:
        """A problem that is gone becomes "other", a goal that is gone is open again."""
        book, cases = self.talk.book, self.talk.session.cases
        goals = {None, *book.goals}
        if all(c.problem in book.problems and c.goal in goals and c.floor in goals for c in cases):
            return
        mended = (
            replace(
                case,
                problem=case.problem if case.problem in book.problems else "other",
                goal=case.goal if case.goal in goals else None,
                floor=case.floor if case.floor in goals else None,
            )
            for case in cases
        )
        self._session(cases=tuple(mended))

    # -- taps ---------------------------------------------------------------------------------------------------------

    def _tapped(self, event: Tapped) -> None:
        number, index = tapped(event.data)
        session = self.talk.session
        prompt = session.prompt
        if prompt is not None and number == prompt.number and 0 <= index < len(prompt.choices):
            self._choose(prompt.choices[index])
            return
        aside = next((a for a in session.asides if a.prompt.number == number), None)
        if aside is not None and 0 <= index < len(aside.prompt.choices):
            self._answer_aside(aside, aside.prompt.choices[index])
            return
        recent = prompt is not None and prompt.asked is not None and self.talk.now - prompt.asked < DOUBLE_TAP
        if number == session.prompts - 1 and recent:
            return
        if number:
            self.talk.notices.append(self.talk.msg(_STALE))
        self.present()

    def _answer_aside(self, aside: Aside, choice: Choice) -> None:
        if self._take_up(aside):
            self._choose(choice)

    def _take_up(self, aside: Aside) -> bool:
        """Make a nudge the question that is answered. False when its place is gone, and the person was told."""
        session = self.talk.session
        kept = tuple(a for a in session.asides if a is not aside)
        self._clear(aside.frame.dialog)
        session = self.talk.session
        frame = replace(aside.frame, command=True, case=session.case)
        self._session(asides=kept, stack=(*session.stack, frame), prompt=aside.prompt)
        return not self._repair()

    def _choose(self, choice: Choice) -> None:
        node = self.node
        if choice.kind == "p":
            assert self.talk.session.prompt is not None
            self._session(prompt=replace(self.talk.session.prompt, page=int(choice.value)))
            self.present(again=True)
        elif choice.kind == "v" and node.choices is not None:
            self._mark("choice")
            self._follow(node.choices.do, choice.value, node.choices.next)
        else:
            option = next((o for o in node.options if option_key(o) == choice.value), None)
            if option is None:
                self.present()
                return
            self._mark(f"option:{option.label}")
            self._follow(option.do, None, option.next)

    def _follow(self, actions: Sequence[Call], value: Any, branches: Sequence[Branch] | None) -> None:
        self.talk.remember(missed=None)
        self.do(actions, value)
        if branches is None:
            self.present(again=True)
        else:
            self._go(branches)

    # -- files --------------------------------------------------------------------------------------------------------

    def _sent(self, event: Sent) -> None:
        """What was sent; of an album only the first is answered, and its answer is changed with each of the others."""
        if not event.album:
            self._receive(event)
            return
        album, prompt = self.talk.session.album, self.talk.session.prompt
        if album is None or album.id != event.album:
            self._session(album=Album(event.album))
        elif album.dropped:
            self._discard(event)
            return
        elif prompt is not None and prompt.message == album.message:
            self._in_place = album.message
        elif self._add_quietly(event, album):
            return
        self._receive(event)
        album, prompt = self.talk.session.album, self.talk.session.prompt
        if album is not None and prompt is not None:
            self._session(album=replace(album, message=prompt.message))

    def _add_quietly(self, event: Sent, album: Album) -> bool:
        """Keep one more of an album whose answer is behind us where the others are. False if something is to be said.

        The talk has gone on meanwhile, perhaps about another case.
        """
        file = event.attachment
        if refused := _refusal(file):
            if album.refused == refused:
                self._discard(event)
            return album.refused == refused
        if file is None or album.case is None or event.secret or event.caption:
            return False
        session, notices = self.talk.session, list(self.talk.notices)
        self._session(case=album.case)
        self._push(EVIDENCE, gathered={"files": [_gathered(event, file)]})
        self.talk.words.actions["keep_files"](self.talk, None)
        self._session(stack=session.stack, case=session.case)
        self.talk.notices[:] = notices
        return True

    def _receive(self, event: Sent) -> None:
        """A photo or a document of a kind we keep goes to the case it belongs to; anything else is refused kindly."""
        file = event.attachment
        before = self.talk.session.album if self._in_place is not None else None
        if event.secret or (before is not None and before.secret):
            self.talk.notices.append(self.talk.msg(_SECRET_CAPTION))
            self._note_album(event, secret=True)
        refused = _refusal(file)
        if refused:
            self._discard(event)
            if before is not None and before.refused == refused:
                return
            self._note_album(event, refused=refused)
            if before is not None:
                self.talk.words.actions["say_kept"](self.talk, None)
            self.talk.notices.append(self._refused(refused))
            self.present()
        elif event.caption and self._refer(event.caption, note=True):
            self._discard(event)
            self._note_album(event, dropped=True)
        else:
            assert file is not None
            if before is not None and before.refused:
                self.talk.notices.append(self._refused(before.refused))
            waiting: list[Any] = []
            if self.talk.frame.dialog == EVIDENCE:  # one more, while it is asked where they belong
                waiting = self.talk.vars.get("files", [])
                self._clear(EVIDENCE)
            self._session(prompt=None)
            self._push(EVIDENCE, command=True, gathered={"files": [*waiting, _gathered(event, file)]})
            self.enter(self.dialog.start)

    def _refused(self, why: str) -> Msg:
        return self.talk.msg(_TOO_LARGE, n=Count(LIMIT // 2**20)) if why == "large" else self.talk.msg(_NOT_A_TEXT)

    def _note_album(self, event: Sent, **changes: Any) -> None:
        album = self.talk.session.album
        if album is not None and album.id == event.album:
            self._session(album=replace(album, **changes))

    def _discard(self, event: Sent) -> None:
        """What is not kept in a case is not kept at all."""
        if event.attachment is not None:
            self.talk.add(Discard(id=self.talk.next_id(), file=event.attachment.file))

    # -- text ---------------------------------------------------------------------------------------------------------

    def _said(self, typed: str) -> None:
        safe = _read(typed)
        if safe.found:
            self.talk.notices.append(self.talk.msg(_SECRET))
            self.present()
            return
        text = safe.text
        if text.startswith("/"):
            self._command(text)
            return
        node, language = self.node, self.talk.profile.language
        chosen = self._named(text)
        if chosen is not None:
            self._choose(chosen)
            return
        beside = self._named_beside(text)
        if beside is not None:
            self._answer_aside(*beside)
            return
        heard = self._heard_beside(text)
        first = heard is not None or (node.input is not None and node.input.read in _FIRST and self._answers(text))
        command = self.talk.book.understanding.command(text, language)
        if command is not None and not first and not (node.input is not None and node.input.read == "any_text"):
            if command == RIGHTS and self._tells_a_case():
                self._open(CASE_RIGHTS)
            else:
                self._command(f"/{command}")
            return
        if self._refer(text) or self._on_the_line(text) or self._asked(text):
            return
        if heard is not None:
            if self._take_up(heard):
                self._answers(text, follow=True)
            return
        if not first and self._gives_up(text):
            return
        if self._small_talk(text) or self._puts_right(text) or self._answers(text, follow=True):
            return
        self._mark("retry")
        self._missed()
        self.present()

    def _missed(self) -> None:
        """Say that the question was not answered; when it was missed again and again, what else can be done."""
        node = self.node
        place, times = self.talk.vars.get("missed") or ("", 0)
        times = times + 1 if place == self.talk.frame.node else 1
        self.talk.remember(missed=[self.talk.frame.node, times])
        if self.talk.heat == "calm":
            retry = (node.input.retry or _CAUGHT_NOTHING) if node.input is not None else _TAP_ONE
            self.talk.notices.append(self.talk.msg(_STILL_NOT if times > MISSED and node.live is None else retry))

    def _tells_a_case(self) -> bool:
        """Whether somebody is asked about a case of which it is known what went wrong."""
        case = self.talk.case
        return self.talk.frame.dialog == "triage" and case is not None and case.problem != "other"

    def _answers(self, text: str, *, follow: bool = False) -> bool:
        """Whether the question that stands understands a text as its answer. ``follow``: and go on with it."""
        node = self.node
        value = self.talk.words.readers[node.input.read](self.talk, text) if node.input is not None and text else None
        if value is None or node.input is None:
            return False
        if follow:
            self._mark("input")
            self._follow(node.input.do, value, node.input.next)
        return True

    def _small_talk(self, text: str) -> bool:
        """Answer a greeting with the question that stands, and thanks with a word, where a story could be told."""
        node = self.node
        open_ended = node.input is None or node.input.read in _PLAIN
        kind = self.talk.book.understanding.small_talk(text, self.talk.profile.language)
        if kind is None or not open_ended or node.live is not None:
            return False
        self._mark("retry")
        if kind == "thanks":
            self.talk.notices.append(self.talk.msg(_WITH_PLEASURE))
        self.present()
        return True

    def _refer(self, text: str, *, note: bool = False) -> bool:
        """Where somebody may come to harm, say whom to call, and nothing else; otherwise only note how it is meant.

        Notes are kept as they are: there, only a danger of the person's to themselves interrupts.
        """
        mood = self.talk.book.understanding.mood(text, self.talk.profile.language)
        noting = note or (self.node.input is not None and self.node.input.read == "any_text")
        if mood not in GRAVE or (noting and mood != "self_harm"):
            self.talk.heat = "calm" if noting else mood
            return False
        if self.talk.frame.dialog != REFER:
            self._push(REFER, command=True)
        self.talk.remember(mood=mood)
        self.enter(self.dialog.start)
        return True

    def _on_the_line(self, text: str) -> bool:
        """Whether somebody says that they wait or speak on the phone now, where nothing else can be meant."""
        node, language, understanding = self.node, self.talk.profile.language, self.talk.book.understanding
        read = node.input.read if node.input is not None else None
        if node.live is not None or read in _VERBATIM:
            return False
        if not self._reports(read, text) and understanding.on_call(text, language) is not None:
            self._open(CALL, told=text)
        elif understanding.on_hold(text, language) is not None:
            self._open(HOLD, told=text)
        else:
            return False
        return True

    def _reports(self, read: str | None, text: str) -> bool:
        """Whether what a representative says is told as the answer to how a case is going."""
        asked = read in _FIRST or self._nudged() is not None
        return asked and self.talk.book.understanding.reply(text, self.talk.profile.language) is not None

    def _asked(self, text: str) -> bool:
        """Whether it is asked what holds, where no answer of the person's own can be meant: the rights open."""
        node, talk = self.node, self.talk
        read = node.input.read if node.input is not None else None
        if node.live is not None or read in _VERBATIM or read in _LOOKED_UP or self._reports(read, text):
            return False
        if read not in _TAKES_ALL and self._answers(text):
            return False
        if not talk.words.guards["asked"](talk, text):
            return False
        stack = talk.session.stack  # a case that an earlier question has opened goes on below
        self._session(prompt=None, stack=stack[:-1] if talk.frame.command and talk.frame.dialog == RIGHTS else stack)
        self._push(RIGHTS, command=True, gathered={"question": text})
        self.enter(self.dialog.start)
        return True

    def _gives_up(self, text: str) -> bool:
        """Whether somebody says in the middle of a case that they give up: it is asked whether they let it go."""
        node, session = self.node, self.talk.session
        open_cases = any(case.is_open and case.begun for case in session.cases)
        practised = node.input is not None and node.input.read == "own_answer"
        if node.live is not None or not open_cases or practised or self.talk.frame.dialog == GIVE_UP:
            return False
        if not self.talk.book.understanding.gives_up(text, self.talk.profile.language):
            return False
        self._open(GIVE_UP)
        return True

    def _puts_right(self, text: str) -> bool:
        """Whether what was told before is put right; what was asked is asked on, unless it is answered too."""
        right = self.talk.words.readers["correction"](self.talk, text)
        if right is None:
            return False
        self.talk.words.actions["correct"](self.talk, right)
        if "goal" in right or not self._answers(text, follow=True):
            self._mark("retry")
            self.present()
        return True

    def _cool(self) -> None:
        """Before the first words of the turn: cool down what was typed in anger."""
        mood, self.talk.heat = self.talk.heat, "calm"
        if mood != "calm":
            self.talk.words.actions["cool_down"](self.talk, mood)

    def _named(self, text: str) -> Choice | None:
        """The button that a text names. Where a number may be the answer, a bare number names no button."""
        read = self.node.input.read if self.node.input is not None else None
        labels = self._labels()
        if not labels or (read in _NUMBERS and not any(c.isalpha() for c in text)):
            return None
        language = self.talk.profile.language
        choose = self.talk.book.understanding.choose
        index = choose(text, [b.label for b, _ in labels], language)
        if index is not None:
            return labels[index][1]
        if not any(map(str.isalpha, text)):
            return None
        hidden = self._on_other_pages(labels)
        index = choose(text, [item.label for item in hidden], language)
        if index is not None:
            return Choice("v", hidden[index].value)
        if read is not None:
            return None
        every = [*labels, *((Button(item.label), Choice("v", item.value)) for item in hidden)]
        index = choose(text, [b.label for b, _ in every], language, loose=True)
        return every[index][1] if index is not None else None

    def _on_other_pages(self, shown: Sequence[tuple[Button, Choice]]) -> list[Item]:
        """What stands on the other pages of the list."""
        if self.node.choices is None:
            return []
        here = {choice.value for _, choice in shown if choice.kind == "v"}
        return [item for item in self.talk.words.lists[self.node.choices.of](self.talk) if item.value not in here]

    def _named_beside(self, text: str) -> tuple[Aside, Choice] | None:
        """The button of the nudge that a text names."""
        aside = self._nudged()
        if aside is None or not any(map(str.isalpha, text)):
            return None
        outside = self.talk.session
        self._look_at(aside)
        laid_out = rows(self.talk, self.node, 0)
        self.talk.session = outside
        named = [(button, choice) for row in laid_out for button, choice in row if choice is not None]
        index = self.talk.book.understanding.choose(text, [b.label for b, _ in named], self.talk.profile.language)
        return (aside, named[index][1]) if index is not None else None

    def _heard_beside(self, text: str) -> Aside | None:
        """The nudge, if it understands a text as its answer."""
        aside = self._nudged()
        if aside is None:
            return None
        outside = self.talk.session
        self._look_at(aside)
        heard = self._answers(text)
        self.talk.session = outside
        return aside if heard else None

    def _nudged(self) -> Aside | None:
        """The nudge that may be answered in words: if nothing was asked since; on a call people quote somebody else."""
        session = self.talk.session
        aside = session.asides[-1] if session.asides else None
        if aside is None or aside.prompt.number != session.prompts or self.node.live:
            return None
        dialog = self.talk.book.dialogs.get(aside.frame.dialog)
        return aside if dialog is not None and aside.frame.node in dialog.nodes else None

    def _look_at(self, aside: Aside) -> None:
        """Stand at the nudge, for as long as a text is compared with it."""
        session = self.talk.session
        case = aside.frame.vars.get("case", session.case)
        self._session(stack=(*session.stack, aside.frame), case=case)

    def _command(self, text: str) -> None:
        dialog = COMMANDS.get(_command_name(text))
        if dialog is None:
            self.talk.notices.append(self.talk.msg(_UNKNOWN_COMMAND))
            self.present()
        elif dialog == HOME:
            self._menu()
        elif dialog == self.talk.frame.dialog and self.node.live is not None:
            self.present()
        else:
            self._open(dialog)

    def _open(self, dialog: str, **gathered: Any) -> None:
        """Begin a dialog in the middle of whatever is in progress; what is gathered was told of the case at hand."""
        case = self.talk.session.case
        self._clear(dialog)
        self._session(prompt=None, case=case if gathered else self.talk.session.case)
        self._push(dialog, command=True, gathered=gathered)
        self.enter(self.dialog.start)

    def _clear(self, dialog: str) -> None:
        """Take away a dialog that was opened beside the others, with what it opened: it is to begin anew."""
        kept: list[Frame] = []
        inside, case = False, None
        for frame in self.talk.session.stack:
            if frame.command and frame.dialog == dialog:
                inside, case = True, case if inside else frame.case
            elif frame.command and inside:
                inside = False
                kept.append(replace(frame, case=case))
            elif not inside:
                kept.append(frame)
        self._session(stack=tuple(kept), case=case if inside else self.talk.session.case)

    def _menu(self) -> None:
        """The menu, over what is in progress; an earlier menu over something else gives way."""
        stack = self.talk.session.stack
        last = max(n for n, frame in enumerate(stack) if n == 0 or frame.dialog == HOME)
        if 0 < last < len(stack) - 1:
            stack = (replace(stack[last], command=False), *stack[last + 1 :])
        self._session(stack=stack, prompt=None)
        if self.talk.frame.dialog != HOME:
            self._push(HOME, command=True)
        self.enter(self.dialog.resume_at or self.dialog.start)

    # -- moving -------------------------------------------------------------------------------------------------------

    @property
    def dialog(self) -> Dialog:
        return self.talk.book.dialogs[self.talk.frame.dialog]

    @property
    def node(self) -> Node:
        return self.dialog.nodes[self.talk.frame.node]

    def enter(self, name: str) -> None:
        """Go to a node of the dialog in progress, and on until something waits."""
        self._entered += 1
        if self._entered > STEP_LIMIT:
            raise RuntimeError(f"more than {STEP_LIMIT} nodes in one step, at {self.talk.frame.dialog}.{name}")
        if self.talk.frame.node != name:
            self._session(stack=(*self.talk.session.stack[:-1], replace(self.talk.frame, node=name)))
        node = self.node
        self.do(node.do, None)
        if node.say is not None and (said := self.screen(node.say)):
            self._send(node, said, ())
            if node.live is not None:
                self._session(live=None)
        if any(isinstance(effect, Forget) for effect in self.talk.effects):
            self._mark("end")
            self._session(stack=(), prompt=None)
        elif node.ask is not None:
            self.present()
        elif node.call is not None:
            self._mark("call")
            given = {name: self.talk.vars[name] for name in node.give if name in self.talk.vars}
            self._push(node.call, gathered=given)
            self.enter(self.dialog.start)
        elif node.end:
            self._mark("end")
            self.leave()
        else:
            assert node.next is not None
            self._go(node.next)

    def _go(self, branches: Sequence[Branch]) -> None:
        for number, branch in enumerate(branches):
            if all_hold(self.talk, branch.when):
                self._mark(f"next:{number}:{branch.to}")
                self.enter(branch.to)
                return
        raise RuntimeError(f"no way on from {self.talk.frame.dialog}.{self.talk.frame.node}")

    def leave(self) -> None:
        """End the dialog in progress and go on where it was opened."""
        finished = self.talk.frame
        rest = self.talk.session.stack[:-1]
        self._session(stack=rest, prompt=None)
        if not rest:
            self._push(HOME)
            home = self.dialog
            self.enter(home.resume_at or home.start)
            return
        if finished.command and self.talk.frame.dialog != HOME:
            self._session(case=finished.case)
        self._go_on()

    def _go_on(self) -> None:
        """Ask what is asked here, or go on from the dialog that was called, which has ended or was left."""
        if self.node.next is None:
            self.present()
        else:
            self._go(self.node.next)

    def _push(self, dialog: str, *, command: bool = False, gathered: dict[str, Any] | None = None) -> None:
        case = self.talk.session.case if command else None
        frame = Frame(dialog, self.talk.book.dialogs[dialog].start, gathered or {}, command, case)
        self._session(stack=(*self.talk.session.stack, frame))

    def do(self, actions: Sequence[Call], value: Any) -> None:
        for action in actions:
            argument = action.argument if action.argument is not None else value
            self.talk.words.actions[action.name](self.talk, argument)

    # -- showing ------------------------------------------------------------------------------------------------------

    def screen(self, paragraphs: Sequence[Paragraph]) -> Screen:
        return build_screen(self.talk, paragraphs)

    def _labels(self) -> list[tuple[Button, Choice]]:
        laid_out = rows(self.talk, self.node, self._page())
        return [(button, choice) for row in laid_out for button, choice in row if choice is not None]

    def _page(self) -> int:
        return self.talk.session.prompt.page if self.talk.session.prompt is not None else 0

    def present(self, *, again: bool = False) -> None:
        """Ask the question of the current node. ``again``: a tap on it changed it, so edit it in place."""
        node = self.node
        if node.ask is None:
            self.enter(self.talk.frame.node)
            return
        self._cool()
        screen = self.screen(node.ask)
        if not screen and self.talk.frame.node != (safe := self.dialog.resume_at or self.dialog.start):
            self.enter(safe)  # what it asked about is gone
            return
        page = self._page() if again else 0
        session = self.talk.session
        number = session.prompts + 1
        laid_out = rows(self.talk, node, page)
        choices = tuple(choice for row in laid_out for _, choice in row if choice is not None)
        buttons = numbered(laid_out, number)
        edits = session.prompt.message if again and session.prompt is not None and not self.talk.notices else None
        message = self._send(node, screen, buttons, edits=edits)
        prompt = Prompt(number, message, choices, self.talk.now, page)
        self._session(prompts=number, prompt=prompt)

    def _send(self, node: Node, screen: Screen, buttons: Buttons, *, edits: str | None = None) -> str:
        """Send, or edit in place, and return the effect id under which the message is known."""
        self._cool()
        talk = self.talk
        screen = (*talk.notices, *screen)
        talk.notices.clear()
        live = talk.session.live
        if self._in_place is not None:
            edits = self._in_place
        elif node.live is not None and live is not None and live.slot == node.live:
            if not live.buried and not isinstance(talk.event, Said | Sent):
                edits = live.message
            else:
                edits = None
                talk.add(Delete(id=talk.next_id(), message=live.message))
        if edits is not None:
            talk.add(Edit(id=talk.next_id(), message=edits, screen=screen, buttons=buttons))
            return edits
        say = Say(id=talk.next_id(), screen=screen, buttons=buttons)
        talk.add(say)
        if node.live is not None:
            self._session(live=Live(node.live, say.id))
        elif live is not None:
            self._session(live=replace(live, buried=True))
        return say.id

    def _mark(self, edge: str) -> None:
        self.trace.append((self.talk.frame.dialog, self.talk.frame.node, edge))

    def _session(self, **changes: Any) -> None:
        self.talk.session = replace(self.talk.session, **changes)


def start_aside(talk: Talk, dialog: str, gathered: dict[str, Any], expires: datetime) -> None:
    """Ask the question of a dialog beside the conversation, without stealing its turn."""
    asked = talk.book.dialogs[dialog]
    frame = Frame(dialog, asked.resume_at or asked.start, gathered)
    outer = talk.session.stack
    talk.session = replace(talk.session, stack=(*outer, frame))
    node = talk.book.dialogs[dialog].nodes[frame.node]
    assert node.ask is not None
    number = talk.session.prompts + 1
    laid_out = rows(talk, node, 0)
    say = Say(
        id=talk.next_id(),
        screen=build_screen(talk, node.ask),
        buttons=numbered(laid_out, number),
        expires=expires,
    )
    talk.add(say)
    choices = tuple(choice for row in laid_out for _, choice in row if choice is not None)
    aside = Aside(Prompt(number, say.id, choices, talk.now), frame)
    asides = (*talk.session.asides, aside)[-ASIDES:]
    live = talk.session.live
    talk.session = replace(
        talk.session,
        stack=outer,
        prompts=number,
        asides=asides,
        live=replace(live, buried=True) if live is not None else None,
    )


def _read(typed: str) -> Redacted:
    """What is read of what was typed. A number that the limit would cut in two is looked at whole."""
    safe = redact(typed[: TYPED_LIMIT + 60])
    return replace(safe, text=safe.text[:TYPED_LIMIT].strip())


def _refusal(file: Attachment | None) -> Literal["", "kind", "large"]:
    """Why a file is not kept; empty if it is."""
    if file is None or file.mime not in KINDS:
        return "kind"
    return "large" if file.size > LIMIT else ""


def _gathered(event: Sent, file: Attachment) -> dict[str, Any]:
    """A file as the dialog that finds its case knows it."""
    kept = {"file": file.file, "type": event.kind, "mime": file.mime, "size": file.size}
    return {**kept, "name": clean(file.name)[:120], "text": event.caption[:500]}


def _command_name(text: str) -> str:
    """``/Call@lofrayer_bot now`` -> ``call``."""
    return (text[1:].split() or [""])[0].split("@")[0].lower()
