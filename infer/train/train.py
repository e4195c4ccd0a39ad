#!/usr/bin/env python3
"""Train the detector on token files; resumes from its checkpoint.

    train.py --minutes 60 [--layers 6] [--grow] [--threads 2] [--device cpu] [--smoke]

Reads $EARSHOT_CACHE/tokens/train-*.npz anew each epoch, so streams may be added while it runs.
Loss of a batch of chunks: for each clip the smooth maximum of its tokens' logits (the pooling of
infer/encoder.c without the window's edge) against its labels and "any hostile label"; for pauses the
same against nothing; CTC against the phones that are said; each word, near its end; and what
the sentence means, at its end; and with --judge what judge.py says of the sentence, beside the labels.
Writes $EARSHOT_CACHE/NAME.pt every few minutes.
"""
import argparse
import glob
import math
import os
import sys
import time
import typing

import numpy as np
import torch
import torch.nn.functional as F
import torch.optim.swa_utils

import meaning
import muon
import net
import resume
import speak_shard as shard
from labels import HOSTILE
from net import Detector

CHUNK, POOL, LATE = 256, 32, 10
NEAR = range(-2, 9)  # tokens around the end of a word where it must be heard
LAST = range(-2, 6)  # tokens around the end of a clip where its meaning must be known
SAVE_EVERY = 2  # minutes
OTHER_WEIGHT = .25  # labels overlap: abuse that reads as hate is not wrong


def load(path):
    with np.load(path) as f:
        if "meaning" not in f.files:
            sys.exit(f"{path} was mixed by an older mix.py: take it away and mix anew")
        return {k: f[k] for k in f.files}


class Segment(typing.NamedTuple):
    """One clip, or a pause, in a chunk."""
    first: int
    end: int
    target: np.ndarray
    phones: np.ndarray | None = None  # None: a pause
    words: np.ndarray = np.zeros(0, np.int16)
    word_end: np.ndarray = np.zeros(0, np.float32)
    meaning: np.ndarray = np.zeros(meaning.SIZE, np.float16)
    judged: np.ndarray | None = None  # judge.py's logits


def judgements():
    """{meaning: logits} of judge.py."""
    with np.load(shard.cache("judge.npz")) as f:
        return {v.tobytes(): z for v, z in zip(f["vector"], f["logit"].astype(np.float32))}


def chunks(stream, offset, judged):
    """Cut a stream into chunks of CHUNK tokens with the segments that lie whole in each."""
    at, word_at = (np.concatenate([[0], np.cumsum(stream[k])]) for k in ("phone_len", "word_len"))
    for first in range(offset, len(stream["ids"]) - CHUNK + 1, CHUNK):
        segs, pause = [], first
        for i, (a, b) in enumerate(stream["seg"]):
            if b <= first or a >= first + CHUNK:
                continue
            whole = a >= first and b + LATE <= first + CHUNK
            if whole:
                said = slice(word_at[i], word_at[i + 1])
                segs.append(Segment(a - first, b + LATE - first, stream["target"][i], stream["phones"][at[i]:at[i + 1]],
                                    stream["words"][said], stream["word_end"][said], stream["meaning"][i],
                                    judged.get(stream["meaning"][i].tobytes()) if judged else None))
            if a - pause > LATE + 8:
                segs.append(Segment(pause + LATE - first, a - first, np.zeros(6, np.int8)))
            pause = b
        segs = [s for s in segs if s.first >= 0]
        if segs:
            yield stream["ids"][first:first + CHUNK].astype(np.int64), segs


def batches(split, size, rng, limit=None, kind="*", judged=None):
    """One epoch in random order."""
    files = sorted(glob.glob(shard.cache("tokens", f"{split}-{kind}-*.npz")))[:limit]
    pool = []
    for f in rng.permutation(files):
        if not os.path.exists(f):  # streams may be taken away while this runs
            continue
        pool += list(chunks(load(f), int(rng.integers(CHUNK)) if split == "train" else 0, judged))
        if len(pool) >= 64 * size:
            order = rng.permutation(len(pool))
            pool = [pool[i] for i in order]
            while len(pool) > 32 * size:
                yield [pool.pop() for _ in range(size)]
    pool = [pool[i] for i in rng.permutation(len(pool))]
    while len(pool) >= size:
        yield [pool.pop() for _ in range(size)]


def pooled(logits, segs):
    """Smooth maximum of each segment's logits, and its targets."""
    out = [torch.logsumexp(logits[i, s.first:s.end].float(), 0) - math.log(POOL) for i, row in enumerate(segs) for s in row]
    return torch.stack(out), torch.from_numpy(np.stack([s.target for row in segs for s in row])).to(logits.device)


def judged_loss(z, any_z, segs):
    """Cross entropy with what judge.py says of the clips that it knows, summed over labels, a clip."""
    known = [s.judged for row in segs for s in row]
    at = [i for i, j in enumerate(known) if j is not None]
    if not at:
        return z.sum() * 0
    soft = torch.from_numpy(np.stack([known[i] for i in at])).to(z.device)
    hostile = torch.logsumexp(soft, 1)
    return (F.binary_cross_entropy_with_logits(z[at, :len(HOSTILE)], soft.sigmoid(), reduction="sum")
            + F.binary_cross_entropy_with_logits(any_z[at], hostile.sigmoid(), reduction="sum")) / len(known)


def detection_loss(logits, segs):
    z, target = pooled(logits, segs)
    n = len(HOSTILE)
    hostile, labelled = (target[:, :n] == 1).any(1), (target[:, :n] >= 0).all(1)
    weight = (target >= 0).float()
    weight[:, :n] *= torch.where(hostile[:, None] & (target[:, :n] == 0), OTHER_WEIGHT, 1.0)
    weight[:, 4] *= .3
    weight[:, 5] *= .3
    each = F.binary_cross_entropy_with_logits(z, target.clamp_min(0).float(), reduction="none") * weight
    any_z = torch.logsumexp(z[:, :n], 1)
    both = F.binary_cross_entropy_with_logits(any_z, hostile.float(), reduction="none") * labelled
    return (each.sum(1) + both).mean(), judged_loss(z, any_z, segs), any_z.detach(), hostile, labelled & (target[:, 5] == 1)


def room(phones):
    """Tokens that CTC needs for them at least: one each, and a blank between two that are equal.
    With fewer its loss is infinite and its gradient not a number, whatever zero_infinity says."""
    return len(phones) + int((phones[1:] == phones[:-1]).sum())


def ctc_loss(logits, segs):
    spans = [(i, s) for i, row in enumerate(segs) for s in row
             if s.phones is not None and 1 < room(s.phones) <= s.end - s.first]
    if not spans:
        return logits.sum() * 0
    parts = [logits[i, s.first:s.end] for i, s in spans]
    x = torch.nn.utils.rnn.pad_sequence(parts).float().log_softmax(-1)
    phones = torch.from_numpy(np.concatenate([s.phones for _, s in spans]).astype(np.int64))
    n_in = torch.tensor([s.end - s.first for _, s in spans])
    n_out = torch.tensor([len(s.phones) for _, s in spans])
    loss = F.ctc_loss(x, phones.to(x.device), n_in, n_out, reduction="none")
    return (loss / n_out.to(loss.device)).mean()


def flat_loss(logits, segs):
    """The phones of each clip spread evenly over its tokens: wrong everywhere and right on average,
    which carries CTC over the plateau where it says nothing but blanks."""
    x, y = [], []
    for i, row in enumerate(segs):
        for s in row:
            if s.phones is not None and len(s.phones) > 1:
                n = s.end - LATE - s.first
                x.append(logits[i, s.first + 1:s.first + 1 + n])
                y.append(torch.from_numpy(s.phones[np.arange(n) * len(s.phones) // n].astype(np.int64)))
    return F.cross_entropy(torch.cat(x).float(), torch.cat(y).to(logits.device)) if x else logits.sum() * 0


def word_loss(logits, segs):
    """(loss, share heard): each word of the vocabulary must be likely, on the mean over NEAR its end,
    and counts as heard where it is once the likeliest."""
    rows, ends, said = [], [], []
    for i, row in enumerate(segs):
        for s in row:
            known = s.words >= 0
            rows += [i] * int(known.sum())
            ends.append(s.first + s.word_end[known] * (s.end - LATE - s.first))
            said.append(s.words[known])
    if not rows:
        return logits.sum() * 0, 0.0
    near = np.concatenate(ends).astype(np.int64)[:, None] + np.array(NEAR)
    at = torch.from_numpy(np.array(rows)[:, None] * CHUNK + near.clip(0, CHUNK - 1)).to(logits.device)
    word = torch.from_numpy(np.concatenate(said).astype(np.int64)).to(logits.device)[:, None]
    x = logits.reshape(-1, logits.shape[-1]).float()
    p = x[at, word] - torch.logsumexp(x, -1)[at]
    heard = (x.detach().argmax(-1)[at] == word).any(1).float().mean()
    return (math.log(len(NEAR)) - torch.logsumexp(p, 1)).mean(), float(heard)


def meaning_loss(vectors, segs):
    """1 - cosine of the mean vector around each clip's end and what its sentence means."""
    ends, meant = [], []
    for i, row in enumerate(segs):
        for s in row:
            if s.meaning.any():
                ends.append(i * CHUNK + s.end - LATE)
                meant.append(s.meaning)
    if not ends:
        return vectors.sum() * 0
    near = torch.from_numpy(np.array(ends)[:, None] + np.array(LAST)).to(vectors.device)
    x = vectors.reshape(-1, vectors.shape[-1])[near].float().mean(1)
    return 1 - F.cosine_similarity(x, torch.from_numpy(np.stack(meant)).float().to(x.device)).mean()


def rate(z, hostile, share=.05):
    """Recall at the threshold that `share` of the harmless clips pass."""
    bad, good = z[hostile], z[~hostile]
    if not len(bad) or not len(good):
        return 0.0
    return float((bad > torch.quantile(good, 1 - share)).float().mean())


def step(model, batch, device, dtype, phone_loss=ctc_loss):
    """(losses by task, share of words heard, hostile logit of each clip, whether it is)"""
    ids = torch.from_numpy(np.stack([b[0] for b in batch])).to(device)
    segs = [b[1] for b in batch]
    with torch.autocast(device, torch.bfloat16, enabled=dtype == "bf16"):
        logits, phones, words, vectors = model(ids)
    loss, judged, z, hostile, told = detection_loss(logits, segs)
    losses = {"detection": loss, "phones": phone_loss(phones, segs)}
    losses["words"], heard = word_loss(words, segs)
    losses["meaning"] = meaning_loss(vectors, segs)
    losses["judged"] = judged
    return losses, heard, z[told], hostile[told]


def peaks(model):
    """By how much the rows behind GELU, whose largest number makes the step that all are rounded to, have one that
    stands out: the largest part of what rounding costs comes from there (infer/train/NOTES.md)."""
    return torch.stack([layer.peaks for layer in model.layers]).mean()


@torch.no_grad()
def evaluate(model, o, limit=12):
    model.eval()
    sums, zs, hs = [], [], []
    for batch in batches("dev", 8, np.random.default_rng(0), limit):
        losses, heard, z, h = step(model, batch, o.device, o.dtype)
        sums.append([float(v) for v in losses.values()] + [heard]), zs.append(z), hs.append(h)
    model.train()
    if not zs:
        return "no dev streams"
    z, h, mean = torch.cat(zs), torch.cat(hs), np.mean(sums, 0)
    return (f"dev: detection {mean[0]:.3f} phones {mean[1]:.3f} words {mean[2]:.3f} ({100 * mean[5]:.0f} % heard) meaning {mean[3]:.3f} "
            f"recall at 5 % {rate(z, h):.3f}, at 2 % {rate(z, h, .02):.3f} ({len(z)} clips)")


def schedule(done, warm=.02, cool=.35, left=0):
    """Warm up, hold, cool down to what is to be left, by the share of the time that is done."""
    return min(1, done / warm) * (left + (1 - left) * min(1, max(0, (1 - done) / cool)))


def save(model, o, done):
    torch.save(dict(model=model.state_dict(), layers=len(model.layers), done=done), o.path + ".part")
    os.replace(o.path + ".part", o.path)


def averaged(model, steps):
    """The exponential mean of the weights as they go on from here, or the model itself."""
    if not steps:
        return model
    return torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(1 - 1 / steps))


def begin(o):
    if os.path.exists(o.path):
        state = torch.load(o.path, weights_only=True)
        model = Detector(layers=state["layers"])
        model.load_state_dict(state["model"], strict=False)  # an auxiliary head may be new
    elif o.start:
        model, _ = resume.from_file(o.start)
    else:
        model = Detector(layers=o.layers)
        with np.load(shard.cache("codebooks.npz")) as f:
            model.see([torch.from_numpy(f[f"book{j}"]) for j in range(len(f.files))])
    if o.grow:
        model.grow()
    model.quantize(2 if o.quant else 0)
    return model.to(o.device)


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--name", default="detector")
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--layers", type=int, default=12)
    p.add_argument("--start", help="a model file to go on from, where there is no checkpoint yet")
    p.add_argument("--grow", action="store_true", help="double the layers of the checkpoint first")
    p.add_argument("--flat", action="store_true", help="begin with evenly spread phones instead of CTC")
    p.add_argument("--clean", action="store_true", help="token files of mix.py --clean only")
    p.add_argument("--quant", action="store_true", help="round weights and activations as the file does, and leave the weights rounded")
    p.add_argument("--even", action="store_true", help="first even out what will be rounded, without a change of the function")
    p.add_argument("--batch", type=int, default=24)
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--detection", type=float, default=1.0, help="weight of the labels")
    p.add_argument("--ctc", type=float, default=1.0, help="of the phones")
    p.add_argument("--words", type=float, default=.2, help="of the words")
    p.add_argument("--meaning", type=float, default=.5, help="of the meaning")
    p.add_argument("--judge", type=float, default=0, help="of what judge.py says of the sentence")
    p.add_argument("--peaks", type=float, default=.1, help="with --quant, of numbers behind GELU that stand out")
    p.add_argument("--cool", type=float, default=.35)
    p.add_argument("--left", type=float, default=0, help="share of the rate at the end, for a run that goes on in another")
    p.add_argument("--mean", type=int, default=0, help="keep the mean of the weights over about so many steps")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--compile", action="store_true", help="a third faster after a minute of compiling")
    p.add_argument("--fused", action="store_true", help="attention, GELU and embedding in C: twice as fast on a CPU (needs cc)")
    p.add_argument("--device", default="cpu")
    p.add_argument("--dtype", default="bf16", choices=["bf16", "f32"])
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--eval-every", type=float, default=5, help="minutes")
    p.add_argument("--smoke", action="store_true", help="a few steps, to see that all works")
    o = p.parse_args()
    o.path = shard.cache(o.name + ".pt")
    if o.smoke:
        o.minutes, o.batch, o.layers = .1, 4, 2
    return o


def main():
    o = options()
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = np.random.default_rng([o.seed, int(time.time())] if not o.smoke else o.seed)
    if o.fused and (o.device, o.dtype) == ("cpu", "bf16"):
        import fused
        net.Layer.fused = fused
    model = begin(o)
    if o.even:
        some = next(batches("train", o.batch, rng))
        with torch.autocast(o.device, torch.bfloat16, enabled=o.dtype == "bf16"):
            model.even(torch.from_numpy(np.stack([ids for ids, _ in some])).to(o.device))
    mean = averaged(model, o.mean)
    kept = mean.module if o.mean else model
    run = torch.compile(model) if o.compile else model
    opts = muon.optimizers(model, o.lr)
    base = [[g["lr"] for g in opt.param_groups] for opt in opts]
    judged = judgements() if o.judge else None
    start = last = saved = time.time()
    n, tokens, avg = 0, 0, None
    done = 0.0
    while done < 1:
        for batch in batches("train", o.batch, rng, kind="clean*" if o.clean else "*", judged=judged):
            done = (time.time() - start) / 60 / o.minutes
            if done >= 1:
                break
            for opt, lrs in zip(opts, base):
                for g, lr in zip(opt.param_groups, lrs):
                    g["lr"] = lr * max(schedule(done, cool=o.cool, left=o.left), 1e-3)
                opt.zero_grad(set_to_none=True)
            losses, heard, z, h = step(run, batch, o.device, o.dtype, flat_loss if o.flat else ctc_loss)
            (o.detection * losses["detection"] + o.ctc * losses["phones"] + o.words * losses["words"] + o.meaning * losses["meaning"]
             + o.judge * losses["judged"] + (o.peaks * peaks(model) if o.quant else 0)).backward()
            if not torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0).isfinite():
                print("a gradient that is not finite: batch left out", file=sys.stderr)
                continue
            for opt in opts:
                opt.step()
            if o.mean:
                mean.update_parameters(model)
            n, tokens = n + 1, tokens + o.batch * CHUNK
            new = np.array([float(v.detach()) for v in losses.values()] + [heard, rate(z, h)])
            avg = new if avg is None else .97 * avg + .03 * new
            if n % 20 == 0:
                took = time.time() - start
                shard.progress(int(1000 * done), 1000, f"step {n} detection {avg[0]:.3f} phones {avg[1]:.3f} words {avg[2]:.2f} "
                               f"({100 * avg[5]:.0f} %) meaning {avg[3]:.2f} judged {avg[4]:.2f} recall {avg[6]:.2f} "
                               f"{tokens / took:.0f} tokens/s, {o.minutes - took / 60:.0f} min left")
            if time.time() - saved > 60 * SAVE_EVERY:
                saved = time.time()
                save(kept, o, done)
            if time.time() - last > 60 * o.eval_every:
                last = time.time()
                print(evaluate(kept, o), file=sys.stderr, flush=True)
        else:
            if n == 0:
                sys.exit("no token files: run mix.py first")
    if o.quant:
        kept.snap()
    save(kept, o, 1)
    print(evaluate(kept, o), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
