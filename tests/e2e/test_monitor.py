#!/usr/bin/python3
"""earshot monitor: of a broker and of a source; for people on a terminal, for programs as lines."""

import json
import os
import pty
import re
import select
import subprocess
import time
import unittest

import publisher_world
from harness import MODEL, PATIENCE_S, TOOL, World, decode, manifest, silence
from terminal import read_all, screen
from test_flow import hostile_pcm
from test_tool import tool


class Monitor(unittest.TestCase):
    def test_broker(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port)
            c.publish("earshot/n/availability", "online", retain=True)
            p = subprocess.Popen([TOOL, "monitor", "--json", "--broker",
                                  f"mqtt://127.0.0.1:{broker.port}"], stdout=subprocess.PIPE)
            self.assertEqual(json.loads(p.stdout.readline()),
                             {"topic": "earshot/n/availability", "payload": "online"})
            c.publish("earshot/n/porch/event", json.dumps({"label": "threat"}))
            self.assertEqual(json.loads(p.stdout.readline())["payload"], {"label": "threat"})
            p.terminate()
            self.assertEqual(p.wait(PATIENCE_S), 0)
            p.stdout.close()

    def test_broker_that_is_away(self):
        """What is wrong is said once, with what to do, however often it is tried."""
        p = subprocess.Popen([TOOL, "monitor", "--json", "--broker", "mqtt://127.0.0.1:1"], text=True,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        first = p.stderr.readline()
        self.assertRegex(first, "monitor: mqtt://127.0.0.1:1: not reachable; are host and port in --broker right")
        self.assertEqual(select.select([p.stderr], [], [], 4)[0], [], "another line")
        p.terminate()
        self.assertEqual(p.wait(PATIENCE_S), 0)
        p.stderr.close()

    def test_url_that_is_none(self):
        """Who wrote an option is told of that, and never hears a password again."""
        for url, want in (("gopher://h", "the URL does not begin with mqtt:// mqtts:// ws:// or wss://"),
                          ("mqtt://me:hunter2@h", "the URL holds a user: name and password file are given apart from it"),
                          ("mqtt://h:0", "mqtt://h:0: the port is not a number from 1 to 65535")):
            done = subprocess.run([TOOL, "monitor", "--broker", url], capture_output=True, text=True, timeout=PATIENCE_S)
            self.assertEqual((done.returncode, done.stderr), (64, f"earshot: --broker: {want}\n"))

    def test_password(self):
        """All of it and nothing but the one line feed behind it."""
        with World() as w:
            password = "long " * 80
            broker = publisher_world.Broker(w.folder, login=("nurse", password)).start()
            w.also(broker.stop)
            place = w.path("password")

            def first_line(text):
                with open(place, "w", encoding="ascii") as f:
                    f.write(text)
                p = subprocess.Popen([TOOL, "monitor", "--json", "--broker", f"mqtt://127.0.0.1:{broker.port}", "--username",
                                      "nurse", "--password-file", place], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                w.also(lambda: (p.kill(), p.wait(PATIENCE_S), p.stdout.close()))
                return p.stdout.readline()

            publish = ["mosquitto_pub", "-h", "127.0.0.1", "-p", str(broker.port), "-u", "nurse", "-P", password, "-r",
                       "-t", "earshot/n/availability", "-m", "online"]
            subprocess.run(publish, check=True, timeout=PATIENCE_S)
            self.assertEqual(json.loads(first_line(password + "\n"))["payload"], "online")
            self.assertRegex(first_line(password + "\n\n"), b"refused: .*; are --username and --password-file")
            for path, code, word in ((w.folder, 66, "is no regular file"), (w.path("none"), 66, "No such file"),
                                     (w.wav("vast", silence(1)), 64, "too large (expected at most 4096 bytes)")):
                done = subprocess.run([TOOL, "monitor", "--password-file", path], capture_output=True, text=True, timeout=PATIENCE_S)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertRegex(done.stderr, f"^earshot: --password-file {path}: .*{re.escape(word)}")

    def test_reader_that_sleeps(self):
        """What finds no room on its way to a slow reader is counted, so that nobody takes the rest for all."""
        with World() as w:
            port = w.broker().port
            p = subprocess.Popen([TOOL, "monitor", "--json", "--broker", f"mqtt://127.0.0.1:{port}"], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
            w.also(lambda: (p.kill(), p.wait(PATIENCE_S), p.stdout.close(), p.stderr.close()))
            w.client(port, topics=()).publish("earshot/n/availability", "online", retain=True)
            self.assertIn(b"online", p.stdout.readline())
            said = b"".join(b'{"seq":%d,"fill":"%s"}\n' % (i, b"x" * 1000) for i in range(2000))
            subprocess.run(["mosquitto_pub", "-p", str(port), "-q", "1", "-t", "earshot/n/s/event", "-l"], input=said, check=True,
                           timeout=PATIENCE_S)
            raw, n_came, n_lost, end = {p.stdout: b"", p.stderr: b""}, 0, 0, time.monotonic() + PATIENCE_S
            while n_came + n_lost < 2000 and time.monotonic() < end:
                for f in select.select([p.stdout, p.stderr], [], [], 1)[0]:
                    raw[f] += os.read(f.fileno(), 65536)
                n_came = raw[p.stdout].count(b"\n")
                n_lost = sum(int(n) for n in re.findall(rb"monitor: (\d+) messages? lost: the output ", raw[p.stderr]))
            self.assertEqual(n_came + n_lost, 2000, (n_came, n_lost))
            self.assertGreater(n_came, 1024, "there is room for so many")
            self.assertGreater(n_lost, 0, "more room than there should be, or a test that says too little")
            seq = [json.loads(line)["payload"]["seq"] for line in raw[p.stdout].splitlines()]
            self.assertEqual(seq, sorted(set(seq)))
            p.terminate()
            self.assertEqual(p.wait(PATIENCE_S), 0)

    def test_screen_that_nobody_reads(self):
        """A terminal that takes nothing holds the monitor up; what it misses meanwhile stands on the screen."""
        with World() as w:
            port = w.broker().port
            c = w.client(port, topics=())

            tried = []

            def look(g):
                """The terminal is not read as long as this runs."""
                if any("connected" in line or " lost" in line for line in g) and time.monotonic() - (tried or [0])[-1] > 5:
                    for i in range(10):  # screens: the monitor waits for who reads the first ones
                        c.publish("earshot/n/s/event", json.dumps({"event_type": "start", "label": f"n{i}"}))
                        select.select([], [], [], 0.22)
                    subprocess.run(["mosquitto_pub", "-p", str(port), "-q", "1", "-t", "earshot/n/s/event", "-l"],
                                   input=b"{}\n" * 3000, check=True, timeout=PATIENCE_S)
                    tried.append(time.monotonic())
                return any(re.search(r"  \d+ messages lost  ", line) for line in g)

            shown = screen(TOOL, "monitor", "--broker", f"mqtt://127.0.0.1:{port}", until=look)
            self.assertRegex(shown[0], r"^earshot monitor  mqtt://127\.0\.0\.1:\d+  \d+ messages lost +\d\d:\d\d:\d\d$")

    def test_source(self):
        with World() as w:
            out = tool("monitor", "--json", "--model", MODEL, w.wav("a.wav", decode(manifest()[0]["path"])))
            lines = [json.loads(x) for x in out.splitlines()]
            self.assertTrue(any("scores" in x for x in lines))
            tool("monitor", "--model", MODEL, w.path("none.wav"), code=66)
            done = subprocess.run([TOOL, "monitor", "--model", MODEL, "alsa:hw:CARD=Nobody"], capture_output=True,
                                  stdin=subprocess.DEVNULL, timeout=PATIENCE_S, text=True)
            self.assertEqual((done.returncode, done.stderr), (69, "earshot: no capture device hw:CARD=Nobody; "
                             "`earshot devices` prints the url of each device that is there\n"))

    def test_terminal(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=())
            url = f"mqtt://127.0.0.1:{broker.port}"
            event = {"event_type": "start", "label": "aggressive_voice", "peak": 0.931, "duration_ms": 0,
                     "end_reason": None, "scores": {"threat": 0.5, "abuse": 0.25, "hate": 0.0, "order": 0.125,
                                                    "aggressive_voice": 0.931}}

            def say(n):
                for i in range(n):
                    name = f"s{i}" + "x" * 60
                    for leaf, body in (("state", {"state": "online", "dbfs": -31.25}), ("event", event),
                                       ("health", {"dbfs": -31.25, "near_misses": 100000 + i})):
                        c.publish(f"earshot/n/{name}/{leaf}", json.dumps(body), retain=True)
                    c.publish(f"earshot/n/{name}/hostile", "ON", retain=True)

            say(1)
            few = screen(TOOL, "monitor", "--broker", url, until=lambda g: any(
                re.match("s0x.* online .* ON  9999  agg", line) for line in g) and any("start" in line for line in g))
            source = next(i for i, line in enumerate(few) if line.startswith("s0x"))
            self.assertRegex(few[source], r"^s0x+ online   #+-+  -31\.[23]  ON  9999  aggressive_v 0\.93$")
            self.assertEqual(few[source + 1], "   threat 0.50 abuse 0.25 hate 0.00 order 0.12 aggressive_ 0.93")
            self.assertRegex(few[source + 3], r"^\d\d:\d\d:\d\d  s0x+ +start +aggressive_voice 0\.93")
            say(14)
            many = screen(TOOL, "monitor", "--broker", url, until=lambda g: "and 2 more, 2 of them ON" in g and
                          sum("9999" in line for line in g) == 12 and sum("start" in line for line in g) >= 6)
            self.assertEqual(sum("start" in line for line in many), 24 - 5 - 12 - 1)
            self.assertEqual(many[23], "Ctrl-C ends")

    def lines(self, w, port, messages, *args):
        """What the tool prints of these, (topic, payload) each, a line each."""
        p = subprocess.Popen([TOOL, "monitor", *args, "--broker", f"mqtt://127.0.0.1:{port}"], stdout=subprocess.PIPE)
        w.also(lambda: (p.kill(), p.wait(PATIENCE_S), p.stdout.close()))
        c = w.client(port, topics=())
        c.publish("earshot/n/s/event", "{}", retain=True)
        out = []
        for message in [None, *messages]:
            if message:
                c.publish(*message)
            self.assertTrue(select.select([p.stdout], [], [], PATIENCE_S)[0], f"nothing is said of {message}")
            out.append(p.stdout.readline())
        return out[1:]  # with the first it listens

    def test_words_of_strangers(self):
        """They come as text: one line each for programs, and nothing of them moves a cursor."""
        payloads = [b'{"state":"\\u001b[2J"}', b"{\x1b]52;c;eA==\x07", b'{"a":1,\n"b":2}', b"{oops", b'{"a":1} {"b":2}',
                    b'{"a":"\x1b[2J\x7f\xc2\x9b2J\x9b\xff"}', b'{\x1b"a"\x1b:1}', b"\xc2\x9b2J",
                    b'{"seq":1764178000123456,"peak":0.9312}']
        with World() as w:
            port = w.broker().port
            said = self.lines(w, port, [("earshot/n/s/event", p) for p in payloads], "--json")
            for line in said:
                self.assertFalse(re.search(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", line), line)
            self.assertEqual([json.loads(line)["payload"] for line in said], [
                {"state": "\x1b[2J"}, "{\x1b]52;c;eA==\x07", {"a": 1, "b": 2}, "{oops", '{"a":1} {"b":2}',
                {"a": "\x1b[2J\x7f\x9b2J\ufffd\ufffd"}, {"a": 1}, "\x9b2J", {"seq": 1764178000123456, "peak": 0.9312}])
            words = {"event_type": "st\x1b", "label": "\x9b2J\x1b[?1049l"}
            for line in self.lines(w, port, [("earshot/n/s/event", json.dumps(words, ensure_ascii=e)) for e in (True, False)]):
                self.assertRegex(line, rb"^\d\d:\d\d:\d\d  s +st\?    \?2J\?\[\?1049l nan")
            c = w.client(port, topics=())
            c.publish("earshot/n/s/state", json.dumps({"state": "\x1b[2J\x9b"}), retain=True)
            c.publish("earshot/n/s/scores", json.dumps({"scores": {"\x1b[?1049l": 0.5, "\x9b": 0.25}}), retain=True)
            shown = screen(TOOL, "monitor", "--broker", f"mqtt://127.0.0.1:{port}",
                           until=lambda g: any("?[2J" in line for line in g) and any("0.25" in line for line in g))
            self.assertIn("   ?[?1049l 0.50 ? 0.25", shown)

    def test_many_sources_as_lines(self):
        """Each event is told, whether or not a screen would have a row for its source."""
        with World() as w:
            event = json.dumps({"event_type": "start", "label": "threat", "peak": 0.93, "duration_ms": 0})
            said = self.lines(w, w.broker().port, [(f"earshot/n/s{i}/event", event) for i in range(13)] +
                              [("earshot/other/s0/event", event)])
            for i, line in enumerate(said[:13]):
                self.assertRegex(line.decode(), rf"^\d\d:\d\d:\d\d  s{i} +start  threat 0\.93  0\.0 s")
            self.assertRegex(said[13].decode(), r"^\d\d:\d\d:\d\d  other/s0 +start  threat 0\.93  0\.0 s")

    def test_several_nodes(self):
        """A source of the same name on another node is another one, and an order is none."""
        with World() as w:
            port = w.broker().port
            c = w.client(port, topics=())
            far = "far" * 20
            for place, word in ("a/cmd/mute", "porch"), ("a/porch/hostile", "ON"), ("b/porch/hostile", "OFF"), \
                    (f"{far}/long-source-name/hostile", "ON"):
                c.publish(f"earshot/{place}", word, retain=True)
            shown = screen(TOOL, "monitor", "--broker", f"mqtt://127.0.0.1:{port}",
                           until=lambda g: sum(" ON " in line or " off " in line for line in g) >= 3)
            rows = {line.split()[0]: line.split()[4] for line in shown if " ON " in line or " off " in line}
            self.assertEqual(rows, {"a/porch": "ON", "b/porch": "off", "farfarfarfa/long-source-": "ON"})
            self.assertIn("NODE/SOURCE              STATE    LEVEL      dBFS  HOT NEAR  HIGHEST", shown)

    def behind_the_screen(self, url, *codes):
        """What is left on a terminal that was given back."""
        master, slave = pty.openpty()
        p = subprocess.Popen([TOOL, "monitor", "--model", MODEL, url], stdin=slave, stdout=slave, stderr=slave,
                             env=dict(os.environ, TERM="xterm"))
        os.close(slave)
        raw = read_all(master)
        self.assertIn(p.wait(PATIENCE_S), codes)
        return raw.decode().rsplit("\x1b[?1049l", 1)[-1]

    def test_recording_on_a_terminal(self):
        """It is over in no time, and what was found does not go with the screen."""
        with World() as w:
            self.assertRegex(self.behind_the_screen(w.wav("h.wav", hostile_pcm() + silence(4)), 0),
                             r"(?s)source +start +\w+ 0\.\d\d.*source +end ")

    def test_failure_on_a_terminal(self):
        """What is said while the screen is the monitor's goes with it."""
        for url, text in (("alsa:hw:CARD=Nobody", "no capture device hw:CARD=Nobody; `earshot devices` prints"),
                          ("gopher://x", "not a source (expected alsa:DEVICE")):
            self.assertIn(text, self.behind_the_screen(url, 64, 65, 69))


if __name__ == "__main__":
    unittest.main(verbosity=2)
