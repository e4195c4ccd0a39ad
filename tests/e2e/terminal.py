"""A terminal to start a program on: what it showed there, and whether it kept within bounds."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

from port import PATIENCE_S

OURS = r"\x1b\[(?:H|\d+;1H|K|J|0m|1;31m|\?1049h|\?25l)"  # until the program gives the terminal back


def read_all(master, raw=b""):
    """What is still said on a terminal until its other side is closed."""
    while select.select([master], [], [], PATIENCE_S)[0]:
        try:
            raw += os.read(master, 65536)
        except OSError:
            break
    os.close(master)
    return raw


def screen(*command, until, columns=80, lines=24):
    """What a full-screen program shows, a list of lines; it is ended then. A screen is looked at
    when it is drawn to its end, which is that of its last line."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    p = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=dict(os.environ, TERM="xterm"))
    os.close(slave)
    raw, shown, end = b"", [""] * lines, time.monotonic() + PATIENCE_S
    while time.monotonic() < end and not until(shown):
        if select.select([master], [], [], 0.2)[0]:
            raw += os.read(master, 65536)
            whole = raw.rpartition(b"Ctrl-C ends\x1b[K")
            shown = render(whole[0] + whole[1], columns, lines)
    p.send_signal(signal.SIGINT)
    raw = read_all(master, raw)
    assert p.wait(PATIENCE_S) == 0, p.returncode
    _, given_back, behind = raw.rpartition(b"\x1b[?25h\x1b[?1049l")
    assert given_back and b"\x1b" not in behind, "the terminal is given back"
    return shown


def render(raw, columns, lines):
    """A terminal that knows what we use, and nothing else; it must never scroll or go beyond its edge."""
    grid, y, x = [""] * lines, 0, 0
    for esc, text in re.findall(rf"({OURS})|((?:(?!{OURS}).)+)", raw.decode(errors="replace"), re.S):
        if esc[-1:] == "H":
            y = int(esc[2:-1].split(";")[0] or 1) - 1 if esc != "\x1b[H" else 0
            x = 0
        elif esc[-1:] == "K":
            grid[y] = grid[y][:x]
        elif esc[-1:] == "J":
            grid = grid[:y] + [grid[y][:x]] + [""] * (lines - y - 1)
        for c in text:
            if c == "\n":
                y += 1
                assert y < lines, "it scrolls"
            elif c == "\r":
                x = 0
            else:
                assert ord(c) >= 0x20 and not 0x7f <= ord(c) < 0xa0, f"a control character that is not ours: {text!r}"
                assert x < columns, (text, "beyond the edge")
                grid[y] = grid[y][:x].ljust(x) + c + grid[y][x + 1:]
                x += 1
    return grid
