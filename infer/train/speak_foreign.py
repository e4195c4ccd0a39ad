"""Speech in other languages, all of it harmless to a model of English: what is said at a counter is not always
English, and a model that never heard another language takes it for abuse.

  speak_foreign.py [FOLDER] [--each 500] [--packages FOLDER]

First the dialogues of a game in Debian by Czech and Dutch actors (Fish Fillets, GPL-2). Then sentences of FOLDER,
which holds a file a language, named by LANGUAGES: on each line an English sentence, a tab, and the same in the other
language (Tatoeba's pairs, CC-BY 2.0 FR, are laid out so). eSpeak NG says them, varied in voice, rate and pitch.
The clips go to $EARSHOT_CACHE/clips/foreign, a tenth of them to `dev`; their text is left empty, since words and
phones are those of English.
"""
import argparse
import concurrent.futures
import glob
import hashlib
import os
import random
import subprocess
import sys
import tempfile

import numpy as np

import speak_classic
import speak_games
import speak_real
import speak_shard as shard
import speak_sound

LANGUAGES = {"ara": "ar", "bul": "bg", "ces": "cs", "cmn": "cmn", "dan": "da", "deu": "de", "ell": "el", "fin": "fi", "fra": "fr-fr",
             "hun": "hu", "ita": "it", "nld": "nl", "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "spa": "es", "srp": "sr",
             "swe": "sv", "tur": "tr"}
GAMES = ("fillets-ng-data-cs", "fillets-ng-data-nl")
SPEECH = "usr/share/games/fillets-ng/sound/*/*/*.ogg"
DEV_PERCENT = 10
SHORTEST_S, QUIETEST = .4, .01


def sentences(path, each):
    """The same `each` of a file's sentences every time."""
    with open(path, encoding="utf-8", errors="replace") as f:
        texts = {line.rstrip("\n").split("\t")[1].strip() for line in f if "\t" in line} - {""}
    return sorted(texts, key=lambda t: hashlib.sha256(t.encode()).digest())[:each]


def split_of(digest):
    return "dev" if int(digest, 16) % 100 < DEV_PERCENT else "train"


def recordings(name, keep):
    """(columns of the shard, samples) of a game's package. Actors are lively: nothing is known of their calm."""
    with tempfile.TemporaryDirectory() as folder:
        root = speak_games.package(name, folder, keep)
        for path in sorted(glob.glob(os.path.join(root, SPEECH))):
            said = os.path.relpath(path, root).split("sound/")[1]
            with open(path, "rb") as f:
                audio = speak_real.decode(f.read())
            if len(audio) >= SHORTEST_S * shard.RATE:
                yield dict(text="", label="benign,lively", split=split_of(hashlib.sha256(said.encode()).hexdigest()), frame=0,
                           voice=name, phonemes="", origin=name, effort="", id=said), audio


def utterance(language, text):
    """(columns of the shard, samples), or None where the engine has nothing to say."""
    digest = hashlib.sha256(f"{language}\t{text}".encode()).hexdigest()[:12]
    rng = random.Random(digest)
    voice = f"{LANGUAGES[language]}+{rng.choice(speak_classic.ESPEAK_VARIANTS)}"
    settings = {"engine": "espeak", "voice": voice, "speed": rng.uniform(.82, 1.3), "pitch": rng.uniform(.85, 1.15), "shift": 1.0}
    effort = rng.uniform(.3, 1) if rng.random() < .3 else 0
    try:
        audio, rate = speak_classic.say(text, settings, effort)
    except (EOFError, subprocess.CalledProcessError):
        return None
    if len(audio) < SHORTEST_S * rate or np.abs(audio).max() < QUIETEST:
        return None
    audio = speak_sound.trim(speak_sound.raise_voice(speak_sound.to_rate(audio, rate), effort))
    return dict(text="", label="benign", split=split_of(digest), frame=0, voice=speak_classic.name(settings), phonemes="",
                origin=language, effort=f"{effort:.2f}", id=f"{language}/{digest}"), shard.to_int16(speak_sound.level(audio))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", nargs="?")
    p.add_argument("--each", type=int, default=500, help="sentences of a language")
    p.add_argument("--jobs", type=int, default=2)
    p.add_argument("--packages", default=shard.cache("packages"))
    o = p.parse_args()
    out = shard.cache("clips", "foreign")
    os.makedirs(out, exist_ok=True)
    have = shard.tables(out)
    for name in GAMES:
        if name not in have:
            shard.write(out, name, recordings(name, o.packages))
    found = [n for n in sorted(LANGUAGES) if os.path.exists(os.path.join(o.folder, n + ".txt"))] if o.folder else []
    if o.folder and not found:
        sys.exit(f"{o.folder}: no file of a language here, such as {sorted(LANGUAGES)[0]}.txt")
    with concurrent.futures.ThreadPoolExecutor(o.jobs) as pool:
        for i, language in enumerate(found):
            if language not in have:
                texts = sentences(os.path.join(o.folder, language + ".txt"), o.each)
                pairs = pool.map(lambda text: utterance(language, text), texts)
                shard.write(out, language, [pair for pair in pairs if pair])
            shard.progress(i + 1, len(found), "languages")
    shard.totals(out)


if __name__ == "__main__":
    main()
