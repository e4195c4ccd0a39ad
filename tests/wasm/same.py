#!/usr/bin/python3
"""Wasm against the program of this machine: same tokens, same scores, same digests; size and speed.

    same.py BUILD BUILD_WASM     folders of the native and of the Wasm build

Exit 77 (Meson's SKIP), with the reason, where the Wasm build or node is not there.
`./dev wasm` installs and builds both, then runs this."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile

SKIP = 77
MAX_BYTES = 100_000  # stripped, without weights
TIMES_FASTER = 10    # than the article's way, at 32 tokens
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODEL = os.path.join(ROOT, "infer/models/hostile-en.gguf")
RECORDINGS = ["order-1", "abuse-1", "benign-1", "noise-1"]


def skip(why):
    print(f"SKIP wasm: {why}; `./dev wasm` installs and builds what it needs")
    sys.exit(SKIP)


def run(command, data=b"", **kw):
    done = subprocess.run(command, input=data, capture_output=True, timeout=600, **kw)
    if done.returncode:
        sys.exit(f"FAIL {' '.join(command)}: exit {done.returncode}\n{(done.stdout + done.stderr).decode()}")
    return done.stdout


def node(program, *args):
    return ["node", "--no-warnings", "--experimental-wasi-unstable-preview1",
            os.path.join(ROOT, "tests/wasm/run.mjs"), program, *args]


def sounds():
    """Name and s16le of what is listened to; the recordings need ffmpeg."""
    with open(os.path.join(ROOT, "tests/golden/mfcc.s16"), "rb") as f:
        yield "mfcc.s16", f.read()
    if shutil.which("ffmpeg"):
        for name in RECORDINGS:
            path = os.path.join(ROOT, f"tests/data/{name}.opus")
            yield name, run(["ffmpeg", "-v", "error", "-i", path, "-ar", "16000", "-ac", "1", "-f", "s16le", "-"])


def compare(native, wasm):
    wrong = 0
    for name, pcm in sounds():
        tokens = ["tokens", "--model", MODEL, "-"]
        ids = run([native, *tokens], pcm)
        same = {"tokens": run(node(wasm, *tokens), pcm) == ids}
        for hop in ("1", "4"):
            infer = ["infer", "--model", MODEL, "--hop", hop]
            same[f"scores at hop {hop}"] = run(node(wasm, *infer), ids) == run([native, *infer], ids)
        for what, equal in same.items():
            wrong += not equal
            if not equal:
                print(f"FAIL {name}: other {what} than on this machine")
        print(f"{name}: {len(ids.splitlines())} tokens, {'same' if all(same.values()) else 'OTHER'} tokens and scores")
    return wrong


def refusals(native, wasm, folder):
    """A file in the place of a stream, and what must be refused, in the same words."""
    wav, cut, wrong = os.path.join(folder, "a.wav"), os.path.join(folder, "cut.gguf"), 0
    pcm = next(sounds())[1]
    with open(wav, "wb") as f:
        f.write(b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 16000, 32000, 2, 16) +
                b"data" + struct.pack("<I", len(pcm)) + pcm)
    with open(MODEL, "rb") as f, open(cut, "wb") as g:
        g.write(f.read()[:100_000])
    corpus = os.path.join(ROOT, "tests/fuzz/corpus/gguf")  # sizes and counts meet 32 bits here
    broken = [os.path.join(corpus, f) for f in sorted(os.listdir(corpus))]
    berts = [f for f in broken if os.path.basename(f).startswith("bert-")]  # only the native program runs these
    for args in (["tokens", "--model", MODEL, wav], ["infer", "--model", cut, wav], ["infer", "--model", MODEL, wav],
                 ["infer", "--model", folder + "/none", wav], ["tokens", "--model", MODEL, folder + "/none"],
                 *(["infer", "--model", f, wav] for f in broken if f not in berts)):
        got, want = (subprocess.run(c, capture_output=True, timeout=600)
                     for c in (node(wasm, *args), [native, *args]))
        if (got.returncode, got.stdout, got.stderr) != (want.returncode, want.stdout, want.stderr):
            print(f"FAIL {args}: {got} instead of {want}")
            wrong += 1
    for f in berts:
        got = subprocess.run(node(wasm, "infer", "--model", f, wav), capture_output=True, timeout=600)
        if got.returncode != 65 or b"is 'bert', expected 'earshot'" not in got.stderr:
            print(f"FAIL {f}: {got}")
            wrong += 1
    print("a WAV file, broken models, files that are not there: as on this machine" if not wrong else "OTHER refusals")
    return wrong


def digests(native, wasm, folder):
    want, wrong = run([native]), 0
    for kernel in ("ref", "simd128"):
        got = run(node(wasm, kernel), env=os.environ | {"TMPDIR": folder})
        wrong += got != want
        print(f"digest of {kernel}: {'same int32, floats, tokens and scores' if got == want else 'OTHER: ' + got.decode()}")
    return wrong


def speed(wasm, folder):
    out = run(node(wasm, os.path.join(folder, "edge.gguf"))).decode()
    print("12 x 160 x 640, one thread; milliseconds and times as long:\n" + out, end="")
    return min(float(line.split("\t")[-1]) for line in out.splitlines()[1:]) < TIMES_FASTER


def main():
    build, build_wasm = sys.argv[1:3]
    wasm = os.path.join(build_wasm, "infer/wasm/earshot.wasm")
    if not shutil.which("node"):
        skip("node is not installed")
    if not os.path.exists(wasm):
        tools = [t for t in ("clang", "wasm-ld", "llvm-ar", "wasm-opt") if not shutil.which(t)]
        if not os.path.isdir("/usr/lib/wasm32-wasi"):
            tools.append("wasi-libc")
        skip(f"not built, {' and '.join(tools)} missing" if tools else "not built")
    size = os.path.getsize(wasm)
    print(f"earshot.wasm: {size} bytes, at most {MAX_BYTES}")
    with tempfile.TemporaryDirectory() as folder:
        tests = os.path.join(build_wasm, "tests/wasm")
        wrong = compare(os.path.join(build, "daemon/tool/earshot"), wasm)
        wrong += refusals(os.path.join(build, "daemon/tool/earshot"), wasm, folder)
        wrong += digests(os.path.join(build, "tests/kernel/digest"), os.path.join(tests, "digest.wasm"), folder)
        print(run(node(os.path.join(tests, "walk.wasm"), "--rounds", "100")).decode(), end="")
        if speed(os.path.join(tests, "article.wasm"), folder):
            print(f"FAIL less than {TIMES_FASTER} times as fast as the article's way")
            wrong += 1
    if size > MAX_BYTES:
        print("FAIL too large")
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
