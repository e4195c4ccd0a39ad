#!/usr/bin/python3
"""Faults, with the publisher and its store against a real mosquitto: fault_test.py DRIVER CASE
[SECONDS or TIMES]. Each case ends with what was sent, received, duplicated and lost."""

import os
import random
import subprocess
import sys
import time

from port import PATIENCE_S
from fault_world import RESOLVER_S, Clock, NameServer, check, in_namespace, judge, lost_nothing, mount, pause, retained
from publisher_world import NODE, main, until


def case_random_kills(w, seconds=12, version="5"):
    """The broker is killed and started again every few seconds under a stream of events."""
    chance = random.Random(14)
    broker = w.broker()
    d = w.driver(broker.port, version=version)
    d.tell(f"pace {seconds * 300} 300")
    end = time.monotonic() + seconds
    kills = 0
    while time.monotonic() < end:
        pause(chance.uniform(0.5, 4))  # a connection takes a second
        connections = w.watcher.connections
        w.caught_up(broker)
        broker.kill()
        pause(chance.uniform(0, 1.5))
        broker.start()
        kills += 1
        w.watcher.wait(lambda c=connections: w.watcher.connections > c, PATIENCE_S, "the watcher is back")
    last = int(d.wait("posted", seconds + PATIENCE_S).split()[1])
    judge(w.watcher, last, w.path("events.db"))
    lost_nothing(d)
    print(f"the broker was killed {kills} times")
    d.quit()


def case_random_kills_v3(w, seconds=6):
    case_random_kills(w, seconds, "3.1.1")


def case_cut(w):
    """The cable is cut: no FIN, no RST. First with a message on its way, then at rest."""
    broker = w.broker()
    stall = w.stall(broker)
    d = w.driver(stall.port, ack_deadline_ms=1500, keep_alive_ms=1000)
    d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
    d.tell("pace 200 100")
    w.watcher.wait(lambda: len(w.watcher.events()) > 30, PATIENCE_S, "a stream")
    stall.cut()
    d.wait("no acknowledgement")
    d.wait("posted 200")
    judge(w.watcher, 200, w.path("events.db"))
    pause(1.5)  # should the dead session's will come late, that is put right after a second
    start = d.mark()
    mark = len(w.watcher.messages)
    stall.cut()
    until(lambda: any("connection lost" in x or "no acknowledgement" in x for x in d.lines[start:]), PATIENCE_S, "cut at rest")
    d.wait("connected to", start=start)
    d.tell("post 10")
    judge(w.watcher, 210, w.path("events.db"))
    lost_nothing(d)
    # The broker finds out later than we do: the will of the dead session must not have the last word.
    until(lambda: retained(broker, "availability") == "online", PATIENCE_S, "online")
    words = [m.text for m in w.watcher.messages[mark:] if m.topic.endswith("/availability")]
    check(words[-1] == "online", words)
    d.quit()


def case_silent_names(w):
    """The name server never answers; nothing waits for it, not even the end."""
    names = NameServer(w.folder)
    broker = w.broker()
    d = w.driver(broker.port, host="broker.test", stop_deadline_ms=5000)
    until(names.asked.is_set, PATIENCE_S, "the question")
    start = time.monotonic()
    d.tell("post 20")
    d.wait_stats(lambda s: s["unsent"] == 20, what="stored while the name is looked up")
    d.tell("quit")
    d.process.wait(PATIENCE_S)
    took = time.monotonic() - start
    print(f"ended after {took:.1f} s")
    check(d.process.returncode == 0 and took < RESOLVER_S / 2, "the end waited for the name server")
    d = w.driver(broker.port, host="broker.test")
    check(d.first_seq == 21, d.first_seq)
    d.tell("post 20")
    d.wait("posted 40")
    names.answer()
    judge(w.watcher, 40, w.path("events.db"))
    lost_nothing(d)
    d.quit()


def case_same_client_id(w):
    """Two nodes with one client id throw each other off: both say so, both arrive whole,
    and they do not fight."""
    broker = w.broker()
    slow = {"client_id": "same", "backoff_min_ms": 100, "backoff_max_ms": 2000}
    began = time.monotonic()
    a = w.driver(broker.port, store="a.db", node="gate-a", **slow)
    a.wait("connected to")
    b = w.driver(broker.port, store="b.db", node="gate-b", **slow)
    for d in (a, b):
        d.tell("pace 60 10")
    for d in (a, b):
        d.wait("mqtt.client_id")
        d.wait("posted 60")
    stores = [w.path("a.db"), w.path("b.db")]
    judge(w.watcher, 60, *stores)
    with open(broker.log, encoding="utf-8") as f:
        fights = f.read().count("already connected")
    took = time.monotonic() - began
    print(f"thrown off {fights} times in {took:.0f} s")
    check(fights <= 10 + took, "they fight")  # each waits for up to two seconds
    b.quit()
    a.wait_stats(lambda s: s["connected"], what="nobody else is there any more")
    start = a.mark()
    a.tell("post 10")
    judge(w.watcher, 70, stores[0])
    lost_nothing(a)
    check(not any("mqtt.client_id" in x for x in a.lines[start:]), a.lines[start:])
    a.quit()


def case_full_disk(w):
    """The disk is full, broker there or not; then there is room again."""
    os.mkdir(w.path("disk"))
    mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", w.path("disk"))
    w.undo.append(lambda: subprocess.run(["umount", "-l", w.path("disk")], check=False))
    broker = w.broker()
    stall = w.stall(broker)
    d = w.driver(stall.port, store="disk/events.db", ack_deadline_ms=5000)
    d.tell("post 20")
    d.wait_stats(lambda s: s["acked"] >= 21)
    with open(w.path("disk/ballast"), "wb", buffering=0) as f:
        try:
            while f.write(bytes(4096)):
                pass
        except OSError:
            pass
    d.tell("pace 400 400")
    d.wait("posted 420")
    check("full" in d.wait("store ").replace("store ", "", 1), d.lines)
    check(d.wait_stats(lambda s: s["acked"] >= 421)["in_memory"] == 1, d.lines)
    stall.cut()
    stall.open.clear()
    d.tell("post 30")
    d.wait_stats(lambda s: s["unsent"] == 30, what="kept in memory")
    stall.open.set()
    d.wait_stats(lambda s: s["unsent"] == 0 and s["lost"] == 0)
    os.remove(w.path("disk/ballast"))
    start = d.mark()
    d.tell("post 2")  # the disk is asked again in ten seconds
    d.wait_stats(lambda s: s["in_memory"] == 0, what="the disk is used again")
    check(d.wait("store", start=start).strip() == "store", d.lines)
    d.kill()
    d = w.driver(stall.port, store="disk/events.db")
    check(d.first_seq == 453, d.first_seq)
    judge(w.watcher, 452, w.path("disk/events.db"))
    lost_nothing(d)
    d.quit()


def case_killed_often(w, times=12):
    """SIGKILL at a random moment of a life: while it starts, connects, stores, sends."""
    chance = random.Random(9)
    broker = w.broker()
    for turn in range(times):
        d = w.driver(broker.port) if turn % 4 else w.driver(broker.port, wait=False)
        if turn % 4:
            d.tell("pace 10000 300")
        pause(chance.uniform(0, 0.4 if turn % 4 else 0.02))
        d.kill()
    d = w.driver(broker.port)
    judge(w.watcher, None, w.path("events.db"))
    lost_nothing(d)
    print(f"killed {times} times")
    d.quit()


def case_clock_jumps(w):
    """The wall clock is set by a year, back by hours, with and without a broker."""
    clock = Clock(w.path("clock"))
    broker = w.broker()
    d = w.driver(broker.port, env=clock.env)
    d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
    year, real = 365 * 86400, time.time()
    for seconds in (year, -3 * 3600, 0):
        seen = len(w.watcher.events())
        clock.set(seconds)
        d.tell("post 4")
        w.watcher.wait(lambda n=seen + 4: len(w.watcher.events()) == n, PATIENCE_S, "goes on")
        for e in w.watcher.events()[-4:]:
            check(not e["replayed"] and 0 <= e["age_ms"] < 600000, f"the age is of no wall clock: {e}")
            check(abs(wall_of(e) - real - seconds) < 600, f"told by the clock as it is: {e}")
    check(d.stats()["connects"] == 1, "the connection did not mind")
    broker.stop()
    for seconds in (year, -3 * 3600):
        clock.set(seconds)
        d.tell("post 4")
    d.wait_stats(lambda s: s["unsent"] == 8)
    clock.set(-86400)
    start = time.monotonic()
    broker.start()
    w.watcher.wait(lambda: w.watcher.events()[-1]["seq"] == 20, PATIENCE_S, "back, and in time")
    print(f"back {time.monotonic() - start:.1f} s after the broker")
    for e in w.watcher.wait_events(20)[-8:]:
        check(e["replayed"] and 0 <= e["age_ms"] < 600000, f"the age is of no wall clock: {e}")
    lost_nothing(d)
    d.quit()


def wall_of(e):
    from datetime import datetime
    return datetime.fromisoformat(e["time"].replace("Z", "+00:00")).timestamp()


def case_forgetful_broker(w):
    """A broker without persistence comes back and knows nothing: it is told all again."""
    broker = w.broker(persistent=False, watched=False)
    w.watch(broker)
    stall = w.stall(broker)
    d = w.driver(stall.port)
    d.tell(f"state {NODE}/porch/hostile OFF")
    d.tell("post 10")
    judge(w.watcher, 10, w.path("events.db"))
    stall.open.clear()
    connections = w.watcher.connections
    broker.kill()
    d.tell("post 10")
    broker.start()
    w.watcher.wait(lambda: w.watcher.connections > connections, PATIENCE_S, "the watcher has subscribed again")
    mark = len(w.watcher.messages)
    stall.open.set()
    judge(w.watcher, 20, w.path("events.db"))
    words = [(m.topic, m.text) for m in w.watcher.messages[mark:] if not m.topic.endswith("/event")]
    check(words == [(f"{NODE}/availability", "online"), (f"{NODE}/porch/hostile", "OFF")], words)
    lost_nothing(d)
    d.quit()


def case_late_disk(w):
    """The store cannot even be read at start, and comes back later: no number is given out
    twice, and what was in it is sent without a new connection."""
    broker = w.broker()
    stall = w.stall(broker)
    stall.open.clear()
    d = w.driver(stall.port)
    d.tell("post 5")
    d.wait_stats(lambda s: s["unsent"] == 5)
    d.kill()
    stall.open.set()
    for end in ("", "-wal", "-shm"):
        os.rename(w.path("events.db" + end), w.path("hidden.db" + end))
    os.symlink(w.path("nowhere/events.db"), w.path("events.db"))
    d = w.driver(stall.port)
    check("seq could not be read and goes on with" in d.wait("store "), d.lines)
    check(d.first_seq > 10**8, d.first_seq)
    d.tell("post 3")
    w.watcher.wait(lambda: len(w.watcher.events()) == 3, PATIENCE_S, "sent from memory")
    for end in ("-wal", "-shm", ""):
        os.rename(w.path("hidden.db" + end), w.path("events.db" + end))
    w.watcher.wait(lambda: len(w.watcher.events()) == 8, PATIENCE_S, "what the disk held")
    check(sorted(e["seq"] for e in w.watcher.events()) ==
          [1, 2, 3, 4, 5, *range(d.first_seq, d.first_seq + 3)], w.watcher.events())
    check(d.wait_stats(lambda s: s["unsent"] == 0 and s["in_memory"] == 0)["connects"] == 1, d.lines)
    print("sent 8 received 8 duplicated 0 lost 0")
    d.quit()


NAMESPACED = {"silent_names", "full_disk"}


if sys.argv[2] in NAMESPACED:
    in_namespace()
main(globals())
