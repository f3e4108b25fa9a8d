"""Access tokens: signed, good for a quarter of an hour, and only as long as the session behind them."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.users.access import signing
from assistant.users.access.signing import LIFE

ALGORITHM, KIND = "EdDSA", "at+jwt"
AUDIENCE = "assistant-api"
NEEDED = ["iss", "aud", "sub", "sid", "scope", "jti", "exp"]
LONGEST = 2000  # characters of a token that is looked at


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says, once it is believed."""

    user: int
    session: int
    scopes: frozenset[str]


def issue(user: int, session: int, scopes: Iterable[str], *, issuer: str, now: datetime) -> str:
    """A new token; a unit of work, because its key may have to be made."""
    import jwt  # noqa: PLC0415 - only those who use the API need it

    key = signing.current(now)
    claims = {
        "iss": issuer, "aud": AUDIENCE, "sub": str(user), "sid": str(session), "scope": " ".join(scopes),
        "jti": secrets.token_urlsafe(12), "iat": now, "exp": now + LIFE,
    }  # fmt: skip
    return jwt.encode(claims, _private(bytes(key.secret)), ALGORITHM, {"kid": key.name, "typ": KIND})


def read(token: str, *, issuer: str, now: datetime) -> Claims | None:
    """What the token says; None when it is not ours, was changed, or has ended.

    The algorithm is ours and never the token's; a key that was replaced is believed for what it signed before.
    """
    import jwt  # noqa: PLC0415

    try:
        header = jwt.get_unverified_header(token[:LONGEST])
        found = signing.find(str(header.get("kid", ""))) if header.get("typ") == KIND else None
        if found is None:
            return None
        secret, until = found
        # Whether it has ended is for our clock to say.
        checks: Any = {"require": NEEDED, "verify_exp": False, "verify_iat": False}
        public = _private(secret).public_key()
        claims = jwt.decode(token, public, [ALGORITHM], audience=AUDIENCE, issuer=issuer, options=checks)
        ends = datetime.fromtimestamp(claims["exp"], UTC)
        said = Claims(int(claims["sub"]), int(claims["sid"]), frozenset(str(claims["scope"]).split()))
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, OSError):
        return None
    return said if now < ends and (until is None or ends <= until) else None


def _private(secret: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return Ed25519PrivateKey.from_private_bytes(secret)
