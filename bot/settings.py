"""Settings, from the environment or a ``.env`` file."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["Settings", "SettingsError", "database_url", "read_settings"]


_WEBHOOK_CHARACTERS = "1-256 characters A-Z a-z 0-9 _ -"


class SettingsError(Exception):
    """A setting is wrong. The message is one line: the variable, what was found, what is accepted."""


class Settings(BaseSettings):
    """Every setting, with its default. A field's description is what the README's table says."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = Field(
        None, description="The token from @BotFather. Without it only the web chat runs."
    )
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="Base address of the Bot API server; http:// or https://."
    )
    telegram_webhook_url: str | None = Field(
        None, description="Public https:// address for deliveries. Unset: the bot polls."
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None, description="Secret of the webhook: 1-256 characters A-Z a-z 0-9 _ -. Needed with the address."
    )
    telegram_messages_per_second: Annotated[float, Field(ge=0, le=1000)] = Field(
        30, description="Messages a second over all chats; 0: unlimited."
    )
    telegram_messages_per_chat_per_second: Annotated[float, Field(ge=0, le=100)] = Field(
        1, description="Messages a second in one chat, with a burst of 5; 0: unlimited."
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///data/lofrayer.db",
        description="Where people are kept: sqlite+aiosqlite:///path, or postgresql+asyncpg://user:password@host/name.",
    )
    web_host: str = Field("127.0.0.1", description="Address the web chat and the webhook listen on.")
    web_port: Annotated[int, Field(ge=0, le=65535)] = Field(8080, description="Their port; 0: any free one.")
    default_language: Literal["he", "en", "ar", "ru"] = Field(
        "he", description="For people whose own language is unknown."
    )
    idle_months: Annotated[int, Field(ge=0, le=600)] = Field(
        18, description="Months of silence until somebody is asked once, and 30 days later deleted; 0: never."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @field_validator("log_level", "default_language", mode="before")
    @classmethod
    def _any_case(cls, value: object, info: ValidationInfo) -> object:
        """However it is written; one that is not known is shown as it was found."""
        known = get_args(cls.model_fields[info.field_name or ""].annotation)
        return next((k for k in known if isinstance(value, str) and value.strip().lower() == k.lower()), value)

    @field_validator("telegram_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not _is_address(value):
            raise ValueError("an address that begins with http:// or https://")
        return value.rstrip("/")

    @field_validator("telegram_webhook_url")
    @classmethod
    def _public(cls, value: str | None) -> str | None:
        if value is not None and not _is_address(value):
            raise ValueError("an address that begins with https://")
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        secret = value.get_secret_value().strip() if value is not None else ""
        if not secret:
            return None
        number, colon, rest = secret.partition(":")
        if not (colon and number.isdigit() and rest and not any(c.isspace() or c == "/" for c in rest)):
            raise ValueError("a token as @BotFather gives it, digits:letters")
        return SecretStr(secret)

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        secret = value.get_secret_value()
        if not 1 <= len(secret) <= 256 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret):
            raise ValueError(_WEBHOOK_CHARACTERS)
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return database_url(value)

    @model_validator(mode="after")
    def _webhook_complete(self) -> Settings:
        if self.telegram_webhook_url is not None and self.telegram_webhook_secret is None:
            needed = f"{_WEBHOOK_CHARACTERS}; it is needed with TELEGRAM_WEBHOOK_URL"
            raise ValueError(f"TELEGRAM_WEBHOOK_SECRET: found nothing; accepted: {needed}")
        return self


def database_url(value: str) -> str:
    """An address of a database, as it was given.

    Raises:
        ValueError: it is none; the message says what is accepted, and nothing of the value, which may hold a password.
    """
    if value.startswith("sqlite+aiosqlite:///"):
        return value
    if value.startswith("postgresql+asyncpg://"):
        from sqlalchemy import make_url  # commands without a database start faster without it
        from sqlalchemy.exc import ArgumentError

        with suppress(ArgumentError, ValueError):
            if make_url(value).database:
                return value
    raise ValueError("sqlite+aiosqlite:///path or postgresql+asyncpg://user:password@host/name")


def _is_address(value: str) -> bool:
    with suppress(ValueError):  # a port that is no number, a bracket too many
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    return False


def _range(name: str) -> str | None:
    """What a number may be; None for a setting that is none."""
    field = Settings.model_fields[name]
    if field.annotation not in (int, float):
        return None
    least, most = (
        next(getattr(part, limit) for part in field.metadata if hasattr(part, limit)) for limit in ("ge", "le")
    )
    return f"{'an integer' if field.annotation is int else 'a number'} from {least} to {most}"


_SECRET = {"telegram_bot_token", "telegram_webhook_secret", "database_url"}


def read_settings() -> Settings:
    """The settings.

    Raises:
        SettingsError: one line that names the variable, what was found and what is accepted.
    """
    try:
        return Settings()
    except (UnicodeDecodeError, OSError) as error:
        found = getattr(error, "strerror", None) or "text that is not UTF-8"
        raise SettingsError(f".env: found {found}; accepted: a readable text file in UTF-8") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        accepted = first["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        if not first["loc"]:
            raise SettingsError(accepted) from error
        name = str(first["loc"][0])
        accepted = _range(name) or accepted
        found = "a value that is not shown" if name in _SECRET else f"'{first['input']}'"
        raise SettingsError(f"{name.upper()}: found {found}; accepted: {accepted}") from error
