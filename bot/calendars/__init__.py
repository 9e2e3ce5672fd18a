"""Days of rest, from kept libraries: public holidays (`holidays`) and Shabbat and festivals (`hdate`)."""

from __future__ import annotations

from bot.calendars.calendars import Calendars

__all__ = ["Calendars"]
