"""Runs the product, and once it answers writes into a file what it has loaded; then it ends.

``python -m tests.house.loaded FILE``
"""

import os
import signal
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from assistant.cli import main


def tell(file: Path) -> None:
    """Writes the names, one a line, of all modules that are loaded when the product answers."""
    answered = False
    while not answered:
        time.sleep(0.05)
        with suppress(OSError):
            answered = urllib.request.urlopen(f"http://127.0.0.1:{os.environ['ASSISTANT_PORT']}/healthz").status == 200
    loaded = [name for name, module in sys.modules.copy().items() if module is not None]
    file.write_text("\n".join(loaded))
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=tell, args=(Path(sys.argv[1]),), daemon=True).start()
    sys.exit(main(()))
