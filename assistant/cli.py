"""The command ``assistant``: serve, doctor, user, keys, backup and restore, export, import and copy."""

import argparse
import getpass
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import __version__, loading
from assistant.config import Config, ConfigError, load
from assistant.errors import AssistantError
from assistant.storage.engines.addresses import on_file
from assistant.storage.lock import FolderLock

if TYPE_CHECKING:
    from assistant.storage.database import Database

DONE = {  # what is said of an account after its command
    "reset-password": "has a new password and is logged out everywhere",
    "reset-two-step": "logs in with the password alone",
    "disable": "is locked out",
    "enable": "can log in again",
    "make-owner": "is an owner",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        config = load()
        if chosen.command == "doctor":
            return _doctor(config)
        if chosen.command in ACTS:
            return ACTS[chosen.command](config, chosen)
        return _serve(config)
    except (ConfigError, AssistantError) as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("assistant", description="A private AI assistant at home.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("serve", help="start it (this is what happens without a command)")
    commands.add_parser("doctor", help="say what works and what to do about what does not")
    user = commands.add_parser("user", help="manage accounts").add_subparsers(dest="action", required=True)
    user.add_parser("list", help="list all accounts")
    for action, about in (
        ("add", "create an account"),
        ("reset-password", "set a new password"),
        ("reset-two-step", "let the password alone open an account again"),
        ("disable", "lock an account and end its sessions"),
        ("enable", "unlock an account"),
        ("make-owner", "make an account an owner"),
    ):
        user.add_parser(action, help=about).add_argument("name")
    keys = commands.add_parser("keys", help="manage the keys that sign access tokens")
    keys.add_subparsers(dest="action", required=True).add_parser(
        "rotate", help="sign with a new key; the old one is believed until its tokens end, 15 minutes"
    )
    copied = commands.add_parser("backup", help="copy all that is kept, also while it runs")
    copied.add_argument("--to", type=Path, metavar="FOLDER", help="where to; data/backups if not said")
    copied.add_argument("--keep", type=_at_least_one, metavar="N", help="delete all backups there but the newest N")
    back = commands.add_parser("restore", help="put a backup in the place of what is there")
    back.add_argument("file", type=Path, metavar="FILE", help="the folder of a backup, or a copy of the database")
    moved = commands.add_parser("copy", help="copy all rows to another, empty database, and compare the two")
    moved.add_argument("--to", required=True, metavar="URL", help="sqlite:///path or postgresql://user@host/name")
    how = moved.add_mutually_exclusive_group()
    how.add_argument("--verify-only", action="store_true", help="copy nothing, compare what is there")
    how.add_argument("--rehearsal", action="store_true", help="copy while Assistant runs, without what it writes then")
    out = commands.add_parser("export", help="write one person's chats, notes and reminders into a file")
    out.add_argument("name")
    out.add_argument("file", type=Path, metavar="FILE.zip")
    into = commands.add_parser("import", help="bring in such a file, or what ChatGPT and others export")
    into.add_argument("name")
    into.add_argument("file", type=Path, metavar="FILE")
    into.add_argument("--preview", action="store_true", help="only say what would come")
    return parser


def _at_least_one(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise argparse.ArgumentTypeError("must be a number from 1 on")
    return int(typed)


def _serve(config: Config) -> int:
    # Imported only here: the other commands answer without waiting for the web's half second.
    with loading.without(loading.OLD, *loading.unused(on_server=not on_file(config.database))):
        from assistant.web.app import build  # noqa: PLC0415
        from assistant.web.guards import connections  # noqa: PLC0415
        from assistant.web.serving import serve  # noqa: PLC0415
        from assistant.web.watching import logs, metrics_port  # noqa: PLC0415

    logs.begin(config)
    metrics_port.check(config)
    lock = _lock(config)
    connections.raise_descriptor_limit()
    address = f"http://{'localhost' if config.host == '127.0.0.1' else config.host}:{config.port}"
    lock.tell(address)
    with loading.without(loading.OLD):
        app = build(config)
    if config.log_format == "json":
        logging.getLogger(__name__).info("Assistant is on %s", address)
    else:
        print(f"Assistant is on {address}", flush=True)
    return serve(app, config)


def _lock(config: Config) -> FolderLock:
    # Before anything else is touched: a second process would end the first one's answers and imports.
    # Instances on a server's database know of each other and share the folder.
    try:
        return FolderLock(config.data, shared=not on_file(config.database))
    except OSError as error:
        raise ConfigError(
            f"The data folder {config.data} cannot be written ({error.strerror}). "
            f"Let this user write to it, for example by chown -R $(id -un) {config.data}, or set ASSISTANT_DATA."
        ) from None


def _doctor(config: Config) -> int:
    from assistant import doctor  # noqa: PLC0415

    lines = doctor.examine(config)
    width = max(len(line.what) for line in lines)
    for line in lines:
        print(f"{'ok  ' if line.fine else 'FAIL'}  {line.what:<{width}}  {line.found}")
        if line.advice:
            print(f"      {'':<{width}}  → {line.advice}")
    return 0 if all(line.fine for line in lines) else 1


def _keys(config: Config, _chosen: argparse.Namespace) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415

    from assistant.users.access import signing  # noqa: PLC0415

    with _accounts(config) as database:
        database.run_here(signing.rotate, datetime.now(UTC))
    print("Access tokens are signed with a new key from now on.")
    return 0


def _user(config: Config, chosen: argparse.Namespace) -> int:
    from assistant.users import accounts, passwords  # noqa: PLC0415

    with _accounts(config) as database:
        print(_act(database.run_here, chosen, accounts, passwords))
    return 0


@contextmanager
def _accounts(config: Config) -> Iterator["Database"]:
    """The database with what concerns accounts."""
    from assistant.storage import schema  # noqa: PLC0415
    from assistant.storage.database import Database  # noqa: PLC0415
    from assistant.users import models  # noqa: PLC0415

    database = Database(config.database, folder=config.data)
    try:
        schema.upgrade(database)
        database.bind(models.ALL)
        yield database
    finally:
        database.close()


def _backup(config: Config, chosen: argparse.Namespace) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415

    from assistant.storage.backups import backup, retention  # noqa: PLC0415
    from assistant.storage.engines.addresses import file_of  # noqa: PLC0415

    database, folder = file_of(config.database), chosen.to or config.data / "backups"
    made = backup.take(database, config.data, folder, now=datetime.now(UTC), progress=_progress)
    gone = retention.keep_newest(folder, chosen.keep) if chosen.keep else 0
    print(
        f"{made.folder}: {backup.in_megabytes(made.size)}, {sum(made.rows.values()):,} rows, verified."
        + (f" {gone} older deleted." if gone else "")
    )
    return 0


def _restore(config: Config, chosen: argparse.Namespace) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415

    from assistant.storage.backups import restoring  # noqa: PLC0415
    from assistant.storage.engines.addresses import file_of  # noqa: PLC0415

    database = file_of(config.database)
    done = restoring.restore(chosen.file, database, config.data, now=datetime.now(UTC))
    beside = f" What was there before is in {done.before}." if done.before else ""
    print(f"The backup of {done.made:%d %B %Y, %H:%M} UTC is back: {done.rows:,} rows.{beside}")
    return 0


def _copy(config: Config, chosen: argparse.Namespace) -> int:
    from assistant.storage.copying import relocation  # noqa: PLC0415
    from assistant.web.parts import COPIED, rebuild_searches  # noqa: PLC0415

    if chosen.verify_only:
        moved = relocation.compare(config, chosen.to, COPIED)
    else:
        progress = _with_time_left()
        moved = relocation.move(
            config, chosen.to, COPIED, rebuild_searches, rehearsal=chosen.rehearsal, progress=progress
        )
    for line in moved.lines:
        print(line)
    return 0 if moved.same else 1


def _with_time_left() -> Callable[[int, int], None]:
    begun = time.monotonic()

    def tell(done: int, of_all: int) -> None:
        left = (time.monotonic() - begun) * (of_all - done) / done if done else 0.0
        if sys.stderr.isatty():
            print(f"\r{round(100 * done / max(1, of_all)):>3} %, about {left:,.0f} s left ", end="", file=sys.stderr)
            if done == of_all:
                print(file=sys.stderr)

    return tell


def _export(config: Config, chosen: argparse.Namespace) -> int:
    from assistant.web import moving_commands  # noqa: PLC0415

    print(moving_commands.export(config, chosen.name, chosen.file, _progress))
    return 0


def _import(config: Config, chosen: argparse.Namespace) -> int:
    from assistant.web import moving_commands  # noqa: PLC0415

    print(moving_commands.bring(config, chosen.name, chosen.file, _progress, preview=chosen.preview))
    return 0


def _progress(done: int, of_all: int) -> None:
    """Says how far it is, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r{round(100 * done / max(1, of_all)):>3} %", end="\r" if done < of_all else "\n", file=sys.stderr)


def _act(run, chosen, accounts, passwords) -> str:  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime  # noqa: PLC0415

    from assistant.users.two_step import codes  # noqa: PLC0415

    now, action = datetime.now(UTC), chosen.action
    if action == "list":
        people = run(accounts.people)
        marks = [(p.name, "owner" if p.owner else "member", "disabled" if p.disabled else "") for p in people]
        return "\n".join("  ".join(part).rstrip() for part in marks) or "Nobody has an account yet."
    if action == "add":
        hashed = _new_password(passwords)
        run(accounts.add, chosen.name, hashed, now=now, owner=run(accounts.empty))
        return f"{chosen.name} can log in now."
    user = run(accounts.get, chosen.name)
    if action == "reset-password":
        run(accounts.set_password, user.id, _new_password(passwords))
    elif action == "disable":
        run(accounts.disable, user.id, now)
    else:
        run({"enable": accounts.enable, "reset-two-step": codes.turn_off}.get(action, accounts.make_owner), user.id)
    return f"{user.name} {DONE[action]}."


def _new_password(passwords) -> str:  # type: ignore[no-untyped-def]
    password = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    passwords.check(password)
    return str(passwords.Passwords().hash_here(password))


ACTS: dict[str, Callable[[Config, argparse.Namespace], int]] = {
    "user": _user,
    "keys": _keys,
    "backup": _backup,
    "restore": _restore,
    "copy": _copy,
    "export": _export,
    "import": _import,
}
