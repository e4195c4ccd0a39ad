#!/usr/bin/python3
"""./dev demo: a broker, the daemon, two live sources made of recordings, and an ordinary
MQTT subscriber (mosquitto_sub) that prints what comes. With --once it plays the list
once, holds what the subscriber received against what the recordings hold, and ends with
1 if they differ."""

import argparse
import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

PAUSE_QUIET, PAUSE_HOSTILE = 1.0, 3.2  # seconds after a recording; an event is held for 2 s
EARLY, LATE = 0.6, 1.6                 # an event may start this long before or after its recording

COLOURS = {"ON": "\033[1;31m", "OFF": "\033[32m", "start": "\033[31m", "dim": "\033[2m"}


def paint(text, colour):
    on = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return f"{COLOURS[colour]}{text}\033[0m" if on and colour in COLOURS else text


def playlists(rows):
    """For each of two sources a handful of recordings, quiet and hostile in turn."""
    hostile = [r for r in rows if r["expected"] == "hostile" and r.get("demo") == "yes"]
    quiet = [r for r in rows if r["expected"] == "quiet" and r.get("demo") == "yes"]
    lists = {}
    for i, name in enumerate(("porch", "yard")):
        mine = []
        for h, q in zip(hostile[i::2], quiet[i::2]):
            mine += [q, h]
        lists[name] = mine + quiet[i::2][len(hostile[i::2]):]
    return lists


def lay_out(h, rows):
    """PCM of a list, and when each recording begins and ends in it."""
    pcm, times = bytearray(h.silence(0.8)), []
    for r in rows:
        begin = len(pcm) / 2 / h.RATE
        pcm += h.decode(r["path"])
        times.append((begin, len(pcm) / 2 / h.RATE, r))
        pcm += h.silence(PAUSE_HOSTILE if r["expected"] == "hostile" else PAUSE_QUIET)
    return bytes(pcm), times


class Subscriber:
    """mosquitto_sub as anybody would start it; its lines are printed and kept."""

    def __init__(self, port):
        self.command = ["mosquitto_sub", "-h", "127.0.0.1", "-p", str(port), "-q", "1",
                        "-t", "earshot/#", "-F", "%t\t%p"]
        self.events, self.hostile, self.availability = [], {}, None
        self.online = {}  # source: when it began to be heard, as it says itself
        self.cond = threading.Condition()
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        for line in self.process.stdout:
            topic, payload = line.rstrip("\n").split("\t", 1)
            with self.cond:
                self.take(topic, payload)
                self.cond.notify_all()

    def take(self, topic, payload):
        at = datetime.datetime.now().strftime("%H:%M:%S.%f")[:-3]
        leaf = topic.split("/")[-1]
        if leaf == "event":
            e = json.loads(payload)
            self.events.append(e)
            text = (f"{e['event_type']:6} {e['label']} score {e['score']:.2f} peak {e['peak']:.2f} "
                    f"{e['duration_ms'] / 1000:.1f} s {e['end_reason'] or ''}")
        elif leaf == "hostile":
            self.hostile[topic] = payload
            text = payload
        elif leaf == "availability":
            self.availability = payload
            text = payload
        elif leaf == "state" and topic.count("/") == 3 and json.loads(payload)["state"] == "online":
            self.online.setdefault(topic.split("/")[2], seconds(json.loads(payload)["since"]))
            text = payload
        else:
            text = payload if len(payload) < 90 else payload[:87] + "…"
        colour = text if leaf == "hostile" else "start" if text.startswith("start") else \
            "" if leaf == "event" else "dim"
        print(f"  {at}  {topic:34} {paint(text, colour)}", flush=True)

    def wait(self, condition, timeout):
        with self.cond:
            return self.cond.wait_for(condition, timeout)

    def stop(self):
        self.process.terminate()
        self.process.wait(5)
        self.thread.join(5)


def verdict(times, messages, first, last):
    """Lines of the table, and whether all is as it should be. The sound began between these two
    moments, which are the same but for what a busy machine does between them."""
    events = {}
    for m in messages:
        events.setdefault(m["id"], []).append(m)
    good, lines, used = True, [], set()
    for begin, end, r in times:
        mine = [k for k, ms in events.items() if first + begin - EARLY <= seconds(ms[0]["started"])
                < last + end + LATE and k not in used] if r["expected"] == "hostile" else []
        used.update(mine)
        whole = all([m["event_type"] for m in (events[k][0], events[k][-1])] == ["start", "end"]
                    for k in mine)
        right = whole and bool(mine) == (r["expected"] == "hostile")
        good = good and right
        said = ", ".join(f"{events[k][-1]['label']} {events[k][-1]['peak']:.2f}" for k in mine) or "-"
        lines.append(f"    {'ok ' if right else 'BAD'} {r['label']:14} {said:26} {r['text'][:60]}")
    for k in events.keys() - used:
        m = events[k][-1]
        lines.append(f"    BAD flagged where nothing hostile was said: {m['label']} "
                     f"{m['peak']:.2f} {m['started']}")
    return lines, good and not events.keys() - used


def seconds(time):
    return datetime.datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()


def play(h, w, once):
    broker = w.broker()
    print(f"mosquitto listens on 127.0.0.1:{broker.port}")
    sub = Subscriber(broker.port)
    w.also(sub.stop)
    print("subscribed: " + " ".join(sub.command[:-2]))
    lists = {name: lay_out(h, rows) for name, rows in playlists(h.manifest()).items()}
    porch = w.wav("porch.wav", lists["porch"][0] + h.silence(120 if once else 1))
    fifo = w.feeder("yard.fifo", lists["yard"][0] + h.silence(120 if once else 1), endless=not once)
    settings = w.settings(broker.port, {
        "porch": {"url": f"file:{porch}"}, "yard": {"url": f"pipe:{fifo.path}"}})
    settings["node"] = "demo"
    h.until(lambda: broker.said("earshot/#"), h.PATIENCE_S, "the subscription")
    begun = time.time()
    d = w.daemon(settings)
    print("configuration:\n" + "".join("    " + line for line in open(d.config)), end="")
    d.ready()
    ready = time.time()
    print(f"earshotd {d.process.pid} is ready; porch plays a file in its own time, yard a FIFO\n")
    if not once:
        print("  (Ctrl-C ends it)")
        d.process.wait()
        return 1
    length = max(len(pcm) / 2 / h.RATE for pcm, _ in lists.values())
    threading.Event().wait(length + 0.5)  # the recordings run in real time
    sub.wait(lambda: all(v == "OFF" for v in sub.hostile.values()), h.PATIENCE_S)
    code = d.stop()
    sub.wait(lambda: sub.availability == "offline", h.PATIENCE_S)
    moments = {"porch": (begun, max(ready, sub.online.get("porch", 0) - 1)),  # a second is heard before it says so
               "yard": (fifo.started, fifo.started + fifo.late)}
    print("\nwhat was said, and what the subscriber received:")
    good = code == 0 and sub.availability == "offline"
    for name, (_, times) in lists.items():
        events = [e for e in sub.events if e["source"] == name]
        lines, fine = verdict(times, events, *moments[name])
        good = good and fine
        print(f"  {name}\n" + "\n".join(lines))
    n = sum(len(times) for _, times in lists.values())
    print(f"\n{n} recordings: " + ("every hostile one flagged with start and end, all others silent"
                                  if good else "NOT as they should be"))
    return 0 if good else 1


def main():
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="play once, check, end")
    parser.add_argument("--build", default="build", help=argparse.SUPPRESS)
    args = parser.parse_args()
    os.environ.setdefault("EARSHOT_BUILD", os.path.abspath(args.build))
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import harness as h
    if not shutil.which("mosquitto_sub"):
        sys.exit("demo: mosquitto_sub is missing: run ./dev setup")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with h.World() as w:
            return play(h, w, args.once)
    except KeyboardInterrupt:
        print()
        return 0


if __name__ == "__main__":
    sys.exit(main())
