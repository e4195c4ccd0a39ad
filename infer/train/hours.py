#!/usr/bin/env python3
"""False alarms an hour against the threshold, on hours of harmless sound, through `earshot scan`.

    hours.py --model hostile-en.gguf [--kinds KIND …] [--write] [--json FILE]

Sound of the dev split that no training heard, clip after clip as a microphone would: `people` (real
benign speech), `noise` (streets, animals, music, screams of games), `voices` (synthetic speech, from
frames with a hostile twin: harder than life). The curve is that of people and noise. By --kinds, where
speak_games.py was run: `talk` (harmless lines of games by actors: livelier than life), `words`, `music`.
A threshold is tried as the daemon would use it (daemon/decide.h: two windows over it start an event,
e times lower odds keep it, two seconds under that end it). --write keeps the curve in the model file,
where `sensitivity: 1/day`, `earshot calibrate` and `earshot model` find it:
  earshot.curve.threshold, .false_alarms_per_hour: same length, ascending thresholds; .hours: of sound
Beyond the last threshold that made a false alarm the curve is drawn on as it fell before.
"""
import argparse
import json
import os
import sys
import tempfile
import wave

import numpy as np

import gguf_file
import speak_shard as shard
from evaluate import scan

MIN_WINDOWS, HOLD_S, STAY_ODDS = 2, 2.0, np.exp(-1)
RECORDING_S = 300
KINDS = {"people": (("benign",), 1e9), "noise": (("noise",), 1e9), "voices": (("speech",), 2.0),  # sets, hours at most
         "talk": (("real", "queen", "talk"), 1e9), "words": (("words",), 1e9), "music": (("music",), 1e9)}
CURVE = ("people", "noise")
SENSITIVITIES = ("low", "medium", "high")


def levels(n=48):
    odds = np.linspace(np.log(.05 / .95), np.log(.9995 / .0005), n)
    return 1 / (1 + np.exp(-odds))


def recordings(names, hours):
    """Clips of the sets' dev split, half a second apart, in recordings of five minutes."""
    rows = [r for name in names for r in shard.clips(shard.cache("clips", name))
            if r["split"] == "dev" and (name in ("noise", "music") or r["label"] in ("benign", "benign,lively"))]
    rng, part, total = np.random.default_rng(5), [], 0
    for i in rng.permutation(len(rows)):
        gap = rng.normal(0, 3, shard.RATE // 2).astype("<i2")
        part += [np.asarray(rows[i]["audio"]), gap]
        if sum(map(len, part)) > RECORDING_S * shard.RATE:
            total += sum(map(len, part))
            yield np.concatenate(part)
            part = []
            if total > hours * 3600 * shard.RATE:
                return
    if part:
        yield np.concatenate(part)


def files(kind, folder):
    """The recordings of a kind as files."""
    paths = []
    for i, audio in enumerate(recordings(*KINDS[kind])):
        paths.append(os.path.join(folder, f"{kind}-{i:03d}.wav"))
        with wave.open(paths[-1], "wb") as w:
            w.setnchannels(1), w.setsampwidth(2), w.setframerate(shard.RATE)
            w.writeframes(audio.astype("<i2").tobytes())
    return paths


def events(top, end_s, start):
    """How often windows with these highest probabilities start an event at that threshold."""
    stay = start / (1 - start) * STAY_ODDS
    stay, count, open_, run, last = stay / (1 + stay), 0, False, 0, 0.0
    for p, t in zip(top, end_s):
        if open_ and p >= stay:
            last = t
        elif open_ and t - last >= HOLD_S:
            open_ = False
        if open_:
            continue
        run = run + 1 if p >= start else 0
        if run >= MIN_WINDOWS:
            open_, last, run, count = True, t, 0, count + 1
    return count


def even(p, own):
    """Highest probability of each window, were the labels' odds against their own thresholds all odds against the first's."""
    odds = lambda x: np.log(x / (1 - x))
    return (1 / (1 + np.exp(-(odds(p.clip(1e-6, 1 - 1e-6)) - odds(own) + odds(own[0]))))).max(1)


def count(kind, o, keys, folder):
    """(events by threshold, where all labels have it; events by sensitivity; hours) of one kind."""
    total, named, hours = np.zeros(len(levels()), int), dict.fromkeys(SENSITIVITIES, 0), 0.0
    for r in scan(files(kind, folder), o, "--scores").values():
        p = np.array([[w["scores"][label] for label in keys["earshot.labels"]] for w in r["windows"]])
        end = [w["end_s"] for w in r["windows"]]
        total += [events(p.max(1), end, x) for x in levels()]
        for s in SENSITIVITIES:
            own = np.array(keys[f"earshot.threshold.{s}"])
            named[s] += events(even(p, own), end, own[0])
        hours += r["duration_s"] / 3600
    return total, named, hours


def curve(n, hours):
    """False alarms an hour: never rising with the threshold, and no zero: where none was counted, on
    along the line that the last ones lie on in log-odds, and not above one in the hours heard."""
    x, rate = np.log(levels() / (1 - levels())), n / hours
    rate = np.maximum.accumulate(rate[::-1])[::-1]
    seen = np.flatnonzero(rate > 0)
    if len(seen) < 4:
        return np.full(len(rate), 3.0 / hours)
    tail = seen[-12:]
    slope = min(-.5, np.polyfit(x[tail], np.log(rate[tail]), 1)[0])
    rest = np.arange(len(rate)) > seen[-1]
    rate[rest] = rate[seen[-1]] * np.exp(slope * (x[rest] - x[seen[-1]]))
    return rate


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True)
    p.add_argument("--earshot", default=os.environ.get("EARSHOT", "earshot"))
    p.add_argument("--sensitivity", default="medium")
    p.add_argument("--write", action="store_true", help="into the model file")
    p.add_argument("--json", help="write the counts there")
    p.add_argument("--kinds", nargs="+", default=["people", "noise", "voices"], choices=list(KINDS))
    o = p.parse_args()
    if o.write and not set(CURVE) <= set(o.kinds):
        p.error("--write: the curve needs people and noise")
    keys, tensors = gguf_file.read_model(o.model)
    sum_n, sum_h, report = 0, 0.0, {"threshold": levels().tolist()}
    with tempfile.TemporaryDirectory() as folder:
        for kind in o.kinds:
            n, named, h = count(kind, o, keys, folder)
            if h == 0:
                print(f"{kind:7s} none held out")
                continue
            report[kind] = dict(events=n.tolist(), hours=h)
            if kind in CURVE:
                sum_n, sum_h = sum_n + n, sum_h + h
            print(f"{kind:7s} {h:5.2f} h, events " + ", ".join(f"{s} {k} ({k / h:.1f}/h)" for s, k in named.items()))
    if sum_h == 0 and o.write:
        sys.exit("no sound of people or noise is held out: no curve")
    if sum_h:
        report["false_alarms_per_hour"] = curve(sum_n, sum_h).tolist()
    if o.json:
        with open(o.json, "w", encoding="utf-8") as f:
            json.dump(report, f, indent=1)
    if o.write:
        keys["earshot.curve.threshold"] = levels().tolist()
        keys["earshot.curve.false_alarms_per_hour"] = report["false_alarms_per_hour"]
        keys["earshot.curve.hours"] = sum_h
        gguf_file.write_model(o.model, keys, tensors)


if __name__ == "__main__":
    sys.exit(main())
