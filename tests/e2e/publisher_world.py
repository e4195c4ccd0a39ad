"""A world for the publisher: a mosquitto that can be killed and comes back with its
sessions, a proxy that can fall silent in either direction, the driver program, and a
watcher whose session the broker keeps, which sees every message that the broker took."""

import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

from brokers import KINDS
from mqtt_client import Client, Message, _length, _string
from port import PATIENCE_S, connectable, free_port, until

NODE = "earshot/gate-3"


class Broker:
    """Its sessions survive stop(), and since save() also kill(); unless it is not persistent."""

    version = "5"

    def __init__(self, folder, extra="", in_flight=0, login=None, persistent=True):
        self.folder, self.port, self.process = folder, free_port(), None
        self.conf = os.path.join(folder, "mosquitto.conf")
        self.database = os.path.join(folder, "mosquitto.db")
        self.log = os.path.join(folder, "mosquitto.log")
        if login:
            subprocess.run(["mosquitto_passwd", "-b", "-c", os.path.join(folder, "passwords"), *login], check=True)
            extra += f"\npassword_file {folder}/passwords"
        with open(self.conf, "w", encoding="ascii") as f:
            f.write(f"user root\npersistence {str(persistent).lower()}\npersistence_location {folder}/\n"
                    f"max_inflight_messages {in_flight}\nmax_queued_messages 1000000\n"
                    f"allow_anonymous {'false' if login else 'true'}\n"
                    f"listener {self.port} 127.0.0.1\n{extra}\n")

    def start(self):
        exe = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([exe, "-c", self.conf, "-v"], stdout=log, stderr=log)
        until(lambda: connectable(self.port) or self.process.poll() is not None, PATIENCE_S, "mosquitto")
        if self.process.poll() is not None:
            with open(self.log, encoding="utf-8") as f:
                raise AssertionError("mosquitto did not start: " + f.read()[-800:])
        return self

    def save(self):
        before = os.path.getmtime(self.database) if os.path.exists(self.database) else 0
        self.process.send_signal(signal.SIGUSR1)
        until(lambda: os.path.exists(self.database) and os.path.getmtime(self.database) > before
              and not os.path.exists(self.database + ".new"), PATIENCE_S, "the broker's database")

    def said(self, words):
        """How often, in its log."""
        with open(self.log, encoding="utf-8") as f:
            return f.read().count(words)

    def stop(self, sig=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(sig)
            self.process.wait(PATIENCE_S)

    def kill(self):
        self.stop(signal.SIGKILL)


class Stall:
    """A relay to the broker. `flow` cleared: it holds back what the broker says;
    `arrive` cleared: also what it is told. after(n): n more bytes of the broker pass.
    cut(): what is connected now is dead for ever, without a word to either side; `open`
    cleared: who comes is turned away."""

    def __init__(self, target):
        self.target, self.left = target, None
        self.flow, self.arrive, self.open = threading.Event(), threading.Event(), threading.Event()
        for event in (self.flow, self.arrive, self.open):
            event.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.sockets, self.connections = [], 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            try:
                if not self.open.is_set():
                    raise OSError
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                near.close()
                continue
            self.sockets += [near, far]
            self.connections += 1
            threading.Thread(target=self._relay, args=(near, far, self.arrive), daemon=True).start()
            threading.Thread(target=self._relay, args=(far, near, self.flow), daemon=True).start()

    def drop(self):
        """What is held back towards the broker is lost, as with a cut cable."""
        for s in self.sockets:
            s.close()
        self.arrive.set()

    def cut(self):
        self.flow.clear()
        self.arrive.clear()
        self.flow, self.arrive = threading.Event(), threading.Event()
        self.flow.set()
        self.arrive.set()

    def after(self, n):
        self.left = n

    def _relay(self, a, b, gate):
        try:
            while data := a.recv(65536):
                if gate is self.flow and self.left is not None:
                    b.sendall(data[:self.left])
                    data, self.left = data[self.left:], max(0, self.left - len(data))
                    if self.left == 0:
                        gate.clear()
                        self.left = None
                gate.wait()
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.flow.set()
        self.arrive.set()
        self.listener.close()
        for s in self.sockets:
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Watcher:
    """Subscribes earshot/# at QoS 1 with a session that the broker keeps, and comes
    back whenever the connection ends. messages: all that came, in order."""

    def __init__(self, port):
        self.port, self.messages, self.connections = port, [], 0
        self.newest = 0  # seq of the last event
        self.cond = threading.Condition()
        self.closed, self.sock = False, None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        self.wait(lambda: self.connections > 0, PATIENCE_S, "the watcher's connection")

    def _run(self):
        while not self.closed:
            try:
                self._session()
            except (OSError, IndexError, struct.error):
                pass
            select.select([], [], [], 0.02)

    def _session(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S) as self.sock:
            self.sock.settimeout(None)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # its PUBACKs would wait for each other
            stream = self.sock.makefile("rb")
            body = _string("MQTT") + bytes([4, 0]) + struct.pack(">H", 0) + _string("watcher")
            self.sock.sendall(b"\x10" + _length(len(body)) + body)
            topic = struct.pack(">H", 1) + _string("earshot/#") + b"\x01"
            self.sock.sendall(b"\x82" + _length(len(topic)) + topic)
            while True:
                head = stream.read(1)[0]
                size = shift = 0
                while True:
                    byte = stream.read(1)[0]
                    size |= (byte & 0x7F) << shift
                    shift += 7
                    if not byte & 0x80:
                        break
                self._packet(head, stream.read(size))

    def _packet(self, head, body):
        if head >> 4 == 9:
            with self.cond:
                self.connections += 1
                self.cond.notify_all()
        if head >> 4 != 3:
            return
        n = struct.unpack(">H", body[:2])[0]
        at = 2 + n
        packet_id = body[at:at + 2]
        at += 2 if head >> 1 & 3 else 0
        with self.cond:
            self.messages.append(Message(body[2:2 + n].decode(), body[at:], bool(head & 1), head >> 1 & 3,
                                         len(self.messages)))
            if self.messages[-1].topic.endswith("/event"):
                self.newest = self.messages[-1].json["seq"]
            self.cond.notify_all()
        try:
            if head >> 1 & 3:
                self.sock.sendall(b"\x40\x02" + packet_id)
        except OSError:
            pass  # the broker is gone, but what it said before is still to be read

    def wait(self, want, timeout, what):
        with self.cond:
            if not self.cond.wait_for(want, timeout):
                seen = "\n  ".join(map(repr, self.messages[-12:]))
                raise AssertionError(f"not within {timeout} s: {what}; the last were\n  {seen}")

    def wait_topic(self, end, text, timeout=PATIENCE_S, start=0):
        self.wait(lambda: any(m.topic.endswith(end) and m.text == text for m in self.messages[start:]),
                  timeout, f"{end} {text}")

    def events(self):
        with self.cond:
            return [m.json for m in self.messages if m.topic.endswith("/event")]

    def wait_events(self, last, timeout=PATIENCE_S):
        """Until every seq from 1 to last was seen; the events."""
        seen, at = set(), [0]

        def complete():
            for m in self.messages[at[0]:]:
                if m.topic.endswith("/event"):
                    seen.add(m.json["seq"])
            at[0] = len(self.messages)
            return len(seen) >= last

        try:
            self.wait(complete, timeout, f"{last} events")
        except AssertionError as e:
            missing = sorted(set(range(1, last + 1)) - seen)
            raise AssertionError(f"{len(missing)} events are missing: {missing[:40]}\n{e}") from None
        events = self.events()
        print(f"sent {last} received {len(events)} duplicated {len(events) - len(seen)} "
              f"lost {last - len(seen)}")
        if seen != set(range(1, last + 1)):
            raise AssertionError(f"invented: {sorted(seen - set(range(1, last + 1)))[:20]}")
        return events

    def close(self):
        self.closed = True
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.thread.join(5)


class Driver:
    def __init__(self, exe, url, store=None, env=None, wait=True, **options):
        # What a busy machine makes late is no fault; who tests a deadline sets it.
        options = {"backoff_min_ms": 100, "backoff_max_ms": 400, "ack_deadline_ms": 60000, "connect_deadline_ms": 60000,
                   "stop_deadline_ms": 60000, **options}
        args = [exe, "--url", url]
        if store:
            args += ["--store", store]
        for key, value in options.items():
            args += ["--" + key.replace("_", "-"), str(value)]
        self.process = subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **(env or {})})
        self.lines, self.cond, self.ended = [], threading.Condition(), False
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        if wait:
            self.first_seq = int(self.wait("ready")[6:])

    def _run(self):
        for line in self.process.stdout:
            with self.cond:
                self.lines.append(line.rstrip("\n"))
                self.cond.notify_all()
        with self.cond:
            self.ended = True
            self.cond.notify_all()

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def wait(self, word, timeout=PATIENCE_S, start=0):
        """The first line that holds word, from line number start on."""
        found = []
        with self.cond:
            self.cond.wait_for(lambda: found.extend(x for x in self.lines[start:] if word in x) or found
                               or self.ended, timeout)
            if not found:
                raise AssertionError(f"the driver never said {word!r}: {self.lines[-10:]}")
        return found[0]

    def mark(self):
        with self.cond:
            return len(self.lines)

    def stats(self):
        start = self.mark()
        self.tell("stats")
        return json.loads(self.wait("stats", start=start)[6:])

    def wait_stats(self, want, timeout=PATIENCE_S, what=""):
        last = {}

        def look():
            last.update(self.stats())
            return want(last)
        try:
            until(look, timeout, what)
        except AssertionError as e:
            raise AssertionError(f"{e}: {last}") from None
        return last

    def rss_kib(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as f:
            return next(int(line.split()[1]) for line in f if line.startswith("VmHWM:"))

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE_S)
        self.thread.join(5)

    def quit(self, timeout=PATIENCE_S):
        if self.process.poll() is None:
            self.tell("quit")
            self.process.wait(timeout)
        self.thread.join(5)
        if self.process.returncode:
            raise AssertionError(f"the driver ended with {self.process.returncode}: {self.lines[-10:]}")


class World:
    """with World(exe) as w: …; whatever was started is stopped, in reverse order."""

    def __init__(self, exe):
        self.exe, self.undo, self.version, self.marks = exe, [], "5", 0
        self.folder = tempfile.mkdtemp(prefix="earshot-publisher-")

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        for undo in reversed(self.undo):
            try:
                undo()
            except (OSError, AssertionError, subprocess.SubprocessError) as e:
                print("while clearing up:", e)
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def broker(self, watched=True, **options):
        """Running, with the watcher's session in it; w.watcher is the watcher."""
        make = KINDS.get(os.environ.get("EARSHOT_BROKER"), Broker)
        b = make(self.folder, **options)
        self.version = b.version
        self.undo.append(b.stop)
        b.start()
        if watched:
            self.watch(b)
            b.save()
        return b

    def caught_up(self, broker):
        """The watcher has what the broker has acknowledged: killed before, the broker would lose
        that, and nobody else could bring it back."""
        acked = broker.said("Sending PUBACK to earshot-")
        self.watcher.wait(lambda: len(self.watcher.messages) >= acked, PATIENCE_S, f"{acked} messages at the watcher")

    def mark(self, broker):
        """What the broker took before this came to the watcher before this returns."""
        self.marks += 1
        subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(broker.port), "-q", "1", "-t", "earshot/mark", "-m",
                        str(self.marks)], check=True)
        self.watcher.wait_topic("earshot/mark", str(self.marks))
        return True

    def plain_latency(self, broker):
        """Of a message that no driver and no store has part in, p50 in ms."""
        client, took = Client(broker.port, topics=()), []
        for _ in range(50):
            seen, start = len(self.watcher.messages), time.monotonic()
            client.publish(f"{NODE}/mark", "x")
            self.watcher.wait(lambda s=seen: len(self.watcher.messages) > s, PATIENCE_S, "a mark")
            took.append((self.watcher.messages[-1].at - start) * 1000)
        client.close()
        return sorted(took)[25]

    def watch(self, broker):
        self.watcher = Watcher(broker.port)
        self.undo.append(self.watcher.close)

    def stall(self, broker):
        s = Stall(broker.port)
        self.undo.append(s.close)
        return s

    def driver(self, port, store="events.db", scheme="mqtt", host="127.0.0.1", **options):
        options.setdefault("version", self.version)
        d = Driver(self.exe, f"{scheme}://{host}:{port}", store and self.path(store), **options)
        self.undo.append(d.kill)
        return d


def main(cases):
    """FILE DRIVER CASE [NUMBER]: that one of the cases, in a world of its own."""
    name = sys.argv[2]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with World(sys.argv[1]) as w:
        cases["case_" + name](w, *map(int, sys.argv[3:]))
    print(f"{name}: passed")
