#!/usr/bin/python3
"""SIGKILL of the whole daemon at random moments of its life, with live sources that are
flagged again and again: kill_test.py [TIMES]. After that every message that the store
knows was received, no number has two meanings, every event has one start and one end,
and nothing that is retained says otherwise."""

import os
import random
import signal
import subprocess
import sys

from fault_world import check, judge, pause, produced
from harness import PREFIX, Daemon, World, silence
from port import PATIENCE_S
from publisher_world import Broker, Watcher, until
from test_flow import hostile_pcm

SOURCES = ("porch", "yard", "gate")


def live(w, settings, chance=None):
    """One life, ended at random while it starts or in the middle of an event; without
    chance the last one, ended well, in the middle of an event too."""
    path = w.path("state/events.db")
    before = ids(w) if os.path.exists(path) else set()
    d = Daemon(w.folder, None, settings)
    w.also(lambda: d.alive() and d.process.kill())
    early = chance and os.path.exists(path) and chance.random() < 0.4
    if not early:
        until(lambda: os.path.exists(path) and ids(w) - before, PATIENCE_S, "one more event")
    if chance:
        pause(chance.uniform(0, 0.5))
        d.process.kill()
        d.process.wait()
        return
    code = d.stop()
    check(code == 0, f"ended with {code}: {d.log[-2000:]}")


def ids(w):
    return {r[1] for r in produced(w.path("state/events.db")).values()}


def look_at_lives(events):
    of = {}
    for e in events:
        of.setdefault(e["id"], {})[e["seq"]] = e
    for messages in of.values():
        kinds = [messages[seq]["event_type"] for seq in sorted(messages)]
        check(kinds[0] == "start" and kinds[-1] == "end" and set(kinds[1:-1]) <= {"update"}, kinds)
    crashed = sum(any(e["end_reason"] == "crash" for e in m.values()) for m in of.values())
    print(f"{len(of)} events, {crashed} of them ended by a crash")
    check(crashed > 0, "no kill met an open event")


def look_at_retained(watcher, broker):
    done = subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(broker.port), "-q", "1", "-t", f"{PREFIX}/mark",
                           "-m", "behind"], check=False)
    check(done.returncode == 0, done)
    watcher.wait_topic(f"{PREFIX}/mark", "behind")  # all that the broker took before has come by then
    for source in SOURCES:
        words = [m.text for m in watcher.messages if m.topic == f"{PREFIX}/{source}/hostile"]
        check(words and words[-1] == "OFF", f"{source}: {words[-3:]}")
    words = [m.text for m in watcher.messages if m.topic == f"{PREFIX}/availability"]
    check(words[-1] == "offline", words[-3:])


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    chance = random.Random(50)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with World() as w:
        os.mkdir(w.path("broker"))
        broker = Broker(w.path("broker"))
        w.also(broker.stop)
        broker.start()
        watcher = Watcher(broker.port)
        w.also(watcher.close)
        sound = hostile_pcm()
        settings = w.settings(broker.port, {
            name: {"url": "file:" + w.wav(name + ".wav", silence(0.2 * i) + (sound + silence(1)) * 20)}
            for i, name in enumerate(SOURCES)}, defaults={"hold": "300ms", "max_events": "10/s"})
        for _ in range(times):
            live(w, settings, chance)
        live(w, settings)
        watcher.wait_topic(f"{PREFIX}/availability", "offline", start=len(watcher.messages) - 40)
        events = judge(watcher, None, w.path("state/events.db"))
        look_at_lives(events)
        look_at_retained(watcher, broker)
    print(f"killed {times} times: passed")


main()
