"""What the fault tests have in common: who judges what was received against what the store
knows was produced, a name server that says nothing, a clock that can be set, and a
namespace of its own for what must not touch the machine."""

import fcntl
import glob
import os
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
import time

from port import PATIENCE_S, until
from publisher_world import NODE

LATE_MS = 10000  # older than this when sent: the broker or the connection was away
SLACK_MS = 50
SKIPPED = 77


def check(truth, what):
    if not truth:
        raise AssertionError(what)


def pause(seconds):
    """Part of the stimulus, never a wait for an effect."""
    threading.Event().wait(seconds)


def produced(store):
    """Every message that the store knows: {seq: row}. Beside the program that writes it."""
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        rows = db.execute("SELECT seq, id, type, node, time_ms FROM event ORDER BY seq").fetchall()
    except sqlite3.OperationalError:  # it is just being made
        rows = []
    db.close()
    return {r[0]: r for r in rows}


def judge(watcher, last, *stores, timeout=PATIENCE_S):
    """Every message of these stores, numbers 1 to last of each (None: as many as there are),
    came at least once, as it was produced; none was invented, none came under a number that
    another had; what was late says so, and how late. Prints the sum; returns what came."""
    rows, nodes = {}, set()
    for store in stores:
        if last:
            until(lambda s=store: len(produced(s)) >= last, timeout, f"{last} in the store")
        of_store = produced(store)
        check(list(of_store) == list(range(1, (last or len(of_store)) + 1)), f"seq has gaps: {list(of_store)}")
        nodes |= {r[3] for r in of_store.values()}
        rows.update({(r[3], seq): r for seq, r in of_store.items()})
    seen, at = set(), [0]

    def messages():
        return [m for m in watcher.messages if m.topic.endswith("/event") and m.topic.split("/")[1] in nodes]

    def complete():
        for m in watcher.messages[at[0]:]:
            if m.topic.endswith("/event"):
                seen.add((m.json["node"], m.json["seq"]))
        at[0] = len(watcher.messages)
        return not set(rows) - seen

    try:
        watcher.wait(complete, timeout, "every event")
    except AssertionError as e:
        print(f"sent {len(rows)} received {len(messages())} lost {len(set(rows) - seen)}")
        raise AssertionError(f"lost: {sorted(set(rows) - seen)[:40]}\n{e}") from None
    came = messages()
    look_at_each(came, rows)
    print(f"sent {len(rows)} received {len(came)} duplicated {len(came) - len(rows)} lost 0, "
          f"late {sum(m.json['replayed'] for m in came)}")
    return [m.json for m in came]


def look_at_each(came, rows):
    types = ("start", "update", "end")
    seen = {}
    for m in came:
        e = m.json
        key = (e["node"], e["seq"])
        check(key in rows, f"invented: {e}")
        row = rows[key]
        check((e["id"], e["event_type"]) == (row[1], types[row[2]]), f"another one under its number: {e}, {row}")
        sent_ms = row[4] + e["age_ms"]
        check(e["age_ms"] >= 0 and sent_ms <= m.wall_at * 1000 + SLACK_MS, f"an age that is not so: {e}")
        again = seen.setdefault(key, m.payload) != m.payload  # the same bytes again are the broker's doing
        # what ends an event after a crash tells the time of the last that is known of it
        in_time = e["age_ms"] < LATE_MS or e["end_reason"] == "crash"
        check(e["replayed"] or (in_time and not again), f"late, or again, and does not say so: {e}")


def retained(broker, leaf):
    return subprocess.run(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(broker.port), "-t", f"{NODE}/{leaf}", "-C", "1",
                           "-W", str(PATIENCE_S)], capture_output=True, text=True, check=True).stdout.strip()


def lost_nothing(driver):
    s = driver.wait_stats(lambda s: s["unsent"] == 0, what="everything is marked as sent")
    check(s["lost"] == 0, s)


# --- a clock ------------------------------------------------------------------------

class Clock:
    """The wall clock as one process sees it, its other clocks untouched. It cannot show
    what a kernel does to those who sleep until a wall time; what we do with the time it can."""

    def __init__(self, path):
        found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
        if not found:
            print("SKIP faketime is not installed")
            sys.exit(SKIPPED)
        self.path = path
        self.env = {"LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": path, "FAKETIME_NO_CACHE": "1",
                    "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}
        self.set(0)

    def set(self, seconds):
        """So much from the real one."""
        with open(self.path + ".new", "w", encoding="ascii") as f:
            f.write(f"{seconds:+d}\n")
        os.rename(self.path + ".new", self.path)


# --- a namespace --------------------------------------------------------------------

def in_namespace():
    """The process starts again with mounts and a network of its own, or is skipped."""
    if os.environ.get("EARSHOT_NAMESPACE") != str(os.getppid()) and "EARSHOT_NAMESPACE" not in os.environ:
        flags = ["-m", "-n"] if os.geteuid() == 0 else ["-r", "-m", "-n"]
        if subprocess.run(["unshare", *flags, "true"], check=False, capture_output=True).returncode:
            print("SKIP no namespaces can be made here")
            sys.exit(SKIPPED)
        os.environ["EARSHOT_NAMESPACE"] = "1"
        os.execvp("unshare", ["unshare", *flags, sys.executable, *sys.argv])
    with socket.socket() as s:  # lo up
        request = struct.pack("16sh14x", b"lo", 0x1)
        fcntl.ioctl(s, 0x8914, request)


def mount(*args):
    subprocess.run(["mount", *args], check=True)


RESOLVER_S = 5 * 30  # of one question, which is asked five times then


class NameServer:
    """The only one of this namespace; knows every name as 127.0.0.1 and answers when told to."""

    def __init__(self, folder):
        self.asked, self.lock, self.answers, self.questions = threading.Event(), threading.Lock(), False, []
        for name, text in (("resolv.conf", "nameserver 127.0.0.1\noptions timeout:30 attempts:5\n"),
                           ("nsswitch.conf", "hosts: dns\n")):
            path = os.path.join(folder, name)
            with open(path, "w", encoding="ascii") as f:
                f.write(text)
            mount("--bind", path, os.path.realpath("/etc/" + name))
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._run, daemon=True).start()

    def answer(self):
        """What was asked until now, and what will be."""
        with self.lock:
            self.answers = True
            for question, client in self.questions:
                self._say(question, client)

    def _run(self):
        while True:
            question, client = self.socket.recvfrom(512)
            self.asked.set()
            with self.lock:
                if self.answers:
                    self._say(question, client)
                else:
                    self.questions.append((question, client))

    def _say(self, question, client):
        end = question.index(b"\0", 12) + 5
        is_a = question[end - 4:end - 2] == b"\0\1"
        answer = b"\xc0\x0c\0\1\0\1\0\0\0\x0a\0\4\x7f\0\0\1" if is_a else b""
        try:
            self.socket.sendto(question[:2] + b"\x81\x80\0\1" + struct.pack(">H", is_a) + bytes(4) +
                               question[12:end] + answer, client)
        except OSError:
            pass  # who asked has ended meanwhile
