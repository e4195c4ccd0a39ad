#!/usr/bin/python3
"""Wrong settings at a start, and what is kept for that day."""

import os
import shutil
import unittest

from harness import MODEL, PATIENCE_S, PREFIX, World, check_payloads, silence


BERT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden", "bert-f32.gguf")
BAD = "sources:\n  yard:\n    hop: never\n"


class LastGood(unittest.TestCase):
    """Wrong settings at a start: who types it is told, a box that comes up goes on hearing."""

    def begin(self, w):
        """A daemon with good settings, and a client that hears it."""
        self.broker = w.broker()
        self.settings = w.settings(self.broker.port, {"yard": {"url": "file:" + w.wav("q.wav", silence(600))}})
        d = w.daemon(self.settings)
        d.ready()
        return d

    def start(self, w, raw=None):
        os.remove(w.path("notify.sock"))
        return w.daemon(self.settings, raw=raw)

    def refuse(self, w):
        d = self.start(w, BAD)
        self.assertEqual(d.process.wait(PATIENCE_S), 78)
        self.assertIn("earshot.yaml:3:10: sources.yard.hop: not a whole number", d.log)

    def go_on(self, w, c):
        mark = c.mark()
        d = self.start(w, BAD)
        d.ready()
        node = c.wait(lambda m: m.topic == f"{PREFIX}/state" and m.json["status"] == "degraded" and
                      m.json["reason"] == "last_good_config", start=mark).json
        self.assertFalse(node["config"]["last_reload_ok"])
        self.assertIn("earshot.yaml:3:10: sources.yard.hop: not a whole number", node["config"]["error"])
        self.assertEqual(node["config"]["files"], [d.config])
        self.assertEqual(list(node["sources"]), ["yard"])
        self.assertIn("the settings are wrong, and nobody asked for this start", d.log)
        return d

    def test_started_by_hand(self):
        with World() as w:
            self.assertEqual(self.begin(w).stop(), 0)
            self.refuse(w)
            self.refuse(w)

    def test_after_a_crash(self):
        with World() as w:
            d = self.begin(w)
            c = w.client(self.broker.port, topics=("earshot/#",))
            d.process.kill()
            d.process.wait()
            d = self.go_on(w, c)
            self.still_wrong(c, d)
            mark = c.mark()
            d.write(self.settings)
            d.hup()
            c.wait(lambda m: m.topic == f"{PREFIX}/state" and m.json["config"]["last_reload_ok"] and
                   m.json["reason"] != "last_good_config", start=mark)
            self.assertEqual(d.stop(), 0)
            self.refuse(w)
            check_payloads(c.messages)

    def still_wrong(self, c, d):
        mark = c.mark()
        d.write(None, raw=BAD.replace("never", "0"))
        d.hup()
        node = c.wait(lambda m: m.topic == f"{PREFIX}/state" and
                      "hop: out of range" in (m.json["config"]["error"] or ""), start=mark).json
        self.assertEqual(node["reason"], "last_good_config")

    def test_first_start_after_boot(self):
        with World() as w:
            self.assertEqual(self.begin(w).stop(), 0)
            c = w.client(self.broker.port, topics=("earshot/#",))
            with open(w.path("state/last-run"), "w", encoding="ascii") as f:
                f.write("stopped 00000000-0000-0000-0000-000000000000\n")
            self.assertEqual(self.go_on(w, c).stop(), 0)

    def test_label_that_the_model_lacks(self):
        with World() as w:
            d = self.begin(w)
            c = w.client(self.broker.port, topics=("earshot/#",))
            d.process.kill()
            d.process.wait()
            good, self.settings = self.settings, dict(self.settings, defaults={"labels": ["threats"]})
            mark = c.mark()
            d = self.start(w)
            d.ready()
            node = c.wait(lambda m: m.topic == f"{PREFIX}/state" and
                          m.json["reason"] == "last_good_config", start=mark).json
            self.assertIn("defaults.labels: the model", node["config"]["error"])
            self.settings = good

    def reload(self, d, settings):
        d.write(settings)
        d.hup()
        d.notify.wait("RELOADING=1")
        d.ready()

    def secured(self, w, more=None):
        """Settings that a start takes up as long as ca.pem is there."""
        mqtt = dict(self.settings["mqtt"], url="mqtts://127.0.0.1:1", tls={"ca_file": w.path("ca.pem")})
        return dict(self.settings, mqtt=mqtt, **(more or {}))

    def comes_up(self, w, c, settings, sources, error):
        """After a crash, with settings that cannot be lived by."""
        mark = c.mark()
        self.settings = settings
        d = self.start(w)
        d.ready()
        node = c.wait(lambda m: m.topic == f"{PREFIX}/state" and m.json["status"] == "degraded" and
                      m.json["reason"] == "last_good_config", start=mark).json
        self.assertEqual(list(node["sources"]), sources)
        self.assertIn(error, node["config"]["error"])
        return d

    def test_reload_that_a_start_would_refuse(self):
        with World() as w:
            d = self.begin(w)
            c = w.client(self.broker.port, topics=("earshot/#",))
            for settings, error in ((dict(self.settings, model={"path": MODEL, "kernel": "avx513"}), "model.kernel: no kernel"),
                                    (self.secured(w), f"mqtt.tls.ca_file: {w.path('ca.pem')}: cannot be read")):
                mark = c.mark()
                self.reload(d, settings)
                c.wait(lambda m: m.topic == f"{PREFIX}/state" and not m.json["config"]["last_reload_ok"] and
                       error in m.json["config"]["error"], start=mark)
            d.process.kill()
            d.process.wait()
            self.comes_up(w, c, settings, ["yard"], "ca.pem: cannot be read")

    def test_reload_that_waits_for_a_restart(self):
        """What it brings has never run, so it is not the last that worked."""
        with World() as w:
            d = self.begin(w)
            c = w.client(self.broker.port, topics=("earshot/#",))
            shutil.copy(__file__, w.path("ca.pem"))
            more = {"sources": dict(self.settings["sources"], gate=self.settings["sources"]["yard"])}
            self.reload(d, self.secured(w))
            self.reload(d, dict(self.settings, **more))  # nothing waits any more
            for _ in range(2):
                self.reload(d, self.secured(w))
            self.assertIn("mqtt.url changed: that takes a restart", d.log)
            os.remove(w.path("ca.pem"))
            d.process.kill()
            d.process.wait()
            self.comes_up(w, c, self.secured(w), ["yard", "gate"], "ca.pem: cannot be read")

    def wrong_models(self, w):
        """Path, what is said of it, the exit code."""
        with open(MODEL, "rb") as f, open(w.path("half.gguf"), "wb") as half:
            half.write(f.read()[:os.path.getsize(MODEL) // 2])
        return ((w.path("nowhere.gguf"), "No such file", 66), (w.path("half.gguf"), "half.gguf: ", 65),
                (w.path("q.wav/x.gguf"), "Not a directory", 66), (BERT, "architecture", 65))

    def test_model_that_is_wrong(self):
        with World() as w:
            d = self.begin(w)
            c = w.client(self.broker.port, topics=("earshot/#",))
            good = self.settings
            for path, error, _ in self.wrong_models(w):
                d.process.kill()
                d.process.wait()
                d = self.comes_up(w, c, dict(good, model={"path": path}), ["yard"], error)
                self.assertIn("nobody asked for this start: the last good ones are used", d.log)
            mark = c.mark()  # what a start would refuse, a reload takes no more than before
            d.hup()
            c.wait(lambda m: m.topic == f"{PREFIX}/state" and "model.path: " in (m.json["config"]["error"] or ""), start=mark)
            self.assertIn("not reloaded", d.log)
            mark = c.mark()
            self.reload(d, good)
            c.wait(lambda m: m.topic == f"{PREFIX}/state" and m.json["config"]["last_reload_ok"], start=mark)
            self.assertNotIn("takes a restart", d.log)
            self.assertEqual(d.stop(), 0)
            so_far = d.log.count("last good")
            for path, _, code in self.wrong_models(w):
                self.settings = dict(good, model={"path": path})
                for _ in range(2):  # and whoever types it again is told again
                    d = self.start(w)
                    self.assertEqual(d.process.wait(PATIENCE_S), code, d.log)
            self.assertEqual(d.log.count("last good"), so_far, d.log)

    def test_model_that_is_gone_for_the_kept_ones_too(self):
        with World() as w:
            self.broker = w.broker()
            shutil.copy(MODEL, w.path("own.gguf"))
            self.settings = dict(w.settings(self.broker.port, {"yard": {"url": "file:" + w.wav("q.wav", silence(600))}}),
                                 model={"path": w.path("own.gguf")})
            d = w.daemon(self.settings)
            d.ready()
            d.process.kill()
            d.process.wait()
            os.remove(w.path("own.gguf"))
            d = self.start(w)
            self.assertEqual(d.process.wait(PATIENCE_S), 66, d.log)
            self.assertEqual((d.log.count("own.gguf"), d.log.count("last good")), (1, 0), d.log)

    def test_what_was_kept_is_damaged(self):
        with World() as w:
            d = self.begin(w)
            d.process.kill()
            d.process.wait()
            with open(w.path("state/last-good"), "r+b") as f:
                f.seek(200)
                f.write(b"#")
            d = self.start(w, BAD)
            self.assertEqual(d.process.wait(PATIENCE_S), 78)
            self.assertIn("last-good: damaged", d.log)


if __name__ == "__main__":
    unittest.main(verbosity=2)
