#!/usr/bin/env python3
"""Choose the recordings of tests/data: held-out clips on which a model is sure and right.

    pick.py CORPUS --model hostile-en.gguf [--out tests/data] [--earshot PATH]

They show and test the way from sound to flag; they do not measure the model (evaluate.py does), for
what it gets wrong is left out here. Only clips whose licence allows it: spoken sentences composed for
the corpus (CC0, voices Apache-2.0), recordings under Apache-2.0, CC0, CC-BY or in the public domain.
Files are copied as they are, Ogg Opus, each with text, label, voice, source and licence in manifest.tsv.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile

import speak_shard as shard

OPEN = re.compile(r"^(Apache-2\.0|CC0-1\.0|CC-BY-[34]\.0|Public-Domain)$")
# label: how many, how many of them in the demo
QUOTA = {"threat": (5, 2), "order": (5, 2), "abuse": (3, 1), "hate": (1, 0),
         "hard_negative": (7, 3), "benign": (5, 1), "real": (6, 2), "noise": (4, 1)}
RUDE = re.compile(r"nigg|fag|bitch|cunt|whore|slut|retard|wetback|spic|kike|tranny|paki|chink|raghead|fuck", re.I)
SECONDS = (1.2, 6.0)


def spoken(corpus):
    """Held-out composed sentences by neural voices."""
    dev = {r["id"] for r in shard.clips(shard.cache("clips", "spoken")) if r["split"] == "dev"}
    for r in shard.read_table(os.path.join(corpus, "spoken/spoken.tsv")):
        known = r["file"] in dev or r["file"].split(".")[0] in dev
        if known and r["origin"] == "composed" and not RUDE.search(r["text"]):
            yield dict(tar="spoken/spoken.tar", file=r["file"], text=r["text"], label=r["label"], kind=r["label"],
                       voice=r["voice"], source="composed, spoken by " + ("hibari-tts" if "hibari" in r["voice"] else
                       "Kokoro-82M"), licence="CC0-1.0", seconds=float(r["seconds"]))


def recorded(corpus):
    """Held-out recordings of people and of noise."""
    for name, kind in (("speech-benign", "real"), ("noise", "noise")):
        dev = {r["id"] for r in shard.clips(shard.cache("clips", name.split("-")[-1])) if r["split"] == "dev"}
        for r in shard.read_table(os.path.join(corpus, f"audio/{name}.tsv")):
            known = r["file"] in dev or r["file"].split(".")[0] in dev
            if known and OPEN.match(r["licence"]):
                yield dict(tar=f"audio/{name}.tar", file=r["file"], text=r["transcript"] or r["labels"],
                           label=r["labels"].split(",")[-1] if kind == "noise" else r["labels"], kind=kind,
                           voice=r["speaker"], source=r["source"], licence=r["licence"], seconds=float(r["seconds"]))


def extract(corpus, rows, folder):
    by_tar = {}
    for r in rows:
        by_tar.setdefault(r["tar"], {})[r["file"]] = r
    for tar, files in by_tar.items():
        with tarfile.open(os.path.join(corpus, tar)) as t:
            for member in t:
                r = files.get(os.path.basename(member.name))
                if r:
                    r["path"] = os.path.join(folder, r["file"])
                    with open(r["path"], "wb") as f:
                        f.write(t.extractfile(member).read())


def judge(rows, o, sensitivity):
    with tempfile.NamedTemporaryFile("w", suffix=".list") as f:
        f.write("".join(r["path"] + "\n" for r in rows))
        f.flush()
        cmd = [o.earshot, "scan", "--json", "--model", o.model, "--sensitivity", sensitivity, "--list", f.name]
        out = subprocess.run(cmd, stdout=subprocess.PIPE, check=True).stdout
    return {j["file"]: j for j in map(json.loads, out.splitlines())}


def choose(rows, o):
    """For each kind the surest of the right ones, no two that begin alike or share a voice."""
    strict, loose = judge(rows, o, "low"), judge(rows, o, "high")
    picked = []
    for kind, (n, demo) in QUOTA.items():
        hostile = kind in ("threat", "order", "abuse", "hate")
        mine = [r for r in rows if r["kind"] == kind and SECONDS[0] <= r["seconds"] <= SECONDS[1]]
        top = lambda r: max(strict[r["path"]]["peak"][k] for k in ("threat", "abuse", "hate", "order", "aggressive_voice"))
        right = [r for r in mine if (strict if hostile else loose)[r["path"]]["hostile"] == hostile]
        right.sort(key=top, reverse=hostile)
        taken, seen = [], set()
        for r in right if hostile else right[:max(4 * n, len(right) // 2):4] + right:
            marks = {" ".join(r["text"].lower().split()[:3]), r["file"] if kind in ("real", "noise") else r["voice"]}
            if len(taken) < n and not marks & seen:
                seen |= marks
                taken.append(dict(r, expected="hostile" if hostile else "quiet", demo="yes" if len(taken) < demo else "no"))
        picked += taken
        print(f"{kind}: {len(mine)} held out, {len(right)} sure and right, {len(taken)} taken")
    return picked


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("corpus")
    p.add_argument("--model", required=True)
    p.add_argument("--out", default="tests/data")
    p.add_argument("--earshot", default=os.environ.get("EARSHOT", "earshot"))
    o = p.parse_args()
    rows = list(spoken(o.corpus)) + list(recorded(o.corpus))
    os.makedirs(o.out, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        extract(o.corpus, rows, folder)
        picked = choose(rows, o)
        for old in os.listdir(o.out):
            if old.endswith(".opus"):
                os.remove(os.path.join(o.out, old))
        for r in picked:
            with open(r["path"], "rb") as a, open(os.path.join(o.out, r["file"]), "wb") as b:
                b.write(a.read())
    columns = ("file", "text", "label", "voice", "source", "licence", "expected", "demo")
    shard.write_table(os.path.join(o.out, "manifest.tsv"), columns, picked)


if __name__ == "__main__":
    sys.exit(main())
