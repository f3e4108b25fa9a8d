"""What is loaded by now is never garbage: forked processes need not look through it, nor copy it.

What each of them would work out anew for its start and its first page is worked out here, as far as it changes nothing.
"""

import gc
import tempfile
from pathlib import Path

from nicegui.client import templates

from assistant import config


def work_out() -> None:
    """Reads a configuration, a command and the page that NiceGUI begins with, which their libraries remember."""
    with tempfile.TemporaryDirectory() as folder:
        config.load(data=Path(folder), ollama_host="http://127.0.0.1:9")
    templates.get_template("index.html")


work_out()
gc.collect()
gc.freeze()
