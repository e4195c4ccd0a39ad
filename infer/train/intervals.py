"""How sure a figure is: shares of counts and areas under curves, each with its 95 % interval.

Plain Python, so that its test runs anywhere. Called by evaluate.py and peer.py.
"""
import math

Z = 1.96


def wilson(k, n, z=Z):
    """(share, low, high) of k out of n (Wilson, 1927)."""
    if not n:
        return float("nan"), 0.0, 1.0
    p, d = k / n, 1 + z * z / n
    mid, half = (p + z * z / (2 * n)) / d, z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
    return p, max(0.0, mid - half), min(1.0, mid + half)


def auc(high, low, z=Z):
    """(area, lower, upper): how often a score of `high` lies above one of `low`, a tie counting half.

    The area is Mann and Whitney's U by ranks, the interval that of Hanley and McNeil (1982), which
    asks nothing of the scores' distribution but takes clips for independent: those of one actor are not.
    """
    n, m = len(high), len(low)
    if not n or not m:
        return float("nan"), 0.0, 1.0
    rows = sorted([(s, True) for s in high] + [(s, False) for s in low])
    above, i = 0.0, 0
    while i < len(rows):
        j = i
        while j < len(rows) and rows[j][0] == rows[i][0]:
            j += 1
        above += sum(is_high for _, is_high in rows[i:j]) * (i + j + 1) / 2
        i = j
    a = (above - n * (n + 1) / 2) / (n * m)
    q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
    half = z * math.sqrt((a * (1 - a) + (n - 1) * (q1 - a * a) + (m - 1) * (q2 - a * a)) / (n * m))
    return a, max(0.0, a - half), min(1.0, a + half)
