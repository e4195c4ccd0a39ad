#!/usr/bin/python3
"""The main job: live sources in, flags out, in the promised order, all valid by their
schemas, right for whoever listens and for whoever comes later."""

import datetime
import os
import subprocess
import time
import unittest

from harness import BUILD, PATIENCE_S, PREFIX, TOOL, World, check_payloads, decode, manifest, silence, until


def first(**want):
    return next(r for r in manifest() if all(r[k] == v for k, v in want.items()))


def hostile_pcm():
    return decode(first(expected="hostile")["path"])


def benign_pcm():
    return b"".join(decode(r["path"]) for r in manifest()
                    if r["expected"] == "quiet")[:32000 * 12]


def moment(said, *path):
    for key in path:
        said = said[key]
    return datetime.datetime.fromisoformat(said.replace("Z", "+00:00")).timestamp()


def wall_of(event):
    return moment(event, "time")


class Flow(unittest.TestCase):
    def test_file_and_fifo(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            hostile = w.wav("hostile.wav", silence(0.5) + hostile_pcm() + silence(6))
            benign = w.feeder("benign.fifo", benign_pcm() + silence(2))
            d = w.daemon(w.settings(broker.port, {"porch": {"url": f"file:{hostile}"},
                                                  "yard": {"url": f"pipe:{benign.path}"}}))
            d.ready()
            on = c.wait_topic("/porch/hostile", "ON")
            c.wait_topic("/porch/hostile", "OFF", start=on.place)
            late = w.client(broker.port, topics=("earshot/#",))
            for leaf in ("availability", "state", "porch/hostile", "porch/last_event", "porch/state"):
                self.assertTrue(late.wait_topic(f"{PREFIX}/{leaf}").retained, leaf)
            self.assertEqual(d.stop(), 0)
            c.wait_topic("/availability", "offline")
            self.look(c)
            self.look_at_stop(c)

    def look(self, c):
        check_payloads(c.messages)
        events = [m.json for m in c.on("/porch/event")]
        self.assertEqual(c.on("/yard/event"), [], "the benign source was flagged")
        self.assertEqual([e["event_type"] for e in events[:1] + events[-1:]], ["start", "end"])
        self.assertEqual(len({e["id"] for e in events}), len([e for e in events
                                                              if e["event_type"] == "start"]))
        seqs = [e["seq"] for e in events]
        self.assertEqual(seqs, list(range(seqs[0], seqs[0] + len(seqs))), "seq has gaps")
        self.assertFalse(any(e["test"] for e in events))
        online = c.wait_topic("/availability", "online").wall_at  # it may take a busy machine until the first event
        self.assertEqual([e for e in events if e["replayed"] and wall_of(e) > online], [], "no outage, and replayed")
        self.look_at_order(c)

    def look_at_order(self, c):
        topics = [(m.topic.split("/")[-1], m.text if m.topic.endswith("hostile") else
                   m.json.get("event_type")) for m in c.messages
                  if "/porch/" in m.topic and m.topic.endswith(("hostile", "event"))]
        while topics[0] == ("hostile", "OFF"):
            topics.pop(0)
        topics = [t for t in topics if t != ("event", "update")]
        want = [("event", "start"), ("hostile", "ON"), ("event", "end"), ("last_event", "end"),
                ("hostile", "OFF")]
        for i, t in enumerate(topics):
            self.assertEqual(t, want[i % len(want)], topics)

    def look_at_stop(self, c):
        self.assertEqual(c.on(f"{PREFIX}/state")[-1].json["status"], "stopped")
        self.assertTrue(all(m.qos == 1 for m in c.messages))

    def test_stop_ends_the_open_event(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            hostile = w.wav("h.wav", hostile_pcm() * 3 + silence(300))
            d = w.daemon(w.settings(broker.port, {"porch": {"url": "file:" + hostile}},
                                    defaults={"hold": "10m"}))
            d.ready()
            c.wait_topic("/porch/hostile", "ON")
            self.assertEqual(d.stop(), 0)
            c.wait_topic("/availability", "offline")
            end = c.on("/porch/event")[-1].json
            self.assertEqual((end["event_type"], end["end_reason"]), ("end", "shutdown"))
            self.assertEqual(c.on("/porch/hostile")[-1].text, "OFF")
            check_payloads(c.messages)

    def test_killed_and_started_again(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            hostile = w.wav("h.wav", hostile_pcm() * 3 + silence(300))
            quiet = w.wav("q.wav", silence(600))
            settings = w.settings(broker.port, {"porch": {"url": "file:" + hostile}}, defaults={"hold": "10m"})
            d = w.daemon(settings)
            d.ready()
            c.wait_topic("/porch/hostile", "ON")
            d.process.kill()
            d.process.wait()
            c.wait_topic("/availability", "offline")
            os.remove(d.notify.path)
            settings["sources"]["porch"]["url"] = "file:" + quiet
            mark = c.mark()
            again = w.daemon(settings)
            again.ready()
            c.wait_topic("/porch/hostile", "OFF", start=mark)
            end = c.wait(lambda m: m.topic.endswith("/porch/event") and
                         m.json["event_type"] == "end", start=mark).json
            self.assertEqual(end["end_reason"], "crash")
            self.assertEqual(again.stop(), 0)
            os.remove(again.notify.path)
            settings["sources"] = {"yard": settings["sources"]["porch"]}
            mark = c.mark()
            w.daemon(settings).ready()  # porch was taken out meanwhile: nothing of it stays
            c.wait_topic("/yard/hostile", "OFF")
            for leaf in ("hostile", "state", "last_event"):
                c.wait(lambda m, leaf=leaf: m.topic == f"{PREFIX}/porch/{leaf}" and not m.payload, start=mark)
            late = w.client(broker.port, topics=("earshot/#",))
            late.publish(f"{PREFIX}/mark", "behind all that is retained")
            late.wait_topic("/mark")
            self.assertEqual(late.on("/yard/hostile")[0].text, "OFF")
            self.assertEqual(late.on("/porch/hostile") + late.on("/porch/state") + late.on("/porch/last_event"), [])

    def test_mute_survives_a_crash(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            settings = w.settings(broker.port, {n: {"url": "file:" + w.wav("q.wav", silence(600))} for n in ("porch", "yard")})
            settings["mqtt"]["commands"] = ["mute", "unmute"]
            d = w.daemon(settings)
            d.ready()
            broker.wait_subscribed(f"{PREFIX}/cmd/+")
            c.publish(f"{PREFIX}/cmd/mute", '{"source": "yard", "for": "1h"}')
            self.wait_state(c, "yard", "muted")
            mark = c.mark()
            d.process.kill()
            d.process.wait()
            os.remove(d.notify.path)
            d = w.daemon(settings)
            d.ready()
            self.wait_state(c, "porch", "online", mark)
            self.wait_state(c, "yard", "muted", mark)
            self.assertNotIn("online", [m.json["state"] for m in c.on("/yard/state", mark)])
            broker.wait_subscribed(f"{PREFIX}/cmd/+", times=2)
            c.publish(f"{PREFIX}/cmd/unmute", '{"source": "yard"}')
            self.wait_state(c, "yard", "online", mark)
            until(lambda: not os.path.exists(w.path("state/mutes")), PATIENCE_S, "nothing is kept of it")
            self.assertEqual(d.stop(), 0)
            check_payloads([m for m in c.messages if "/cmd/" not in m.topic])

    def test_mute_goes_with_its_source(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            settings = w.settings(broker.port, {n: {"url": "file:" + w.wav("q.wav", silence(600))} for n in ("porch", "yard")})
            settings["mqtt"]["commands"] = ["mute"]
            without = {**settings, "sources": {"porch": settings["sources"]["porch"]}}
            d = w.daemon(settings)
            d.ready()
            broker.wait_subscribed(f"{PREFIX}/cmd/+")
            c.publish(f"{PREFIX}/cmd/mute", '{"source": "yard", "for": "1h"}')
            self.wait_state(c, "yard", "muted")
            for change in (without, settings):
                mark = c.mark()
                d.write(change)
                d.hup()
                d.ready()
            self.wait_state(c, "yard", "online", mark)
            d.process.kill()
            d.process.wait()
            os.remove(d.notify.path)
            mark = c.mark()
            w.daemon(settings).ready()
            self.wait_state(c, "yard", "online", mark)
            self.assertFalse(os.path.exists(w.path("state/mutes")))

    def test_clock_is_set(self):
        """A box without a battery for its clock thinks that it is last year, until it is told."""
        with World() as w:
            year = 365 * 86400
            self.set_clock(w, -year)
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            quiet = {"url": "file:" + w.wav("q.wav", silence(600))}
            sources = {"porch": quiet, "yard": {**quiet, "mute": ["00:00-24:00"]}, "gate": {**quiet, "enabled": False}}
            d = w.daemon(w.settings(broker.port, sources), env={
                "LD_PRELOAD": os.path.join(BUILD, "tests/e2e/libfake_clock.so"), "FAKE_WALL": w.path("clock")})
            d.ready()
            for source, state in zip(sources, ("online", "muted", "disabled")):
                self.wait_state(c, source, state)
            before = [c.wait(lambda m: m.topic == f"{PREFIX}/state" and m.json["status"] == "running")]
            before += [c.on(f"/{s}/state")[-1] for s in sources]
            mark = c.mark()
            self.set_clock(w, 0)
            after = [c.wait_topic(m.topic, start=mark) for m in before]
            for old, new in zip(before, after):
                for path in ("started",), ("config", "loaded"), ("since",):
                    if path[0] in old.json:
                        self.assertAlmostEqual(moment(new.json, *path) - moment(old.json, *path), year, delta=1)
            self.assertEqual(d.stop(), 0)
            c.wait_topic("/availability", "offline")
            self.assertEqual([len(c.on(f"/{s}/state", mark)) for s in sources], [1, 1, 1], "told once")
            check_payloads(c.messages)

    def set_clock(self, w, ahead_s):
        with open(w.path("clock.new"), "w", encoding="ascii") as f:
            f.write(str(ahead_s))
        os.replace(w.path("clock.new"), w.path("clock"))

    def alarm(self, w, d, times):
        """An event by the tool, so without the broker; until its end is posted."""
        said = subprocess.run([TOOL, "test-alarm", "--wait", "1", "porch"], stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE_S, check=False,
                              env=dict(os.environ, STATE_DIRECTORY=w.path("state"))).stdout
        self.assertRegex(said, "^event .* raised|waits in the store")
        until(lambda: d.log.count("over after") == times, PATIENCE_S, "the alarm is over")

    def outage(self, restarts):
        """A broker that keeps the last event of before, and a newer one that ends while it is away."""
        with World() as w:
            broker = w.broker()
            gate = w.gate(broker)
            gate.open()
            c = w.client(broker.port, topics=("earshot/#",))
            settings = w.settings(gate.port, {"porch": {"url": "file:" + w.wav("q.wav", silence(600))}})
            d = w.daemon(settings)
            d.ready()
            self.wait_state(c, "porch", "online")
            self.alarm(w, d, 1)
            before = c.wait_topic("/porch/last_event").json
            gate.shut()
            c.wait_topic("/availability", "offline")
            self.alarm(w, d, 2)
            if restarts:
                self.assertEqual(d.stop(), 0)
                os.remove(d.notify.path)
            mark, opened = c.mark(), time.monotonic()
            gate.open()
            if restarts:
                w.daemon(settings).ready()
            else:
                d.hup()
            end = c.wait(lambda m: m.topic.endswith("/event") and m.json["event_type"] == "end", start=mark)
            said = c.wait_topic("/porch/last_event", start=mark)
            limit_ms = (time.monotonic() - opened) * 1000 + 1
            self.assertNotEqual(end.json["id"], before["id"])
            late = w.client(broker.port, topics=("earshot/#",))
            for last in said, late.wait_topic("/porch/last_event"):
                self.assertEqual(dict(last.json, age_ms=0), dict(end.json, age_ms=0))
                self.assertTrue(last.json["replayed"])
                self.assertLessEqual(abs(end.json["age_ms"] - last.json["age_ms"]), limit_ms)
            check_payloads(c.messages)

    def test_last_event_of_an_outage(self):
        """It says of the event what the event itself says, and not what was so when it ended."""
        self.outage(restarts=False)

    def test_last_event_of_an_outage_and_a_restart(self):
        """The daemon that has the newer one is another by now."""
        self.outage(restarts=True)

    def wait_state(self, c, source, state, start=0):
        c.wait(lambda m: m.topic == f"{PREFIX}/{source}/state" and m.payload and m.json["state"] == state, start=start)


if __name__ == "__main__":
    unittest.main(verbosity=2)
