#!/usr/bin/python3
"""The publisher's tests and faults in short form against brokers of other makes, as a table:
brokers_test.py DRIVER [KIND…] [CASE…|facts]. In a namespace of its own, so that no port of this machine is
used and nothing is left behind. A case says how many messages were sent, received, twice, lost."""

import os
import re
import subprocess
import sys
import time

from brokers import KINDS
from publisher_world import World

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = [  # script, case, argument: the row
    ("publisher", "down_at_start", "", "away at start, then there"),
    ("publisher", "order", "", "order of events and states"),
    ("publisher", "load", "3000", "1,000 events a second"),
    ("publisher", "last_words", "", "clean stop, and the will"),
    ("refused", "wrong_password", "", "wrong password, then the right one"),
    ("publisher", "no_acknowledgement", "", "acknowledgements do not come"),
    ("publisher", "killed_before_ack", "", "publisher killed before the acknowledgement"),
    ("publisher", "killed_driver", "", "publisher killed six times in a stream"),
    ("fault", "cut", "", "cable cut"),
    ("fault", "same_client_id", "", "two nodes with one client id"),
    ("publisher", "killed_broker", "", "broker killed four times in a stream"),
]
LIMIT_S = 1800  # on a busy machine


def alone():
    """Network, mounts and processes of its own; what is started in there ends with it."""
    flags = ["-m", "-n", "-p", "-f", "--mount-proc", "--kill-child"]
    if os.geteuid():
        flags.insert(0, "-r")
    os.execvp("unshare", ["unshare", *flags, "sh", "-c", 'ip link set lo up && exec "$@"', "sh", "env",
                          "EARSHOT_ALONE=1", sys.executable, *sys.argv])


FACTS = ("MQTT 5", "MQTT 3.1.1", "`earshot/#` gets what is retained")


def facts(exe):
    """What is said by a broker that is asked for MQTT 5, then for 3.1.1; and whether a dashboard
    that comes later sees anything."""
    with World(exe) as w:
        broker = w.broker(watched=False)
        said = []
        for version in ("5", "3.1.1"):
            d = w.driver(broker.port, store=None, version=version)
            line = d.wait("text ", 30)
            said.append("yes" if "connected to" in line else re.sub(r"^text \S+ |, next try.*$", "", line))
            if version == "3.1.1":
                d.wait_stats(lambda s: s["acked"] >= 1)
                seen = subprocess.run(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(broker.port), "-t", "earshot/#", "-C", "1",
                                       "-W", "5"], capture_output=True, text=True, check=False).stdout
                said.append("yes" if seen == "online\n" else "**no**")
            d.kill()
        return said


def run(exe, kind, script, case, argument):
    """What the row says, and whether it is as it should be."""
    start = time.monotonic()
    try:
        done = subprocess.run([sys.executable, os.path.join(HERE, script + "_test.py"), exe, case, *argument.split()],
                              capture_output=True, text=True, timeout=LIMIT_S, stdin=subprocess.DEVNULL,
                              env={**os.environ, "EARSHOT_BROKER": kind})
        text, code = done.stdout + done.stderr, done.returncode
    except subprocess.TimeoutExpired as e:
        text, code = (e.stdout or b"").decode(), -1
    with open(f"brokers-{kind}-{case}.log", "w", encoding="utf-8") as f:
        f.write(text)
    took = f"{time.monotonic() - start:.0f} s"
    sums = re.findall(r"sent (\d+) received (\d+)(?: duplicated (\d+))? lost (\d+)", text)
    if sums:
        sent, received, _, lost = sums[-1]
        took = f"sent {sent}, received {received}, lost {lost}; {took}"
    return f"{'ok' if code == 0 else '**no**'}; {took}", code == 0


def main():
    if os.environ.get("EARSHOT_ALONE") != "1":
        alone()
    exe, words = os.path.abspath(sys.argv[1]), sys.argv[2:]
    wanted = [k for k in ("mosquitto", *KINDS) if k in words] or ["mosquitto", *KINDS]
    cases = [c for c in CASES if c[1] in words] or ([] if "facts" in words else CASES)
    rows = {row: [] for row in (*FACTS, *(c[3] for c in cases))}
    names, good = [], True
    for kind in wanted:
        make = KINDS.get(kind)
        if make and not make.available():
            print(f"{kind}: not here", flush=True)
            continue
        names.append(make.name() if make else "mosquitto")
        os.environ["EARSHOT_BROKER"] = kind
        for row, said in zip(rows, facts(exe)):
            print(f"{names[-1]}: {row}: {said}", flush=True)
            rows[row].append(said)
        for script, case, argument, row in cases:
            if case == "wrong_password" and make and not make.logins:
                rows[row].append("not asked: it needs an extension for logins")
                continue
            said, fine = run(exe, kind, script, case, argument)
            print(f"{names[-1]}: {row}: {said}", flush=True)
            rows[row].append(said)
            good = good and fine
    print("\n| | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for row, cells in rows.items():
        print(f"| {row} | " + " | ".join(cells) + " |")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
