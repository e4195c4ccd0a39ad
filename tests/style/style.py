#!/usr/bin/python3
"""The house rules that a machine can check. `style.py CHECK ROOT [PROGRAM]`; each
check is a test of its own. Prints every breach as file:line: what; exit 1 if any, 77 to skip."""

import json
import os
import platform
import re
import subprocess
import sys

SKIP = 77
FLOORS = {  # floor: what it may include
    "config": {"config"},
    "audio": {"config", "audio"},
    "infer": {"config", "infer"},
    "daemon": {"config", "audio", "infer", "daemon"},
}
HOMES = [  # foreign header: the files that may know it
    (r"alsa/", r"audio/source_alsa\.c"),
    (r"libav|libswresample/", r"audio/(source_av\w*|resample)\.c"),
    (r"kissfft/|kiss_fft", r"audio/mfcc\.c"),
    (r"yaml\.h", r"config/yaml\w*\.c"),
    (r"MQTT", r"daemon/mqtt\.c"),
    (r"sqlite3", r"daemon/store_(db|row)\.c"),
    (r"systemd/", r"daemon/(loop|notify|log)\.c"),
    (r"cjson/|cJSON", r"daemon/(message|command|discovery|tool/(monitor_broker|test_alarm|why|doctor|hearing_daemon))\.c"),
    (r"\w*mmintrin\.h|x86intrin", r"infer/x86/\w+\.[ch]"),
    (r"cpuid\.h", r"infer/cpu\.c"),
    (r"arm_neon\.h", r"infer/arm/\w+\.[ch]"),
    (r"wasm_simd128\.h", r"infer/wasm/\w+\.[ch]"),
]
MAX_LINES = 500
OLD_COMMITS = {"43e84196"}  # landed before they were checked: one character too long
BINARY = (".opus", ".gguf", ".npy", ".wav", ".flac", ".bin", ".png", ".raw", ".s16")


def files(*endings):
    try:
        out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], check=True,
                             capture_output=True, text=True).stdout.split("\n")
        names = [n for n in out if n and os.path.isfile(n)]
    except (OSError, subprocess.CalledProcessError):
        names = []
        for top, dirs, inside in os.walk("."):
            dirs[:] = [d for d in dirs if not d.startswith((".", "build"))]
            names += [os.path.normpath(os.path.join(top, n)) for n in inside]
    return sorted(n for n in names if not endings or n.endswith(endings))


def lines(name):
    with open(name, encoding="utf-8") as f:
        return list(enumerate(f.read().split("\n"), 1))


def includes(name):
    for number, line in lines(name):
        m = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if m:
            yield number, m.group(1), m.group(2)


def strip_comments(text):
    keep = lambda m: re.sub(r"[^\n]", " ", m.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', keep, text, flags=re.S)


def check_floors():
    for name in files(".c", ".h"):
        floor = name.split("/")[0]
        for number, mark, what in includes(name):
            where = f"{name}:{number}"
            if mark == '"' and not os.path.isfile(what):
                yield f'{where}: "{what}" is not spelled from the root'
            if mark == '"' and floor in FLOORS and what.split("/")[0] not in FLOORS[floor]:
                yield f"{where}: floor {floor} must not see {what}"
            for pattern, home in HOMES:
                if mark == "<" and floor in FLOORS and re.match(pattern, what) and \
                        not re.fullmatch(home, name):
                    yield f"{where}: <{what}> has its home in {home}"


def check_headers(cc):
    for name in files(".h"):
        if name.split("/")[0] not in FLOORS:
            continue
        guard = re.sub(r"\W", "_", name).upper()
        text = open(name, encoding="utf-8").read()
        if f"#ifndef {guard}\n#define {guard}\n" not in text:
            yield f"{name}:1: no include guard {guard}"
        if not text.startswith("/*"):
            yield f"{name}:1: a header begins with its contract"
        isa = []
        if name.startswith("infer/x86/"):  # compiled for an instruction set, as the files that include it
            if platform.machine() != "x86_64":
                continue
            isa = ["-march=x86-64-v4"]
        done = subprocess.run([cc, "-std=gnu11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", *isa,
                               "-fsyntax-only", "-I.", "-x", "c", "-"], input=f'#include "{name}"\n',
                              capture_output=True, text=True)
        if done.returncode:
            yield f"{name}:1: does not compile alone: {done.stderr.strip().splitlines()[0]}"


def check_text():
    for name in files():
        if name.endswith(BINARY) or name.startswith("tests/fuzz/corpus"):
            continue
        try:
            text = lines(name)
        except UnicodeDecodeError:
            continue
        if text[-1][1] != "" and len(text) > 1:
            yield f"{name}:{len(text)}: no newline at the end"
        if name.endswith((".c", ".h", ".py", ".sh")) or name == "dev":
            if len(text) - 1 > MAX_LINES:
                yield f"{name}:{len(text) - 1}: longer than {MAX_LINES} lines: two ideas?"
        for number, line in text:
            if line != line.rstrip() and not name.endswith((".md", ".tsv")):
                yield f"{name}:{number}: blanks at the end"
            if "\t" in line and name.endswith((".c", ".h", ".py", ".yaml")) and \
                    not name.startswith("tests/"):
                yield f"{name}:{number}: a tab"
            if re.search("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]", line):
                yield f"{name}:{number}: an invisible character"


def check_words():
    # Spelled in pieces, so that this file does not name what it looks for.
    private = re.compile("(?<![\\w/$}.>])/" + "(work|home/\\w|ro" + "ot|Us" + "ers)/")
    unfinished = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + r"X)\b")
    for name in files():
        if name.endswith(BINARY) or name.startswith(("tests/fuzz/corpus", "LICENSE")):
            continue
        try:
            text = lines(name)
        except UnicodeDecodeError:
            continue
        for number, line in text:
            if private.search(line):
                yield f"{name}:{number}: a path of somebody's machine"
            if unfinished.search(line) and not name.endswith((".tsv", ".txt")):
                yield f"{name}:{number}: unfinished"


def check_code():
    for name in files(".c", ".h"):
        if name.split("/")[0] not in FLOORS:
            continue
        for number, line in enumerate(strip_comments(open(name, encoding="utf-8").read()).split("\n"), 1):
            where = f"{name}:{number}"
            if re.search(r"\b(_?exit|quick_exit)\s*\(", line):
                yield f"{where}: only main() ends the program, by returning"
            if re.match(r"\s*typedef\b", line) and "(" not in line:
                yield f"{where}: a typedef of something that is not a function"
            if re.search(r"\b(strcpy|strcat|sprintf|gets|strtok|atoi|atof|alloca)\s*\(", line):
                yield f"{where}: a function that trusts its input"
            if name.split("/")[0] in ("audio", "infer", "config") and \
                    re.search(r"\b(v?printf|perror|v?syslog)\s*\(|\bstd(err|out)\b", line):
                yield f"{where}: a library floor does not log"


def check_commits():
    done = subprocess.run(["git", "log", "--format=%H%x09%P%x09%s", "-n", "500"],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(SKIP)
    for line in done.stdout.splitlines():
        commit, parents, subject = line.split("\t", 2)
        if " " in parents or subject.startswith("Revert ") or commit[:8] in OLD_COMMITS:
            continue
        if not re.fullmatch(r"[\w./@ ,+-]+: [^A-Z\s].*", subject):
            yield f"{commit[:8]}: not `module: imperative lower case`: {subject}"
        if len(subject) > 72 or subject.endswith("."):
            yield f"{commit[:8]}: over 72 characters, or a full stop: {subject}"


def check_lists():
    """Every source is built and every test is run: nothing lies about unused."""
    builds = "".join(open(n, encoding="utf-8").read() for n in files("meson.build"))
    unit = open("tests/unit/meson.build", encoding="utf-8").read()
    for name in files(".c"):
        base = os.path.basename(name)
        m = re.fullmatch(r"tests/unit/test_(\w+)\.c", name)
        if m and f"'{m.group(1)}'" not in unit:
            yield f"{name}:1: not in the table of tests/unit/meson.build"
        if not m and base not in builds and base[:-2] not in builds:
            yield f"{name}:1: in no meson.build"
    for name in files(".py"):
        table = os.path.join(os.path.dirname(name), "meson.build")
        if not name.startswith(("tests/e2e/", "tests/fault/")):
            continue
        named = set(re.findall(r"'(\w+)'", open(table, encoding="utf-8").read()))
        for number, line in enumerate(open(name, encoding="utf-8"), 1):
            m = re.match(r"    def test_(\w+)|def case_(\w+)", line)
            if m and not named & set(m.groups()):
                yield f"{name}:{number}: not in the table of {table}"


def check_man():
    pages = files(".1", ".5", ".8")
    if not pages or subprocess.run(["which", "mandoc"], capture_output=True).returncode:
        sys.exit(SKIP)
    for name in pages:
        done = subprocess.run(["mandoc", "-Tlint", "-Wstyle", name], capture_output=True, text=True)
        yield from (line for line in done.stdout.splitlines()  # neighbours need not be installed
                    if "referenced manual not found" not in line)


def check_example(earshotd):
    """The example configuration is what the program prints."""
    said = subprocess.run([earshotd, "--default-config"], capture_output=True, text=True, check=True)
    with open("config/earshot.yaml", encoding="utf-8") as f:
        kept = f.read()
    for number, (a, b) in enumerate(zip(said.stdout.split("\n"), kept.split("\n")), 1):
        if a != b:
            yield f"config/earshot.yaml:{number}: not as earshotd --default-config prints it: {a!r}"
    if len(said.stdout) != len(kept):
        yield "config/earshot.yaml: not as long as what earshotd --default-config prints"


def check_package(build):
    """debian/ knows of all that meson installs, its version and what it is built from."""
    ask = lambda what: json.loads(subprocess.run(["meson", "introspect", what, build], check=True,
                                                 capture_output=True, text=True).stdout)
    prefix = next(o["value"] for o in ask("--buildoptions") if o["name"] == "prefix")
    installed = {os.path.join("usr", os.path.relpath(p, prefix)) for p in ask("--installed").values()}
    listed = {line.split()[0]: n for n, line in lines("debian/earshot.install") if line.strip()}
    for path in sorted(installed - set(listed)):
        yield f"debian/earshot.install:1: {path} is installed and not listed"
    for path, number in listed.items():
        if path not in installed and not os.path.exists(path):
            yield f"debian/earshot.install:{number}: nothing installs {path}"
    for number, line in lines("debian/earshot.install"):
        if line.split()[1:2] == ["etc/earshot"] and not line.startswith("debian/"):
            yield f"debian/earshot.install:{number}: help changes, and then dpkg asks those who wrote settings below /etc"
    version = ask("--projectinfo")["version"]
    if not lines("debian/changelog")[0][1].startswith(f"earshot ({version}"):
        yield f"debian/changelog:1: not of version {version}"
    words = lambda name, start, end: re.split(r"[,\s]+", re.search(
        start + "(.*?)" + end, "\n".join(line for _, line in lines(name)), re.S | re.M).group(1).strip())
    # check and python3 are for the tests; the other two come with meson and gcc.
    for package in set(words("dev", r"^BUILD_PACKAGES=\(", r"\)")) - {"check", "python3", "ninja-build", "libc6-dev"} \
            - set(words("debian/control", "^Build-Depends:", "^$")):
        yield f"debian/control:1: Build-Depends lacks {package}, which ./dev has"


MODULES = {"char-alsa": "snd"}  # a group of devices: the module with which it comes


def check_unit():
    """A group in DeviceAllow= that has no number yet when the service starts would stay denied."""
    name = "systemd/earshotd.service"
    settings = [(number, *line.split("=", 1)) for number, line in lines(name) if re.match(r"\w+=", line)]
    said = lambda key: {word for _, k, value in settings if k == key for word in value.split()}
    for number, key, value in settings:
        group = value.split()[0] if key == "DeviceAllow" and value else ""
        if not group.startswith(("char-", "block-")):
            continue
        module = f"modprobe@{MODULES.get(group, '?')}.service"
        for ask in ("Wants", "After"):
            if module not in said(ask):
                yield f"{name}:{number}: {group} without {ask}={module}"


CHECKS = {n[6:]: f for n, f in list(globals().items()) if n.startswith("check_")}


def main():
    check, root = sys.argv[1:3]
    more = [os.path.abspath(p) if os.path.exists(p) else p for p in sys.argv[3:]]
    os.chdir(root)
    breaches = list(CHECKS[check](*more))
    print("\n".join(breaches) or f"{check}: clean")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
