"""Speak held-out sentences with a voice that is never trained on, to measure what a new voice costs.

  speak_unseen.py [--set NAME]

The sentences are those of the dev split of `spoken` (neural voices that the model knows), so that only
the voice differs. The voice is SVOX Pico's American woman (Apache-2.0; Debian's `pico2wave` is in the
package libttspico-utils of non-free; the reserved British one is not touched). The clips go to
$EARSHOT_CACHE/clips/NAME (`unseen`), all of them `dev`; mix.py does not know the set.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

import speak_real
import speak_shard as shard


def say(text, folder):
    """int16 samples at 16 kHz"""
    path = os.path.join(folder, "clip.wav")
    subprocess.run(["pico2wave", "-l", "en-US", "-w", path, text], check=True)
    with open(path, "rb") as f:
        return speak_real.decode(f.read())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--set", default="unseen")
    o = p.parse_args()
    if not shutil.which("pico2wave"):
        sys.exit("no pico2wave: install libttspico-utils (Debian, non-free)")
    folder, pairs = shard.cache("clips", o.set), []
    os.makedirs(folder, exist_ok=True)
    if shard.tables(folder):
        sys.exit(f"{folder} is there already")
    rows = [r for r in shard.clips(shard.cache("clips", "spoken")) if r["split"] == "dev"]
    with tempfile.TemporaryDirectory() as wav:
        for i, row in enumerate(rows):
            pairs.append((dict(row, voice="pico:en-US", effort=0, id="pico/" + row["id"]), say(row["text"], wav)))
            shard.progress(i + 1, len(rows), "clips")
    shard.write(folder, "0000", pairs)


if __name__ == "__main__":
    main()
