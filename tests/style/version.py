#!/usr/bin/python3
"""A package that is built later has a later version, or apt-get would not install it. `version.py ROOT`."""

import os
import shutil
import subprocess
import sys
import tempfile

SKIP = 77


def main():
    if not shutil.which("git") or not shutil.which("dpkg"):
        return SKIP
    with tempfile.TemporaryDirectory(prefix="earshot-test-") as tree:
        os.mkdir(os.path.join(tree, "debian"))
        for name in "version.sh", "changelog":
            shutil.copy(os.path.join(sys.argv[1], "debian", name), os.path.join(tree, "debian"))

        def git(*words, when="2026-11-26 00:00:00 +0000"):
            subprocess.run(["git", "-C", tree, "-c", "user.name=x", "-c", "user.email=x", "-c", "init.defaultBranch=main",
                            *words], check=True, capture_output=True, env=dict(os.environ, GIT_COMMITTER_DATE=when))

        def version(zone="UTC"):
            return subprocess.run([os.path.join(tree, "debian/version.sh")], check=True, text=True,
                                  capture_output=True, env=dict(os.environ, TZ=zone)).stdout.strip()

        said = [version()]  # of sources without git
        git("init")
        git("add", ".")
        # half an hour apart, and where it is built does not matter
        for when, zone in ("2026-11-26 23:30:00 -0800", "EAST-9"), ("2026-11-27 08:00:00 +0000", "WEST+9"):
            git("commit", "--allow-empty", "-m", "x: y", when=when)
            said.append(version(zone))
        with open(os.path.join(tree, "NEWS"), "w", encoding="ascii") as f:
            f.write("not committed\n")
        said.append(version())
    print("\n".join(said))
    with open(os.path.join(sys.argv[1], "debian/changelog"), encoding="utf-8") as f:
        good = said[0] == f.readline().split("(")[1].split(")")[0]
    later = lambda a, b: subprocess.run(["dpkg", "--compare-versions", a, "lt", b], check=False).returncode == 0
    # `now` of a machine whose clock is wrong may lie before a commit
    return 0 if good and all(later(a, b) for a, b in zip(said, said[1:-1])) and "+git" in said[-1] \
        and said[-1].endswith(".changed") and said[-1] != said[-2] else 1


if __name__ == "__main__":
    sys.exit(main())
