#!/usr/bin/python3
"""What the products of ARM cost, without an ARM: counted and modelled, the same on every machine.

    measure.py BUILD_ARM64      the cross build of `./dev bench arm`, which calls this

For every kernel the inner loops, attention's among them: products, instructions, and cycles of a loop in LLVM's model of
a processor (llvm-mca; in-order, every load hits the first cache). Then whole products, packed
weights and fused end included: instructions that an emulator executes for each multiply-add.
Exit 77 where llvm-mca, the emulator or the build is not there.

A model is no board: the real Cortex-A53 has shorter latencies than LLVM's, and slower memory."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

PRODUCTS = {"smull": 8, "smull2": 8, "smlal": 8, "smlal2": 8, "sdot": 16, "smmla": 32}
MODELS = {"neon": "cortex-a53", "dotprod": "cortex-a55", "i8mm": "cortex-a55"}
SOURCES = {"neon": "infer/arm/neon_gemm.c", "dotprod": "infer/arm/dotprod.c", "i8mm": "infer/arm/i8mm.c"}
SHAPES = [(1, 480, 160), (4, 480, 160), (4, 160, 640), (16, 640, 160), (32, 160, 640), (32, 768, 3072)]


def skip(why):
    print(f"SKIP arm: {why}")
    sys.exit(77)


def assembly(build, source, folder):
    """The compiler's own, by the command that built the object."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as f:
        entry = next(c for c in json.load(f) if c["file"].endswith(source))
    out = os.path.join(folder, "kernel.s")
    words = shlex.split(entry["command"])
    words[words.index("-o") + 1] = out
    words[words.index("-c")] = "-S"
    subprocess.run([w for w in words if w not in ("-g",)], cwd=entry["directory"], check=True)
    with open(out, encoding="utf-8") as f:
        return f.read().split("\n")


def instruction(line):
    m = re.match(r"\s+([a-z][\w.]*)(\s|$)", line)
    return m.group(1) if m and not m.group(1).startswith(".") else None


def loops(lines):
    """Innermost loops that multiply: (products, their instructions), the largest first."""
    labels, found = {}, []
    for number, line in enumerate(lines):
        m = re.match(r"\s*(\.L\w+|\d+):", line)
        if m:
            labels[m.group(1)] = number
        m = re.match(r"\s+(?:b\.?\w*|cbn?z\s+\w+,|tbn?z\s+\w+,\s*#?\d+,)\s+(\.L\w+|\d+b)\b", line)
        start = labels.get(m.group(1).rstrip("b") if m and m.group(1)[0] != "." else m.group(1)) if m else None
        if start is None:
            continue
        body = [l for l in lines[start + 1:number + 1] if instruction(l)]
        products = sum(PRODUCTS.get(instruction(l), 0) for l in body if re.search(r"v\d+\.", l))
        inner = not any(f[2] > start for f in found)
        loads = any(instruction(l).startswith("ld") for l in body)  # without: what measures the peak
        if products and inner and loads:
            found.append((products, body, start))
    return sorted(((p, b) for p, b, _ in found), key=lambda x: -x[0])


def cycles(body, cpu, folder):
    """Of one turn, in the steady state"""
    path = os.path.join(folder, "loop.s")
    with open(path, "w", encoding="utf-8") as f:  # where it jumps does not matter
        f.write("\n".join(re.sub(r"(\s)(\.L\w+|\d+b)\s*$", r"\1loop", l.split("//")[0]) for l in body) + "\nloop:\n")
    out = subprocess.run(["llvm-mca", "-mtriple=aarch64", f"-mcpu={cpu}", "-mattr=+dotprod,+i8mm",
                          "-iterations=200", path], capture_output=True, text=True)
    if out.returncode:
        sys.exit(out.stderr)
    total = int(re.search(r"Total Cycles:\s+(\d+)", out.stdout).group(1))
    bound = float(re.search(r"Block RThroughput:\s+([\d.]+)", out.stdout).group(1))
    return total / 200, bound


def model(build, folder):
    print("inner loops: multiply-adds, instructions, cycles by llvm-mca, and multiply-adds a cycle "
          "(in brackets: if nothing ever waited)")
    for kernel, source in SOURCES.items():
        for products, body in loops(assembly(build, source, folder))[:6]:
            took, bound = cycles(body, MODELS[kernel], folder)
            spills = sum("[sp" in l for l in body)
            print(f"{kernel:8} {MODELS[kernel]:10} {products:4} {len(body):4} {took:7.1f}  "
                  f"{products / took:5.2f} ({products / bound:.2f}){f'  {spills} spills' if spills else ''}")


def count(build, kernel, shape, times):
    plugin = os.path.join(build, "tests/bench/arm/libcount.so")
    out = subprocess.run(["qemu-aarch64", "-cpu", "max", "-L", "/", "-plugin", plugin,
                          os.path.join(build, "tests/bench/arm/repeat"), kernel, *map(str, shape), str(times)],
                         capture_output=True, text=True, timeout=300)
    if out.returncode:
        sys.exit(f"{kernel}: exit {out.returncode}\n{out.stdout}{out.stderr}")
    return int(re.search(r"(\d+) instructions", out.stderr).group(1))


def counted(build):
    print("\ninstructions a multiply-add, executed: rows x outputs x inputs, ended as floats")
    print(f"{'':18}" + "".join(f"{k:>10}" for k in [*SOURCES, "ref"]))
    for m, n, k in SHAPES:
        per = [(count(build, name, (m, n, k), 3) - count(build, name, (m, n, k), 1)) / 2 / (m * n * k)
               for name in [*SOURCES, "ref"]]
        print(f"{m:3} x {n:4} x {k:4}  " + "".join(f"{p:10.3f}" for p in per))


def main():
    build = sys.argv[1]
    for tool in ("llvm-mca", "qemu-aarch64"):
        if not shutil.which(tool):
            skip(f"{tool} is not installed")
    if not os.path.exists(os.path.join(build, "tests/bench/arm/repeat")):
        skip(f"{build} is no cross build for arm64")
    with tempfile.TemporaryDirectory() as folder:
        model(build, folder)
    counted(build)


if __name__ == "__main__":
    main()
