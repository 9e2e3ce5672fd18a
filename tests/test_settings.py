"""Settings: defaults, and one clear line when a value is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting from the machine, and no .env file."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_has_to_be_set() -> None:
    """With nothing set, the web chat runs on this machine with a SQLite file."""
    settings = read_settings()

    assert settings.telegram_bot_token is None
    assert ("127.0.0.1", 8080) == (settings.web_host, settings.web_port)
    assert settings.database_url.startswith("sqlite+aiosqlite:///data/")
    assert "he" == settings.default_language


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set to nothing counts as not set."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")

    assert read_settings().telegram_bot_token is None


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("WEB_PORT", "eighty", "an integer from 0 to 65535"),
        ("WEB_PORT", "70000", "an integer from 0 to 65535"),
        ("WEB_PORT", "80.5", "an integer from 0 to 65535"),
        ("IDLE_MONTHS", "-1", "an integer from 0 to 600"),
        ("DEFAULT_LANGUAGE", "xx", "'he'"),
        ("LOG_LEVEL", "CHATTY", "'DEBUG'"),
        ("TELEGRAM_API_URL", "telegram.org", "http://"),
        ("LOG_LEVEL", "chatty", "'DEBUG'"),
        ("TELEGRAM_API_URL", "http://", "http://"),
        ("TELEGRAM_API_URL", "http://here:port", "http://"),
        ("TELEGRAM_WEBHOOK_URL", "https://", "https://"),
        ("TELEGRAM_MESSAGES_PER_SECOND", "-1", "a number from 0 to 1000"),
        ("TELEGRAM_MESSAGES_PER_SECOND", "nan", "a number from 0 to 1000"),
        ("DATABASE_URL", "mysql://x", "sqlite+aiosqlite:///"),
        ("DATABASE_URL", "postgresql://user:secret@host/name", "postgresql+asyncpg://"),
        ("DATABASE_URL", "postgresql+asyncpg://user:secret@host", "postgresql+asyncpg://"),
        ("DATABASE_URL", "postgresql+asyncpg://user:secret@host:x/name", "postgresql+asyncpg://"),
        ("TELEGRAM_BOT_TOKEN", "not a token", "@BotFather"),
    ],
)
def test_a_wrong_value_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str, accepted: str) -> None:
    """The line names the variable, what was found and what is accepted; secrets are not shown."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as error:
        read_settings()

    line = str(error.value)
    assert line.startswith(f"{name}: found ")
    assert accepted in line
    assert "\n" not in line
    assert (value in line) == (name not in ("DATABASE_URL", "TELEGRAM_BOT_TOKEN"))


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address without a secret would let anybody speak as Telegram."""
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "https://example.org/hook")

    with pytest.raises(SettingsError, match=r"^TELEGRAM_WEBHOOK_SECRET: found nothing; accepted: 1-256 characters"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "read"), [("LOG_LEVEL", " debug", "DEBUG"), ("DEFAULT_LANGUAGE", "RU", "ru")]
)
def test_words_in_any_case(monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: str) -> None:
    """A word out of a short list is known however it is written."""
    monkeypatch.setenv(name, value)

    assert getattr(read_settings(), name.lower()) == read


def test_a_file_as_windows_writes_it(tmp_path: Path) -> None:
    """A byte order mark, Windows newlines, quotes, comments and ``export`` are understood."""
    lines = ['LOG_LEVEL="ERROR"  # less', "export WEB_PORT = 81", "# בדיקה", "", "DEFAULT_LANGUAGE='ar'"]
    (tmp_path / ".env").write_bytes(("\ufeff" + "\r\n".join(lines)).encode())

    settings = read_settings()

    assert ("ERROR", 81, "ar") == (settings.log_level, settings.web_port, settings.default_language)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    """A file that is not UTF-8 is said so in a line, and none of it is shown."""
    (tmp_path / ".env").write_bytes("# שלום\nTELEGRAM_BOT_TOKEN=1:secret\n".encode("cp1255"))

    with pytest.raises(SettingsError) as error:
        read_settings()

    assert ".env: found text that is not UTF-8; accepted: a readable text file in UTF-8" == str(error.value)


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the token nor the secret shows when settings are printed."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:very-secret")

    assert "very-secret" not in repr(read_settings())
