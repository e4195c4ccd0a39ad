"""Ports for servers that a test starts, stops and starts again."""

import itertools
import os
import socket

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
