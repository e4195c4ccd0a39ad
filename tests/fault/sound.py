"""What the tests of sources share: running `hear`, and judging what it heard."""

import contextlib
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import threading

SKIP = 77
PATIENCE_S = 200  # of everything that must happen; nothing waits that long unless it fails


def skip(why):
    print("skipped:", why)
    sys.exit(SKIP)


def need(*programs):
    for p in programs:
        if not shutil.which(p):
            skip(f"no {p}")


def check(truth, what):
    if not truth:
        raise AssertionError(what)


class Hear:
    """A running `hear`: its lines are waited for, never slept for."""

    def __init__(self, *args, env=None):
        program = os.environ["HEAR"]
        env = {**os.environ, "no_proxy": "*", **(env or {})}
        self.args = [str(a) for a in args]
        if "--timeout" not in self.args:  # who tests a deadline sets it; a busy machine has time
            self.args[1:1] = ["--timeout", "60000"]
        self.process = subprocess.Popen([program, *self.args], stdout=subprocess.PIPE, text=True, env=env)
        self.lines = []
        self.timer = threading.Timer(PATIENCE_S, self.process.kill)
        self.timer.start()

    def wait(self, pattern):
        """Reads until a line matches; returns the match."""
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            m = re.search(pattern, line)
            if m:
                return m
        raise AssertionError(f"hear {' '.join(self.args)} never said {pattern}:\n" + "\n".join(self.lines))

    def rest(self):
        """All its lines, once it has ended."""
        self.lines += self.process.stdout.read().splitlines()
        self.process.wait()
        self.timer.cancel()
        return self.lines

    def kill(self):
        self.timer.cancel()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@contextlib.contextmanager
def hearing(*args, env=None):
    h = Hear(*args, env=env)
    try:
        yield h
    finally:
        h.kill()


def in_time(heard, tries=4):
    """What heard() returns, which is asked again if it raises: a machine that is too busy to play or
    to take sound as it comes has no better of it than a broken one, but not every time."""
    for n in range(tries):
        try:
            return heard()
        except AssertionError as e:
            print("once more:" if n + 1 < tries else "again:", e)
            if n + 1 == tries:
                raise
    return None


def hear(*args, env=None):
    with hearing(*args, env=env) as h:
        return h.rest()


def sounds(lines):
    """[(pos, hz, dbfs)] of the half seconds heard."""
    return [(int(p), int(hz), float(db)) for p, hz, db in
            re.findall(r"^sound (\d+) (-?\d+) (-?[\d.]+)$", "\n".join(lines), re.M)]


def samples(lines):
    return int(re.search(r"^end (\d+) ", "\n".join(lines), re.M).group(1))


def sine_dbfs(amplitude):
    return 20 * math.log10(amplitude) - 10 * math.log10(2)


def check_sine(half_seconds, hz, dbfs, what, tolerance_db=1.0):
    check(half_seconds, f"{what}: nothing was heard")
    for pos, f, db in half_seconds:
        check(abs(f - hz) <= 4 and abs(db - dbfs) <= tolerance_db,
              f"{what}: at {pos} {f} Hz with {db} dBFS, not {hz} Hz with {dbfs:.1f} dBFS")


def end(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def main(cases):
    """Runs the functions named case_…; the first word of the command line picks one."""
    wanted = sys.argv[1:]
    for name in sorted(n for n in cases if n.startswith("case_") and (not wanted or n[5:] in wanted)):
        print("case", name[5:], flush=True)
        cases[name]()
