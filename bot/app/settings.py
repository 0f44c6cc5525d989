"""Settings from the environment (prefix OUTRIDER_, or a .env file): secrets, addresses, folders."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import AnyHttpUrl, Field, SecretStr, TypeAdapter, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.app.folders import packaged_config
from bot.model.errors import ConfigError, Fault

SHORTEST_SECRET = 16  # characters
_ENGINES = ("sqlite+aiosqlite://", "postgresql+asyncpg://")


class Settings(BaseSettings):
    """What differs from one machine to the next. See config/outrider.env.example for the words to a person."""

    model_config = SettingsConfigDict(env_prefix="OUTRIDER_", env_file=".env", env_ignore_empty=True, extra="ignore")

    telegram_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org/bot"
    operator_chat: int = 0
    access: Literal["open", "invitation", "list"] = "open"
    allowed_chats: Annotated[tuple[int, ...], NoDecode] = ()
    database_url: str = ""
    config_dir: Path = Field(default_factory=packaged_config)
    data_dir: Path = Path("data")
    backup_dir: Path | None = None
    contact: str = ""
    allow_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    web_port: int = Field(default=0, ge=0, le=65535)
    web_host: str = "127.0.0.1"
    web_token: SecretStr | None = None
    webhook_url: SecretStr | None = None
    webhook_secret: SecretStr | None = None
    heartbeat_url: SecretStr | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_json: bool = False

    @field_validator("allow_hosts", "allowed_chats", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, (host.strip() for host in value.split(",")))) if isinstance(value, str) else value

    @field_validator("telegram_token")
    @classmethod
    def _shaped_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        number, colon, secret = (value.get_secret_value() if value else "0:x").partition(":")
        if not (number.isdigit() and colon and secret):
            raise ValueError("is not shaped like a bot token (digits, a colon, letters): ask @BotFather")
        return value

    @field_validator("telegram_base_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        TypeAdapter(AnyHttpUrl).validate_python(value)
        return value

    @field_validator("web_token", "webhook_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"is shorter than {SHORTEST_SECRET} characters: take `openssl rand -hex 32`")
        return value

    @field_validator("webhook_url", "heartbeat_url")
    @classmethod
    def _a_web_address(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            TypeAdapter(AnyHttpUrl | None).validate_python(value.get_secret_value() if value else None)
        except ValidationError:
            raise ValueError("is no http(s) address") from None
        return value

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError("OUTRIDER_WEBHOOK_URL needs OUTRIDER_WEBHOOK_SECRET, which signs what is sent there")
        return self

    @field_validator("database_url")
    @classmethod
    def _a_known_engine(cls, value: str) -> str:
        if value and not value.startswith(_ENGINES):
            raise ValueError(f"is neither {_ENGINES[0]} nor {_ENGINES[1]}")
        return value

    @property
    def database(self) -> str:
        """The database's URL; by default an SQLite file in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'outrider.sqlite3'}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """All that must stand in no log, the token first."""
        given = (self.telegram_token, self.web_token, self.webhook_url, self.webhook_secret, self.heartbeat_url)
        password = urlsplit(self.database_url).password if self.database_url else None
        return (*(one.get_secret_value() for one in given if one), *[unquote(password or "")] * bool(password))

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the database at the same time."""
        return self.database.startswith("postgresql")

    @property
    def backups(self) -> Path:
        """The folder of the backups; by default one in the data folder."""
        return self.backup_dir or self.data_dir / "backups"


def known_engine(url: str) -> str:
    """Return the database's URL; raise ConfigError for one of an engine that is not known. Shows no password."""
    if not url.startswith(_ENGINES):
        engine = url.split(":", maxsplit=1)[0]
        raise ConfigError((Fault("database", engine, f"is neither {_ENGINES[0]} nor {_ENGINES[1]}"),))
    return url


def load_settings() -> Settings:
    """Read the environment; raise ConfigError with a fault for each variable that is wrong. Never shows a secret."""
    try:
        return Settings()
    except ValidationError as error:
        faults = tuple(
            Fault(
                "environment",
                f"OUTRIDER_{'.'.join(map(str, one['loc'])).upper()}",
                one["msg"].removeprefix("Value error, "),
            )
            for one in error.errors(include_input=False, include_url=False)
        )
        raise ConfigError(faults) from None
