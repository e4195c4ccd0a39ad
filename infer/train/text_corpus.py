"""Labelled public sentences, chosen by the licence of their source."""
import hashlib
import os

import speak_shard

SHARE_ALIKE = {"jigsaw-toxic", "stormfront-hate", "ethos"}
BENIGN_PERCENT = 38


def chosen(row):
    """All hostile sentences and hard negatives, and a fixed share of the benign ones."""
    if row["source"] in SHARE_ALIKE:
        return False
    draw = int(hashlib.sha256(row["text"].encode()).hexdigest()[:8], 16) % 100
    return row["label"] != "benign" or draw < BENIGN_PERCENT


def sentences(corpus):
    """Rows of CORPUS/text/sentences.tsv in the columns of text.py; its splits are kept."""
    table = speak_shard.read_table(os.path.join(corpus, "text", "sentences.tsv"))
    return [{"text": row["text"], "label": row["label"], "frame": 0, "split": row["split"],
             "origin": row["source"]} for row in table if chosen(row)]
