"""Pages that were asked for and never opened their socket: few for each session, for seconds; memory of ended pages."""

import asyncio
import ctypes
import gc
import logging
import os
from collections import defaultdict
from contextlib import suppress

from nicegui import Client

EVERY = 2.0  # seconds
PATIENCE = 20.0  # seconds in which a slow phone loads the scripts of a page
EACH_SESSION = 10  # pages of one session that are about to connect
MANY = 10  # pages after whose end memory is given back


async def prune() -> None:
    """Deletes such pages until it is cancelled, and gives back the memory of all that have ended."""
    ended, before = 0, set[str]()
    while True:
        await asyncio.sleep(EVERY)
        gone = _excess() if Client.instances else []
        for client in gone:
            with suppress(KeyError):  # it was deleted meanwhile
                client.delete()
        Client.prune_instances(client_age_threshold=PATIENCE)
        now = set(Client.instances)
        ended, before = ended + len(before - now), now
        # Looking through what is alive takes its time, and is worth it where much has ended beside that.
        if ended >= max(MANY, len(now) / 2):
            ended = 0
            gc.collect()  # an ended page is a circle, which Python looks for only while new ones come
            await asyncio.to_thread(give_memory_back)


def _excess() -> list[Client]:
    waiting: dict[object, list[Client]] = defaultdict(list)
    for client in Client.instances.values():
        opened = client.has_socket_connection or client._delete_tasks  # noqa: SLF001 - a socket was there before
        if not opened and client._request is not None:  # noqa: SLF001 - pages of the process itself have none
            asking = getattr(client.request.state, "asking", None)
            waiting[asking.session if asking else client.ip].append(client)
    return [client for some in waiting.values() for client in some[:-EACH_SESSION]]


def give_memory_back() -> None:
    """Asks the C library to return freed memory to the system: glibc keeps it, other libraries need no asking."""
    # What the process has loaded already; to look for the library by its name starts another program.
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim:
        trim(0)
    else:
        logging.getLogger(__name__).debug("this C library gives memory back by itself")
