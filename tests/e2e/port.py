"""Ports for servers that a test starts, stops and starts again, and waiting for them."""

import itertools
import os
import select
import socket
import time

FIRST, STRETCH, STRETCHES = 10000, 20, 1100
_turn = itertools.count()


def free_port():
    """Nobody else is given it while its server is away: it lies below the range of which the
    kernel gives out ports, in a stretch of this process's own."""
    for _ in range(STRETCH):
        port = FIRST + os.getpid() % STRETCHES * STRETCH + next(_turn) % STRETCH
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass
    raise AssertionError("no port is free")


def until(want, timeout, what):
    """Looks until want() is true; what cannot be waited for otherwise."""
    end = time.monotonic() + timeout
    while not want():
        if time.monotonic() > end:
            raise AssertionError(f"not within {timeout} s: {what}")
        select.select([], [], [], 0.02)


def connectable(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False
