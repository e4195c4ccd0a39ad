#!/usr/bin/python3
"""Home Assistant finds the node, learns that a source has gone, and can be told to
forget: by a broker of the ordinary kind, in between."""

import os
import subprocess
import unittest

from harness import DAEMON, NODE, PATIENCE_S, PREFIX, SCHEMAS, World, free_port, schema, silence, to_yaml, until

TOPIC = f"homeassistant/device/earshot_{NODE}/config"


class Discovery(unittest.TestCase):
    def settings(self, w, port, sources, **discovery):
        path = w.wav("quiet.wav", silence(600))
        s = w.settings(port, {name: {"url": "file:" + path} for name in sources})
        s["mqtt"]["discovery"] = {"enabled": True, **discovery}
        s["mqtt"]["commands"] = ["purge_discovery"]
        s["health_interval"] = "1s"
        return s

    def purge(self, d):
        return subprocess.run([DAEMON, "-c", d.config, "--purge-discovery"], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=PATIENCE_S)

    def payload(self, message):
        self.assertEqual(list(schema.breaches(message.json, SCHEMAS["discovery.json"])), [])
        return message.json

    def test_said_reloaded_and_purged(self):
        with World() as w:
            broker = w.broker()
            port = broker.port
            c = w.client(port, topics=("#",))
            d = w.daemon(self.settings(w, port, ["porch", "yard"]))
            d.ready()
            told = self.payload(c.wait_topic(TOPIC))
            for key, e in told["components"].items():
                if not key.endswith(".event"):  # else it is an entity of a topic that nobody says
                    c.wait(lambda m, topic=e["state_topic"]: m.topic == topic)
            late = w.client(port, topics=("homeassistant/#",))
            self.assertTrue(late.wait_topic(TOPIC).retained)
            broker.wait_subscribed("homeassistant/status")
            mark = c.mark()
            c.publish("homeassistant/status", "offline")
            c.publish("homeassistant/status", "online")
            self.payload(c.wait_topic(TOPIC, start=mark))
            for leaf in ("availability", "state", "yard/state", "yard/hostile"):
                c.wait_topic(f"{PREFIX}/{leaf}", start=mark)
            mark = c.mark()
            d.write(self.settings(w, port, ["porch"]))
            d.hup()
            parts = self.payload(c.wait(lambda m: m.topic == TOPIC and "state_topic" not in
                                        m.json["components"]["yard.hostile"], start=mark))["components"]
            self.assertEqual(parts["yard.hostile"], {"platform": "binary_sensor"})
            self.assertIn("state_topic", parts["porch.hostile"])
            broker.wait_subscribed(f"{PREFIX}/cmd/+")
            mark = c.mark()
            c.publish(f"{PREFIX}/cmd/purge_discovery", "")
            c.wait(lambda m: m.topic == TOPIC and not m.payload, start=mark)
            self.assertEqual(d.stop(), 0)
            c.wait_topic("/availability", "offline", start=mark)

    def test_purged_by_the_program(self):
        with World() as w:
            port = w.broker().port
            c = w.client(port, topics=("#",))
            d = w.daemon(self.settings(w, port, ["porch"], prefix="ha"))
            d.ready()
            mine = TOPIC.replace("homeassistant", "ha")
            self.payload(c.wait_topic(mine))
            mark = c.mark()
            done = self.purge(d)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            c.wait(lambda m: m.topic == mine and not m.payload, start=mark)
            self.assertEqual(d.stop(), 0)
            c.wait_topic("/availability", "offline", start=mark)
            self.assertEqual([m for m in c.messages if m.topic.endswith("/availability")][0].text, "online")
            self.assertEqual(len(c.on(f"{PREFIX}/availability")), 2, "the daemon was thrown off the broker")
            d.write(self.settings(w, free_port(), ["porch"]))
            done = self.purge(d)
            self.assertEqual(done.returncode, 69, done.stderr)
            self.assertIn("broker: not reachable", done.stderr)

    def test_purged_with_a_credential(self):
        """Root finds at the shell what systemd gave the running service; without it the way is told."""
        def at_run(*args):
            give = f"umask 077 && mount -t tmpfs none /run && mkdir -p {folder} && echo secret > {folder}/mqtt.pass && exec \"$@\""
            return subprocess.run(["unshare", "-rm", "sh", "-c", give, "sh", *args], stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=PATIENCE_S)
        folder = "/run/credentials/earshotd.service"
        if at_run("true").returncode:
            self.skipTest("no namespace to be had here")
        with World() as w:
            port = w.broker().port
            c = w.client(port, topics=("#",))
            s = self.settings(w, port, ["porch"])
            s["mqtt"].update(username="u", password_file="mqtt.pass")
            with open(w.path("earshot.yaml"), "w", encoding="utf-8") as f:
                f.write(to_yaml(s))
            c.publish(TOPIC, "{}", retain=True)
            c.wait_topic(TOPIC)
            purge = [DAEMON, "-c", w.path("earshot.yaml"), "--purge-discovery"]
            done = subprocess.run(purge, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_S)
            self.assertEqual(done.returncode, 69, done.stderr)
            self.assertRegex(done.stderr, "/mqtt.pass: cannot be read: No such file.*; if it is a credential of the "
                                          "service: as root, while the service runs, or with CREDENTIALS_DIRECTORY=")
            done = at_run(*purge)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            c.wait(lambda m: m.topic == TOPIC and not m.payload)
            done = at_run(*purge[:3], "--check-config")
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_taken_out_while_nobody_ran(self):
        """A source that never flagged anything is in no history, and its state is retained all the same."""
        with World() as w:
            port = w.broker().port
            c = w.client(port, topics=("#",))
            d = w.daemon(self.settings(w, port, ["porch", "yard"]))
            d.ready()
            c.wait_topic(f"{PREFIX}/yard/state")
            self.assertEqual(d.stop(), 0)
            os.remove(d.notify.path)
            mark = c.mark()
            w.daemon(self.settings(w, port, ["porch"])).ready()
            parts = self.payload(c.wait_topic(TOPIC, start=mark))["components"]
            self.assertEqual(parts["yard.hostile"], {"platform": "binary_sensor"})
            for leaf in ("hostile", "last_event", "state"):
                c.wait(lambda m, leaf=leaf: m.topic == f"{PREFIX}/yard/{leaf}" and not m.payload, start=mark)

    def renamed(self, w, port, node, **discovery):
        return dict(self.settings(w, port, ["porch"], **discovery), node=node)

    def left_of(self, w, port, node):
        """Topics of that name that the broker keeps."""
        late = w.client(port, topics=("#",))
        late.publish("mark", "behind all that is retained")
        late.wait_topic("mark")
        return sorted(m.topic for m in late.messages if node in m.topic)

    def test_renamed_while_nobody_ran(self):
        """The old name goes when nobody has it any more, and not while somebody has."""
        with World() as w:
            port = w.broker().port
            c = w.client(port, topics=("#",))
            d = w.daemon(self.settings(w, port, ["porch", "yard"]))
            d.ready()
            for leaf in ("porch/state", "yard/state", "state"):
                c.wait_topic(f"{PREFIX}/{leaf}")
            self.assertEqual(d.stop(), 0)
            os.remove(d.notify.path)
            old = self.left_of(w, port, NODE)
            self.assertEqual(len(old), 7, old)
            c.publish(f"{PREFIX}/availability", "online", retain=True)
            d = w.daemon(self.renamed(w, port, "gate-9"))
            d.ready()
            c.wait_topic("earshot/gate-9/porch/health")
            c.wait_topic("earshot/gate-9/porch/health", start=c.mark())
            self.assertEqual(self.left_of(w, port, NODE), old, "somebody else has that name")
            self.assertEqual(d.stop(), 0)
            os.remove(d.notify.path)
            d = w.daemon(self.renamed(w, port, "gate-9"))
            d.ready()
            c.publish(f"{PREFIX}/availability", "offline", retain=True)
            d.wait_log("this node was earshot/test-node before")
            until(lambda: not self.left_of(w, port, NODE), PATIENCE_S, "nothing is left of it")
            self.names_remembered(w, 1)
            self.assertEqual(d.stop(), 0)
            os.remove(d.notify.path)
            mark = c.mark()
            d = w.daemon(self.renamed(w, port, "gate-9", enabled=False))
            d.ready()
            c.wait(lambda m: m.topic == "homeassistant/device/earshot_gate-9/config" and not m.payload, start=mark)
            self.assertEqual(d.stop(), 0)

    def names_remembered(self, w, n):
        def lines():
            with open(w.path("state/names"), encoding="ascii") as f:
                return f.read().splitlines()
        until(lambda: len(lines()) == 1 + n, PATIENCE_S, lines())

    def test_disabled(self):
        with World() as w:
            port = w.broker().port
            c = w.client(port, topics=("#",))
            d = w.daemon(self.settings(w, port, ["porch"], enabled=False))
            d.ready()
            c.wait_topic("/porch/state")
            d.hup()
            d.notify.wait("READY=1")
            self.assertEqual(d.stop(), 0)
            c.wait_topic("/availability", "offline")
            self.assertEqual([m for m in c.messages if m.topic.startswith("homeassistant/")], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
