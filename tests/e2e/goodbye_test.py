#!/usr/bin/python3
"""How a node leaves: the last word, and what may come between. goodbye_test.py DRIVER CASE"""

import socket
import subprocess
import time

from fault_world import check, pause
from port import PATIENCE_S
from publisher_world import NODE, main, until


def case_last_words(w):
    """A clean stop says offline after all that was posted, and does not wait for what is done; a
    killed one says so by its will."""
    broker = w.broker()
    took = []
    while len(took) < 4 and min(took, default=3) >= 2:  # of a deadline of 60 s; a busy machine may be late once
        start = len(w.watcher.messages)
        d = w.driver(broker.port, store=f"{len(took)}.db")
        d.wait_stats(lambda s: s["acked"] >= 1)
        d.tell("post 100")
        d.tell(f"state {NODE}/porch/hostile OFF")
        began = time.monotonic()
        d.quit()
        took.append(time.monotonic() - began)
        w.watcher.wait_topic("/availability", "offline", start=start)
        said = w.watcher.messages[start:]
        check(sum(m.topic.endswith("/event") for m in said) == 100, "all events before the last word")
        check([m.text for m in said[-2:]] == ["OFF", "offline"], said[-2:])
    print(f"stopped in {took} s")
    check(len(took) < 4, took)
    start = len(w.watcher.messages)
    d = w.driver(broker.port)
    w.watcher.wait_topic("/availability", "online", start=start)
    d.kill()
    w.watcher.wait_topic("/availability", "offline", start=start)
    done = subprocess.run(["mosquitto_sub", "-h", "127.0.0.1", "-p", str(broker.port), "-t", f"{NODE}/availability",
                           "-t", f"{NODE}/porch/hostile", "-v", "-C", "2", "-W", str(PATIENCE_S)],
                          capture_output=True, text=True, check=True).stdout.splitlines()
    check(sorted(done) == [f"{NODE}/availability offline", f"{NODE}/porch/hostile OFF"], done)


def case_last_word_stands(w):
    """The broker is slow at the stop, and what is still queued behind `offline` holds an `online`, as
    when somebody had said offline in our name just before."""
    broker = w.broker()
    stall = w.stall(broker)
    d = w.driver(stall.port, in_flight=16, stop_deadline_ms=5000)
    d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
    start = w.mark(broker) and len(w.watcher.messages)
    said = lambda: [m.text for m in w.watcher.messages[start:] if m.topic.endswith("/availability")]
    stall.flow.clear()
    d.tell("post 16")
    d.tell(f"state {NODE}/availability online")
    w.watcher.wait(lambda: len(w.watcher.events()) == 16, PATIENCE_S, "a window full")
    d.tell("quit")
    w.watcher.wait(lambda: said() == ["offline"], PATIENCE_S, "the last word")
    stall.flow.set()
    d.process.wait(PATIENCE_S)
    w.mark(broker)
    check(said() == ["offline"], w.watcher.messages[-5:])


def case_last_word_without_room(w):
    """Nothing is acknowledged and the window is full at the stop: `offline` comes all the same, by
    the will where the broker itself counts."""
    for version, receive_max, n in (("5", 20, 20), ("5", 0, 128), ("3.1.1", 0, 128)):
        broker = w.broker(in_flight=receive_max)
        stall = w.stall(broker)
        d = w.driver(stall.port, store=f"{version}-{n}.db", version=version, in_flight=128, stop_deadline_ms=2500)
        d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
        start = w.mark(broker) and len(w.watcher.messages)
        stall.flow.clear()
        d.tell("post 150")
        w.watcher.wait(lambda n=n: len(w.watcher.events()) == n, PATIENCE_S, "a window full")
        d.tell("quit")
        d.process.wait(PATIENCE_S)
        w.watcher.wait_topic("/availability", "offline", start=start)
        w.mark(broker)
        said = [m.text for m in w.watcher.messages[start:] if m.topic.endswith("/availability")]
        check(set(said) == {"offline"}, said)  # twice, if the will says it too
        check(len(w.watcher.events()) == n, "what else was stored waits for the next start")
        stall.close()
        w.watcher.close()
        broker.stop()


def case_late_will(w):
    """Somebody says offline in our name, as a broker does that publishes the will of our last
    connection when the next one is there: it is put right. Our own last word stands."""
    broker = w.broker()
    d = w.driver(broker.port)
    w.watcher.wait_topic("/availability", "online")
    until(lambda: "SUBSCRIBE from earshot-gate-3" in open(broker.log, encoding="utf-8").read(), PATIENCE_S, "SUBSCRIBE")
    for word in ("-n", "-m", "-m"):  # what is no word of ours is let be
        start = len(w.watcher.messages)
        subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(broker.port), "-q", "1", "-r", "-t",
                        f"{NODE}/availability", *(["-n"] if word == "-n" else ["-m", "offline"])], check=True)
        if word == "-m":
            w.watcher.wait_topic("/availability", "online", start=start)
    d.quit()
    w.watcher.wait_topic("/availability", "offline", start=len(w.watcher.messages) - 1)
    words = [m.text for m in w.watcher.messages if m.topic.endswith("/availability")]
    check(words == ["online", "", "offline", "online", "offline", "online", "offline"], words)


def case_late_answer(w):
    """A broker that answers only when the daemon already goes: nobody is called online then."""
    slow = socket.create_server(("127.0.0.1", 0))
    d = w.driver(slow.getsockname()[1], stop_deadline_ms=5000)
    near, _ = slow.accept()
    near.settimeout(PATIENCE_S)
    near.recv(4096)  # CONNECT
    d.tell("quit")
    pause(0.3)  # either order is right, this one is meant
    said = b""
    try:
        near.sendall(b"\x20\x03\x00\x00\x00")  # CONNACK
        while data := near.recv(4096):
            said += data
    except OSError:
        pass
    d.quit()
    check(said.rfind(b"online") <= said.rfind(b"offline"), said)


main(globals())
