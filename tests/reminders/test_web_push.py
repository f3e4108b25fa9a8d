"""A push can be read by the browser it is for, by nobody else, and is known to be ours."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid

from assistant.reminders.notifications.http_client import DeliveryError, Request
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.storage.database import Database
from assistant.storage.house.rows import key

NOW = datetime.now(UTC)
ENDPOINT = "https://push.example:8443/send/abc?x=1"


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Browser:
    """A subscriber: it has the private key, and can open what was sealed for it."""

    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"0123456789abcdef"

    @property
    def p256dh(self) -> str:
        return text(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def auth(self) -> str:
        return text(self.secret)

    def open(self, body: bytes) -> bytes:
        opened: bytes = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return opened


def sealed(keys: VapidKeys, browser: Browser, message: bytes = "Tee für Anna 🫖".encode()) -> Request:
    return keys.encrypt(
        ENDPOINT, p256dh=browser.p256dh, auth=browser.auth, message=message, topic="ring7", now=NOW
    )  # fmt: skip


def claims(request: Request) -> dict[str, Any]:
    token = request.headers["Authorization"].split("t=")[1].split(",")[0]
    middle = token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    return read


def test_only_the_browser_opens_it(database: Database) -> None:
    anna, eve = Browser(), Browser()
    request = sealed(VapidKeys(database), anna)
    assert anna.open(request.body).decode() == "Tee für Anna 🫖"
    assert b"Tee" not in request.body
    with pytest.raises(http_ece.ECEException):
        eve.open(request.body)


def test_the_longest_reminder_fits_into_a_push(database: Database) -> None:
    told = {"id": "9" * 12, "ring": 9**12, "title": "🫖" * 500, "body": "x" * 80, "address": "/reminders?open=1234567"}
    request = sealed(VapidKeys(database), Browser(), json.dumps(told, ensure_ascii=False).encode())
    assert len(request.body) <= 4096


def test_the_signature_is_ours_and_says_for_whom(database: Database) -> None:
    keys = VapidKeys(database, "https://home.example:8443")
    request = sealed(keys, Browser())
    assert Vapid.verify(request.headers["Authorization"])
    assert f"k={keys.public()}" in request.headers["Authorization"]
    said = claims(request)
    assert said["aud"] == "https://push.example:8443"
    assert said["sub"] == "https://home.example"
    assert 0 < said["exp"] - NOW.timestamp() <= 24 * 3600
    assert (request.headers["TTL"], request.headers["Urgency"], request.headers["Topic"]) == ("86400", "high", "ring7")


@pytest.mark.parametrize(
    "origin", ["", "http://192.168.1.4:8080", "https://nas", "https://192.168.1.4.", "https://[::1]"]
)
def test_without_an_address_of_its_own_there_is_still_a_valid_contact(database: Database, origin: str) -> None:
    request = sealed(VapidKeys(database, origin), Browser())
    assert claims(request)["sub"].startswith("mailto:")


def test_all_have_the_same_keys(database: Database) -> None:
    everybody = [VapidKeys(database) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        (public,) = set(threads.map(VapidKeys.public, everybody))
    assert VapidKeys(database).public() == public
    assert len(base64.urlsafe_b64decode(public + "=")) == 65


def test_keys_that_were_in_a_file_move_in(database: Database, tmp_path: Path) -> None:
    former, made = tmp_path / "vapid.pem", Vapid()
    made.generate_keys()
    former.write_bytes(made.private_pem())
    public = VapidKeys(database, "", former).public()
    assert not former.exists()
    assert database.run_here(key, "vapid", bytes) == made.private_pem()
    assert VapidKeys(database, "", former).public() == public


def test_keys_that_cannot_be_read_are_said(database: Database) -> None:
    database.run_here(key, "vapid", lambda: b"-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n")
    with pytest.raises(DeliveryError) as error:
        VapidKeys(database).public()
    assert "cannot be read" in error.value.sentence


@pytest.mark.parametrize("p256dh", [text(b"\x04" + b"\0" * 64), text(b"\x04" + b"\xff" * 64)])
def test_a_browsers_key_that_is_no_key_is_said_and_not_tried_again(database: Database, p256dh: str) -> None:
    with pytest.raises(DeliveryError) as error:
        VapidKeys(database).encrypt(ENDPOINT, p256dh=p256dh, auth=Browser().auth, message=b"x", topic="t", now=NOW)
    assert not error.value.again
