"""nginx with the files of ``deploy``, as they are but for ports, folders and where the instances are."""

import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from tests.product import NO_AUTHORITIES, PATIENCE, ROOT, free_port

FILES = ROOT / "deploy" / "nginx"
SERVER = re.compile(r"^  server \S+:8080 ", re.MULTILINE)
CERTIFICATES = "/etc/nginx/certificates"


class NginxServer:
    """A proxy before instances on this machine."""

    def __init__(self, folder: Path, instances: Sequence[int], *, front: str = "behind-tls") -> None:
        """``instances`` are their ports; with the front ``tls`` it makes a certificate of its own."""
        self.folder, self.port, self.tls_port = folder, free_port(), free_port()
        shutil.copytree(FILES, folder / "nginx")
        (folder / "tmp").mkdir()
        for path in (folder / "nginx").glob("*.conf"):
            said = path.read_text().replace(" /tmp/", f" {folder}/tmp/").replace(CERTIFICATES, str(folder))
            path.write_text(
                said.replace("listen 8000", f"listen {self.port}").replace("listen 8443", f"listen {self.tls_port}")
            )
        places = folder / "nginx" / "instances.conf"
        said = places.read_text()
        (kind,) = set(re.findall(r"8080 (.*);", said))
        lines = "".join(f"  server 127.0.0.1:{port} {kind};\n" for port in instances)
        first, last = said.index("  server "), said.rindex("  server ")
        places.write_text(said[:first] + lines + said[said.index("\n", last) + 1 :])
        shutil.copy(folder / "nginx" / f"{front}.conf", folder / "nginx" / "front.conf")
        if front == "tls":
            make_certificate(folder)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address in a browser."""
        return f"http://localhost:{self.port}"

    def check(self) -> subprocess.CompletedProcess[str]:
        """What nginx says of its configuration."""
        return subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=False)

    def start(self) -> "NginxServer":
        """Starts it and waits until it answers."""
        with (self.folder / "access.log").open("wb") as lines, (self.folder / "error.log").open("wb") as errors:
            self.process = subprocess.Popen([*self._command, "-g", "daemon off;"], stdout=lines, stderr=errors)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                httpx.get(f"{self.url}/-/alive", verify=NO_AUTHORITIES)
            except httpx.HTTPError:
                time.sleep(0.02)
            else:
                return self
        raise AssertionError((self.folder / "error.log").read_text())

    def stop(self) -> None:
        """Ends it."""
        assert self.process
        self.process.terminate()
        self.process.wait(PATIENCE)

    @property
    def _command(self) -> list[str]:
        return ["nginx", "-c", str(self.folder / "nginx" / "nginx.conf")]


def make_certificate(folder: Path) -> None:
    """A certificate for this machine that nobody signed but itself."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-subj", "/CN=localhost", "-days", "2", "-keyout", "privkey.pem", "-out", "fullchain.pem"]  # fmt: skip
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
