"""Telegram, through the Bot API."""

import os

# python-telegram-bot warns each time Telegram asks us to wait, unless it may give the time as a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "1")
