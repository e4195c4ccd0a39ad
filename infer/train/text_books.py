#!/usr/bin/env python3
"""What people say in books, a sentence a line: plain sentences for text_plain.py that were meant to be spoken, with
their tempers.

  text_books.py FOLDER... >> CORPUS/text/plain.txt

FOLDER is a checkout of a book of Standard Ebooks (CC0; github.com/standardebooks), whose pages are
src/epub/text/*.xhtml: novels hold speech between curly quotation marks, plays in the cells of tables.
"""
import glob
import html
import os
import re
import sys

SHORT = 8  # words that two sentences have together at the most, to be said as one line too
NOT_STORY = ("titlepage", "imprint", "colophon", "uncopyright", "endnotes", "introduction", "foreword", "preface")
NOTE = re.compile(r"<a\b[^>]*noteref[^>]*>.*?</a>", re.S)
DIRECTION = re.compile(r'<i epub:type="z3998:stage-direction.*?</i>', re.S)
LOOKS = str.maketrans({"‘": "'", "’": "'", "“": None, "”": None, "\u00a0": " ", "\u2060": None, "\u200a": None, "\ufeff": None})


def spoken(page):
    """The utterances of a page, in order."""
    page = NOTE.sub("", page)
    if "z3998:persona" in page:
        cells = re.findall(r"<td>(.*?)</td>", DIRECTION.sub("", page), re.S)
        return [text(p) for cell in cells for p in re.findall(r"<p\b[^>]*>(.*?)</p>", cell, re.S) or [cell]]
    paragraphs = re.findall(r"<p\b[^>]*>(.*?)</p>", page, re.S)
    return [text(u) for p in paragraphs for u in re.findall("“([^“”]+)”", html.unescape(p))]


def text(markup):
    """Markup as a voice would read it."""
    plain = html.unescape(re.sub(r"<[^>]+>", "", markup)).translate(LOOKS)
    return re.sub(r"[\s,]*[—…][\s,]*", ", ", re.sub(r"\s+", " ", plain)).strip(" ,")


def sentences(utterance):
    """Its sentences, and each short pair of them."""
    one = [s for s in re.split(r"(?<=[.?!])\s+", utterance) if s]
    two = [f"{a} {b}" for a, b in zip(one, one[1:]) if len(f"{a} {b}".split()) <= SHORT]
    for s in one + two:
        s = s[0].upper() + s[1:]
        yield s if s[-1] in ".?!" else s.rstrip(",;:") + "."


def main(folders):
    seen = {}
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "src", "epub", "text", "*.xhtml"))):
            if not os.path.basename(path).startswith(NOT_STORY):
                with open(path, encoding="utf-8") as f:
                    seen.update(dict.fromkeys(s for u in spoken(f.read()) for s in sentences(u)))
    print("\n".join(seen))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
