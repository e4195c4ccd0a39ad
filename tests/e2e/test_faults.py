#!/usr/bin/python3
"""What goes wrong outside: a clear word, the right exit code or going on, nothing lost."""

import base64
import http.server
import os
import sqlite3
import threading
import time
import unittest

from harness import MODEL, PATIENCE_S, PREFIX, World, check_payloads, silence
from port import until
from publisher_world import Broker
from test_flow import hostile_pcm


class Start(unittest.TestCase):
    """What stops the daemon at start, and what it says."""

    def refused(self, code, *words, settings=None, raw=None):
        with World() as w:
            d = w.daemon(settings or w.settings(1, {}), raw=raw) if not callable(settings) else \
                w.daemon(settings(w))
            self.assertEqual(d.process.wait(PATIENCE_S), code, d.log)
            for word in words:
                self.assertIn(word, d.log)

    def test_no_model(self):
        self.refused(66, "nowhere.gguf", settings=lambda w: w.settings(
            1, {"a": {"url": "file:" + w.wav("a.wav", silence(1))}}, model={"path": w.path("nowhere.gguf")}))

    def test_broken_model(self):
        def settings(w):
            with open(MODEL, "rb") as f:
                half = f.read()[:os.path.getsize(MODEL) // 2]
            with open(w.path("half.gguf"), "wb") as f:
                f.write(half)
            return w.settings(1, {"a": {"url": "file:" + w.wav("a.wav", silence(1))}},
                              model={"path": w.path("half.gguf")})
        self.refused(65, "half.gguf", settings=settings)

    def test_wrong_settings(self):
        self.refused(78, "earshot.yaml:2:3: ", "earshot.yaml:4:", raw="mqtt:\n  ulr: mqtt://x\n"
                     "sources:\n  a: {hop: 99, url: 'file:/x'}\n")


class Running(unittest.TestCase):
    def test_missing_file_does_not_stop_the_others(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            d = w.daemon(w.settings(broker.port, {
                "gone": {"url": "file:" + w.path("nothing.wav")},
                "porch": {"url": "file:" + w.wav("h.wav", hostile_pcm() + silence(5))}}))
            d.ready()
            state = c.wait(lambda m: m.topic.endswith("/gone/state") and
                           m.json["state"] == "offline").json
            self.assertIsNotNone(state["reason"])
            c.wait_topic("/porch/hostile", "ON")
            d.wait_log("nothing.wav")
            self.assertEqual(d.stop(), 0)
            check_payloads(c.messages)

    def test_a_source_that_is_lost_has_no_level(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            file = w.wav("h.wav", hostile_pcm())
            d = w.daemon(w.settings(broker.port, {"porch": {"url": "file:" + file}}, health_interval="1s"))
            d.ready()
            c.wait(lambda m: m.topic.endswith("/porch/health") and m.json["dbfs"] > -60)
            os.remove(file)
            lost = c.wait(lambda m: m.topic.endswith("/porch/state") and m.json["state"] == "offline").json
            self.assertEqual([lost[k] for k in ("reason", "dbfs", "clipping", "bandwidth_hz")],
                             ["no_file", None, 0, None])
            health = c.wait(lambda m: m.topic.endswith("/porch/health"), start=c.mark()).json
            self.assertEqual((health["dbfs"], health["clipping"]), (-120, 0))
            self.assertEqual(d.stop(), 0)
            check_payloads(c.messages)

    def test_broker_down_at_start(self):
        with World() as w:
            broker = w.broker()
            gate = w.gate(broker)
            c = w.client(broker.port, topics=("earshot/#",))
            d = w.daemon(w.settings(gate.port, {
                "porch": {"url": "file:" + w.wav("h.wav", hostile_pcm() + silence(8))}}))
            d.ready()
            d.wait_log("not reachable")
            gate.open()
            d.hup()  # or it could wait for the next try
            events = self.whole_event(c)
            self.assertEqual([e["event_type"] for e in (events[0], events[-1])], ["start", "end"])
            self.assertEqual(d.stop(), 0)
            check_payloads(c.messages)

    def whole_event(self, c, start=0):
        c.wait(lambda m: m.topic.endswith("/porch/event") and m.json["event_type"] == "end",
               start=start)
        events = [m.json for m in c.on("/porch/event")]
        seqs = sorted({e["seq"] for e in events})
        self.assertEqual(seqs, list(range(seqs[0], seqs[0] + len(seqs))), "seq has gaps")
        return events

    def test_disk_that_refuses_for_a_while(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            settings = w.settings(broker.port, {"porch": {
                "url": "file:" + w.path("nothing.wav"), "enabled": False}})
            settings["mqtt"]["commands"] = ["test_alarm"]
            d = w.daemon(settings)
            d.ready()
            c.wait_topic("/availability", "online")
            other = sqlite3.connect(w.path("state/events.db"), isolation_level=None)
            other.execute("BEGIN EXCLUSIVE")
            c.publish(f"{PREFIX}/cmd/test_alarm", "")
            d.wait_log("database is locked: events are kept in memory")
            self.assertEqual([e["seq"] for e in self.whole_event(c)], [1, 2])
            c.wait(lambda m: m.topic == f"{PREFIX}/state" and
                   (m.json["status"], m.json["reason"]) == ("degraded", "store_in_memory"))
            mark = c.mark()
            other.execute("ROLLBACK")
            other.close()
            d.wait_log("takes events again")
            c.wait(lambda m: m.topic == f"{PREFIX}/state" and m.json["status"] == "running", start=mark)
            self.assertEqual(d.stop(), 0)
            self.assertEqual(d.log.count("is locked"), 1, d.log)

    def test_password_is_corrected_and_reloaded(self):
        """The broker refuses N times, so the next try is 2^(N-2) seconds away or more; SIGHUP brings
        it about. A machine that is too busy to tell the one from the other is asked again, with more."""
        for times in 4, 5, 6:
            if self.seconds_to_connect_again(times) < 0.8 * 2 ** (times - 2):
                return
        self.fail("it waited for its next try")

    def seconds_to_connect_again(self, times):
        with World() as w:
            os.mkdir(w.path("locked"))
            broker = Broker(w.path("locked"), login=("gate", "right"))
            w.also(broker.stop)
            broker.start()
            settings = w.settings(broker.port, {"porch": {"url": "file:" + w.wav("q.wav", silence(600))}})
            settings["mqtt"].update(username="gate", password_file="password", commands=["test_alarm"])
            self.write_password(w, "wrong")
            d = w.daemon(settings)
            d.ready()
            d.wait_log("refused: ")
            until(lambda: broker.said("not authorised") >= times, PATIENCE_S, f"refused {times} times")
            self.write_password(w, "right")
            began = time.monotonic()
            d.hup()
            d.wait_log("connected to mqtt:")
            took = time.monotonic() - began
            self.assertEqual(d.stop(), 0)
            self.assertEqual(d.log.count("refused: "), 1, d.log)
            self.assertNotIn("wrong", d.log)
            self.assertNotIn("right", d.log)
            return took

    def camera(self, w, login):
        """The URL of a sound that only this login is given, "user:password"."""
        with open(w.wav("camera.wav", silence(600)), "rb") as f:
            sound = f.read()
        word, end = "Basic " + base64.b64encode(login.encode()).decode(), threading.Event()

        class Camera(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.headers.get("Authorization") != word:
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="camera"')
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Type", "audio/wav")
                self.end_headers()
                try:
                    for at in range(0, len(sound), 3200):
                        self.wfile.write(sound[at:at + 3200])
                        end.wait(0.1)
                except OSError:
                    pass

            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        w.also(lambda: (end.set(), server.shutdown(), server.server_close()))
        return f"http://127.0.0.1:{server.server_port}/camera.wav"

    def test_password_of_a_camera_is_corrected_and_reloaded(self):
        """Nothing in the settings changes: what changed is the file that they name."""
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            self.write_password(w, "wrong")
            d = w.daemon(w.settings(broker.port, {
                "yard": {"url": self.camera(w, "gate:right"), "username": "gate", "password_file": "password"},
                "porch": {"url": "file:" + w.wav("q.wav", silence(600))}}))
            d.ready()
            c.wait(lambda m: m.topic.endswith("/yard/state") and m.json["reason"] == "unauthorized")
            c.wait(lambda m: m.topic.endswith("/porch/state") and m.json["state"] == "online")
            self.write_password(w, "right")
            mark = c.mark()
            d.hup()
            c.wait(lambda m: m.topic.endswith("/yard/state") and m.json["state"] == "online", start=mark)
            self.assertEqual([m.json["state"] for m in c.on("/porch/state", start=mark)], [])
            self.assertEqual(d.stop(), 0)
            self.assertNotIn("wrong", d.log)

    @staticmethod
    def write_password(w, word):
        with open(w.path("password"), "w", encoding="ascii") as f:
            f.write(word + "\n")
        os.chmod(w.path("password"), 0o600)

    def test_broker_lost_in_flight(self):
        with World() as w:
            broker = w.broker()
            gate = w.gate(broker)
            gate.open()
            c = w.client(broker.port, topics=("earshot/#",))
            fifo = w.feeder("f", hostile_pcm() + silence(5) + hostile_pcm() + silence(20))
            d = w.daemon(w.settings(gate.port, {"porch": {"url": f"pipe:{fifo.path}"}}))
            d.ready()
            c.wait_topic("/porch/hostile", "ON")
            gate.shut()
            c.wait_topic("/availability", "offline")  # the will
            mark = c.mark()
            gate.open()
            c.wait_topic("/availability", "online", start=mark)
            events = self.whole_event(c)
            self.assertEqual(events[0]["event_type"], "start")
            c.wait_topic("/porch/hostile", start=mark)
            self.assertEqual(d.stop(), 0)
            check_payloads(c.messages)


if __name__ == "__main__":
    unittest.main(verbosity=2)
