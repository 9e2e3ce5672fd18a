"""Dialogs as Mermaid flowcharts."""

from __future__ import annotations

from bot.authoring.dialogs import targets
from bot.core.dialog import Dialog, Node

__all__ = ["mermaid"]

_QUOTE = str.maketrans({'"': "'", "<": "‹", ">": "›", "{": "(", "}": ")", "\n": " "})


def mermaid(dialog: Dialog) -> str:
    """A dialog as a flowchart: questions are rounded, calls of other dialogs double-edged, ends are circles."""
    lines = ["flowchart TD", f"  %% {dialog.id}"]
    for name, node in dialog.nodes.items():
        lines.append(f"  {name}{_shape(name, node)}")
    for name, node in dialog.nodes.items():
        for edge, _, branches in targets(node):
            label = edge.removeprefix("option:")
            for branch in branches:
                guards = " & ".join(f"{'not ' if g.negated else ''}{g.name}" for g in branch.when)
                shown = _clean(guards if edge == "next" else f"{label}{f' [{guards}]' if guards else ''}")
                lines.append(f'  {name} -->|"{shown}"| {branch.to}' if shown else f"  {name} --> {branch.to}")
    return "\n".join(lines) + "\n"


def _shape(name: str, node: Node) -> str:
    if node.end:
        return f'(("{name}"))'
    if node.call is not None:
        return f'[["{name}: {node.call}"]]'
    if node.ask is not None:
        return f'("{name}: {_clean(node.ask[0].text[0])}")'
    return f'["{name}"]'


def _clean(text: str) -> str:
    text = text.translate(_QUOTE)
    return text if len(text) <= 48 else text[:47] + "…"
