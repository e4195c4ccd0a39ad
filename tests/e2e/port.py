"""Ports for servers that a test starts, stops and starts again, and waiting for them."""

import errno
import os
import select
import socket
import time

# How long a test waits for what must happen. Nothing waits that long unless it fails, so it is no
# measure of anything: a busy machine may take its time.
PATIENCE_S = 100

FIRST, STRETCH, STRETCHES = 10000, 20, 1100
_held = []  # sockets: of the stretch, and of each port that was given out


def _take_stretch():
    """Ports that no other test has: a name in this network that ends with the process."""
    for i in range(STRETCHES):
        stretch = (os.getpid() + i) % STRETCHES
        lock = socket.socket(socket.AF_UNIX)
        try:
            lock.bind(f"\0earshot-test-ports-{stretch}")
        except OSError as e:
            lock.close()
            if e.errno == errno.EADDRINUSE:
                continue  # else there are no such names here, and the process's own stretch must do
        _held.append(lock)
        return iter(range(FIRST + stretch * STRETCH, FIRST + (stretch + 1) * STRETCH))
    raise AssertionError("every stretch of ports is taken")


_ports = iter(())


def free_port():
    """Nobody else is given it while its server is away: neither another test nor, since it stays
    bound here, somebody to whom the kernel gives a port. Who listens there must allow its reuse."""
    global _ports
    while True:
        for port in _ports:
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", port))
                _held.append(s)
                return port
            except OSError:
                s.close()
        _ports = _take_stretch()


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
