"""The engine in this process, and timing in turns: what minilm.py, peers.py, attention.py and plots.py share.

Other programs come and go on a machine, so no time stands alone: all contestants run one
after the other, again and again, and beside each round the peak of the core is measured.
Times are of the processor, of all threads of this process (the peak, which is short and the
best of twenty, is of the clock): who had the core meanwhile does not count, though what it left in the caches does. A contestant's number is the median of
its times over the floor of the same round, and the least time over the least floor; the
spread is of the middle half.
"""
import ctypes
import os
import time

import numpy as np


class Engine:
    lib = None

    @classmethod
    def load(cls, build):
        lib = ctypes.CDLL(os.path.join(build, "tests/bench/libengine.so"))
        lib.engine_open.restype = ctypes.c_void_p
        lib.engine_peak.restype = ctypes.c_double
        lib.engine_kernel.restype = ctypes.c_char_p
        lib.engine_heads.restype = ctypes.c_void_p
        lib.engine_pool.restype = ctypes.c_double
        cls.lib = lib

    def __init__(self, path, kernel="auto", threads=1):
        why = ctypes.create_string_buffer(600)
        self.e = self.lib.engine_open(str(path).encode(), kernel.encode(), threads, why, ctypes.c_size_t(600))
        if not self.e:
            raise ValueError(why.value.decode())
        self.e = ctypes.c_void_p(self.e)
        self.d = self.lib.engine_width(self.e)

    def ids(self, ids):
        return np.ascontiguousarray(ids, np.uint16)

    def run(self, ids, want_hidden=False):
        """pooled (d), or hidden (n, d); ids as ids() leaves them"""
        out = np.empty((len(ids), self.d) if want_hidden else self.d, np.float32)
        p = out.ctypes.data_as(ctypes.c_void_p)
        r = self.lib.engine_run(self.e, ids.ctypes.data_as(ctypes.c_void_p), len(ids),
                                p if want_hidden else None, None if want_hidden else p)
        if r < 0:
            raise ValueError(f"engine_run: {r}")
        return out


def attention(q, k, v):
    """A run of the engine's attention in float32: softmax(q k^T / sqrt(d)) v, all (heads, n, d)"""
    y, (heads, n, d) = np.empty_like(q), q.shape
    pointers = [ctypes.c_void_p(a.ctypes.data) for a in (q, k, v, y)]
    e = Engine.lib.engine_heads(heads, n, d, *pointers)
    if not e:
        raise ValueError(f"{heads} heads of {n} by {d}: the engine takes multiples of 16")
    e = ctypes.c_void_p(e)

    def run(attend=Engine.lib.engine_attend, kept=(q, k, v)):
        attend(e)
        return y
    return run


def pool_rate(model, workers, hop, seconds):
    """Tokens a second of sixteen streams through the daemon's pool, by the clock; 0 when it fails"""
    return Engine.lib.engine_pool(str(model).encode(), workers, hop, ctypes.c_double(seconds))


def one_core():
    """Pins this process, and all threads it will have, to the last core it may use."""
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def peak():
    """int8 products a second of this core, now"""
    return max(Engine.lib.engine_peak(b"auto", 20000) for _ in range(20))


def cost(run, together=1):
    from_ = time.process_time()
    for _ in range(together):
        run()
    return (time.process_time() - from_) / together


def in_turns(contestants, seconds, least=7, sample=0):
    """{name: function} run in turns for so long, at least so often. {name: [seconds]}, [peak].
    What takes less than `sample` seconds is timed several together."""
    times, peaks, end, together = {name: [] for name in contestants}, [], time.monotonic() + seconds, {}
    for name, run in contestants.items():
        run()
        together[name] = 1 + int(sample / max(cost(run), 1e-7))
    while time.monotonic() < end or len(peaks) < least:
        peaks.append(peak())
        for name, run in contestants.items():
            run()  # what others left in the caches is not this one's time
            times[name].append(cost(run, together[name]))
    return times, peaks


def figures(times, peaks, products):
    """median and least milliseconds; floors of the median, its middle half, and of the least"""
    t, p = np.array(times), np.array(peaks)
    out = {"n": len(t), "min_ms": t.min() * 1e3, "p50_ms": float(np.median(t)) * 1e3}
    if p.max() > 0 and products:
        floors = t * p / products
        low, mid, high = np.percentile(floors, (25, 50, 75))
        out.update(floors=float(mid), floors_low=float(low), floors_high=float(high),
                   floors_min=float(t.min() * p.max() / products))
    return {k: round(v, 4) for k, v in out.items()}


def cosine(a, b):
    a, b = np.asarray(a, np.float64).ravel(), np.asarray(b, np.float64).ravel()
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))
