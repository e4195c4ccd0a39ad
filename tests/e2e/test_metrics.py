#!/usr/bin/python3
"""What Prometheus reads is what health says; an address that is taken costs only that."""

import re
import socket
import unittest
import urllib.request

from harness import PREFIX, World, free_port, silence


class Metrics(unittest.TestCase):
    def start(self, w, port, listen):
        path = w.wav("quiet.wav", silence(60))
        s = w.settings(port, {"porch": {"url": "file:" + path}}, metrics={"listen": listen},
                       health_interval="1s")
        d = w.daemon(s)
        d.ready()
        return d

    def scrape(self, url):
        with urllib.request.urlopen(url, timeout=10) as answer:
            text = answer.read().decode()
        return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))

    def test_same_as_health(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            port = free_port()
            d = self.start(w, broker.port, f"localhost:{port}")
            c.wait_topic("/porch/state")
            c.wait(lambda m: m.topic == f"{PREFIX}/health" and m.json["sources_online"] == 1 and
                   m.json["broker_connects"] == 1)
            mark = c.mark()
            node = self.scrape(f"http://localhost:{port}/metrics")
            health = c.wait(lambda m: m.topic == f"{PREFIX}/health", start=mark).json
            ear = c.wait_topic("/porch/health", start=mark).json
            for name, said in (("earshot_%s", health), ('earshot_source_%s{source="porch"}', ear)):
                for key in said.keys() - {"schema", "time_ms"}:
                    self.assertTrue({name % key, name % (key + "_total")} & node.keys(), key)
            self.assertEqual(float(node["earshot_broker_connects_total"]), 1)
            self.assertEqual(float(node["earshot_sources_online"]), 1)
            self.assertEqual(float(node['earshot_source_online{source="porch"}']), 1)
            self.assertAlmostEqual(float(node["earshot_rss_bytes"]), health["rss_bytes"], delta=4 << 20)
            self.assertLess(abs(float(node["earshot_uptime_s"]) - health["uptime_s"]), 3)
            self.assertRegex(next(k for k in node if k.startswith("earshot_info")), r'node="test-node"')
            self.assertEqual(d.stop(), 0)

    def test_address_is_taken(self):
        with World() as w, socket.create_server(("127.0.0.1", 0)) as mine:
            broker = w.broker()
            d = self.start(w, broker.port, "127.0.0.1:%d" % mine.getsockname()[1])
            self.assertTrue(re.search(r"metrics\.listen: .* in use; the daemon goes on", d.log), d.log)
            self.assertEqual(d.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
