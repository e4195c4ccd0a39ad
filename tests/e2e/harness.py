"""A world for the daemon: a real mosquitto on a free loopback port, a gate in front of
it that can be shut, a notify socket in place of systemd, recordings as live sources,
and earshotd itself with a generated configuration. Everything waits on events."""

import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time

import schema
from mqtt_client import Client
from port import PATIENCE_S, connectable, free_port, until

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("EARSHOT_BUILD", os.path.join(ROOT, "build"))
DATA = os.path.join(ROOT, "tests", "data")
MODEL = os.environ.get("EARSHOT_MODEL", os.path.join(ROOT, "infer", "models", "hostile-en.gguf"))
DAEMON = os.path.join(BUILD, "daemon", "earshotd")
TOOL = os.path.join(BUILD, "daemon", "tool", "earshot")
NODE = "test-node"
PREFIX = f"earshot/{NODE}"
RATE = 16000
for _name in ("http_proxy", "https_proxy", "all_proxy"):  # servers of the tests are here, and no proxy knows them
    os.environ.pop(_name, None)
    os.environ.pop(_name.upper(), None)


def decode(path):
    """Any recording as s16le, 16 kHz, mono."""
    return subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "s16le", "-ar", str(RATE),
                           "-ac", "1", "-"], check=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE).stdout


def write_wav(path, pcm):
    with open(path, "wb") as f:
        f.write(b"RIFF" + (36 + len(pcm)).to_bytes(4, "little") + b"WAVEfmt " +
                (16).to_bytes(4, "little") + (1).to_bytes(2, "little") * 2 +
                RATE.to_bytes(4, "little") + (RATE * 2).to_bytes(4, "little") +
                (2).to_bytes(2, "little") + (16).to_bytes(2, "little") + b"data" +
                len(pcm).to_bytes(4, "little") + pcm)


def silence(seconds):
    """Quiet, but not digitally silent: a room. The same on every call, and again every four seconds."""
    out, x, n = bytearray(), 12345, int(seconds * RATE)
    for _ in range(min(n, 4 * RATE)):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        out += ((x >> 16) % 5 - 2).to_bytes(2, "little", signed=True)
    return (bytes(out) * (n // (4 * RATE) + 1))[:2 * n]


def model_with_curve(path, thresholds, per_hour, hours):
    """The model, and in front of its keys those of a curve; a key of text fills up to 32 bytes."""
    def key(name, kind, value):
        return struct.pack("<Q", len(name)) + name.encode() + struct.pack("<I", kind) + value

    def floats(values):
        return struct.pack("<IQ", 6, len(values)) + struct.pack(f"<{len(values)}f", *values)

    with open(MODEL, "rb") as f:
        raw = f.read().replace(b"earshot.curve.", b"another.curve.")  # its own is told by another name
    keys = (key("earshot.curve.threshold", 9, floats(thresholds)) + key("earshot.curve.hours", 6, struct.pack("<f", hours)) +
            key("earshot.curve.false_alarms_per_hour", 9, floats(per_hour)) + key("x.fill", 8, b""))
    fill = 32 - (len(keys) + 8) % 32
    n_keys = struct.unpack("<Q", raw[16:24])[0] + 4
    with open(path, "wb") as f:
        f.write(raw[:16] + struct.pack("<Q", n_keys) + keys + struct.pack("<Q", fill) + b"." * fill + raw[24:])
    return path


def manifest():
    """The recordings of tests/data: a dict a row of manifest.tsv."""
    with open(os.path.join(DATA, "manifest.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return [dict(zip(rows[0], r), path=os.path.join(DATA, r[0])) for r in rows[1:]]


class Broker:
    def __init__(self, folder, port=None):
        self.port = port or free_port()
        conf = os.path.join(folder, "mosquitto.conf")
        with open(conf, "w", encoding="ascii") as f:
            f.write(f"listener {self.port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n")
        exe = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        self.log = os.path.join(folder, "mosquitto.log")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([exe, "-c", conf, "-v"], stdout=log, stderr=log)
        until(lambda: connectable(self.port) or self.process.poll() is not None, PATIENCE_S, "mosquitto")
        if self.process.poll() is not None:
            raise AssertionError("mosquitto did not start")

    def said(self, words):
        """How often, in its log."""
        with open(self.log, encoding="utf-8", errors="replace") as f:
            return f.read().count(words)

    def wait_subscribed(self, topic, times=1):
        """Until the daemon's subscription of that topic stands: who says something before is not heard."""
        until(lambda: self.said(f"earshot-{NODE} 1 {topic}\n") >= times, PATIENCE_S, f"{topic} subscribed")

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE_S)


class Gate:
    """A TCP relay to the broker. shut() cuts what is connected and refuses the rest."""

    def __init__(self, target):
        self.target, self.port = target, free_port()
        self._listener, self._pairs, self._lock = None, [], threading.Lock()

    def open(self):
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            with self._lock:
                if listener is not self._listener:
                    near.close()
                    far.close()
                    return
                self._pairs.append((near, far))
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._relay, args=(a, b), daemon=True).start()

    @staticmethod
    def _relay(a, b):
        try:
            while data := a.recv(65536):
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def shut(self):
        with self._lock:
            listener, self._listener = self._listener, None
            pairs, self._pairs = self._pairs, []
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for pair in pairs:
            for s in pair:
                try:
                    s.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                s.close()


class Notify:
    """What systemd would hear. A thread takes it in, so that the daemon never waits."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "notify.sock")
        self._sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._sock.bind(self.path)
        self._cond = threading.Condition()
        self.said, self._at = [], 0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        try:
            while data := self._sock.recv(65536):
                with self._cond:
                    self.said += data.decode().split("\n")
                    self._cond.notify_all()
        except OSError:
            pass

    def wait(self, word, timeout=PATIENCE_S, alive=lambda: True):
        """Waits for a line that begins with word, behind the one waited for last."""
        end = time.monotonic() + timeout
        with self._cond:
            while True:
                while self._at < len(self.said):
                    self._at += 1
                    if self.said[self._at - 1].startswith(word):
                        return self.said[self._at - 1]
                left = end - time.monotonic()
                if left <= 0 or not alive():
                    raise AssertionError(f"no {word} within {timeout} s; heard {self.said[-10:]}")
                self._cond.wait(min(left, 0.2))

    def close(self):
        self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()


class Feeder:
    """Writes PCM into a FIFO at the pace of a microphone."""

    def __init__(self, path, pcm, endless=False):
        os.mkfifo(path)
        self.path, self.pcm, self.endless = path, pcm, endless
        self.started = None  # wall time of the first sample
        self.late = 0  # s, at most, behind that pace: the machine is busy, or nobody reads
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        try:
            fd = os.open(self.path, os.O_WRONLY)
            self.started = time.time()
            begin, sent, step = time.monotonic(), 0, RATE * 2 // 20
            while not self._stop.is_set() and (self.endless or sent < len(self.pcm)):
                at = sent % len(self.pcm)
                sent += os.write(fd, self.pcm[at:at + step])
                ahead = begin + sent / (RATE * 2) - time.monotonic()
                self.late = max(self.late, -ahead)
                self._stop.wait(max(0, ahead))
            os.close(fd)
        except OSError:
            pass

    def close(self):
        self._stop.set()
        try:  # if nobody ever opened the other end
            os.close(os.open(self.path, os.O_RDONLY | os.O_NONBLOCK))
        except OSError:
            pass
        self._thread.join(5)


def to_yaml(value, indent=0):
    """JSON scalars are YAML scalars; keys of ours need no quotes."""
    pad = "  " * indent
    return "".join(f"{pad}{k}:\n{to_yaml(v, indent + 1)}" if isinstance(v, dict) and v
                   else f"{pad}{k}: {json.dumps(v)}\n" for k, v in value.items())


class Daemon:
    def __init__(self, folder, notify=None, settings=None, env=None, raw=None):
        self.folder, self.notify = folder, notify
        self.config = os.path.join(folder, "earshot.yaml")
        self.log_path = os.path.join(folder, "earshotd.log")
        state = os.path.join(folder, "state")
        os.makedirs(state, exist_ok=True)
        self.write(settings, raw)
        environ = {k: v for k, v in os.environ.items() if k not in ("NOTIFY_SOCKET", "WATCHDOG_USEC")}
        environ.update(STATE_DIRECTORY=state, **(env or {}))
        if notify:
            environ["NOTIFY_SOCKET"] = notify.path
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([DAEMON, "-c", self.config], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, env=environ)

    def write(self, settings, raw=None):
        with open(self.config, "w", encoding="utf-8") as f:
            f.write(raw if raw is not None else to_yaml(settings))

    @property
    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as f:
            return f.read()

    def alive(self):
        return self.process.poll() is None

    def wait_log(self, words, timeout=PATIENCE_S):
        """Until a whole line of the log holds these words."""
        end = time.monotonic() + timeout
        while words not in self.log.rpartition("\n")[0]:
            if time.monotonic() > end or not self.alive():
                raise AssertionError(f"not in the log within {timeout} s: {words}\n{self.log}")
            select.select([], [], [], 0.05)

    def ready(self, timeout=PATIENCE_S):
        try:
            self.notify.wait("READY=1", timeout, self.alive)
        except AssertionError as e:
            raise AssertionError(f"{e}\n{self.log}") from None

    def hup(self):
        self.process.send_signal(signal.SIGHUP)

    def rss_kib(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as f:
            return next(int(line.split()[1]) for line in f if line.startswith("VmRSS:"))

    def cpu_s(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, sig=signal.SIGTERM, timeout=PATIENCE_S):
        """The exit code, negative for a signal that killed it."""
        if self.alive():
            self.process.send_signal(sig)
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(PATIENCE_S)
            raise AssertionError(f"earshotd did not stop within {timeout} s\n{self.log}") from None


class World:
    """with World() as w: …; whatever was started is stopped, in reverse order."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="earshot-e2e-")
        self._undo = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        for undo in reversed(self._undo):
            try:
                undo()
            except (OSError, AssertionError, subprocess.SubprocessError) as e:
                print("while clearing up:", e)
        if kind and os.path.exists(os.path.join(self.folder, "earshotd.log")):
            with open(os.path.join(self.folder, "earshotd.log"), errors="replace") as f:
                print("--- earshotd said:\n" + f.read()[-6000:])
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def broker(self):
        b = Broker(self.folder)
        self._undo.append(b.stop)
        return b

    def gate(self, broker):
        g = Gate(broker.port)
        self._undo.append(g.shut)
        return g

    def client(self, port, **kw):
        c = Client(port, **kw)
        self._undo.append(c.close)
        return c

    def also(self, undo):
        self._undo.append(undo)

    def feeder(self, name, pcm, endless=False):
        f = Feeder(self.path(name), pcm, endless)
        self._undo.append(f.close)
        return f

    def wav(self, name, pcm):
        write_wav(self.path(name), pcm)
        return self.path(name)

    def settings(self, port, sources, **more):
        return {"node": NODE, "sources": sources, "model": {"path": MODEL},
                "mqtt": {"url": f"mqtt://127.0.0.1:{port}", "discovery": {"enabled": False}}, **more}

    def daemon(self, settings=None, env=None, raw=None):
        n = Notify(self.folder)
        self._undo.append(n.close)
        d = Daemon(self.folder, n, settings, env, raw)
        self._undo.append(lambda: d.alive() and (d.process.kill(), d.process.wait(PATIENCE_S)))
        return d


SCHEMAS = schema.load(os.path.join(ROOT, "config", "integrations", "schema"))


def check_payloads(messages):
    """Every message is what its schema promises; the words of the bare topics are right."""
    wrong = []
    for m in messages:
        leaf = m.topic.rsplit("/", 1)[1]
        if not m.payload:  # a retained topic of a source that is no more
            continue
        if leaf == "availability":
            wrong += [] if m.text in ("online", "offline") else [repr(m)]
        elif leaf == "hostile":
            wrong += [] if m.text in ("ON", "OFF") else [repr(m)]
        elif m.topic.startswith("earshot/"):
            body = m.json
            name = body.get("schema") or ("source_health.json" if m.topic.count("/") == 3
                                          else "node_health.json")
            known = SCHEMAS.get(name)
            wrong += [f"{m.topic}: no schema {name}"] if known is None else \
                [f"{m.topic}: {b}" for b in schema.breaches(body, known)]
    if wrong:
        raise AssertionError("\n".join(wrong[:20]))


def check_one(said, *lists):
    """It is what its schema promises; of a list so named only the beginning is looked at."""
    short = {k: v[:3] if k in lists else v for k, v in said.items()}
    wrong = list(schema.breaches(short, SCHEMAS[said["schema"]]))
    if wrong:
        raise AssertionError("\n".join(wrong[:20]))
    return said


def scan(*args, check=True):
    """earshot scan --json …: list of objects."""
    done = subprocess.run([TOOL, "scan", "--json", "--model", MODEL, *args], check=False,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if check and done.returncode:
        raise AssertionError(f"earshot scan ended with {done.returncode}: {done.stderr}")
    return [check_one(json.loads(line), "windows") for line in done.stdout.splitlines()]
