#!/usr/bin/env python3
"""Clips of free games by actors: what evaluate.py calls `real` and `queen`, which no training step hears, and `talk`.

    speak_games.py [--packages FOLDER]

Fetches Debian packages of main (apt-get download; kept in the cache), cuts their speech into clips with
the words of the games' own scripts, and labels them by speak_games.tsv. Every line was read once for
that table: what it does not name is benign, and a hard negative where it has a word of hostile lines;
`-` are lines that a reader could take either way, and noises. Writes five sets, all of them `dev` but for
half of `talk`:

  real    Drascula and Hedgewars, whose actors training never heard: hostile, hard negative and harmless lines
  queen   Flight of the Amazon Queen, of whose actors training heard other lines: an eighth of the harmless ones
  talk    the other harmless lines of that game: half for training, half for false alarms an hour (hours.py)
  words   telephone prompts in five languages and single words and letters in some thirty, by adults and children
  music   music and places of games, two minutes of each piece

Label words beside those of speak_shard.py: `lively`, benign with an exclamation mark, which tells nothing of a
voice's calm. A clip, or a line of the same game, that is in the sets of speak_real.py is left out, so these
must be there first.
"""
import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile

import numpy as np
import soundfile
from scipy.signal import resample_poly

import game_files
import speak_phones
import speak_real
import speak_shard as shard

TABLE = os.path.splitext(os.path.abspath(__file__))[0] + ".tsv"
HEARD = ("hostile", "aggressive", "benign")  # sets that training takes recordings from
WORDS = re.compile(r"\b(kill\w*|die[sd]?|dead|death|shoot|shot|gun|hate\w*|murder\w*|hurt\w*|stupid|idiots?|fools?|damn\w*|hell|shut|"
                   r"crap|stink\w*|knife|blood\w*|bones?|weapons?|punch\w*|fight\w*|destroy\w*|kidnap\w*|get out|go away)\b", re.I)
REAL_SHARE, LEAST_S, LEAST_WORDS = 8, .5, 2
MUSIC_AT = 20.0  # a long piece is taken from here on
RAW_RATE = 11025
VOICES = "usr/share/games/hedgewars/Data/Sounds/voices"
PROMPTS = "usr/share/asterisk/sounds/%s/**/*.wav"
LOOSE = {  # set: packages with pattern and label, seconds of a file at most
    "music": ({"hedgewars-data": ("usr/share/games/hedgewars/Data/Music/*.ogg", "music"),
               "warmux-data": ("usr/share/games/warmux/music/*/*.ogg", "music"),
               "btanks-data": ("usr/share/games/btanks/data/sounds/ambient/*.ogg", "places")}, 120),
    "words": ({"asterisk-core-sounds-en-wav": (PROMPTS % "en_US_f_Allison", "benign"),
               "asterisk-core-sounds-es-wav": (PROMPTS % "es_MX_f_Allison", "benign"),
               "asterisk-core-sounds-fr-wav": (PROMPTS % "fr_CA_f_June", "benign"),
               "asterisk-core-sounds-it-wav": (PROMPTS % "it_IT_m_Carlo", "benign"),
               "asterisk-core-sounds-ru-wav": (PROMPTS % "ru_RU_f_IvrvoiceRU", "benign"),
               "ktuberling-data": ("usr/share/ktuberling/sounds/**/*.ogg", "benign"),
               "klettres-data": ("usr/share/klettres/**/*.ogg", "benign")}, 120)}


def package(name, folder, keep):
    """Folder with a package's files, fetched and unpacked there unless it is."""
    os.makedirs(keep, exist_ok=True)
    if not glob.glob(os.path.join(keep, name + "_*.deb")):
        subprocess.run(["apt-get", "-q", "download", name], cwd=keep, check=True)
    path = os.path.join(folder, name)
    subprocess.run(["dpkg", "-x", sorted(glob.glob(os.path.join(keep, name + "_*.deb")))[-1], path], check=True)
    return path


def raw(data):
    audio = np.frombuffer(data, np.uint8).astype(np.float32) / 128 - 1
    return shard.to_int16(resample_poly(audio - audio.mean(), 640, 441))


def drascula(folder):
    for clip, text, who, data in game_files.drascula(os.path.join(folder, "usr/share/scummvm/drascula/en")):
        yield clip, re.sub(r"\bi\b", "I", text.capitalize()), "drascula-" + who, lambda data=data: raw(data)


def queen(folder):
    path = os.path.join(folder, "usr/share/scummvm/flight-of-the-amazon-queen/queen.1c")
    for clip, text, who, data in game_files.queen(path):
        yield clip, text, "fotaq-" + who, lambda data=data: speak_real.decode(data)


def hedgewars(folder):
    """Its voices have no script: the table has the words (of Whisper base and the file's name), and only what it
    names is taken; `aggressive` there is a hostile line that Whisper wrote with an exclamation mark."""
    for row in table("hedgewars").values():
        path = os.path.join(folder, VOICES, row["clip"] + ".ogg")
        with open(path, "rb") as f:
            data = f.read()
        yield row["clip"], row["text"], "hedgewars-" + row["clip"].split("/")[0].lower(), lambda data=data: speak_real.decode(data)


LEARNED = {"fotaq-" + who for who in ("joe", "bob", "jim", "tam", "witch", "sparky", "sec", "oracle")}  # voices of `talk` for training
GAMES = {  # table's name: package, reader, origin as evaluate.py shows it, set
    "drascula": ("drascula", drascula, "Drascula", "real"),
    "fotaq": ("flight-of-the-amazon-queen", queen, "Amazon Queen", "queen"),
    "hedgewars": ("hedgewars-data", hedgewars, "Hedgewars", "real"),
}


def table(game):
    """{clip: row} of what was labelled by hand."""
    return {row["clip"]: row for row in shard.read_table(TABLE) if row["game"] == game}


def core(text):
    return re.sub(r"[^a-z ]", "", text.lower()).strip()


def label_of(text, row):
    """The label of a line, by hand or by rule; '' for one that is left out."""
    if row is not None:
        return row["label"].strip("-")
    if len(core(text).split()) < LEAST_WORDS:
        return ""
    calm = "!" not in text and not re.search(r"\b[A-Z]{4,}\b", text)
    return "hard_negative" if WORDS.search(text) else "benign" if calm else "benign,lively"


def heard():
    """(ids, lines) of the clips that training may hear."""
    if not any(shard.tables(shard.cache("clips", name)) for name in HEARD):
        sys.exit("no clips of recordings yet: run speak_real.py CORPUS first, so that none of its clips is taken again")
    rows = [r for name in HEARD for s in shard.tables(shard.cache("clips", name))
            for r in shard.read_table(shard.cache("clips", name, s + ".tsv"))]
    return {os.path.splitext(r["id"])[0] for r in rows}, {core(r["text"]) for r in rows if r["origin"].startswith("Flight")}


def lines(game, folder, known):
    """(set, row, int16 samples) of a game's clips."""
    ids, said = known
    by_hand, (_, reader, origin, set_) = table(game), GAMES[game]
    missing = set(by_hand)
    for clip, text, voice, sound in reader(folder):
        missing.discard(clip)
        label = label_of(text, by_hand.get(clip))
        if not label or f"{game}-{clip}" in ids or game == "fotaq" and core(text) in said:
            continue
        audio = sound()
        if len(audio) < LEAST_S * shard.RATE:
            continue
        spare = game == "fotaq" and label.startswith("benign") and speak_real.dev(clip, 100 - 100 // REAL_SHARE)
        learned = spare and voice in LEARNED
        yield "talk" if spare else set_, {"text": text, "label": label, "split": "train" if learned else "dev", "frame": 0, "voice": voice,
                                            "phonemes": speak_phones.phonemes(text) if learned else "",
                                            "origin": origin, "effort": "", "id": f"{game}-{clip}"}, audio
    if missing:
        sys.exit(f"{TABLE}: {game} has no {', '.join(sorted(missing))}: a version of the package that the table was not made for")


def loose(set_, name, folder, ids):
    """(row, int16 samples) of a package's sounds of one kind, of each at most the set's length."""
    packages, most = LOOSE[set_]
    pattern, label = packages[name]
    paths = sorted(glob.glob(os.path.join(folder, pattern), recursive=True))
    if not paths:
        sys.exit(f"{name}: nothing is {pattern}: the package is laid out anew, say so in LOOSE")
    for path in paths:
        clip = os.path.relpath(path, os.path.join(folder, pattern.split("*")[0]))
        if "asterisk-" + os.path.splitext(clip)[0].replace("/", "-") in ids and "-en-" in name:
            continue
        with soundfile.SoundFile(path) as f:
            f.seek(min(int(MUSIC_AT * f.samplerate), max(0, f.frames - most * f.samplerate)))
            data, rate = f.read(most * f.samplerate, dtype="float32", always_2d=True), f.samplerate
        audio = shard.to_int16(resample_poly(data.mean(axis=1), shard.RATE, rate))
        if len(audio) >= LEAST_S * shard.RATE and audio.any():
            yield {"text": "", "label": label, "split": "dev", "frame": 0, "voice": "" if label == "music" else f"{name}-{os.path.dirname(clip)}",
                   "origin": name, "id": f"{name}-{clip}"}, audio


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--packages", default=shard.cache("packages"), help="where the .deb files are kept")
    o = p.parse_args()
    there = [s for s in ("real", "queen", "talk", *LOOSE) if shard.tables(shard.cache("clips", s))]
    if there:
        sys.exit(f"{shard.cache('clips', there[0])} is there already: remove it to make it anew")
    known, found = heard(), {s: [] for s in ("real", "queen", "talk", *LOOSE)}
    with tempfile.TemporaryDirectory() as folder:
        for game, (name, _, _, _) in GAMES.items():
            for set_, row, audio in lines(game, package(name, folder, o.packages), known):
                found[set_].append((row, audio))
        for set_, (packages, _) in LOOSE.items():
            for name in packages:
                found[set_] += loose(set_, name, package(name, folder, o.packages), known[0])
    for set_, pairs in found.items():
        shard.write(shard.cache("clips", set_), "0000", pairs)
        shard.totals(shard.cache("clips", set_))


if __name__ == "__main__":
    main()
