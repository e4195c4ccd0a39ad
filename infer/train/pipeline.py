#!/usr/bin/env python3
"""From labelled recordings to a model file, every step cached and restartable: `./dev train`.

    pipeline.py CORPUS [--earshot PATH] [--minutes 90] [--hours 40] [--start FILE] [--from STEP] [--smoke]

CORPUS holds audio/, spoken/ and text/ with their manifests (infer/train/NOTES.md says what they are).
Work is kept in $EARSHOT_CACHE (default ~/.cache/earshot); a step whose mark is there is not done
again, --from does it and all behind it anew. --start trains on from a model file, such as the shipped
one, with its codebooks: what to do with recordings of one's own, or with more time. --smoke goes through every step in a minute or two,
with little of everything, in a cache of its own: to see that all works, not to get a model.
"""
import argparse
import os
import shutil
import subprocess
import sys
import time

import speak_shard as shard

HERE = os.path.dirname(os.path.abspath(__file__))


def steps(o):
    """(name, [command lines]) in order; a command line is a script of this folder with arguments."""
    blank, out = shard.cache("blank.gguf"), shard.cache("hostile-en.gguf")
    streams = 2 if o.smoke else int(o.hours * 6)
    clean, dev = max(1, streams // (4 if o.start else 2)), max(1, streams // 24)
    mix = ["mix.py", "--earshot", o.earshot, "--model", blank, "--streams"]
    few = ["--limit", "80"] if o.smoke else []
    plain, table = os.path.join(o.corpus, "text", "plain.txt"), shard.cache("plain.tsv")
    said = [("plain", [["text_plain.py", plain], ["speak.py", table, "--set", "plain", "--classic", "5", *few]])] if os.path.exists(plain) else []
    pairs = os.path.join(o.corpus, "text", "pairs")
    said += [("foreign", [["speak_foreign.py", pairs, *(["--each", "5"] if o.smoke else [])]])] if os.path.isdir(pairs) else []
    share = lambda x: ["--minutes", str(round(o.minutes * x, 2))]
    net = ["train.py", "--fused", "--smoke" if o.smoke else "--compile"]
    half = [] if o.smoke else ["--layers", "6", "--cool", ".01"]
    if o.start:
        books = [["codebook.py", "--start", o.start]]
        learn = [("words", [[*net, "--start", o.start, "--lr", "8e-4", "--left", ".35", "--cool", "1", "--mean", "1500",
                             "--detection", ".5", "--ctc", ".5", "--words", ".5", "--meaning", "5", "--judge", ".8", *share(.6)]]),
                 ("mean", [["average.py", "detector", o.start, "detector"]])]
    else:
        books = [["codebook.py", "--earshot", o.earshot, "--streams", "1" if o.smoke else "12"]]
        learn = [("flat", [[*net, *half, "--flat", "--clean", *share(.05)]]),
                 ("ctc", [[*net, *half, *share(.2)]]),
                 ("words", [[*net, "--cool", "1", "--detection", ".5", *share(.4)]]),
                 ("grow", [[*net, "--grow", "--lr", "1e-3", "--ctc", ".5", "--cool", "1", *share(.2)]])]
    return [
        ("fused", [["fused.py"]]),
        ("text", [["text.py", o.corpus, *(["--share", ".01"] if o.smoke else [])]]),
        ("real", [["speak_real.py", o.corpus, *few]]),
        ("speak", [["speak.py", *few], ["speak_split.py"]]),
        *said,
        ("meaning", [["meaning.py", "--earshot", o.earshot], ["judge.py"]]),
        ("codebooks", [*books, ["export.py", "--blank", "--out", blank]]),
        ("mix", [[*mix, str(dev), "--seed", "8", "--split", "dev"],
                 [*mix, str(dev), "--seed", "8", "--split", "dev", "--clean"],
                 [*mix, str(clean), "--seed", "11", "--clean"],
                 [*mix, str(max(1, streams - clean)), "--seed", "12", "--light", ".6"]]),
        *learn,
        ("round", [[*net, "--quant", "--even", "--lr", "2.2e-4", "--ctc", ".4", "--words", ".4", "--meaning", "4", "--judge", ".7", "--detection", ".7",
                    "--cool", "1", *share(.4 if o.start else .15)]]),
        ("export", [["export.py", "--out", out]]),
        ("hours", [["hours.py", "--model", out, "--earshot", o.earshot, "--write"]]),
        ("compare", [["compare.py", "--model", out, "--earshot", o.earshot, "--windows", "100", "--recall"]]),
        ("evaluate", [["evaluate.py", "--model", out, "--earshot", o.earshot, "--limit", "60" if o.smoke else "1200"]]),
    ]


def run(command):
    print("+", " ".join(command), flush=True)
    subprocess.run([sys.executable, os.path.join(HERE, command[0]), *command[1:]], check=True)


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("corpus")
    p.add_argument("--earshot", default="earshot")
    p.add_argument("--minutes", type=float, default=90, help="of training")
    p.add_argument("--hours", type=float, default=40, help="of mixed streams")
    p.add_argument("--start", help="a model file to train on from")
    p.add_argument("--from", dest="first")
    p.add_argument("--smoke", action="store_true")
    o = p.parse_args()
    o.earshot = shutil.which(o.earshot) or os.path.abspath(o.earshot)
    if o.smoke:
        os.environ["EARSHOT_CACHE"] = shard.cache("smoke")
    return o


def main():
    o = options()
    plan = steps(o)
    names = [name for name, _ in plan]
    if o.first and o.first not in names:
        sys.exit(f"no step {o.first}; they are {' '.join(names)}")
    marks = shard.cache("steps")
    os.makedirs(marks, exist_ok=True)
    for name in names[names.index(o.first):] if o.first else []:
        if os.path.exists(os.path.join(marks, name)):
            os.remove(os.path.join(marks, name))
    for name, commands in plan:
        mark = os.path.join(marks, name)
        if os.path.exists(mark):
            continue
        start = time.monotonic()
        for command in commands:
            run(command)
        open(mark, "w").close()
        print(f"{name}: done in {(time.monotonic() - start) / 60:.1f} min", flush=True)
    print("model file:", shard.cache("hostile-en.gguf"))


if __name__ == "__main__":
    sys.exit(main())
