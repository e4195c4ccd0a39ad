"""Labelled public sentences, chosen by the licence of their source."""
import os

import speak_shard

SHARE_ALIKE = {"jigsaw-toxic", "stormfront-hate", "ethos"}


def sentences(corpus):
    """Rows of CORPUS/text/sentences.tsv in the columns of text.py; its splits are kept."""
    table = speak_shard.read_table(os.path.join(corpus, "text", "sentences.tsv"))
    return [{"text": row["text"], "label": row["label"], "frame": 0, "split": row["split"],
             "origin": row["source"]} for row in table if row["source"] not in SHARE_ALIKE]
