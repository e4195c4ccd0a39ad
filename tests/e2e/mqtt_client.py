"""A small MQTT 3.1.1 client for tests: every message with its retain flag, its QoS
and the moment it came, in one ordered list; waiting on a condition, never sleeping."""

import json
import socket
import struct
import threading
import time

from port import PATIENCE_S


class Message:
    """place: where it stands among all that came; at, wall_at: when it came, in s."""

    def __init__(self, topic, payload, retained, qos, place):
        self.topic, self.payload, self.retained, self.qos, self.place = topic, payload, retained, qos, place
        self.at, self.wall_at = time.monotonic(), time.time()

    @property
    def text(self):
        return self.payload.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.payload)

    def __repr__(self):
        return f"<{self.topic}{' retained' if self.retained else ''} {self.payload[:300]!r}>"


def _length(n):
    out = b""
    while True:
        n, byte = divmod(n, 128)
        out += bytes([byte | (0x80 if n else 0)])
        if not n:
            return out


def _string(s):
    raw = s.encode() if isinstance(s, str) else s
    return struct.pack(">H", len(raw)) + raw


class Client:
    def __init__(self, port, client_id="", topics=("#",), will=None):
        self.messages = []
        self._cond = threading.Condition()
        self._closed = False
        self._acks = set()
        self._next_id = 1
        self._send_lock = threading.Lock()
        self._sock = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self._sock.settimeout(None)
        self._in = self._sock.makefile("rb")
        self._send(0x10, _string("MQTT") + bytes([4, 2]) + struct.pack(">H", 0) + _string(client_id))
        head, body = self._packet()
        if head != 0x20 or body[1] != 0:
            raise OSError(f"the broker refused us: {body!r}")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        for topic in topics:
            self.subscribe(topic)

    def _send(self, head, body):
        with self._send_lock:
            self._sock.sendall(bytes([head]) + _length(len(body)) + body)

    def _packet(self):
        head = self._in.read(1)
        if not head:
            raise OSError("closed")
        size = shift = 0
        while True:
            byte = self._in.read(1)[0]
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        return head[0], self._in.read(size)

    def _run(self):
        try:
            while True:
                head, body = self._packet()
                if head >> 4 == 3:
                    self._publish_came(head, body)
                elif head >> 4 in (4, 9, 11):
                    with self._cond:
                        self._acks.add(struct.unpack(">H", body[:2])[0])
                        self._cond.notify_all()
        except (OSError, IndexError, ValueError):
            with self._cond:
                self._closed = True
                self._cond.notify_all()

    def _publish_came(self, head, body):
        n = struct.unpack(">H", body[:2])[0]
        topic, at, qos = body[2:2 + n].decode(), 2 + n, head >> 1 & 3
        if qos:
            self._send(0x40, body[at:at + 2])
            at += 2
        with self._cond:
            self.messages.append(Message(topic, body[at:], bool(head & 1), qos, len(self.messages)))
            self._cond.notify_all()

    def _id(self):
        with self._cond:
            self._next_id = self._next_id % 65535 + 1
            self._acks.discard(self._next_id)
            return self._next_id

    def _acked(self, packet_id, timeout=PATIENCE_S):
        with self._cond:
            if not self._cond.wait_for(lambda: packet_id in self._acks or self._closed, timeout) \
                    or self._closed:
                raise OSError("no acknowledgement")

    def subscribe(self, topic):
        packet_id = self._id()
        self._send(0x82, struct.pack(">H", packet_id) + _string(topic) + b"\x01")
        self._acked(packet_id)

    def publish(self, topic, payload, retain=False):
        packet_id = self._id()
        raw = payload if isinstance(payload, bytes) else payload.encode()
        self._send(0x32 | int(retain), _string(topic) + struct.pack(">H", packet_id) + raw)
        self._acked(packet_id)

    def wait(self, want, timeout=PATIENCE_S, start=0):
        """The first message from place `start` on for which want(message) is true."""
        found = []

        def look():
            for i in range(look.at, len(self.messages)):
                look.at = i + 1
                if want(self.messages[i]):
                    found.append(self.messages[i])
                    return True
            return self._closed

        look.at = start
        with self._cond:
            self._cond.wait_for(look, timeout)
        if not found:
            seen = "\n  ".join(map(repr, self.messages[-30:]))
            raise AssertionError(f"nothing fitting came within {timeout} s; the last were\n  {seen}")
        return found[0]

    def wait_topic(self, end, value=None, timeout=PATIENCE_S, start=0):
        return self.wait(lambda m: m.topic.endswith(end) and (value is None or m.text == value),
                         timeout, start)

    def mark(self):
        with self._cond:
            return len(self.messages)

    def on(self, end, start=0):
        with self._cond:
            return [m for m in self.messages[start:] if m.topic.endswith(end)]

    def close(self):
        try:
            self._send(0xE0, b"")
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._thread.join(5)
        self._in.close()
        self._sock.close()
