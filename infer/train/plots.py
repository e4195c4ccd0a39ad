#!/usr/bin/env python3
"""The card's picture, from what evaluate.py --scores and hours.py --json wrote.

    plots.py SCORES.npz HOURS.json OUT.png

Four panels over `neural`: recall by label against harmless clips flagged; recall against false alarms
an hour of real people and noise; calibration; delay of flags.
"""
import json
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from labels import HOSTILE


def roc(ax, score, label):
    bad = np.isin(label, HOSTILE)
    at = np.sort(score[~bad])[::-1]
    share = np.arange(len(at)) / len(at)
    for h in HOSTILE:
        recall = [(score[label == h] > t).mean() for t in at]
        ax.step(100 * share, 100 * np.array(recall), where="post", label=f"{h} ({(label == h).sum()})")
    ax.axvline(5, color="grey", lw=.5)
    ax.set(title="recall by label", xlabel="harmless clips flagged, %", ylabel="recall, %", xlim=(0, 20), ylim=(0, 100))
    ax.legend(loc="lower right", fontsize=7)


def hours(ax, score, label, measured):
    bad, at = np.isin(label, HOSTILE), np.array(measured["threshold"])
    recall = np.array([(score[bad] > t).mean() for t in at])
    n = sum(np.array(measured[k]["events"]) for k in ("people", "noise"))
    ax.plot(measured["false_alarms_per_hour"], 100 * recall, color="C0", lw=1, ls=":", label="drawn on, none counted")
    ax.plot(np.array(measured["false_alarms_per_hour"])[n > 0], 100 * recall[n > 0], color="C0", label="counted")
    ax.set(title="people and noise", xlabel="false alarms an hour", ylabel="recall, %", xscale="log", xlim=(.01, 300), ylim=(0, 100))
    ax.legend(loc="lower right", fontsize=7)


def calibration(ax, score, label, bins=15):
    bad, where = np.isin(label, HOSTILE), np.minimum((score * bins).astype(int), bins - 1)
    used = [b for b in range(bins) if (where == b).any()]
    ax.plot([0, 1], [0, 1], color="grey", lw=.5)
    ax.plot([score[where == b].mean() for b in used], [bad[where == b].mean() for b in used], "o-", ms=3)
    ax.set(title="calibration", xlabel="highest probability", ylabel="share that is hostile")


def delay(ax, label, late):
    late = late[np.isin(label, HOSTILE) & np.isfinite(late)]
    ax.hist(late, bins=30)
    ax.set(title=f"delay, median {np.median(late):.2f} s", xlabel="end of phrase to flag, s", ylabel="clips")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    with np.load(sys.argv[1]) as f, open(sys.argv[2], encoding="utf-8") as h:
        score, label, late, measured = f["neural/score"], f["neural/label"], f["neural/delay"], json.load(h)
    fig, axes = plt.subplots(2, 2, figsize=(8, 6.4))
    roc(axes[0, 0], score, label)
    hours(axes[0, 1], score, label, measured)
    calibration(axes[1, 0], score, label)
    delay(axes[1, 1], label, late)
    fig.tight_layout()
    fig.savefig(sys.argv[3], dpi=80, metadata={"Software": None})


if __name__ == "__main__":
    main()
