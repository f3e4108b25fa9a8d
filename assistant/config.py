"""The configuration, read once from the environment and ``.env`` into a frozen object."""

import re
import socket
import ssl
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.addresses import ollama_address, without_credentials

PREFIX = "ASSISTANT_"
Network = IPv4Network | IPv6Network


class ConfigError(Exception):
    """A setting cannot be used; the message is one sentence for the person who set it."""


class Config(BaseSettings):
    """All settings of one installation; each field's description is what the README prints."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    host: str = Field(
        default="127.0.0.1",
        description="Address to listen on; `0.0.0.0` lets other devices in your home reach it.",
    )
    port: int = Field(default=8080, ge=0, le=65535, description="Port to listen on, 0 to 65535; 0 picks a free one.")
    data: Path = Field(default=Path("data"), description="Folder for everything that is kept.")
    database_url: str = Field(
        default="",
        repr=False,  # it may hold a password
        description="Database address; empty means SQLite in the data folder. `sqlite:///path` and "
        "`postgresql://user:password@host/name` are understood; the second needs the extra `postgres`.",
    )
    redis_url: str = Field(
        default="",
        repr=False,  # it may hold a password
        description="Redis by which several instances on PostgreSQL hear each other, such as "
        "`redis://:password@host:6379/0`; empty means over PostgreSQL itself. Needs the extra `redis`.",
    )
    ollama_host: str = Field(
        default="http://127.0.0.1:11434",
        validation_alias=AliasChoices("OLLAMA_HOST", "ollama_host"),
        repr=False,  # it may hold a password
        description="Where Ollama listens, as Ollama itself reads it: `host`, `host:port`, `:port` or "
        "`http(s)://host:port`; behind a proxy also `https://user:password@host/path`.",
    )
    ollama_key: SecretStr = Field(
        default=SecretStr(""),
        description="Key that a proxy before Ollama wants, sent as `Authorization: Bearer`.",
    )
    ollama_ca: Path | None = Field(
        default=None,
        description="File with the certificates (PEM) of an authority of your own, trusted for Ollama's HTTPS.",
    )
    context: int = Field(
        default=8192,
        ge=512,
        le=1_048_576,
        description="Tokens of context that a conversation asks Ollama for unless it sets its own, 512 to 1048576.",
    )
    public_url: str = Field(
        default="",
        description="Address in people's browsers when a proxy stands in front, such as `https://home.example`.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Names in people's browsers, with commas, beside IP addresses, `localhost`, `*.local`, `*.lan`, "
        "`*.home.arpa`, `*.internal` and this machine's own name.",
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks of proxies whose `X-Forwarded-For` and `-Proto` count, with commas.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Other sites whose scripts may use the API with a key or token, with commas, such as "
        "`https://board.example`; cookies never count there.",
    )
    api_rate: int = Field(
        default=600, ge=10, le=1_000_000,
        description="Requests a minute that the API allows to each key or browser, 10 to 1000000; an address may "
        "have four times as many.",
    )  # fmt: skip
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much is logged: `debug`, `info`, `warning` or `error`."
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="How it is logged: `text` for people, or `json`, a line for each request and no words of anybody, "
        "for programs that gather logs.",
    )

    metrics_port: int = Field(
        default=0, ge=0, le=65535,
        description="Port of figures for Prometheus, under `/metrics`; 0 means none. Needs the extra `metrics`.",
    )  # fmt: skip
    metrics_host: str = Field(
        default="127.0.0.1",
        description="Address to listen on for that; whoever reaches it reads how much the installation is used.",
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        names = tuple(part.strip().lower() for part in value.split(",") if part.strip())
        if any(not re.fullmatch(r"[\w.-]+", name) for name in names):
            raise ValueError("must be names such as assistant.example.net, without a scheme or port")
        return names

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(_origin(part.strip()) for part in value.split(",") if part.strip())

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value.startswith("postgres://"):
            return value.replace("postgres://", "postgresql://", 1)  # as some hosts hand it out
        if value and not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must be empty or start with sqlite:/// or postgresql://")
        return value

    @field_validator("redis_url")
    @classmethod
    def _known_redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must be empty or start with redis://, rediss:// or unix://")
        return value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        return _origin(value) if value else value

    @field_validator("ollama_host")
    @classmethod
    def _address(cls, value: str) -> str:
        return ollama_address(value).whole

    @field_validator("ollama_key")
    @classmethod
    def _key(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[!-~]*", key := value.get_secret_value().strip()):
            raise ValueError("must be one word of plain letters, digits and signs")
        return SecretStr(key)

    @field_validator("ollama_ca", mode="before")
    @classmethod
    def _authority(cls, value: object) -> object:
        if not value:
            return None
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(str(value))
        except OSError as error:
            raise ValueError("must be a file that can be read and holds certificates as PEM") from error
        return value

    @property
    def instance(self) -> str:
        """The name of this instance among several."""
        return f"{socket.gethostname()}:{self.port}"

    @property
    def database(self) -> str:
        """The database address with the default filled in."""
        return self.database_url or f"sqlite:///{self.data / 'assistant.db'}"


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        raise ValueError("must be http:// or https:// and a host, without a path")
    return f"{parts.scheme}://{parts.netloc}".lower()


def load(**given: Any) -> Config:
    """The configuration from the environment, ``.env`` and ``given`` (which wins).

    Raises ConfigError with one sentence that names the key, the value and what is allowed.
    """
    try:
        return Config(**given)
    except ValidationError as error:
        raise ConfigError(_sentence(error)) from None


def key_of(field: str) -> str:
    """The environment variable that sets ``field``."""
    return "OLLAMA_HOST" if field == "ollama_host" else f"{PREFIX}{field.upper()}"


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    field = "ollama_host" if name == "OLLAMA_HOST" else name
    reason = first["msg"].removeprefix("Value error, ")
    about = Config.model_fields[field].description or ""
    shown = "not shown" if field == "ollama_key" else repr(first["input"])
    if field in {"ollama_host", "database_url", "redis_url"}:
        shown = repr(without_credentials(str(first["input"])))
    return f"{key_of(field)} is {shown}, which does not work: {reason}. Allowed: {about}"
