#!/usr/bin/python3
"""Asking the daemon on this box: test-alarm, why, events, and the door that they use."""

import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import stat
import subprocess
import time
import unittest

from harness import MODEL, PATIENCE_S, PREFIX, SCHEMAS, TOOL, World, check_one, free_port, schema, silence, until
from terminal import read_all
from test_flow import hostile_pcm


class Ask(unittest.TestCase):
    def run_tool(self, w, *args, code=0):
        env = dict(os.environ, STATE_DIRECTORY=w.path("state"))
        done = subprocess.run([TOOL, *args], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env=env, timeout=PATIENCE_S)
        self.assertEqual(done.returncode, code, (args, done.stdout, done.stderr))
        return done.stdout if code == 0 else done.stderr

    def quiet(self, w, port, **more):
        d = w.daemon(w.settings(port, {"porch": {"url": "file:" + w.wav("q.wav", silence(600))},
                                       "yard": {"url": "file:" + w.path("q.wav"), "enabled": False}},
                                **more))
        d.ready()
        return d

    def test_alarm_goes_the_whole_way(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            d = self.quiet(w, broker.port)
            out = self.run_tool(w, "test-alarm", "--wait", "60", "porch")
            self.assertRegex(out, r"^event [0-9A-Z]{26} raised, marked as a test\nits start and end are "
                             r"with the broker \(connected to mqtt://127.0.0.1:\d+\)")
            end = c.wait(lambda m: m.topic.endswith("/porch/event") and m.json["event_type"] == "end")
            c.wait_topic("/porch/hostile", "OFF", start=end.place)
            said = [m.json for m in c.on("/porch/event")]
            self.assertEqual([(e["event_type"], e["test"], e["id"]) for e in said],
                             [("start", True, out.split()[1]), ("end", True, out.split()[1])])
            second = json.loads(self.run_tool(w, "test-alarm", "--wait", "60", "--json"))
            self.assertEqual(second["delivered"], True)
            self.look_at_events(w, out.split()[1], second["event"])
            self.assertIn("no such source", self.run_tool(w, "test-alarm", "parch", code=69))
            self.assertEqual(d.stop(), 0)
            err = self.run_tool(w, "test-alarm", code=69)
            self.assertIn("no daemon runs here", err)
            self.assertEqual(len(self.run_tool(w, "events").splitlines()), 4, "without a daemon")
            if os.geteuid() == 0:
                self.look_as_somebody_else(w)

    def look_as_somebody_else(self, w):
        os.chmod(w.folder, 0o755)
        os.chmod(w.path("state"), 0o700)
        shutil.copy(TOOL, w.path("tool"))
        done = subprocess.run([w.path("tool"), "events", "--store", w.path("state/events.db")], capture_output=True,
                              text=True, user="nobody", stdin=subprocess.DEVNULL)
        self.assertEqual((done.returncode, done.stderr[-36:]), (77, "Permission denied; try it with sudo\n"))

    def look_at_events(self, w, first, second):
        listed = [json.loads(line) for line in self.run_tool(w, "events", "--json").splitlines()]
        for e in listed:
            self.assertEqual(list(schema.breaches(e, SCHEMAS["earshot.event/1"])), [])
        self.assertEqual([e["id"] for e in listed], [first, first, second, second])
        lines = self.run_tool(w, "events", "--source", "porch", "--since", "1h").splitlines()
        self.assertRegex(lines[0], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  porch +start +\w+ +1\.00  threshold 0\.\d\d  a test$")
        self.assertRegex(lines[1], r" end +\w+ +1\.00  [1-9]\d*\.\d s  quiet  a test$")
        self.assertEqual(self.run_tool(w, "events", "--source", "yard"), "")
        self.assertEqual(self.run_tool(w, "events", "--since", "2100-01-01"), "")
        self.assertIn("expected a duration such as 2h", self.run_tool(w, "events", "--since", "soon", code=64))
        self.look_by_settings(w)

    def look_by_settings(self, w):
        """Those that were asked for, or none: no other store is listed in their place."""
        for name, text, code, said in (("wrong.yaml", "store: 1\n", 78, "wrong.yaml:1:8: store: "),
                                       ("none.yaml", None, 66, "none.yaml: "),
                                       ("else.yaml", f"store: {{path: {w.path('else.db')}}}\n", 66, "else.db")):
            if text:
                with open(w.path(name), "w", encoding="ascii") as f:
                    f.write(text)
            done = subprocess.run([TOOL, "events", "--config", w.path(name)], capture_output=True, text=True,
                                  env=dict(os.environ, STATE_DIRECTORY=w.path("state")), stdin=subprocess.DEVNULL)
            self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
            self.assertIn(said, done.stderr)

    def test_broker_is_away(self):
        with World() as w:
            d = self.quiet(w, 1)
            d.wait_log("not reachable")
            err = self.run_tool(w, "test-alarm", "--wait", "1", code=69)
            self.assertIn("it waits in the store: mqtt://127.0.0.1:1: not reachable", err)
            lines = lambda: self.run_tool(w, "events").splitlines()
            until(lambda: len(lines()) == 2, PATIENCE_S, "both in the store")
            self.assertEqual([line.endswith("not at the broker yet") for line in lines()], [True] * 2)
            self.assertEqual(d.stop(), 0)

    def test_broker_that_acknowledges_nothing(self):
        """Connected is not delivered."""
        with World() as w:
            broker = w.broker()
            d = self.quiet(w, broker.port)
            d.wait_log("broker: connected")
            c = w.client(broker.port, topics=("earshot/#",))
            c.wait_topic("/porch/state")
            broker.process.send_signal(signal.SIGSTOP)
            w.also(lambda: broker.process.send_signal(signal.SIGCONT))
            err = self.run_tool(w, "test-alarm", "--wait", "1", code=69)
            self.assertIn("it waits in the store: connected to mqtt://", err)
            broker.process.send_signal(signal.SIGCONT)
            d.wait_log("over after")
            second = self.run_tool(w, "test-alarm", "--wait", "60").split()[1]
            self.assertGreaterEqual(broker.said(f"'{PREFIX}/porch/event'"), 4, "told before the broker had them")
            c.wait(lambda m: m.topic.endswith("/event") and m.json["id"] == second and m.json["event_type"] == "end")
            self.assertEqual(sorted({m.json["seq"] for m in c.on("/event")}), [1, 2, 3, 4])
            self.assertEqual(d.stop(), 0)

    def test_events_are_followed(self):
        with World() as w:
            broker = w.broker()
            d = self.quiet(w, broker.port)
            p = subprocess.Popen([TOOL, "events", "--follow", "--json", "--store", w.path("state/events.db")],
                                 stdout=subprocess.PIPE, text=True)
            event = json.loads(self.run_tool(w, "test-alarm", "--wait", "60", "--json"))["event"]
            got = [json.loads(p.stdout.readline()) for _ in range(2)]
            self.assertEqual([(e["id"], e["event_type"]) for e in got], [(event, "start"), (event, "end")])
            p.stdout.close()  # nobody reads any more: it ends by itself
            self.assertEqual(p.wait(PATIENCE_S), 0)
            self.assertEqual(d.stop(), 0)
            self.assertIn("the store is elsewhere",
                          self.run_tool(w, "events", "--store", w.path("none.db"), code=66))

    def test_why(self):
        """The same loud words, kept back by one setting or the other."""
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            url = "file:" + w.wav("h.wav", silence(0.5) + hostile_pcm() + silence(3))
            sources = {"mute": {"mute": ["00:00-24:00"]}, "min": {"min_windows": 32},
                       "rate": {"max_events": "1/day"}}
            settings = w.settings(broker.port, {n: dict(s, url=url) for n, s in sources.items()},
                                  health_interval="1s", mqtt={"url": f"mqtt://127.0.0.1:{broker.port}"})
            d = w.daemon(settings)
            d.ready()
            for name in sources:
                c.wait(lambda m: m.topic.endswith(f"/{name}/state") and m.json["reason"] == "ended")
            misses = []

            def causes():  # the last windows are judged when all of them were heard
                misses[:] = [json.loads(line) for line in self.run_tool(w, "why", "--json").splitlines()]
                return {(m["source"], m["kept_back_by"]) for m in misses}

            until(lambda: {("mute", "mute"), ("min", "min_windows")} <= causes(), PATIENCE_S, misses)
            for m in misses:
                self.assertEqual(list(schema.breaches(m, SCHEMAS["earshot.near_miss/1"])), [])
            self.assertNotIn("mute", {m["kept_back_by"] for m in misses if m["source"] != "mute"})
            text = self.run_tool(w, "why", "--source", "min")
            self.assertRegex(text, r"  min +\w+ 0\.\d\d .*  min_windows: over 0\.\d+ in \d+ of \d+ windows, not in enough running\n")
            self.assertEqual(self.run_tool(w, "why", "--source", "nobody"), "no near misses since the daemon started\n")
            self.assertEqual(self.run_tool(w, "why", "--since", "2100-01-01"), "no near misses since then\n")
            self.assertEqual(d.stop(), 0)

    def test_why_of_a_daemon_that_does_not_answer(self):
        """No answer is not the answer that there was nothing."""
        with World() as w:
            d = self.quiet(w, 1)
            d.process.send_signal(signal.SIGSTOP)
            try:
                self.assertEqual(self.run_tool(w, "why", code=69), "earshot: why: the daemon does not answer\n")
            finally:
                d.process.send_signal(signal.SIGCONT)
            self.assertEqual(d.stop(), 0)

    def test_calibrate_without_a_daemon(self):
        """The tool opens the source itself, and hears what the daemon would have."""
        with World() as w:
            config = w.path("e.yaml")
            with open(config, "w", encoding="utf-8") as f:
                json.dump({"node": "a", "model": {"path": MODEL}, "sources": {"porch": {
                    "url": "file:" + w.wav("h.wav", silence(0.5) + hostile_pcm() + silence(3)), "min_windows": 1}}}, f)
            self.hear_it(w, config)
            self.wrong_turns(w)

    def hear_it(self, w, config):
        self.assertIn("no daemon runs here", self.run_tool(w, "calibrate", "porch", "--config", config,
                                                           "--socket", w.path("state/control"), code=69))
        for pause in (4, 15, 45):  # a busy machine needs longer to hear as much
            said, err, took = self.interrupted(w, pause, "--config", config, "--budget", "1/day")
            self.assertIn("listening to porch without it", err)
            self.assertEqual((err.count("\n"), said["source"]), (1, "porch"))
            self.assertLess(said["heard_s"], took)
            high = max(x["threshold"] for x in said["labels"])
            if said["heard_s"] > 2 and high > 0.8:
                break
        self.assertGreater(said["heard_s"], 2)
        self.assertGreater(high, 0.8, "hostile words were taken for harmless")

    def begin_calibrate(self, w, name, *args):
        """`calibrate --for 8h`, which listens now."""
        p = subprocess.Popen([TOOL, "calibrate", name, "--for", "8h", "--json", *args], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             env=dict(os.environ, STATE_DIRECTORY=w.path("state")))
        w.also(p.kill)
        until(lambda: self.waits_for_ctrl_c(p.pid) or p.poll() is not None, PATIENCE_S, "it listens")
        return p

    def interrupt(self, p):
        """What it prints after a Ctrl-C, on both outputs."""
        p.send_signal(signal.SIGINT)
        out, err = p.communicate(timeout=PATIENCE_S)
        self.assertEqual(p.returncode, 0, err)
        return check_one(json.loads(out)), err

    def interrupted(self, w, pause, *args):
        """The same after so many seconds, and how long it ran."""
        began = time.monotonic()
        p = self.begin_calibrate(w, "porch", *args)
        select.select([], [], [], pause)
        return *self.interrupt(p), time.monotonic() - began

    def waits_for_ctrl_c(self, pid):
        with open(f"/proc/{pid}/status", encoding="ascii") as f:
            return next(int(line.split()[1], 16) for line in f if line.startswith("SigBlk")) >> (signal.SIGINT - 1) & 1

    def wrong_turns(self, w):
        with open(w.path("wrong.yaml"), "w", encoding="utf-8") as f:
            json.dump({"node": "a", "model": {"path": MODEL}, "sources": {
                "cam": {"url": f"rtsp://127.0.0.1:{free_port()}/x"}, "off": {"url": "file:/x", "enabled": False},
                "pass": {"url": "rtsp://127.0.0.1:1/x", "username": "u", "password_file": "/nowhere"}}}, f)
        for name, words, code in (("cam", "Connection refused (opening); see `earshot doctor`", 69),
                                  ("off", "the source is disabled", 69),
                                  ("pass", "password file /nowhere: cannot be read", 78)):
            self.assertIn(words, self.run_tool(w, "calibrate", name, "--config", w.path("wrong.yaml"), code=code))

    def test_calibrate(self):
        with World() as w:
            broker = w.broker()
            sound = w.wav("h.wav", (silence(0.5) + hostile_pcm() + silence(3)) * 3)
            fifo = w.feeder("f", silence(0.5) + hostile_pcm() + silence(3), endless=True)
            d = w.daemon(w.settings(broker.port, {"porch": {"url": f"pipe:{fifo.path}", "min_windows": 1},
                                                  "off": {"url": "file:" + sound, "enabled": False}}))
            d.ready()
            d.wait_log("porch: online")
            args = ("--config", d.config, "--budget", "0.01/day")
            for span in ("12s", "60s"):  # a busy machine needs longer to hear as much
                out = self.run_tool(w, "calibrate", "porch", "--for", span, *args)
                text = [line for line in out.splitlines() if not line.startswith("#")]
                self.assertEqual(text[:3], ["sources:", "  porch:", "    thresholds:"])
                high = max(float(line.split()[1]) for line in text[3:])
                if high > 0.8:
                    break
            self.assertGreater(high, 0.8, "hostile words were taken for harmless")
            self.assertRegex(out, r"# How sure: .* at most \d+\.\d a day with 95 % certainty")
            said, err, took = self.interrupted(w, 3, *args)
            self.assertEqual((err, said["schema"], said["source"], said["budget_per_day"]),
                             ("", "earshot.calibration/1", "porch", 0.01))
            self.assertTrue(2 < said["heard_s"] <= took, said)
            self.assertIn("the source is disabled", self.run_tool(w, "calibrate", "off", *args, code=69))
            self.assertIn("no source nobody", self.run_tool(w, "calibrate", "nobody", *args, code=64))
            self.assertIn("expected a rate such as 1/day",
                          self.run_tool(w, "calibrate", "porch", "--budget", "few", "--config", d.config, code=64))
            self.assertEqual(d.stop(), 0)
            proposal = check_one(json.loads(self.run_tool(w, "scan", "--json", "--calibrate", "0.01/day", sound)))
            self.assertGreater(max(x["threshold"] for x in proposal["labels"]), 0.8)
            self.assertEqual((proposal["source"], proposal["events"]), (None, 0))

    def test_calibrate_every_source(self):
        """Four listen, and the door is open to others all the same; where it is shut to the four for
        a while they go on hearing, and count all of it."""
        with World() as w:
            broker = w.broker()
            names = ("porch", "yard", "hall", "gate")
            d = w.daemon(w.settings(broker.port, {n: {"url": "file:" + w.wav("q.wav", silence(600))} for n in names}))
            d.ready()
            door, four = w.path("state/control"), []
            for n in names:
                d.wait_log(f"{n}: online")
                four.append((self.begin_calibrate(w, n, "--config", d.config, "--socket", door), time.monotonic()))
            self.run_tool(w, "test-alarm", "--wait", "60", "hall")
            os.rename(door, w.path("away"))
            select.select([], [], [], 6)  # each of them looks every five seconds
            os.rename(w.path("away"), door)
            for p, since in four:
                least = time.monotonic() - since
                said, err = self.interrupt(p)
                self.assertEqual(err, "")
                self.assertTrue(least - 0.5 < said["heard_s"] < time.monotonic() - since + 1, (said, least))
            self.assertEqual(d.stop(), 0)

    def test_bar_of_one_long_recording(self):
        """A single file moves the bar too, on a terminal; elsewhere there is none."""
        with World() as w:
            sound = w.wav("long.wav", hostile_pcm() * 3)
            master, slave = pty.openpty()
            args = [TOOL, "scan", "--json", "--paced", sound]
            p = subprocess.Popen(args, stdin=slave, stdout=subprocess.PIPE, stderr=slave)
            os.close(slave)
            raw = read_all(master)
            out = p.communicate(timeout=PATIENCE_S)[0]
            self.assertEqual((p.returncode, len(out.splitlines())), (0, 1))
            heard = [int(n) for n in re.findall(rb"\] 0 of 1, (\d+) s of sound", raw)]
            self.assertGreater(len(set(heard)), 2, raw)
            self.assertEqual(heard, sorted(heard))
            self.assertTrue(raw.endswith(b"\r\x1b[K"), "it is taken away at the end")
            done = subprocess.run(args, capture_output=True, stdin=subprocess.DEVNULL, check=True)
            self.assertEqual(done.stderr, b"")

    def test_door(self):
        with World() as w:
            broker = w.broker()
            d = self.quiet(w, broker.port)
            door = w.path("state/control")
            self.assertEqual(stat.S_IMODE(os.stat(door).st_mode), 0o600)
            self.assertIn('"error":"no such command"', self.request(door, "dance"))
            answer = json.loads(self.request(door, "snapshot"))
            self.assertEqual(list(schema.breaches(answer, SCHEMAS["earshot.response/1"])), [])
            self.assertEqual(answer["state"]["schema"], "earshot.node/1")
            self.assertEqual(self.request(door, "x" * 5000), "")
            self.assertIn("no such source", self.request(door, "scores nobody"))
            self.assertIn("disabled", self.request(door, "scores yard"))
            idle = [socket.socket(socket.AF_UNIX) for _ in range(6)]
            for s in idle:  # more than there are places: they are let go, and others get in
                s.connect(door)
            self.assertIn('"earshot.node/1"', self.request(door, "snapshot"))
            for s in idle:
                s.close()
            self.listen(door)
            d.process.kill()
            d.process.wait()
            os.remove(w.path("notify.sock"))
            d = self.quiet(w, broker.port)
            self.assertIn('"earshot.node/1"', self.request(door, "snapshot"), "after a crash")
            self.assertEqual(d.stop(), 0)
            self.assertFalse(os.path.exists(door))

    def request(self, door, line):
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(PATIENCE_S)
            s.connect(door)
            try:
                s.sendall(line.encode() + b"\n")
                return s.makefile().read()
            except ConnectionError:
                return ""

    def listen(self, door):
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(PATIENCE_S)
            s.connect(door)
            s.sendall(b"scores porch\n")
            f = s.makefile()
            self.assertEqual(json.loads(f.readline()), {"ok": True})


if __name__ == "__main__":
    unittest.main(verbosity=2)
