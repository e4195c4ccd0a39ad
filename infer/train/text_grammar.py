"""Composes sentences from templates: hostile ones with the same words in harmless use beside them.

A template is a line "L text" of a file in frames/ORIGIN; L is T(hreat), O(rder), A(buse), H(ate),
B(enign) or N (hard negative), and a digit after it lets the template take more turns. `{slot}` is a word
from text_slots.py, `[a|b|]` a choice. Fillers, names, swearing and punctuation are put around the
sentences of every label with the same chances, so that none gives it away. mix.py draws from each origin by
the root of its size, so that none drowns: `short` is what is barked in a few words, `said` plain talk,
`found` what people wrote.
A frame is one template; a share of the frames is `dev`, whole, by a hash of the template.
"""
import glob
import hashlib
import os
import random
import re

import text_slots

LABELS = {"T": "threat", "O": "order", "A": "abuse", "H": "hate", "B": "benign",
          "N": "hard_negative"}
FRAMES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "frames")
QUOTA = {"threat": 33000, "order": 22000, "abuse": 25000, "hate": 14500, "benign": 57500,
         "hard_negative": 48000}
DEV_PERCENT = 12

OPENERS = ["Hey", "Listen", "Look", "Well", "So", "Oh", "Okay", "Now", "Man", "Hey you", "Alright",
           "I said", "You know what", "Right", "And", "But", "No", "Yeah", "Excuse me", "Come on"]
SWEARS = ["Damn", "Shit", "Fuck", "God damn it", "Jesus", "Hell", "For fuck's sake"]
PROPER = {word.split()[0] for slot in ("name", "groups", "group", "groupadj")
          for word in text_slots.SLOTS[slot] if word[0].isupper()}
NAMES = {word.lower() for slot in ("name", "pal", "groups", "group", "groupadj")
         for filler in text_slots.SLOTS[slot] for word in filler.split()} - {"old", "people"}
CLOSERS = ["okay", "you hear me", "man", "I mean it", "seriously", "right", "got it", "I swear"]


def number_of(key, taken):
    """A number that follows from the template; the later of two with the same takes other digits."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return next(n for n in (int(digest[at:at + 7], 16) + 1 for at in range(0, 57, 7)) if n not in taken)


def frames():
    """(number, label, template, weight, origin) of every frame."""
    seen, keys = {}, set()
    for path in sorted(glob.glob(os.path.join(FRAMES, "*", "*.txt"))):
        origin = os.path.basename(os.path.dirname(path))
        with open(path, encoding="utf-8") as f:
            lines = [line for line in f.read().splitlines() if not line.startswith("#")]
        for line in lines:
            kind, template = line.split(" ", 1)
            key = f"{kind[0]} {template}"
            if key in keys:
                raise ValueError(f"{path}: twice: {line}")
            keys.add(key)
            number = number_of(key, seen)
            seen[number] = (number, LABELS[kind[0]], template, int(kind[1:] or 1), origin)
    return list(seen.values())


def split_of(number):
    """`dev` for a fixed share of the frames."""
    return "dev" if number % 100 < DEV_PERCENT else "train"


def expand(template, rng):
    """One random reading of a template."""
    innermost = re.compile(r"\[([^\[\]]*)\]|\{(\w+)\}")
    while match := innermost.search(template):
        if match.group(2):
            word = rng.choice(text_slots.SLOTS[match.group(2)])
        else:
            word = rng.choice(match.group(1).split("|"))
        template = template[:match.start()] + word + template[match.end():]
    return template


def lower_first(text):
    """The text as it goes on after a comma."""
    word = text.split()[0]
    return text if word.strip(",.!?") in PROPER or re.match(r"I\b", word) else text[0].lower() + text[1:]


def decorate(text, rng):
    """Put what people say around any sentence: fillers, a name, a swear word, a repetition."""
    draw = rng.random()
    if draw < 0.27:
        text = lower_first(text)
    if draw < 0.17:
        text = f"{rng.choice(OPENERS)}, {text}"
    elif draw < 0.21:
        text = f"{rng.choice(SWEARS)}, {text}"
    elif draw < 0.27:
        text = f"{expand('[{name}|{pal}]', rng)}, {text}"
    elif draw < 0.33 and not text.endswith(("?", "!")):
        text = f"{text}, {expand('[{name}|{pal}]', rng)}"
    elif draw < 0.36 and not text.endswith(("?", "!")):
        text = f"{text}, {rng.choice(CLOSERS)}"
    elif draw < 0.38 and len(text.split()) < 4:
        text = f"{text}! {text}"
    return text


def tidy(text, rng):
    """Spaces, articles, capitals and the mark at the end."""
    text = re.sub(r"\s+", " ", text).strip(" ,")
    text = re.sub(r" ([,.!?]|'(?:s|re|m)\b)", r"\1", text)
    text = re.sub(r"([,.!?])(?:,|(?<=[!?])\.)+", r"\1", text)
    text = re.sub(r"\b([Aa])n? (?=[aeiouAEI](?!ni|se|ne|uro))", r"\1n ", text)
    text = re.sub(r"\b([Aa])n (?=[^aeiouAEIOUhH8])", r"\1 ", text)
    text = re.sub(r"(^|[.!?] )(\w)", lambda m: m.group(1) + m.group(2).upper(), text)
    return text if text[-1] in ".!?" else text + rng.choice([".", ".", ".", "!", "!"])


def words(text):
    """The words alone: two sentences with the same words are the same sentence."""
    return " ".join(re.findall(r"[a-z']+", text.lower()))


def core(text):
    """The words without names and groups."""
    return " ".join(w for w in words(text).split() if w not in NAMES)


def sentence(template, label_templates, rng):
    """One finished sentence; a fifth joins two acts of the same label."""
    text = decorate(expand(template, rng), rng)
    if rng.random() < 0.15:
        second = expand(rng.choice(label_templates), rng)
        text = text.rstrip(" ,")
        text = f"{text}{'' if text[-1] in '.!?' else '.'} {second}"
    return tidy(text, rng)


def compose(seed=1, share=1):
    """All composed sentences, or a share of them: dicts with text, label, frame, split; frames take turns."""
    taken, rows = set(), []
    all_frames = frames()
    for label, quota in QUOTA.items():
        own = [f for f in all_frames if f[1] == label]
        pools = {split: [t for n, _, t, *_ in own if split_of(n) == split] for split in ("train", "dev")}
        draws = {number: random.Random(f"{seed}/{number}") for number, *_ in own}
        turns = [frame for frame in own for _ in range(frame[3])]
        random.Random(f"{seed}/{label}").shuffle(turns)  # so that a small share has some of every file
        count, idle = 0, 0
        while count < share * quota and idle < 20:
            before = count
            for number, _, template, _, origin in turns:
                if count >= share * quota:
                    break
                text = sentence(template, pools[split_of(number)], draws[number])
                if words(text) in taken or not 1 <= len(text.split()) <= 18:
                    continue
                taken.add(words(text))
                rows.append({"text": text, "label": label, "frame": number,
                             "split": split_of(number), "origin": origin})
                count += 1
            idle = idle + 1 if count == before else 0
    return rows
