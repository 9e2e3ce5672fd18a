"""New releases of the dialogs, as far as people in the middle of a talk notice them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel, ConfigDict

from bot.core.book import Book
from bot.core.dialog import Branch, Dialog, Node

__all__ = ["Deploy", "deployed"]


class Deploy(BaseModel):
    """A new release: ``dialog.node`` is renamed to ``to`` and listed as moved, or removed; or a whole dialog is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rename: str | None = None
    to: str | None = None
    remove: str | None = None


def deployed(book: Book, change: Deploy) -> Book:
    """The book after a release.

    Raises:
        ValueError: a release could not do that.
    """
    if change.rename is not None and change.to is not None:
        dialog, node = change.rename.split(".")
        return _with(book, _renamed(book.dialogs[dialog], node, change.to, moved=True))
    if change.remove is None:
        raise ValueError("a deploy renames a node 'to' another name, or removes one")
    if "." not in change.remove:
        return replace(
            book, dialogs={k: _without(d, change.remove) for k, d in book.dialogs.items() if k != change.remove}
        )
    dialog, node = change.remove.split(".")
    return _with(book, _renamed(book.dialogs[dialog], node, None, moved=False))


def _with(book: Book, dialog: Dialog) -> Book:
    return replace(book, dialogs={**book.dialogs, dialog.id: dialog})


def _without(dialog: Dialog, called: str) -> Dialog:
    """The dialog without the calls of another one."""
    nodes = {n: d.model_copy(update={"call": None}) if d.call == called else d for n, d in dialog.nodes.items()}
    return dialog.model_copy(update={"nodes": nodes})


def _renamed(dialog: Dialog, old: str, new: str | None, *, moved: bool) -> Dialog:
    """The dialog with a node of another name, or without it: ways to it lead to where one resumes."""
    if old not in dialog.nodes or (new is None and old in (dialog.start, dialog.resume_at)):
        raise ValueError(f"{dialog.id}.{old} cannot be taken away")
    target = new or dialog.resume_at or dialog.start

    def led(branches: tuple[Branch, ...] | None) -> tuple[Branch, ...] | None:
        if branches is None:
            return None
        return tuple(b.model_copy(update={"to": target}) if b.to == old else b for b in branches)

    def rewired(node: Node) -> Node:
        options = tuple(o.model_copy(update={"next": led(o.next)}) for o in node.options)
        parts = {
            name: part.model_copy(update={"next": led(part.next)})
            for name, part in (("choices", node.choices), ("input", node.input))
            if part is not None
        }
        return node.model_copy(update={"options": options, "next": led(node.next), **parts})

    def nodes() -> Iterator[tuple[str, Node]]:
        for name, node in dialog.nodes.items():
            if name != old:
                yield name, rewired(node)
            elif new is not None:
                yield new, rewired(node)

    return dialog.model_copy(
        update={
            "nodes": dict(nodes()),
            "start": target if dialog.start == old else dialog.start,
            "resume_at": target if dialog.resume_at == old else dialog.resume_at,
            "moved": {**dialog.moved, old: target} if moved else dialog.moved,
        }
    )
