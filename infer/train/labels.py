"""What the model says, in order, and how a clip's labels become training targets."""

LABELS = ("threat", "abuse", "hate", "order", "aggressive_voice")
HOSTILE = LABELS[:4]
UNLABELLED = "unlabelled"  # instead of labels, where nobody has read the sentence
# hibari's American alphabet without stress and length marks; 0 is CTC's blank
PHONES = "\0AIOWYTbdfhijklmnpstuvwzæðŋɑɔəɛɜɡɪɹʃʊʌʒʤʧᵊᵻθʔɾ"


SHOUTED = .55  # of the effort of speak_sound.py


def target_of(label, effort):
    """1, 0 or -1 (not known) for each label, and for speech. Whether a voice is aggressive is known of
    recordings that say so, and of synthetic ones: calm ones are not, hostile words that are shouted are,
    and what is shouted otherwise may be a call across a yard. Of an unlabelled sentence nothing else is known."""
    names = label.split(",")
    target = [-1 if UNLABELLED in names else int(h in names) for h in HOSTILE]
    hostile, lively = 1 in target, {"callout", "lively"} & set(names)
    if "aggressive" in names:
        target.append(1)
    elif effort == "":
        target.append(-1 if hostile or lively or UNLABELLED in names else 0)
    elif float(effort) == 0:
        target.append(0)
    else:
        target.append(1 if hostile and float(effort) >= SHOUTED else -1)
    return target + [1]
