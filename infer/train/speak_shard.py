"""Shards: the one format of all training audio, so that the mixer needs one reader.

A set is a folder, $EARSHOT_CACHE/clips/SET, of shard pairs:

  NNNN.s16   clips back to back, int16 little endian, one channel, 16 kHz
  NNNN.tsv   one row a clip, in the order of the audio, with a header:
    shard      name of the pair (NNNN)
    offset     first sample of the clip in NNNN.s16
    n_samples  length of the clip
    text       what is said; empty where not known
    label      threat, abuse, hate, order, benign or hard_negative; recordings may have several,
               comma separated, also aggressive, callout, laugh; for noise and rooms the class
    split      train or dev; no sentence, frame or (for recordings) speaker is in both
    frame      number of the sentence's template, so that whole frames can be held out; 0: none
    voice      synthetic voice with its settings, or the real speaker
    phonemes   the text in hibari's American alphabet, with stress, spaces and punctuation;
               empty where the text is unknown or not to be trusted
    origin     where the sentence or the recording comes from
    effort     0 calm ... 1 raised as far as a filter can raise a voice; empty for recordings
    id         stable name of the clip within its set

A pair appears only when complete (the .tsv is renamed into place last), so a set can be read while
it grows. Shards are numbered on; a writer that was stopped asks `ids()` what is already there.
"""
import os
import re
import sys

import numpy as np

RATE = 16000
COLUMNS = ("shard", "offset", "n_samples", "text", "label", "split", "frame", "voice", "phonemes",
           "origin", "effort", "id")


def cache(*names):
    """A path below the cache folder."""
    root = os.environ.get("EARSHOT_CACHE") or os.path.expanduser("~/.cache/earshot")
    return os.path.join(root, *names)


def read_table(path):
    """Rows of a TSV with a header, as dicts of strings."""
    with open(path, encoding="utf-8", newline="\n") as f:
        names = f.readline().rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in f]


def write_table(path, names, rows):
    """Write rows (dicts) as a TSV with a header; the file appears only when complete."""
    with open(path + ".part", "w", encoding="utf-8", newline="\n") as f:
        f.write("\t".join(names) + "\n")
        for row in rows:
            f.write("\t".join(re.sub(r"\s+", " ", str(row.get(n, ""))) for n in names) + "\n")
    os.replace(path + ".part", path)


def tables(folder):
    """Names of the complete shards in a set's folder, in order."""
    if not os.path.isdir(folder):
        return []
    return sorted(f[:-4] for f in os.listdir(folder) if f.endswith(".tsv"))


def clips(folder):
    """Every row of a set, each with `audio`: its samples, mapped from the file."""
    for shard in tables(folder):
        rows = read_table(os.path.join(folder, shard + ".tsv"))
        if not rows:
            continue
        data = np.memmap(os.path.join(folder, shard + ".s16"), "<i2", "r")
        for row in rows:
            start = int(row["offset"])
            row["audio"] = data[start:start + int(row["n_samples"])]
            yield row


def ids(folder):
    """Ids of the clips a set already holds."""
    return {row["id"] for shard in tables(folder)
            for row in read_table(os.path.join(folder, shard + ".tsv"))}


def write(folder, shard, pairs):
    """Write one shard of (row, int16 samples) pairs; returns its length in seconds."""
    os.makedirs(folder, exist_ok=True)
    base = os.path.join(folder, shard)
    rows, offset = [], 0
    with open(base + ".s16.part", "wb") as f:
        for row, audio in pairs:
            f.write(np.ascontiguousarray(audio, "<i2").tobytes())
            rows.append(dict(row, shard=shard, offset=offset, n_samples=len(audio)))
            offset += len(audio)
    os.replace(base + ".s16.part", base + ".s16")
    write_table(base + ".tsv", COLUMNS, rows)
    return offset / RATE


def to_int16(audio):
    """Float samples to int16; a clip that is too loud is scaled, never clipped."""
    peak = float(np.abs(audio).max()) if len(audio) else 0.0
    return (audio * (32767 * min(1.0, 0.98 / max(peak, 1e-9)))).astype("<i2")


def progress(done, total, note=""):
    """Draw a progress bar on a terminal, or a line now and then in a log."""
    width = 30 * done // max(total, 1)
    end = "" if sys.stderr.isatty() and done < total else "\n"
    start = "\r" if sys.stderr.isatty() else ""
    print(f"{start}[{'#' * width}{'.' * (30 - width)}] {done}/{total} {note}", end=end,
          file=sys.stderr, flush=True)


def totals(folder):
    """Print the hours of a set by split, by label and by kind of voice."""
    hours = {}
    for shard in tables(folder):
        for row in read_table(os.path.join(folder, shard + ".tsv")):
            kind = re.split(r"[-:+/]", row["voice"])[0]
            labels = re.sub(",?rt60.*", "", row["label"])
            for key in ("all", "split " + row["split"], "label " + labels, "voice " + kind):
                n, s = hours.get(key, (0, 0))
                hours[key] = n + 1, s + int(row["n_samples"]) / RATE / 3600
    print(os.path.basename(folder))
    for key in sorted(hours):
        print(f"  {key:40s} {hours[key][0]:7d} clips {hours[key][1]:8.3f} h")
