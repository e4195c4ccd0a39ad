#!/usr/bin/env python3
"""Measure a model file on held-out clips through the product's own path, `earshot scan --json`.

    evaluate.py --model hostile-en.gguf [--sets SET …] [--limit 1200] [--skip N] [--conditions] [--json FILE]

Sets: `neural` (corpus/spoken: Kokoro and hibari voices), `speech` (sentences of text.py by hibari and
classic engines), `people` (actors and volunteers), and by speak_games.py `real` (games by actors that training
never heard) and `queen` (other lines of actors that it heard). Sentences are of the dev split: neither they
nor their frames were in training; voices were, but for `unseen` and `real`. A clip's score is its highest
probability of any hostile label; recall is given where 5 % and 2 % of the set's harmless clips (benign and hard
negatives) are flagged, and as the daemon flags at --sensitivity medium. Intervals are Wilson's, 95 %. `accuracy` is
that of hostile against not at the best threshold, both sides weighed alike; `ECE` the calibration error in 15 bins;
`delay` from the end of a phrase to the time of its flag, in sound. --conditions: `neural` again through
rooms, noise and lines. Where clips say who is angry, the area under the curve of `aggressive_voice` is given:
clips marked `aggressive`, whatever their words, against harmless ones that nobody shouts.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import wave

import numpy as np

import conditions
import speak_shard as shard
from intervals import auc, wilson
from labels import HOSTILE

SETS = {"neural": ["spoken"], "unseen": ["unseen"], "speech": ["speech"], "people": ["benign", "hostile", "aggressive"],
        "real": ["real"], "queen": ["queen"]}
WHOLE = {"real", "queen"}
FEW = 5  # clips of either side that an area under a curve needs


def wav(row, name, condition):
    """The clip as a file, made once: half a second before it, one behind."""
    path = shard.cache("eval", "-".join(f"{name} {condition}".replace("/", " a ").split()), row["id"].replace("/", "_") + ".wav")
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with wave.open(path + ".part", "wb") as w:
            w.setnchannels(1), w.setsampwidth(2), w.setframerate(shard.RATE)
            quiet = lambda s: np.random.default_rng(1).normal(0, 3, int(s * shard.RATE)).astype("<i2").tobytes()
            w.writeframes(quiet(.5) + np.ascontiguousarray(conditions.heard(row["audio"], condition, row["id"])).tobytes() + quiet(1))
        os.replace(path + ".part", path)
    return path


def scan(paths, o, *more):
    """{path: scan's answer}"""
    with tempfile.NamedTemporaryFile("w", suffix=".list") as f:
        f.write("\n".join(paths) + "\n")
        f.flush()
        cmd = [o.earshot, "scan", "--json", "--model", o.model, "--sensitivity", o.sensitivity, "--list", f.name, *more]
        out = subprocess.run(cmd, stdout=subprocess.PIPE, check=True).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    return {r["file"]: r for r in rows}


def clips_of(names, limit, skip=0):
    rows = []
    for name in names:
        for row in shard.clips(shard.cache("clips", name)):
            if row["split"] == "dev" and "laugh" not in row["label"] and len(row["audio"]) > 3200:
                rows.append((row, name))
    order = np.random.default_rng(0).permutation(len(rows))[skip:][:limit]
    return [rows[i] for i in order]


def measure(names, o, condition=""):
    """(rows, highest hostile probability, flagged?, label, delay or nan) of a set's clips; each row with
    `loud`, its highest probability of aggressive_voice."""
    rows = clips_of(names, None) if WHOLE.issuperset(names) else clips_of(names, o.limit, o.skip)
    paths = [wav(row, name, condition) for row, name in rows]
    got = scan(paths, o)
    score = np.array([max(got[p]["peak"][h] for h in HOSTILE) for p in paths])
    for (row, _), p in zip(rows, paths):
        row["loud"] = got[p]["peak"]["aggressive_voice"]
    flagged = np.array([got[p]["hostile"] for p in paths])
    label = np.array([next((h for h in HOSTILE if h in r["label"]), r["label"].split(",")[0]) for r, _ in rows])
    start = [min((e["start_s"] for e in got[p]["events"]), default=np.nan) for p in paths]
    delay = np.array(start) - [.5 + len(row["audio"]) / shard.RATE for row, _ in rows]
    return [row for row, _ in rows], score, flagged, label, delay


def engine(row):
    """Who speaks: hibari, flite, espeak, a Kokoro voice or blend (af_heart …), or the people of a source."""
    kind = re.split(r"[-:+/]", row["voice"])[0]
    return "Kokoro" if re.match(r"[a-z][fm]_", kind) else kind if kind in ("hibari", "flite", "espeak", "pico") else row["origin"]


def figures(score, flagged, label, voice=()):
    """Rows of (name, hits, of) for one set."""
    bad = np.isin(label, HOSTILE)
    out = []
    for share in (.05, .02):
        at = np.quantile(score[~bad], 1 - share) if (~bad).any() else 1.0
        out.append((f"recall at {100 * share:.0f} %", int((score[bad] > at).sum()), int(bad.sum())))
        if share == .05:
            out += [(f"  {h}", int((score[label == h] > at).sum()), int((label == h).sum())) for h in HOSTILE]
        out += [(f"  by {v}" + " at 2 %" * (share == .02), int((score[bad & (voice == v)] > at).sum()), int((bad & (voice == v)).sum()))
                for v in sorted(set(voice[bad] if len(voice) else ()))]
    out.append(("recall as flagged", int(flagged[bad].sum()), int(bad.sum())))
    out += [(f"flagged {k}", int(flagged[label == k].sum()), int((label == k).sum()))
            for k in ("benign", "hard_negative", "aggressive", "callout") if (label == k).any()]
    return out


def balanced_accuracy(score, bad):
    """Of the best threshold."""
    at = np.unique(score)
    return max((score[bad] >= t).mean() / 2 + (score[~bad] < t).mean() / 2 for t in at)


def calibration_error(score, bad, bins=15):
    """Expected calibration error (Guo et al., 2017): |share that is hostile - probability|, weighed by bin."""
    where = np.minimum((score * bins).astype(int), bins - 1)
    return sum(abs(bad[where == b].mean() - score[where == b].mean()) * (where == b).mean() for b in np.unique(where))


def numbers(score, label, delay):
    """Figures that are not shares of clips."""
    bad = np.isin(label, HOSTILE)
    out = {"accuracy": balanced_accuracy(score, bad), "ECE": calibration_error(score, bad)} if bad.any() else {}
    late = delay[bad & np.isfinite(delay)]
    if len(late):
        out["delay median s"], out["delay p95 s"] = np.quantile(late, (.5, .95))
    return {k: round(float(v), 3) for k, v in out.items()}


def aggression(rows, kind):
    """Rows of (name, (area, low, high), angry clips, calm ones): all of a set, and each source that has both."""
    out = []
    for source in ["", *sorted(set(kind))]:
        mine = [r for r, k in zip(rows, kind) if source in ("", k)]
        angry = [r["loud"] for r in mine if "aggressive" in r["label"]]
        calm = [r["loud"] for r in mine if r["label"] in ("benign", "hard_negative") and "!" not in r["text"]]
        if min(len(angry), len(calm)) >= FEW:
            out.append((f"  by {source}" if source else "AUC aggressive_voice", auc(angry, calm), len(angry), len(calm)))
    return out[:1] if len(out) == 2 else out


def show(title, rows, score, flagged, label, delay, worst):
    """Print a set's figures and worst errors; the figures as a dict."""
    report = {}
    print(title)
    kind = np.array([engine(r) for r in rows])
    for what, k, n in figures(score, flagged, label, kind):
        share, low, high = wilson(k, n)
        print(f"  {what:32s} {k:5d} of {n:5d}  {100 * share:5.1f} %  [{100 * low:.1f}, {100 * high:.1f}]")
        report[what.strip()] = [k, n]
    for what, (area, low, high), n, m in aggression(rows, kind):
        print(f"  {what:32s} {n:5d} to {m:5d}  {area:5.3f}    [{low:.3f}, {high:.3f}]")
        report[f"AUC {what.strip()}".replace("AUC AUC", "AUC")] = [area, low, high, n, m]
    report.update(numbers(score, label, delay))
    print("  " + ", ".join(f"{k} {v}" for k, v in numbers(score, label, delay).items()))
    wrong = np.where(np.isin(label, HOSTILE), 1 - score, score)
    for i in np.argsort(-wrong)[:worst]:
        print(f"    {score[i]:.3f} {label[i]}: {rows[i]['text']} ({rows[i]['voice']})")
    return report


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True)
    p.add_argument("--earshot", default=os.environ.get("EARSHOT", "earshot"))
    p.add_argument("--sensitivity", default="medium")
    p.add_argument("--limit", type=int, default=1200, help="clips a set; `real` and `queen` are taken whole")
    p.add_argument("--skip", type=int, default=0, help="clips a set that come before these: what a model was chosen by")
    p.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    p.add_argument("--json", help="write the figures there")
    p.add_argument("--conditions", action="store_true", help="`neural` through rooms, noise and lines too")
    p.add_argument("--scores", help="write every clip's score there (npz), for plots.py")
    p.add_argument("--worst", type=int, default=0, help="print so many of the worst errors of each set")
    o = p.parse_args()
    report, plain = {}, {}
    runs = [(name, SETS[name], "") for name in o.sets if any(shard.tables(shard.cache("clips", p)) for p in SETS[name])]
    runs += [("neural", SETS["neural"], c) for c in conditions.CONDITIONS] if o.conditions else []
    for name, parts, condition in runs:
        title = f"{name}, {condition}" if condition else name
        found = measure(parts, o, condition)
        report[title] = show(title, *found, o.worst)
        rows, score, _, label, delay = found
        plain.update({f"{title}/score": score, f"{title}/label": label, f"{title}/delay": delay})
    if o.scores:
        np.savez(o.scores, **plain)
    if o.json:
        with open(o.json, "w", encoding="utf-8") as f:
            json.dump(report, f, indent=1)


if __name__ == "__main__":
    sys.exit(main())
