"""Settings: defaults, and one clear line when a value is wrong."""

from __future__ import annotations

import pytest

from bot.settings import Settings, SettingsError, read_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """No setting from the machine, and no .env file."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(str(tmp_path))


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
        ("WEB_PORT", "eighty", "integer"),
        ("WEB_PORT", "70000", "65535"),
        ("DEFAULT_LANGUAGE", "xx", "'he'"),
        ("LOG_LEVEL", "CHATTY", "'DEBUG'"),
        ("TELEGRAM_API_URL", "telegram.org", "http://"),
        ("TELEGRAM_MESSAGES_PER_SECOND", "-1", "0"),
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

    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        read_settings()


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the token nor the secret shows when settings are printed."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:very-secret")

    assert "very-secret" not in repr(read_settings())
