"""An idle installation holds in memory what everybody needs, and nothing else."""

import subprocess
import sys
from pathlib import Path

from tests.product import PATIENCE, Product

# Of other people's; what few need is loaded for the first of them. A new name here costs each installation memory.
NEEDED = {
    *("nicegui", "fastapi", "starlette", "uvicorn", "anyio", "pydantic", "pydantic_core", "pydantic_settings"),
    *("annotated_doc", "annotated_types", "dotenv", "typing_extensions", "typing_inspection", "opentelemetry"),
    *("socketio", "engineio", "bidict", "websockets", "h11", "httptools", "uvloop", "click", "orjson"),
    *("jinja2", "markupsafe", "itsdangerous", "python_multipart", "ifaddr", "pygments"),
    *("ollama", "httpx", "httpcore", "certifi", "idna", "sniffio", "yarl", "multidict", "propcache"),
    *("nh3", "tinycss2", "webencodings", "peewee", "playhouse", "argon2", "apscheduler", "tzlocal", "tzdata"),
}


def test_what_few_need_is_not_loaded_before_they_do(tmp_path: Path) -> None:
    product, told = Product(tmp_path, "http://127.0.0.1:9"), tmp_path / "loaded"
    command = [sys.executable, "-m", "tests.house.loaded", str(told)]
    ran = subprocess.run(
        command, env=product.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert told.exists(), ran.stderr
    names = {name.partition(".")[0] for name in told.read_text().split()}
    theirs = {name for name in names - sys.stdlib_module_names if not name.startswith(("_", "cython"))}
    assert theirs - {"assistant", "tests"} <= NEEDED
    assert "pydantic.v1" not in told.read_text().split()
