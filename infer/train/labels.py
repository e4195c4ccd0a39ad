"""What the model says, in order, and how a clip's labels become training targets."""

LABELS = ("threat", "abuse", "hate", "order", "aggressive_voice")
HOSTILE = LABELS[:4]
# hibari's American alphabet without stress and length marks; 0 is CTC's blank
PHONES = "\0AIOWYTbdfhijklmnpstuvwzæðŋɑɔəɛɜɡɪɹʃʊʌʒʤʧᵊᵻθʔɾ"


def target_of(label, effort):
    """1, 0 or -1 (not known) for each label, and for speech."""
    names = label.split(",")
    target = [int(h in names) for h in HOSTILE]
    if "aggressive" in names:
        target.append(1)
    else:
        calm = effort == "" or float(effort) == 0
        target.append(0 if calm and not any(target) and not {"callout", "lively"} & set(names) else -1)
    return target + [1]
