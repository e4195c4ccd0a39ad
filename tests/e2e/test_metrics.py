#!/usr/bin/python3
"""What Prometheus reads is what health says; an address that is taken costs only that."""

import socket
import time
import unittest
import urllib.request

from harness import PATIENCE_S, PREFIX, World, free_port, silence


class Metrics(unittest.TestCase):
    def start(self, w, port, listen):
        path = w.wav("quiet.wav", silence(600))
        s = w.settings(port, {"porch": {"url": "file:" + path}}, metrics={"listen": listen},
                       health_interval="1s")
        d = w.daemon(s)
        d.ready()
        return d

    def scrape(self, url):
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
            text = answer.read().decode()
        return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))

    def test_same_as_health(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            port = free_port()
            d = self.start(w, broker.port, f"localhost:{port}")
            c.wait_topic("/porch/state")
            before = c.wait(lambda m: m.topic == f"{PREFIX}/health" and m.json["sources_online"] == 1 and
                            m.json["broker_connects"] == 1).json
            node, at_ms = self.scrape(f"http://localhost:{port}/metrics"), time.time() * 1000
            health = c.wait(lambda m: m.topic == f"{PREFIX}/health" and m.json["time_ms"] > at_ms).json
            ear = c.wait_topic("/porch/health").json
            for name, said in (("earshot_%s", health), ('earshot_source_%s{source="porch"}', ear)):
                for key in said.keys() - {"schema", "time_ms"}:
                    self.assertTrue({name % key, name % (key + "_total")} & node.keys(), key)
            self.assertEqual(float(node["earshot_broker_connects_total"]), 1)
            self.assertEqual(float(node["earshot_sources_online"]), 1)
            self.assertEqual(float(node['earshot_source_online{source="porch"}']), 1)
            rss = sorted((before["rss_bytes"], health["rss_bytes"]))  # what the start took is let go meanwhile
            self.assertTrue(rss[0] / 1.5 < float(node["earshot_rss_bytes"]) < rss[1] * 1.5, (rss, node))
            self.assertTrue(before["uptime_s"] - 1 <= float(node["earshot_uptime_s"]) <= health["uptime_s"] + 1)
            self.assertRegex(next(k for k in node if k.startswith("earshot_info")), r'node="test-node"')
            self.assertEqual(d.stop(), 0)

    def test_address_is_taken(self):
        with World() as w, socket.create_server(("127.0.0.1", 0)) as mine:
            broker = w.broker()
            d = self.start(w, broker.port, "127.0.0.1:%d" % mine.getsockname()[1])
            d.wait_log("in use; the daemon goes on")
            self.assertRegex(d.log, r"metrics\.listen: .* in use; the daemon goes on")
            self.assertEqual(d.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
