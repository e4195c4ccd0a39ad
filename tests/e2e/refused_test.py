#!/usr/bin/python3
"""What a broker refuses: connections, messages, subscriptions. refused_test.py DRIVER CASE"""

import glob
import json
import signal
import socket
import subprocess
import time

from fault_world import check
from publisher_world import NODE, main


def case_wrong_password(w):
    long_wait = {"backoff_min_ms": 60000, "backoff_max_ms": 60000}
    for version in ("5", "3.1.1"):
        broker = w.broker(watched=False, login=("gate", "right"))
        if version > broker.version:
            continue
        with open(w.path("secret"), "w", encoding="ascii") as f:
            f.write("wrong\n")
        d = w.driver(broker.port, store=f"events-{version}.db", username="gate",
                     password_file=w.path("secret"), version=version,
                     **(long_wait if version == broker.version else {}))
        line = d.wait("refused").lower()
        check("not authori" in line or "password" in line, line)
        d.tell("post 5")
        d.wait_stats(lambda s: s["unsent"] == 5)
        with open(w.path("secret"), "w", encoding="ascii") as f:
            f.write("right\n")
        if version == broker.version:  # it has waited long by now, and is told of the new one
            d.wait_stats(lambda s, e=time.monotonic() + 3: time.monotonic() > e)
            check(not d.stats()["connected"], "the wait is not long enough to show it")
            d.tell("refresh")
        d.wait("connected to", 40)
        d.wait_stats(lambda s: s["unsent"] == 0)
        check("right" not in "".join(d.lines) and "wrong" not in "".join(d.lines), "a secret was told")
        d.quit()
        broker.stop()


def case_refused_subscriptions(w):
    """SUBACK says no: it is told, with the topic, and all else goes on."""
    plugin = glob.glob("/usr/lib/*/mosquitto_dynamic_security.so")
    check(plugin, "Debian's mosquitto brings its plugin")
    with open(w.path("roles.json"), "w", encoding="ascii") as f:
        json.dump({"defaultACLAccess": {"publishClientSend": True, "publishClientReceive": True,
                                        "subscribe": False, "unsubscribe": True}}, f)
    for version in ("5", "3.1.1"):
        broker = w.broker(watched=False, extra=f"plugin {plugin[0]}\nplugin_opt_config_file {w.path('roles.json')}")
        d = w.driver(broker.port, store=f"events-{version}.db", version=version)
        line = d.wait("the subscription of")
        check(f"{NODE}/cmd/" in line and "not a" in line.lower(), line)
        d.tell("post 5")
        s = d.wait_stats(lambda s: s["acked"] >= 6)
        check(s["connects"] == 1 and not any("/availability" in x for x in d.lines), d.lines)
        d.quit()
        broker.stop()


def case_old_broker(w):
    """Asked for MQTT 5, a broker that speaks only 3.1.1 says so by a code that means something
    else in MQTT 5; what is said then is what to do."""
    old = socket.create_server(("127.0.0.1", 0))
    d = w.driver(old.getsockname()[1], store=None)
    near, _ = old.accept()
    near.recv(4096)
    near.sendall(b"\x20\x02\x00\x01")
    d.wait("refused: it speaks no MQTT 5: set mqtt.version to 3.1.1")
    d.kill()


def case_refused_by_acl(w):
    with open(w.path("acl"), "w", encoding="ascii") as f:
        f.write("topic readwrite earshot/+/availability\ntopic read earshot/#\n")
    broker = w.broker(extra=f"acl_file {w.path('acl')}")
    d = w.driver(broker.port)
    d.tell("post 40")
    d.wait("messages refused: Not authorized")
    s = d.wait_stats(lambda s: s["sent"] >= 41)
    check(s["unsent"] == 40 and s["lost"] == 0 and s["connects"] == 1, s)
    d.quit()


def case_refused_for_a_while(w):
    """An access list that is mended while the connection stands: a state is said again as an
    event is, also where no event was refused; and refusals are told no longer."""
    with open(w.path("acl"), "w", encoding="ascii") as f:
        f.write("topic readwrite earshot/+/availability\ntopic read earshot/#\n")
    broker = w.broker(extra=f"acl_file {w.path('acl')}")
    d = w.driver(broker.port, refused_retry_ms=500)
    d.tell(f"state {NODE}/porch/hostile OFF")
    d.wait("messages refused: Not authorized")
    # `online` and the state go out, and both again after 0.5, 1, 2, 4 … s
    s = d.wait_stats(lambda s: s["sent"] >= 6, what="tried again and again")
    began = time.monotonic()
    check(s["acked"] < s["sent"], s)
    check(s["refused"], s)
    d.wait_stats(lambda s: s["sent"] >= 8, what="and again")
    check(time.monotonic() - began > 1, f"less and less often: after {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    d.tell("refresh")  # a reload tries at once
    d.wait_stats(lambda s: s["sent"] >= 10)
    check(time.monotonic() - began < 3, f"at once: after {time.monotonic() - began:.1f} s")
    d.wait_stats(lambda s: s["sent"] >= 16)
    mark = d.mark()
    with open(w.path("acl"), "a", encoding="ascii") as f:
        f.write("topic readwrite earshot/#\n")
    broker.process.send_signal(signal.SIGHUP)
    w.watcher.wait_topic("porch/hostile", "OFF")
    d.wait("text connected to", start=mark)
    s = d.stats()
    check(s["connects"] == 1 and not s["refused"], s)
    d.quit()


def case_taken_over(w):
    broker = w.broker()
    a = w.driver(broker.port, store="a.db", client_id="same")
    a.wait("connected to")
    w.driver(broker.port, store="b.db", client_id="same")
    a.wait("mqtt.client_id")


main(globals())
