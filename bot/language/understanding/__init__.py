"""Understanding what people type: problem, objection, company, sector, sum, day, command, button."""

from bot.language.understanding.reader import Reader

__all__ = ["Reader"]
