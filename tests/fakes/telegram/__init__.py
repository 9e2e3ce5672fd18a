"""The parts of the fake Telegram Bot API; use them through :mod:`tests.fakes.telegram_api`."""
