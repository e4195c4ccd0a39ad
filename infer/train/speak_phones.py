"""Phonemes of a sentence, in one alphabet for every voice: hibari's American English."""
import functools
import re

SPELLED = {"TV", "DVD", "CD", "PC", "ID", "PIN", "USB", "GPS", "FBI", "CIA", "USA", "UK", "US", "OK",
           "AM", "PM", "DJ", "BBC", "FM", "CEO", "LED", "ATM", "UFO"}


@functools.lru_cache(maxsize=1)
def g2p():
    from hibari.g2p import G2P
    return G2P(british=False)


def plain(text):
    """The text as it is spoken: words SHOUTED in capitals are lower-cased, markup is dropped."""
    text = text.replace("\u2019", "'").replace("...", " ")
    text = re.sub(r"\b[A-Z]{2,}(?:'[A-Z]+)?\b",
                  lambda m: m.group(0) if m.group(0) in SPELLED else m.group(0).lower(), text)
    return re.sub(r"\s+", " ", re.sub(r"[\[\](){}<>*_\"]", " ", text)).strip()


def phonemes(text):
    """Phoneme string of a text; empty where nothing can be spoken."""
    text = plain(text)
    return g2p()(text).strip() if re.search(r"\w", text) else ""
