"""``flows/dialogs`` -> the core's dialogs, and what must be true of them as a graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.authoring.source import Path_, Source, read_source, validate
from bot.core.dialog import Branch, Call, Dialog, Node, Paragraph
from bot.core.issues import Issue, did_you_mean
from bot.core.talk import placeholders
from bot.core.words import Words

__all__ = ["Read", "check_dialogs", "edges", "read_dialogs", "targets"]


@dataclass(frozen=True)
class Read:
    """A dialog and the file it came from."""

    dialog: Dialog
    source: Source


def read_dialogs(folder: Path, root: Path) -> tuple[list[Read], list[Issue]]:
    """Read every dialog of a folder; paths in issues are relative to ``root``."""
    dialogs: list[Read] = []
    issues: list[Issue] = []
    for path in sorted(folder.glob("*.yaml")):
        source = read_source(path, str(path.relative_to(root)))
        if source.data is not None:
            dialog = validate(Dialog, source.data, source)
            if dialog is not None:
                dialogs.append(Read(dialog, source))
                if dialog.id != path.stem:
                    source.issues.append(
                        source.issue(("dialog",), "D009", f"dialog '{dialog.id}' is not the file's name '{path.stem}'")
                    )
        elif not source.issues:
            source.issues.append(Issue(source.path, 0, 0, "K002", "the file is empty"))
        issues.extend(source.issues)
    return dialogs, issues


def targets(node: Node) -> Iterator[tuple[str, Path_, tuple[Branch, ...]]]:
    """The ways on from a node: the edge's name as in a trace, its place in the file, its branches."""
    if node.next is not None:
        yield "next", ("next",), node.next
    for index, option in enumerate(node.options):
        if option.next is not None:
            yield f"option:{option.label}", ("options", index, "next"), option.next
    for name, part in (("choice", node.choices), ("input", node.input)):
        if part is not None and part.next is not None:
            yield name, ("choices" if name == "choice" else "input", "next"), part.next


def edges(dialog: Dialog) -> set[tuple[str, str, str]]:
    """Every edge that a transcript can visit, named as `step` names it in its trace."""
    found: set[tuple[str, str, str]] = set()
    for name, node in dialog.nodes.items():
        here = (dialog.id, name)
        if node.next is not None:
            found.update((*here, f"next:{n}:{branch.to}") for n, branch in enumerate(node.next))
        found.update((*here, f"option:{o.label}") for o in node.options if o.copies is None and o.opens is None)
        if node.choices is not None:
            found.add((*here, "choice"))
        if node.input is not None:
            found.add((*here, "input"))
        if node.call is not None:
            found.add((*here, "call"))
        if node.end:
            found.add((*here, "end"))
    return found


def check_dialogs(dialogs: list[Read], words: Words) -> list[Issue]:
    """Names that must exist, nodes that must be reachable, ways that must lead on."""
    ids = {read.dialog.id: read for read in dialogs}
    issues: list[Issue] = []
    for read in dialogs:
        issues.extend(_names(read, ids, words))
        issues.extend(_graph(read))
    return issues


def _names(read: Read, dialogs: dict[str, Read], words: Words) -> Iterator[Issue]:
    dialog, source = read.dialog, read.source
    nodes = dialog.nodes
    for key in ("start", "resume_at"):
        target = getattr(dialog, key)
        if target is not None and target not in nodes:
            yield source.issue((key,), "D001", f"no node '{target}'", did_you_mean(target, nodes))
    for old, new in dialog.moved.items():
        if new not in nodes:
            yield source.issue(("moved", old), "D001", f"no node '{new}'", did_you_mean(new, nodes))
        if old in nodes:
            yield source.issue(("moved", old), "D008", f"node '{old}' has moved, and is still here", "remove one")
    for name, node in nodes.items():
        at: Path_ = ("nodes", name)
        for _, where, branches in targets(node):
            for index, branch in enumerate(branches):
                if branch.to not in nodes:
                    place = (*at, *where, index) if len(branches) > 1 else (*at, *where)
                    yield source.issue(place, "D001", f"no node '{branch.to}'", did_you_mean(branch.to, nodes))
            if branches[-1].when:
                yield source.issue((*at, *where), "D004", "no way on when no guard holds", "end with a plain node")
        if node.call is not None and node.call not in dialogs:
            yield source.issue((*at, "call"), "D002", f"no dialog '{node.call}'", did_you_mean(node.call, dialogs))
        labels = [str(o.label) for o in node.options if not o.when]
        for index, option in enumerate(node.options):
            if labels.count(str(option.label)) > 1:
                yield source.issue((*at, "options", index), "D007", f"two buttons say '{option.label}'")
        yield from _words(node, at, source, words)


def _words(node: Node, at: Path_, source: Source, words: Words) -> Iterator[Issue]:
    def calls(kind: str, table: dict[str, object], found: tuple[Call, ...], where: Path_) -> Iterator[Issue]:
        for call in found:
            if call.name not in table:
                yield source.issue((*at, *where), "D005", f"no {kind} '{call.name}'", did_you_mean(call.name, table))

    def paragraphs(found: tuple[Paragraph, ...] | None, key: str) -> Iterator[Issue]:
        for index, paragraph in enumerate(found or ()):
            where: Path_ = (key, index)
            yield from calls("guard", dict(words.guards), paragraph.when, where)
            texts = [*paragraph.text, *([paragraph.plural] if paragraph.plural else [])]
            for name in dict.fromkeys(n for text in texts for n in placeholders(text)):
                if name not in words.values:
                    place = (*at, *where)
                    yield source.issue(place, "D006", f"no value '{name}'", did_you_mean(name, words.values))
            if paragraph.count is not None and paragraph.count not in words.values:
                yield source.issue((*at, *where), "D006", f"no value '{paragraph.count}'")

    yield from calls("action", dict(words.actions), node.do, ("do",))
    yield from paragraphs(node.say, "say")
    yield from paragraphs(node.ask, "ask")
    for _, where, branches in targets(node):
        for branch in branches:
            yield from calls("guard", dict(words.guards), branch.when, where)
    for index, option in enumerate(node.options):
        yield from calls("guard", dict(words.guards), option.when, ("options", index))
        yield from calls("action", dict(words.actions), option.do, ("options", index))
        for shown in (option.copies, option.opens):
            if shown is not None and shown not in words.values:
                hint = did_you_mean(shown, words.values)
                yield source.issue((*at, "options", index), "D006", f"no value '{shown}'", hint)
    if node.choices is not None:
        yield from calls("action", dict(words.actions), node.choices.do, ("choices",))
        if node.choices.of not in words.lists:
            hint = did_you_mean(node.choices.of, words.lists)
            yield source.issue((*at, "choices", "of"), "D005", f"no list '{node.choices.of}'", hint)
    if node.input is not None:
        yield from calls("action", dict(words.actions), node.input.do, ("input",))
        if node.input.read not in words.readers:
            hint = did_you_mean(node.input.read, words.readers)
            yield source.issue((*at, "input", "read"), "D005", f"no reader '{node.input.read}'", hint)


def _graph(read: Read) -> Iterator[Issue]:
    dialog, source = read.dialog, read.source
    onward = {
        name: {b.to for _, _, branches in targets(node) for b in branches if b.to in dialog.nodes}
        for name, node in dialog.nodes.items()
    }
    entries = [n for n in (dialog.start, dialog.resume_at, *dialog.moved.values()) if n in dialog.nodes]
    reached = _closure(entries, onward)
    back: dict[str, set[str]] = {name: set() for name in dialog.nodes}
    for name, following in onward.items():
        for target in following:
            back[target].add(name)
    ends = [name for name, node in dialog.nodes.items() if node.end]
    escapes = _closure(ends, back)
    for name in dialog.nodes:
        at: Path_ = ("nodes", name, "")
        if name not in reached and dialog.start in dialog.nodes:
            yield source.issue(
                at, "D003", f"node '{name}' cannot be reached from '{dialog.start}'", "link or delete it"
            )
        elif name not in escapes:
            yield source.issue(at, "D004", f"node '{name}' leads to no end", "give it a way to a node with 'end: true'")
    for name in _silent_loops(dialog, onward):
        yield source.issue(("nodes", name, ""), "D010", f"node '{name}' loops without waiting for the person")


def _closure(start: list[str], onward: dict[str, set[str]]) -> set[str]:
    seen, queue = set(start), list(start)
    while queue:
        for target in onward.get(queue.pop(), ()):
            if target not in seen:
                seen.add(target)
                queue.append(target)
    return seen


def _silent_loops(dialog: Dialog, onward: dict[str, set[str]]) -> Iterator[str]:
    silent = {n for n, node in dialog.nodes.items() if node.ask is None and node.call is None}
    passing = {name: onward[name] & silent for name in silent}
    for name in sorted(silent):
        if name in _closure(sorted(passing[name]), passing):
            yield name
            return
