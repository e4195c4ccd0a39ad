#!/usr/bin/python3
"""What the operator meets at the shell: settings that are wrong, and the words for it."""

import json
import os
import subprocess
import unittest

from harness import DAEMON, MODEL, ROOT, TOOL, World


def run(*args, code=0, env=None):
    """Standard output and error of a program that ends with this code."""
    done = subprocess.run(args, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=env)
    assert done.returncode == code, (args, done.returncode, done.stdout, done.stderr)
    return done.stdout, done.stderr


class Config(unittest.TestCase):
    def write(self, w, text, name="earshot.yaml"):
        with open(w.path(name), "w", encoding="utf-8") as f:
            f.write(text)
        return w.path(name)

    def test_labels_and_secrets_are_checked(self):
        with World() as w:
            os.chmod(self.write(w, "x", "cam.pass"), 0o644)
            path = self.write(w, f"""model: {{path: {MODEL}}}
sources:
  porch: {{url: "file:/x", labels: [threat, abus], thresholds: {{hat: 0.4}}}}
  yard: {{url: "rtsp://h/x", username: u, password_file: cam.pass}}
  back: {{url: "rtsp://h/y", username: u, password_file: /nowhere}}
  front: {{url: "rtsp://h/z", username: u, password_file: credential}}
""")
            want = [f'{path}:3:35: sources.porch.labels: the model hostile-en ',
                    f'{path}:3:63: sources.porch.thresholds: the model hostile-en ',
                    f'{path}:5:57: sources.back.password_file: password file /nowhere: cannot be read']
            maybe = [f'{path}:6:58: sources.front.password_file: password file {w.path("credential")}',
                     f'{path}:4:57: sources.yard.password_file: everybody on this box can read']
            for args in ([DAEMON, "--check-config", "-c", path],
                         [TOOL, "config", "check", "--config", path]):
                out, err = run(*args, code=78)
                lines = [line.split(": ", 1)[1] for line in err.splitlines()]
                self.assertEqual(out, "")
                for line, start in zip(lines, ["warning: " + m for m in maybe] + want):
                    self.assertTrue(line.startswith(start), (line, start))
                self.assertEqual(len(lines), len(want) + len(maybe))
                self.assertIn("did you mean abuse?", err)
            out, _ = run(TOOL, "config", "check", "--json", "--config", path, code=78)
            said = json.loads(out)
            self.assertEqual((said["schema"], said["ok"]), ("earshot.check/1", False))
            self.assertEqual((len(said["errors"]), len(said["warnings"])), (3, 2))

    def test_good_settings(self):
        with World() as w:
            path = self.write(w, f"node: a\nmodel: {{path: {MODEL}}}\n")
            self.assertEqual(run(DAEMON, "--check-config", "-c", path), ("", ""))
            self.assertEqual(run(TOOL, "config", "check", "--config", path), (f"{path}: good\n", ""))
            self.assertEqual(run(TOOL, "config", "print", "--config", path)[0],
                             run(DAEMON, "--print-config", "-c", path)[0])
            with open(os.path.join(ROOT, "config", "earshot.yaml"), encoding="utf-8") as f:
                self.assertEqual(run(TOOL, "config", "default")[0], f.read())
            schema = json.loads(run(TOOL, "config", "schema")[0])
            self.assertIn("sensitivity", schema["properties"]["defaults"]["properties"])
            self.assertIn("did you mean check?", run(TOOL, "config", "chek", code=64)[1])

    def test_model_that_is_not_there(self):
        with World() as w:
            path = self.write(w, "node: a\nmodel: {path: /nowhere.gguf}\n")
            _, err = run(DAEMON, "--check-config", "-c", path, code=78)
            self.assertIn(f"{path}:2:15: model.path: ", err)
            self.assertIn("/nowhere.gguf", err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
