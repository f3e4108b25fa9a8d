"""The rows of people and of what lets them in."""

import peewee

from assistant.storage.database import KeyField, UTCField


class User(peewee.Model):
    """A person; ``key`` is the name as it is compared (casefolded)."""

    id = KeyField()
    name = peewee.CharField(max_length=32)
    key = peewee.CharField(max_length=32, unique=True)
    password = peewee.TextField()
    owner = peewee.BooleanField(default=False)
    disabled = UTCField(null=True)
    created = UTCField()
    preferences = peewee.TextField(default="{}")
    quota = peewee.BigIntegerField(null=True)  # bytes that they may keep; None is as much as there is room for

    class Meta:
        table_name = "user"


class Session(peewee.Model):
    """A browser that is logged in; the row's absence is the end of the session.

    One that expired keeps its row for long, so that what hangs on it (a browser that rings) does
    not end because nobody looked in.
    """

    id = KeyField()
    user_id: int
    user = peewee.ForeignKeyField(User, backref="sessions", on_delete="CASCADE")
    token = peewee.BlobField(unique=True)  # SHA-256 of the cookie's 32 random bytes
    created = UTCField()
    seen = UTCField()
    agent = peewee.CharField(max_length=200, default="")
    proven = UTCField(null=True)  # when the password was given again

    class Meta:
        table_name = "session"


class RecoveryCode(peewee.Model):
    """One of the codes that reset a password; a used one stays, to be counted."""

    id = KeyField()
    user = peewee.ForeignKeyField(User, backref="codes", on_delete="CASCADE")
    code = peewee.BlobField(unique=True)  # SHA-256
    used = UTCField(null=True)

    class Meta:
        table_name = "recovery_code"


class ProfilePicture(peewee.Model):
    """The picture of a person; another one is another row."""

    id = KeyField()
    user = peewee.ForeignKeyField(User, unique=True, on_delete="CASCADE")
    kind = peewee.CharField(max_length=20)
    data = peewee.BlobField()

    class Meta:
        table_name = "profile_picture"


class TwoStep(peewee.Model):
    """The secret that an account shares with an app for codes; ``step`` is the last whose code was used."""

    id = KeyField()
    user = peewee.ForeignKeyField(User, unique=True, on_delete="CASCADE")
    secret = peewee.CharField(max_length=64)
    step = peewee.IntegerField()
    created = UTCField()

    class Meta:
        table_name = "two_step"


class HalfLogin(peewee.Model):
    """A login whose password was right and whose code is still to come."""

    id = KeyField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    token = peewee.BlobField(unique=True)  # SHA-256
    expires = UTCField()

    class Meta:
        table_name = "half_login"


class Invitation(peewee.Model):
    """A link that lets one person register."""

    id = KeyField()
    token = peewee.BlobField(unique=True)  # SHA-256
    created = UTCField()
    expires = UTCField()
    used = UTCField(null=True)

    class Meta:
        table_name = "invitation"


class Attempt(peewee.Model):
    """One try at a door, counted under ``key`` (an account or an address)."""

    id = KeyField()
    key = peewee.CharField(max_length=100)
    at = UTCField()

    class Meta:
        table_name = "attempt"
        indexes = ((("key", "at"), False),)


class HouseholdSetting(peewee.Model):
    """One of the owner's decisions for everybody, by name."""

    name = peewee.CharField(max_length=40, primary_key=True)
    value = peewee.TextField()

    class Meta:
        table_name = "household_setting"


class ApiKey(peewee.Model):
    """A key that a person's programs send; the row's absence is its end."""

    id = KeyField()
    user = peewee.ForeignKeyField(User, backref="api_keys", on_delete="CASCADE")
    name = peewee.CharField(max_length=100)
    token = peewee.BlobField(unique=True)  # SHA-256
    ending = peewee.CharField(max_length=4)  # its last characters, by which people tell keys apart
    scopes = peewee.CharField(max_length=40)
    asks = peewee.BooleanField(default=True)  # before a model writes that comes by MCP
    created = UTCField()
    expires = UTCField(null=True)
    used = UTCField(null=True)  # when it was last used, give or take a minute

    class Meta:
        table_name = "api_key"


class RefreshToken(peewee.Model):
    """What gets a program its next access token, once; all those of a session are one family."""

    id = KeyField()
    session_id: int
    session = peewee.ForeignKeyField(Session, on_delete="CASCADE")
    token = peewee.BlobField(unique=True)  # SHA-256
    scopes = peewee.CharField(max_length=40)
    created = UTCField()
    used = UTCField(null=True)

    class Meta:
        table_name = "refresh_token"


class SigningKey(peewee.Model):
    """An Ed25519 key that signs access tokens; the newest signs, those before are believed until their tokens end."""

    id = KeyField()
    name = peewee.CharField(max_length=40, unique=True)  # "kid" in the tokens
    secret = peewee.BlobField()  # 32 bytes
    created = UTCField()

    class Meta:
        table_name = "signing_key"


ALL: list[type[peewee.Model]] = [
    User, Session, RecoveryCode, TwoStep, HalfLogin, ProfilePicture, Invitation, Attempt, HouseholdSetting,
    ApiKey, RefreshToken, SigningKey,
]  # fmt: skip
