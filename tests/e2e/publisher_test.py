#!/usr/bin/python3
"""The publisher and its store against a real mosquitto: publisher_test.py DRIVER CASE
[NUMBER]."""

import os
import random
import signal
import socket
import subprocess
import threading
import time

from port import PATIENCE_S
from publisher_world import NODE, free_port, main, until


def check(truth, what):
    if not truth:
        raise AssertionError(what)


def check_late(events, since):
    """Every one is marked as replayed, with an age between none and that of the test."""
    limit = (time.monotonic() - since) * 1000
    for e in events:
        check(e["replayed"] is True, f"not marked as replayed: {e}")
        check(0 <= e["age_ms"] <= limit, f"age {e['age_ms']} of at most {limit}")


def case_down_at_start(w):
    broker = w.broker()
    broker.stop()
    start = time.monotonic()
    d = w.driver(broker.port)
    d.wait("not reachable")
    d.tell("post 50")
    d.tell(f"state {NODE}/porch/state first")
    d.tell(f"state {NODE}/porch/state second")
    d.tell(f"flash {NODE}/health missed")
    d.wait_stats(lambda s: s["unsent"] == 50, what="50 in the store")
    broker.start()
    events = w.watcher.wait_events(50)
    check_late(events, start)
    check(events == sorted(events, key=lambda e: e["seq"]), "out of order")
    check(max(e["age_ms"] for e in events) > 0, "no age")
    topics = [(m.topic, m.text) for m in w.watcher.messages if not m.topic.endswith("/event")]
    check(topics[:2] == [(f"{NODE}/availability", "online"), (f"{NODE}/porch/state", "second")], topics)
    check(len(topics) == 2, topics)
    kinds = [m.topic.rsplit("/", 1)[1] for m in w.watcher.messages[:3]]
    check(kinds == ["availability", "state", "event"], f"birth, states, outbox: {kinds}")
    d.wait_stats(lambda s: s["unsent"] == 0, what="marked as sent")
    d.tell("event start")
    check(w.watcher.wait_events(51)[-1]["replayed"] is False, "a new event is not replayed")
    check(sum("text" in x for x in d.lines) == 2, f"one line a change: {d.lines}")
    d.quit()


def case_killed_broker(w):
    broker = w.broker()
    d = w.driver(broker.port)
    d.tell("pace 2000 250")
    for turn in range(4):
        seen = 150 + 400 * turn
        w.watcher.wait(lambda s=seen: len(w.watcher.messages) > s, PATIENCE_S, f"{seen} messages")
        connections = w.watcher.connections
        w.caught_up(broker)
        broker.kill()
        broker.start()
        w.watcher.wait(lambda c=connections: w.watcher.connections > c, PATIENCE_S, "the watcher is back")
    d.wait("posted 2000")
    w.watcher.wait_events(2000)
    d.wait_stats(lambda s: s["unsent"] == 0 and s["connected"])
    w.caught_up(broker)
    broker.kill()  # once more, while a busy machine cannot be late with it
    d.tell("post 5")
    d.wait("posted 2005")
    broker.start()
    events = w.watcher.wait_events(2005)
    check(any(e["replayed"] for e in events), "nothing was replayed")
    d.wait_stats(lambda s: s["unsent"] == 0 and s["connects"] >= 6, what="reconnects")
    d.quit()


def case_silent_broker(w):
    """Accepts and never answers; then a real one comes in its place."""
    broker = w.broker()
    broker.stop()
    mute = socket.create_server(("127.0.0.1", broker.port))
    mute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held = []

    def hold():
        try:
            while True:
                held.append(mute.accept())
        except OSError:
            pass
    threading.Thread(target=hold, daemon=True).start()
    start = time.monotonic()
    d = w.driver(broker.port, connect_deadline_ms=1000)
    d.tell("post 20")
    d.wait("no answer")
    d.wait_stats(lambda s: s["unsent"] == 20, what="stored meanwhile")
    mute.shutdown(socket.SHUT_RDWR)
    mute.close()
    for s, _ in held:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        s.close()
    broker.start()
    check_late(w.watcher.wait_events(20), start)
    d.quit()


def case_no_acknowledgement(w):
    broker = w.broker()
    stall = w.stall(broker)
    d = w.driver(stall.port, ack_deadline_ms=1500)
    d.wait("connected to")
    d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
    stall.flow.clear()
    d.tell("post 30")
    d.wait("no acknowledgement")
    # Nobody knows when the next connection comes: this one waits 60 s for its CONNACK.
    w.watcher.wait_topic("/availability", "offline", timeout=30)
    stall.flow.set()
    w.watcher.wait_events(30)
    d.wait_stats(lambda s: s["unsent"] == 0)
    # Again, while the marks of what was just acknowledged are not yet written.
    start = d.mark()
    stall.after(4 * 8)  # eight PUBACKs
    d.tell("post 70")
    d.wait("no acknowledgement", start=start)
    stall.flow.set()
    w.watcher.wait_events(100)
    d.wait_stats(lambda s: s["unsent"] == 0 and s["connects"] >= 2)
    d.quit()


def case_receive_maximum(w):
    """The broker's limit binds, whatever the settings say."""
    broker = w.broker(in_flight=20)
    stall = w.stall(broker)
    d = w.driver(stall.port, in_flight=100)
    d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
    stall.flow.clear()
    d.tell("post 50")
    w.watcher.wait(lambda: len(w.watcher.events()) == 20, PATIENCE_S, "a window full")
    d.wait_stats(lambda s: s["unsent"] == 50, what="all stored")
    check(d.stats()["sent"] == 21, f"birth and 20: {d.stats()}")
    stall.flow.set()
    check(len(w.watcher.wait_events(50)) == 50, "nothing twice")
    d.quit()


def case_killed_before_ack(w):
    """SIGKILL between commit and acknowledgement: the broker has some, nobody knows;
    then once more, when it had got none of what was sent."""
    broker = w.broker()
    stall = w.stall(broker)
    start = time.monotonic()
    d = w.driver(stall.port, in_flight=8)
    d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
    stall.flow.clear()
    d.tell("post 30")
    d.wait("posted 30")
    w.watcher.wait(lambda: len(w.watcher.events()) == 8, PATIENCE_S, "a window full")
    check(d.stats()["acked"] == 1, "nothing is acknowledged")
    d.kill()
    w.watcher.wait_topic("/availability", "offline")
    stall.flow.set()
    d = w.driver(stall.port)
    check(d.first_seq == 31, f"seq goes on with {d.first_seq}")
    check_late(w.watcher.wait_events(30)[8:], start)
    d.tell("event start")
    check(w.watcher.wait_events(31)[-1]["replayed"] is False, "a new event is not replayed")
    sent = d.wait_stats(lambda s: s["unsent"] == 0)["sent"]
    stall.arrive.clear()
    d.tell("post 9")
    d.wait_stats(lambda s: s["sent"] == sent + 9, what="sent into the void")
    d.kill()
    stall.drop()
    w.driver(broker.port)
    w.watcher.wait_events(40)


def case_killed_driver(w):
    """SIGKILL at any moment of a stream: what was numbered and stored arrives."""
    broker = w.broker()
    chance = random.Random(1)
    for turn in range(6):
        d = w.driver(broker.port)
        first = d.first_seq
        d.tell("pace 1000 500")  # no more, however late a busy machine brings the kill
        target = first + chance.randrange(20, 200)
        w.watcher.wait(lambda t=target: w.watcher.newest >= t, PATIENCE_S, f"seq {target}")
        d.kill()
    d = w.driver(broker.port)
    last = d.first_seq - 1
    w.watcher.wait_events(last)
    d.wait_stats(lambda s: s["unsent"] == 0)
    d.quit()


def case_load(w, n=5000):
    """1,000 events a second, against a broker that allows 20 in flight."""
    broker = w.broker(in_flight=20)
    d = w.driver(broker.port)
    d.wait("connected to")
    start = time.monotonic()
    d.tell(f"pace {n} 1000")
    d.wait(f"posted {n}")
    check(not any(x.startswith("dropped") for x in d.lines), f"{d.lines[-3:]}")
    events = w.watcher.wait_events(n)
    took = time.monotonic() - start
    check(len(events) == n, "without an outage nothing comes twice")
    check(not any(e["replayed"] for e in events), "replayed without an outage")
    ages = sorted(e["age_ms"] for e in events)
    print(f"{n} events in {took:.1f} s; age p50 {ages[n // 2]} p99 {ages[n * 99 // 100]} max {ages[-1]} ms; "
          f"peak RSS {d.rss_kib()} KiB")
    check(d.wait_stats(lambda s: s["unsent"] == 0)["lost"] == 0, "lost")
    d.quit()


def case_latency(w):
    """One event in an idle system, its commit included."""
    broker = w.broker()
    d = w.driver(broker.port)
    d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
    took = []
    for n in range(1, 201):
        start = time.monotonic()
        d.tell("event start")
        w.watcher.wait(lambda k=n: len(w.watcher.events()) >= k, PATIENCE_S, f"event {n}")
        took.append((w.watcher.messages[-1].at - start) * 1000)
    took.sort()
    print(f"p50 {took[100]:.1f} p90 {took[180]:.1f} p99 {took[198]:.1f} max {took[-1]:.1f} ms")
    plain = w.plain_latency(broker)
    print(f"what the machine takes for a message that is stored nowhere: {plain:.1f} ms")
    check(took[100] < max(50, 10 * plain), "an event takes long even at rest")
    d.quit()


def case_order(w):
    broker = w.broker()
    d = w.driver(broker.port)
    d.wait_stats(lambda s: s["acked"] >= 1, what="birth")
    for _ in range(50):
        d.tell("event start")
        d.tell(f"state {NODE}/porch/hostile ON")
        d.tell("event end")
        d.tell(f"state {NODE}/porch/last_event x")
        d.tell(f"state {NODE}/porch/hostile OFF")
    w.watcher.wait(lambda: sum(m.topic.endswith("/hostile") for m in w.watcher.messages) == 100, PATIENCE_S, "states")
    words = []
    for m in w.watcher.messages:
        leaf = m.topic.rsplit("/", 1)[1]
        words.append(m.json["event_type"] if leaf == "event" else m.text if leaf == "hostile" else leaf)
    check(words == ["availability"] + ["start", "ON", "end", "last_event", "OFF"] * 50, words[:20])
    d.quit()


def case_commands(w):
    broker = w.broker()
    port = str(broker.port)
    subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", port, "-q", "1", "-r", "-t", f"{NODE}/cmd/reload", "-m", "old"], check=True)
    d = w.driver(broker.port)
    d.wait_stats(lambda s: s["acked"] >= 1)
    until(lambda: "SUBSCRIBE from earshot-gate-3" in open(broker.log, encoding="utf-8").read(), PATIENCE_S, "SUBSCRIBE")
    subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", port, "-q", "1", "-t", f"{NODE}/cmd/snapshot", "-m", "{}"], check=True)
    check(d.wait("command") == "command snapshot {}", d.lines)
    w.watcher.wait_topic("/response", '{"ok": true}')
    done = subprocess.run(["mosquitto_rr", "-V", "5", "-p", port, "-q", "1", "-t", f"{NODE}/cmd/snapshot",
                           "-e", "elsewhere/answer", "-m", "again", "-W", str(PATIENCE_S)],
                          capture_output=True, text=True, check=True)
    check(done.stdout.strip() == '{"ok": true}', done)
    check(not any("old" in x for x in d.lines), "a retained command was obeyed")
    heard = len(w.watcher.messages)  # one that is too long is cut, and has its answer too
    subprocess.run(["mosquitto_pub", "-p", port, "-q", "1", "-t", f"{NODE}/cmd/snapshot", "-m", "long" * 900], check=True)
    check(d.wait("longlong") == "command snapshot " + ("long" * 900)[:1023], d.lines[-1])
    w.watcher.wait(lambda: any(m.topic.endswith("/response") for m in w.watcher.messages[heard:]), PATIENCE_S, "an answer")
    # Many at once while nobody takes them up: each is obeyed, in order.
    start, heard = d.mark(), len(w.watcher.messages)
    d.tell("pace 20 10")
    subprocess.run(["mosquitto_pub", "-p", port, "-q", "1", "-t", f"{NODE}/cmd/snapshot", "-l"], check=True, text=True,
                   input="".join(f"{i}\n" for i in range(30)))
    d.wait("command snapshot 29", start=start)
    said = [x.split()[-1] for x in d.lines[start:] if x.startswith("command")]
    check(said == [str(i) for i in range(30)], said)
    w.watcher.wait(lambda: sum(m.topic.endswith("/response") for m in w.watcher.messages[heard:]) == 30, PATIENCE_S, "30 answers")
    d.quit()


def case_tls(w):
    def certificate(name, *more):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        f"/CN={name}", "-keyout", w.path(name + ".key"), "-out", w.path(name + ".crt"),
                        *more], check=True, capture_output=True)
    certificate("server", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    certificate("client")
    certificate("other")
    tls = (f"cafile {w.path('client.crt')}\ncertfile {w.path('server.crt')}\n"
           f"keyfile {w.path('server.key')}\nrequire_certificate true\n")
    broker = w.broker(watched=False, extra=tls)
    os.environ["CREDENTIALS_DIRECTORY"] = w.path("")
    pair = {"cert_file": w.path("client.crt"), "key_file": "client.key"}  # the key is a credential
    d = w.driver(broker.port, store=None, scheme="mqtts", ca_file=w.path("other.crt"), **pair)
    check("certificate verify failed" in d.wait("TLS:"), d.lines)
    d.kill()
    d = w.driver(broker.port, scheme="mqtts", ca_file=w.path("server.crt"), **pair)
    d.tell("post 5")
    d.wait("connected to")
    d.wait_stats(lambda s: s["acked"] >= 6)
    # A reload without new files disturbs nothing; with new ones they are used at once.
    d.tell("refresh")
    check(d.wait_stats(lambda s: s["unsent"] == 0)["connects"] == 1, "no reason to connect anew")
    certificate("client", "-set_serial", "77")
    start = d.mark()
    d.tell("refresh")
    check("unknown ca" in d.wait("TLS", start=start) or "TLS files were replaced" in d.lines[start], d.lines[start:])
    broker.stop()
    broker.start()  # it knows the new one now
    d.wait("connected to", start=start)
    d.tell("post 5")
    d.wait_stats(lambda s: s["unsent"] == 0)
    d.quit()
    # The right authority, but for somebody else: the name in the URL counts.
    certificate("server", "-addext", "subjectAltName=DNS:elsewhere.test")
    broker.stop()
    broker.start()
    d = w.driver(broker.port, scheme="mqtts", ca_file=w.path("server.crt"), **pair)
    d.wait("its certificate does not hold the name 127.0.0.1")
    d.kill()
    d = w.driver(broker.port, scheme="mqtts", ca_file=w.path("server.crt"), server_name="elsewhere.test", wait=False)
    check("differs from the host" in d.wait("failed"), d.lines)


def case_websocket(w):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=ws",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", w.path("ws.key"), "-out", w.path("ws.crt")],
                   check=True, capture_output=True)
    plain, safe = free_port(), free_port()  # mosquitto 2.0.11 wants a plain listener beside them
    broker = w.broker(extra=f"listener {plain} 127.0.0.1\nprotocol websockets\n"
                            f"listener {safe} 127.0.0.1\nprotocol websockets\n"
                            f"certfile {w.path('ws.crt')}\nkeyfile {w.path('ws.key')}\n")
    check(broker.process.poll() is None, "the broker ended")
    for port, scheme, version, options in ((plain, "ws", "5", {}), (plain, "ws", "3.1.1", {}),
                                           (safe, "wss", "5", {"ca_file": w.path("ws.crt")})):
        d = w.driver(port, scheme=scheme, version=version, **options)
        d.tell("post 5")
        d.wait(f"connected to {scheme}:")
        d.wait_stats(lambda s: s["acked"] >= 6)
        d.quit()
    w.watcher.wait_events(15)


def case_properties(w):
    """What MQTT 5 lets us say besides: that it is text, that it is JSON, how long it is good for."""
    broker = w.broker()
    port = str(broker.port)
    with subprocess.Popen(["mosquitto_sub", "-V", "5", "-h", "127.0.0.1", "-p", port, "-q", "1", "-t", "earshot/#", "-C", "4",
                           "-W", str(PATIENCE_S), "-F", "%t|%C|%F|%E|%p"], stdout=subprocess.PIPE, text=True) as sub:
        until(lambda: "SUBSCRIBE from auto" in open(broker.log, encoding="utf-8").read(), PATIENCE_S, "SUBSCRIBE")
        d = w.driver(broker.port)
        d.wait_stats(lambda s: s["acked"] >= 1)
        d.tell('state earshot/gate-3/porch/state {"a":1}')
        d.tell('flash earshot/gate-3/health {"b":2}')
        d.tell("event start")
        said = {line.split("|")[0].rsplit("/", 1)[1]: line.rstrip("\n").split("|")[1:] for line in sub.stdout}
    d.quit()
    check(said["availability"] == ["", "1", "", "online"], said)
    check(said["state"] == ["application/json", "1", "", '{"a":1}'], said)
    check(said["health"][:2] == ["application/json", "1"] and 200 <= int(said["health"][2]) <= 300, said)
    check(said["event"][:3] == ["application/json", "1", ""], said)


def case_proxy_variables(w):
    """A proxy of the environment is not for MQTT."""
    import os
    os.environ["http_proxy"] = os.environ["https_proxy"] = "http://127.0.0.1:1/"
    broker = w.broker()
    d = w.driver(broker.port)
    d.wait("connected to")
    # Python ignores it too but gives it back to what it starts, as grep shows: the driver did it itself.
    inherited = subprocess.run(["grep", "SigIgn", "/proc/self/status"], capture_output=True, text=True, check=True).stdout
    with open(f"/proc/{d.process.pid}/status", encoding="ascii") as f:
        own = next(x for x in f if x.startswith("SigIgn"))
    bits = [int(x.split()[1], 16) >> (signal.SIGPIPE - 1) & 1 for x in (inherited, own)]
    check(bits == [0, 1], f"a broker that closes must not end the process: {inherited} {own}")
    d.process.send_signal(signal.SIGPIPE)
    d.tell("post 1")
    d.wait_stats(lambda s: s["acked"] >= 2)
    d.quit()


main(globals())
