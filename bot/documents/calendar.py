"""The dates of a case for a calendar (iCalendar, RFC 5545): one event a deadline, with whose rule it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from bot.language.bidi import strip_isolates

__all__ = ["dates_ics"]

YEAR = timedelta(days=366)
"""Before the first date and after the last the time zone is not described."""
LENGTH = timedelta(minutes=30)


def dates_ics(dates: Mapping[str, Any], made: datetime) -> bytes:
    """A calendar with a reminder at each date, in the person's time zone, which it describes.

    A date that is sent again, or has moved, replaces the one that is there.

    Args:
        dates: ``zone name events``, as `bot.core.coaching.case_file` gave them, messages in words.
        made: when.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Lo Frayer//dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", strip_isolates(dates["name"]))
    zone = ZoneInfo(dates["zone"])
    for date in dates["events"]:
        calendar.add_component(_event(date, zone, made))
    days = [datetime.fromisoformat(date["at"]).date() for date in dates["events"]]
    if days:
        calendar.add_missing_timezones(min(days) - YEAR, max(days) + YEAR)
    return bytes(calendar.to_ical())


def _event(date: Mapping[str, Any], zone: ZoneInfo, made: datetime) -> Event:
    start = datetime.fromisoformat(date["at"]).replace(tzinfo=zone)
    event, what = Event(), strip_isolates(date["what"])
    event.add("uid", f"{sha256(date['id'].encode()).hexdigest()[:32]}@lofrayer")
    event.add("dtstamp", made)
    event.add("sequence", int(made.timestamp()) // 60 % 2**31)
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
    event.add("summary", f"{strip_isolates(date['title'])}: {what}")
    event.add("description", f"{what}\n{strip_isolates(date['rule'])}")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event
