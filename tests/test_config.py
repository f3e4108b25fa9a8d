"""The configuration: its table in the README, and the sentence for a wrong value."""

import re
from pathlib import Path

import pytest

from assistant.config import Config, ConfigError, key_of, load

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- configuration:.*?-->\n).*?(<!-- /configuration -->)", re.DOTALL)


def table() -> str:
    rows = ["| Name | Default | What it is |", "|---|---|---|"]
    for name, field in Config.model_fields.items():
        default = field.default if isinstance(field.default, str | int) else str(field.default or "")
        default = "" if field.default == () else default
        rows.append(f"| `{key_of(name)}` | {f'`{default}`' if default != '' else ''} | {field.description} |")
    return "\n".join(rows) + "\n"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Config.model_fields:
        monkeypatch.delenv(key_of(name), raising=False)


def test_the_readme_has_the_table() -> None:
    found = BLOCK.search(README.read_text("utf-8"))
    assert found
    assert found[0] == found[1] + table() + found[2]


def test_defaults_need_nothing() -> None:
    config = load()
    assert (config.port, config.database) == (8080, "sqlite:///data/assistant.db")


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("ASSISTANT_PORT", "eighty", "0 to 65535"),
        ("ASSISTANT_PORT", "70000", "0 to 65535"),
        ("ASSISTANT_LOG_LEVEL", "loud", "`debug`, `info`"),
        ("ASSISTANT_TRUSTED_PROXIES", "10.0.0.300", "networks"),
        ("ASSISTANT_DATABASE_URL", "mysql://x", "sqlite:///"),
        ("ASSISTANT_PUBLIC_URL", "home.example", "https://"),
        ("OLLAMA_HOST", "ftp://x", "host:port"),
    ],
)
def test_a_wrong_value_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, key: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(ConfigError) as error:
        load()
    assert key in str(error.value)
    assert value in str(error.value)
    assert allowed in str(error.value)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("box", "http://box:11434"),
        ("box:80", "http://box:80"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("https://ai.example", "https://ai.example:443"),
        ("[::1]:9", "http://[::1]:9"),
    ],
)
def test_ollama_host_is_understood_as_ollama_does(monkeypatch: pytest.MonkeyPatch, given: str, address: str) -> None:
    monkeypatch.setenv("OLLAMA_HOST", given)
    assert load().ollama_host == address


def test_dot_env_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("ASSISTANT_PORT=9000\nASSISTANT_HOST=::1\n")
    monkeypatch.setenv("ASSISTANT_PORT", "9001")
    assert (load().port, load().host) == (9001, "::1")


if __name__ == "__main__":
    text = README.read_text("utf-8")
    README.write_text(BLOCK.sub(lambda found: found[1] + table() + found[2], text), "utf-8")
