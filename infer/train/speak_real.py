"""Decode recordings (tar of Opus or FLAC clips with a manifest) into shards.

  speak_real.py CORPUS [SET ...] [--limit N]

CORPUS is the folder that holds audio/ and spoken/. Sets: hostile, aggressive, benign, noise, rir
(real recordings) and spoken (neural voices). The format of the result is in speak_shard.py.
"""
import argparse
import hashlib
import io
import os
import tarfile

import soundfile
from scipy.signal import resample_poly

import speak_phones
import speak_shard

SETS = {"hostile": "audio/speech-hostile", "aggressive": "audio/speech-aggressive",
        "benign": "audio/speech-benign", "noise": "audio/noise", "rir": "audio/rir",
        "spoken": "spoken/spoken"}
TRUSTED = {"script", "source", "asr-checked"}
MANY_SPEAKERS = {"", "bass-cast", "wwb-unknown", "sti-unknown"}
CLIPS_A_SHARD = 1000


def dev(key, percent=12):
    """True for a fixed share of all keys."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 100 < percent


def split_of(row):
    """A speaker is wholly in one split; where none is named, neighbours in the file are."""
    speaker = row["speaker"]
    crowd = speaker in MANY_SPEAKERS or speaker.startswith("precise-")
    return "dev" if dev(os.path.splitext(row["file"])[0][:-2] if crowd else speaker) else "train"


def decode(blob):
    """Bytes of a clip -> int16 samples at 16 kHz."""
    audio, rate = soundfile.read(io.BytesIO(blob), dtype="float32", always_2d=True)
    audio = audio.mean(axis=1)
    if rate != speak_shard.RATE:
        audio = resample_poly(audio, speak_shard.RATE, rate)
    return speak_shard.to_int16(audio)


def columns(row):
    """The columns of a shard from those of a manifest."""
    if "label" in row:
        text = row["text"]
        return dict(row, frame=0, id=row["file"], phonemes=speak_phones.phonemes(text))
    trusted = row["transcript_by"] in TRUSTED
    return {"text": row["transcript"] if trusted else "", "label": row["labels"],
            "split": split_of(row), "frame": 0, "voice": row["speaker"], "id": row["file"],
            "phonemes": speak_phones.phonemes(row["transcript"]) if trusted else "",
            "origin": row["source"]}


def convert(corpus, name, limit):
    """Decode one set, or its first `limit` clips; shards that are already there are kept."""
    base, folder = os.path.join(corpus, SETS[name]), speak_shard.cache("clips", name)
    manifest = {row["file"]: row for row in speak_shard.read_table(base + ".tsv")}
    have, batch, done = speak_shard.ids(folder), [], 0
    shard = len(speak_shard.tables(folder))
    with tarfile.open(base + ".tar") as tar:
        for member in tar:
            row = manifest.get(os.path.basename(member.name))
            if row is None or row["file"] in have:
                continue
            batch.append((columns(row), decode(tar.extractfile(member).read())))
            done += 1
            if done == limit:
                break
            if len(batch) == CLIPS_A_SHARD or done == len(manifest) - len(have):
                speak_shard.write(folder, f"{shard:04d}", batch)
                shard, batch = shard + 1, []
                speak_shard.progress(done + len(have), len(manifest), name)
    if batch:
        speak_shard.write(folder, f"{shard:04d}", batch)
    speak_shard.totals(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("sets", nargs="*", default=list(SETS), metavar="set")
    parser.add_argument("--limit", type=int, help="clips a set")
    args = parser.parse_args()
    for name in args.sets:
        convert(args.corpus, name, args.limit)


if __name__ == "__main__":
    main()
