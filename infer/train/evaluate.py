#!/usr/bin/env python3
"""Measure a model file on held-out clips through the product's own path, `earshot scan --json`.

    evaluate.py --model hostile-en.gguf [--limit 1200] [--json FILE]

Sets: `neural` (corpus/spoken: Kokoro and hibari voices), `speech` (sentences of text.py by hibari and
classic engines), `real` (actors and volunteers). Sentences are of the dev split: neither they nor
their frames were in training; voices were. A clip's score is its highest probability of any hostile
label; recall is given where 5 % and 2 % of the set's harmless clips (benign and hard negatives) are
flagged, and as the daemon flags at --sensitivity medium. Intervals are Wilson's, 95 %.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import wave

import numpy as np

import speak_shard as shard
from labels import HOSTILE

SETS = {"neural": ["spoken"], "speech": ["speech"], "real": ["benign", "hostile", "aggressive"]}


def wilson(k, n, z=1.96):
    """(share, low, high) of k out of n."""
    if not n:
        return float("nan"), 0.0, 1.0
    p, d = k / n, 1 + z * z / n
    mid, half = (p + z * z / (2 * n)) / d, z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
    return p, max(0.0, mid - half), min(1.0, mid + half)


def wav(row, name):
    """The clip as a file, made once: half a second before it, one behind."""
    path = shard.cache("eval", name, row["id"].replace("/", "_") + ".wav")
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with wave.open(path + ".part", "wb") as w:
            w.setnchannels(1), w.setsampwidth(2), w.setframerate(shard.RATE)
            quiet = lambda s: np.random.default_rng(1).normal(0, 3, int(s * shard.RATE)).astype("<i2").tobytes()
            w.writeframes(quiet(.5) + np.ascontiguousarray(row["audio"]).tobytes() + quiet(1))
        os.replace(path + ".part", path)
    return path


def scan(paths, o):
    """{path: scan's answer}"""
    with tempfile.NamedTemporaryFile("w", suffix=".list") as f:
        f.write("\n".join(paths) + "\n")
        f.flush()
        cmd = [o.earshot, "scan", "--json", "--model", o.model, "--sensitivity", o.sensitivity, "--list", f.name]
        out = subprocess.run(cmd, stdout=subprocess.PIPE, check=True).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    return {r["file"]: r for r in rows}


def clips_of(names, limit):
    rows = []
    for name in names:
        for row in shard.clips(shard.cache("clips", name)):
            if row["split"] == "dev" and "laugh" not in row["label"] and len(row["audio"]) > 3200:
                rows.append((row, name))
    order = np.random.default_rng(0).permutation(len(rows))[:limit]
    return [rows[i] for i in order]


def measure(names, o):
    rows = clips_of(names, o.limit)
    paths = [wav(row, name) for row, name in rows]
    got = scan(paths, o)
    score = np.array([max(got[p]["peak"][h] for h in HOSTILE) for p in paths])
    flagged = np.array([got[p]["hostile"] for p in paths])
    label = np.array([next((h for h in HOSTILE if h in r["label"]), r["label"].split(",")[0]) for r, _ in rows])
    return rows, score, flagged, label


def figures(score, flagged, label):
    """Rows of (name, hits, of) for one set."""
    bad = np.isin(label, HOSTILE)
    out = []
    for share in (.05, .02):
        at = np.quantile(score[~bad], 1 - share) if (~bad).any() else 1.0
        out.append((f"recall at {100 * share:.0f} %", int((score[bad] > at).sum()), int(bad.sum())))
        if share == .05:
            out += [(f"  {h}", int((score[label == h] > at).sum()), int((label == h).sum())) for h in HOSTILE]
    out.append(("recall as flagged", int(flagged[bad].sum()), int(bad.sum())))
    out += [(f"flagged {k}", int(flagged[label == k].sum()), int((label == k).sum()))
            for k in ("benign", "hard_negative", "aggressive", "callout") if (label == k).any()]
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True)
    p.add_argument("--earshot", default=os.environ.get("EARSHOT", "earshot"))
    p.add_argument("--sensitivity", default="medium")
    p.add_argument("--limit", type=int, default=1200, help="clips a set")
    p.add_argument("--json", help="write the figures there")
    p.add_argument("--worst", type=int, default=0, help="print so many of the worst errors of each set")
    o = p.parse_args()
    report = {}
    for name, parts in SETS.items():
        rows, score, flagged, label = measure(parts, o)
        print(name)
        for what, k, n in figures(score, flagged, label):
            share, low, high = wilson(k, n)
            print(f"  {what:22s} {k:5d} of {n:5d}  {100 * share:5.1f} %  [{100 * low:.1f}, {100 * high:.1f}]")
            report.setdefault(name, {})[what.strip()] = [k, n]
        wrong = np.where(np.isin(label, HOSTILE), 1 - score, score)
        for i in np.argsort(-wrong)[:o.worst]:
            print(f"    {score[i]:.3f} {label[i]}: {rows[i][0]['text']} ({rows[i][0]['voice']})")
    if o.json:
        with open(o.json, "w", encoding="utf-8") as f:
            json.dump(report, f, indent=1)


if __name__ == "__main__":
    sys.exit(main())
