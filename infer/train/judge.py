#!/usr/bin/env python3
"""How hostile a sentence is by what it means, judged without having been told: what train.py --judge
learns from besides the labels.

  judge.py [SET ...]

A small network from meaning.py's vectors to the hostile labels, FOLDS of them, each trained without one
part of the templates (and of the public sentences), which it then judges. What only the label knows is
left out of such a judgement, so that a network that learns it does not learn sentences by heart. Sentences
without a label (text_plain.py) are judged by all of them, and it is all that is known of these.

Output: $EARSHOT_CACHE/judge.npz: vector (n, SIZE) float16, as in meaning.npz; logit (n, 4) float16.
"""
import argparse
import hashlib
import os

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import meaning
import speak_shard as shard
from labels import HOSTILE, UNLABELLED
from train import OTHER_WEIGHT, rate

SETS = ("spoken", "speech", "plain", "benign", "talk", "hostile")
FOLDS, EPOCHS, BATCH, WIDTH = 3, 7, 1024, 1024
RARE = .05  # share of hostile sentences among those that nobody labelled, at the most
LOUDER = 8  # numbers of a vector of length 1 are small: about 1 with this


def sentences(sets):
    """(vectors, labels (n, 4), fold, whether it is held out) of all sentences, each once; fold -1: unlabelled."""
    meant, seen = meaning.known(), {}
    for name in sets:
        for table in shard.tables(shard.cache("clips", name)):
            for row in shard.read_table(shard.cache("clips", name, table + ".tsv")):
                v = meant.get(meaning.key(row["text"])) if row["text"] else None
                if v is not None and v.tobytes() not in seen:
                    names = row["label"].split(",")
                    group = row["frame"] if row.get("frame", "0") not in ("0", "") else row["text"]
                    fold = -1 if UNLABELLED in names else hashlib.sha256(str(group).encode()).digest()[0] % FOLDS
                    seen[v.tobytes()] = (v, [h in names for h in HOSTILE], fold, row["split"] != "train")
    v, y, fold, dev = zip(*seen.values())
    return torch.from_numpy(np.stack(v)), torch.tensor(y).float(), np.array(fold), np.array(dev)


def loss_of(z, y):
    hostile = y.any(1)
    weight = torch.where(hostile[:, None] & (y == 0), OTHER_WEIGHT, 1.0)
    each = F.binary_cross_entropy_with_logits(z, y, reduction="none") * weight
    return each.sum(1).mean() + F.binary_cross_entropy_with_logits(torch.logsumexp(z, 1), hostile.float())


def taught(x, y):
    """A network that has learned x -> y."""
    net = nn.Sequential(nn.Linear(meaning.SIZE, WIDTH), nn.GELU(), nn.Dropout(.4),
                        nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Dropout(.4), nn.Linear(WIDTH, len(HOSTILE)))
    opt = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=1e-2)
    size = min(BATCH, len(x))
    plan = torch.optim.lr_scheduler.OneCycleLR(opt, 2e-3, len(x) // size * EPOCHS)
    for _ in range(EPOCHS):
        for some in torch.randperm(len(x)).split(size)[:len(x) // size]:
            opt.zero_grad()
            loss_of(net(x[some]), y[some]).backward()
            opt.step()
            plan.step()
    return net.eval()


def figures(z, y):
    """Recall at 5 and 2 % of the harmless."""
    return " and ".join(f"{rate(torch.logsumexp(z, 1), y.any(1), share):.3f} at {100 * share:.0f} %" for share in (.05, .02))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("sets", nargs="*", default=list(SETS), metavar="set")
    o = p.parse_args()
    torch.manual_seed(1)
    vectors, y, fold, dev = sentences(o.sets)
    x, logits = LOUDER * vectors.float(), torch.zeros(len(y), len(HOSTILE))
    plain, told = np.flatnonzero(fold < 0), (fold >= 0) & ~dev
    rarer = torch.logit(torch.tensor(RARE)) - torch.logit(y[told].any(1).float().mean())  # what was learned holds many more
    for k in range(FOLDS):
        own, rest = np.flatnonzero((fold == k) & told), np.flatnonzero((fold != k) & told)
        net = taught(x[rest], y[rest])
        with torch.no_grad():
            logits[own] = net(x[own])
            logits[plain] += (net(x[plain]) + rarer) / FOLDS
            held = net(x[dev])
        print(f"part {k}: {len(rest)} learned, {len(own)} judged: {figures(logits[own], y[own])}; held out {figures(held, y[dev])}", flush=True)
    path = shard.cache("judge.npz")
    with open(path + ".part", "wb") as f:
        np.savez(f, vector=vectors.numpy()[~dev], logit=logits.numpy()[~dev].astype(np.float16))
    os.replace(path + ".part", path)


if __name__ == "__main__":
    main()
