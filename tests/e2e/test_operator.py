#!/usr/bin/python3
"""What the operator meets at the shell: settings that are wrong, and the words for it."""

import datetime
import json
import os
import pty
import re
import resource
import select
import shutil
import signal
import subprocess
import time
import unittest

from harness import (BUILD, DAEMON, MODEL, PATIENCE_S, PREFIX, ROOT, TOOL, World, check_payloads, decode, manifest, scan, silence,
                     to_yaml)


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
            path = self.write(w, f"node: a\nmodel: {{path: {MODEL}}}\nsources: {{porch: {{url: file:/x}}}}\n")
            self.assertEqual(run(DAEMON, "--check-config", "-c", path), ("", ""))
            self.assertEqual(run(TOOL, "config", "check", "--config", path), (f"{path}: good\n", ""))
            self.assertEqual(run(TOOL, "config", "print", "--config", path)[0],
                             run(DAEMON, "--print-config", "-c", path)[0])
            with open(os.path.join(ROOT, "config", "earshot.yaml"), encoding="utf-8") as f:
                self.assertEqual(run(TOOL, "config", "default")[0], f.read())
            schema = json.loads(run(TOOL, "config", "schema")[0])
            self.assertIn("sensitivity", schema["properties"]["defaults"]["properties"])
            self.assertIn("did you mean check?", run(TOOL, "config", "chek", code=64)[1])

    def test_settings_of_the_package(self):
        """They read well as they come, and with every example taken up."""
        with World() as w:
            with open(os.path.join(ROOT, "debian", "earshot.yaml"), encoding="utf-8") as f:
                text = f.read() + f"model: {{path: {MODEL}}}\n"
            self.assertIn("sources: there are none", run(DAEMON, "--check-config", "-c", self.write(w, text))[1])
            path = self.write(w, re.sub(r"(?m)^#(?=\w|  )", "", text))
            self.assertEqual(run(DAEMON, "--check-config", "-c", path), ("", ""))
            self.assertIn("alsa:hw:1,0", run(DAEMON, "--print-config", "-c", path)[0])

    def test_nothing_to_listen_to(self):
        """As the package brings it: no mistake, but told."""
        with World() as w:
            path = self.write(w, f"model: {{path: {MODEL}}}\n")
            _, err = run(DAEMON, "--check-config", "-c", path)
            self.assertRegex(err, f"^earshotd: warning: {path}: sources: there are none, .*`earshot devices`")
            d = w.daemon({"model": {"path": MODEL}})
            d.ready()
            d.wait_log("sources: there are none, so nothing is heard")
            self.assertEqual(d.stop(), 0)

    @unittest.skipIf(os.geteuid(), "only root becomes somebody else")
    def test_credentials_at_a_reload(self):
        """systemd 252 shows them to the start, and not to the check of a reload, which is silent then."""
        with World() as w:
            os.chmod(w.folder, 0o755)
            os.mkdir(w.path("hidden"), 0o700)
            path = self.write(w, f"""model: {{path: {shutil.copy(MODEL, w.folder)}}}
sources: {{porch: {{url: "rtsp://h/x", username: u, password_file: cam.pass}}}}
mqtt: {{url: "mqtts://h", username: u, password_file: mqtt.pass, tls: {{cert_file: c.pem, key_file: k.pem}}}}
""")
            os.chmod(path, 0o644)
            done = subprocess.run([shutil.copy(DAEMON, w.folder), "--check-config", "-c", path], text=True, user="nobody",
                                  capture_output=True, env={"CREDENTIALS_DIRECTORY": w.path("hidden")})
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_what_a_start_would_refuse(self):
        with World() as w:
            path = self.write(w, f"""model: {{kernel: avx513, path: {MODEL}}}
sources: {{porch: {{url: "file:/x"}}}}
mqtt: {{url: "mqtts://h", tls: {{ca_file: /nowhere/ca, key_file: /nowhere/key, cert_file: gate.pem}}}}
""")
            _, err = run(DAEMON, "--check-config", "-c", path, code=78)
            for place, text in (("1:17", "model.kernel: no kernel"), ("3:41", "mqtt.tls.ca_file: /nowhere/ca: cannot be read: No such"),
                                ("3:64", "mqtt.tls.key_file: /nowhere/key: cannot be read: No such")):
                self.assertRegex(err, f"(?m)^earshotd: {path}:{place}: {text}")
            self.assertRegex(err, "warning: .*cert_file: .*/gate.pem: cannot be read: .*; fine if it is a systemd credential")
            self.assertEqual(len(err.splitlines()), 4, err)

    def test_model_that_is_not_there(self):
        with World() as w:
            path = self.write(w, "node: a\nmodel: {path: /nowhere.gguf}\n")
            _, err = run(DAEMON, "--check-config", "-c", path, code=78)
            self.assertIn(f"{path}:2:15: model.path: ", err)
            self.assertIn("/nowhere.gguf", err)

    @unittest.skipIf(os.geteuid(), "only root reads what the service cannot")
    def test_what_root_reads_and_the_service_cannot(self):
        """Told of the settings that the service has, and of no others."""
        with World() as w:
            theirs = re.search(r"the settings \((.*)\)", run(DAEMON, "--help")[0]).group(1)
            etc = os.path.dirname(os.path.dirname(theirs))
            path = self.write(w, f"sources: {{porch: {{url: file:/x}}}}\nmqtt: {{url: mqtts://h, tls: {{ca_file: {w.path('ca')}}}}}\n"
                              f"model: {{path: {MODEL}}}\n")
            self.write(w, "", "ca")
            self.assertEqual(run(DAEMON, "--check-config", "-c", path), ("", ""))
            mounted = ["unshare", "-m", "sh", "-ec", 'mount -t tmpfs none "$1"; mkdir "$1/earshot"; cp "$2" "$3"; shift 3; "$@"',
                       "sh", etc, path, theirs]
            if subprocess.run([*mounted, "true"], stderr=subprocess.DEVNULL, check=False).returncode:
                self.skipTest("no folder may be hidden here")
            _, err = run(*mounted, DAEMON, "--check-config")
            self.assertIn(f"{theirs}:2:39: mqtt.tls.ca_file: you can read {w.path('ca')}, the service cannot", err)


class Completion(unittest.TestCase):
    """What the shells complete is what --help tells."""
    BASH = os.path.join(BUILD, "daemon", "tool", "shell", "earshot")

    def complete(self, *words):
        quoted = " ".join(f"'{w}'" for w in words)
        script = (f"source {self.BASH}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _earshot; "
                  "printf '%s\\n' \"${COMPREPLY[@]}\"")
        return run("bash", "-c", script)[0].splitlines()

    def test_bash(self):
        listed = [line.split()[0] for line in run(TOOL, "--help")[0].splitlines()
                  if line.startswith("  ") and not line.startswith("  -")]
        self.assertGreater(len(listed), 10)
        self.assertEqual(set(self.complete("earshot", "")), set(listed) | {"--help", "--version"})
        for name in listed:
            options = {line.split()[0] for line in run(TOOL, name, "--help")[0].splitlines()
                       if line.startswith("  --")}
            self.assertEqual(set(self.complete("earshot", name, "--")), options, name)
        self.assertEqual(self.complete("earshot", "te"), ["test-alarm"])
        self.assertEqual(self.complete("earshot", "config", "c"), ["check"])
        self.assertEqual(self.complete("earshot", "scan", "--sensitivity", "h"), ["high"])
        self.assertEqual(self.complete("earshot", "model", "in"), ["info"])
        self.assertEqual(self.complete("earshot", "model", "--json", "in"), ["info"])
        self.assertIn("did you mean scan?", run(TOOL, "scam", code=64)[1])

    def test_bash_names_of_files(self):
        """As somebody types them, in a bash that is asked to complete each; it quotes what it adds."""
        with World() as w:
            for name in ("my two words.wav", "my_own.wav", "infer.gguf"):
                os.mknod(w.path(name))
            for typed, want in (("scan my\\ t", r"scan my\ two\ words.wav "), ("scan 'my t", "scan 'my two words.wav' "),
                                ("scan \"my t", 'scan "my two words.wav" '), ("scan my", "scan my"),
                                ("scan my_", "scan my_own.wav "), ("scan --json my_", "scan --json my_own.wav "),
                                ("events --store my\\ ", r"events --store my\ two\ words.wav "),
                                ("model info inf", "model info infer.gguf "), ("events my_", "events my_")):
                self.assertEqual(self.typed(w.folder, typed), "earshot " + want)

    def typed(self, folder, words):
        """The line at the prompt after TAB behind these words: a command that is bound to a key says it."""
        master, slave = pty.openpty()
        p = subprocess.Popen(["bash", "--norc", "--noprofile", "-i"], cwd=folder, stdin=slave, stdout=slave, stderr=slave,
                             env=dict(os.environ, TERM="dumb", PS1="ready ", HISTFILE="/dev/null", INPUTRC="/dev/null"))
        os.close(slave)
        try:
            self.hear(master, rb"ready ")
            say = """say() { printf '<%s>' "$READLINE_LINE"; }; bind -x '"\\C-g": say'"""
            os.write(master, f"source '{self.BASH}'; {say}\n".encode())
            self.hear(master, rb"\nready ")
            os.write(master, f"earshot {words}\t\a".encode())
            return self.hear(master, rb"<(earshot [^>]*)>").group(1).decode()
        finally:
            p.kill()
            p.wait()
            os.close(master)

    def hear(self, master, pattern):
        raw, end = b"", time.monotonic() + PATIENCE_S
        while not (found := re.search(pattern, raw)):
            self.assertTrue(select.select([master], [], [], max(0, end - time.monotonic()))[0], raw)
            raw += os.read(master, 4096)
        return found

    def test_zsh(self):
        with open(os.path.join(os.path.dirname(self.BASH), "_earshot"), encoding="utf-8") as f:
            text = f.read()
        self.assertTrue(text.startswith("#compdef earshot\n"))
        self.assertIn("'1:what:(check print default schema)'", text)
        if shutil.which("zsh"):
            run("zsh", "-n", os.path.join(os.path.dirname(self.BASH), "_earshot"))


def wall_of(time):
    return datetime.datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()


def tokens(n_samples):
    """That one stream makes of so many samples: the k-th (from 0) ends at 640 k + 880."""
    return (n_samples - 880) // 640 + 1


class Reload(unittest.TestCase):
    def health(self, c, n):
        return c.wait(lambda m: m.topic.endswith("/yard/health") and m.json["windows"] >= n).json

    def test_no_sample_is_lost(self):
        """Ten reloads change everything around two sources, and the thresholds of one. Each sample
        is in its place all the same. The one ends with the very sample that makes its last token, and
        the other a sample before: so one sample less of the first would be a token less, and one
        more of the second a token more; a gap would begin a stream anew, whose first token takes
        880. And what they say, twice a second, is what `earshot scan` says of the sound at that place."""
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            end = 2 * (640 * 347 + 880)
            speech = b"".join(decode(r["path"]) for r in manifest())[:end]  # nowhere the same
            pcm = {"yard": speech, "back": speech[:-2]}
            want = {name: tokens(len(p) // 2) for name, p in pcm.items()}
            self.assertEqual(want, {"yard": 348, "back": 347})
            fifo = {name: w.feeder(name, p) for name, p in pcm.items()}
            settings = w.settings(broker.port, {name: {"url": f"pipe:{f.path}"} for name, f in fifo.items()},
                                  health_interval="1s", defaults={"gate_dbfs": -120, "hop": 1, "scores": True})
            d = w.daemon(settings)
            d.ready()
            for i in range(10):
                settings["sources"]["porch"] = {"url": "file:" + w.wav(f"{i}.wav", silence(600)),
                                                "hop": 1 + i % 3}
                settings["sources"]["yard"]["thresholds"] = {"threat": 0.5 + i / 100}
                settings["sources"]["yard"]["hold"] = f"{i + 1}s"
                settings["log"] = {"level": ("info", "warning")[i % 2]}
                self.health(c, tokens(16000 * (i + 1)))
                d.write(settings)
                mark = c.mark()
                d.hup()
                c.wait(lambda m: m.topic == f"{PREFIX}/state" and "porch" in m.json["sources"],
                       start=mark)
            for name in pcm:
                got = c.wait(lambda m: m.topic.endswith(f"/{name}/health") and m.json["windows"] >= want[name])
            self.assertEqual(d.stop(), 0)
            there = {round(x["end_s"] * 1000): (x["speech"], x["scores"]) for x in
                     scan("--scores", "--hop", "1", w.wav("all.wav", speech))[0]["windows"]}
            for name in pcm:
                got = c.on(f"/{name}/health")[-1].json
                self.assertEqual((got["windows"], got["dropped_windows"], got["restarts"]), (want[name], 0, 0), name)
                self.in_place(c.on(f"/{name}/scores"), there, fifo[name])

    def in_place(self, said, there, fifo):
        """Each message is what `there` has, by its ms, at a place that came a tick of the feeder
        before the time that the message tells, or, on a busy machine, longer ago."""
        near = lambda a, b: all(abs(a[k] - b[k]) < 0.00006 for k in b)
        last = 0
        for m in said:
            at = (wall_of(m.json["time"]) - fifo.started) * 1000
            fits = [ms for ms, (speech, scores) in there.items() if ms > last and -1500 - 2000 * fifo.late < ms - at < 100
                    and near(m.json["scores"], scores) and near(m.json, {"speech": speech})]
            self.assertNotEqual(fits, [], f"{m.json} after {at:.0f} ms of sound")
            last = fits[0]
        # Twice a second, by when the sound came: a feeder that is late sends what it owes at once.
        self.assertGreater(len(said), 20 if fifo.late < 0.5 else 4)

    def test_threshold_acts_on_the_next_window(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            fifo = w.feeder("f", silence(4), endless=True)
            yard = {"url": f"pipe:{fifo.path}", "hop": 4, "min_windows": 1, "labels": ["threat"]}
            settings = w.settings(broker.port, {"yard": dict(yard, thresholds={"threat": 0.999999})},
                                  defaults={"gate_dbfs": -120}, health_interval="1s")
            d = w.daemon(settings)
            d.ready()
            self.health(c, 10)
            self.assertEqual(c.on("/yard/event"), [])
            late = []
            while len(late) < 10 and min(late, default=1) >= 4 * 0.04 + 0.04:  # a window and a token
                late.append(self.seconds_to_event(c, d, settings))
            print(f"event {late} s after the settings were loaded")
            self.assertLess(len(late), 10, late)  # a busy machine may be late once, or twice
            self.assertEqual(d.stop(), 0)

    def seconds_to_event(self, c, d, settings):
        """From when settings were loaded that flag everything to the sound that is flagged; after
        it, those that flag nothing are in force again."""
        def load(threshold, kind):
            settings["sources"]["yard"]["thresholds"] = {"threat": threshold}
            d.write(settings)
            mark = c.mark()
            d.hup()
            node = c.wait(lambda m: m.topic == f"{PREFIX}/state", start=mark).json
            return node, c.wait(lambda m: m.topic.endswith("/yard/event") and m.json["event_type"] == kind, start=mark).json

        node, event = load(0.0001, "start")
        self.assertEqual(event["threshold"], 0.0001)
        load(0.999999, "end")
        return (wall_of(event["time"]) - wall_of(node["config"]["loaded"]))

    def test_scores(self):
        """Published when asked for, twice a second at most, and by a reload of the one key."""
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            yard = {"url": "file:" + w.wav("q.wav", silence(600)), "hop": 1}
            settings = w.settings(broker.port, {"yard": yard}, defaults={"gate_dbfs": -120}, health_interval="1s")
            d = w.daemon(settings)
            d.ready()
            self.health(c, 50)
            self.assertEqual(c.on("/yard/scores"), [])
            yard["scores"] = True
            d.write(settings)
            d.hup()
            said = []
            for _ in range(5):
                said.append(c.wait_topic("/yard/scores", start=said[-1].place + 1 if said else 0))
            times = [wall_of(m.json["time"]) for m in said]
            apart = [b - a for a, b in zip(times, times[1:])]
            self.assertTrue(all(x > 0.49 for x in apart) and min(apart) < 0.8, apart)
            self.assertEqual(len(said[0].json["scores"]), 5)
            yard["scores"] = False
            d.write(settings)
            d.hup()
            d.notify.wait("RELOADING=1")
            d.ready()
            self.assertEqual(c.wait_topic("/yard/health", start=c.mark()).json["restarts"], 0)
            mark = c.mark()
            c.wait_topic("/yard/health", start=mark)
            c.wait_topic("/yard/health", start=c.mark())
            self.assertEqual([m for m in c.messages[mark:] if m.topic.endswith("/scores")], [])
            late = w.client(broker.port, topics=("earshot/#",))
            late.wait_topic("/yard/health")  # what is retained comes before it
            self.assertEqual(late.on("/yard/scores"), [], "nothing of it is retained")
            check_payloads(c.messages)
            self.assertEqual(d.stop(), 0)

    def test_commands(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            settings = w.settings(broker.port, {"yard": {"url": "file:" + w.wav("q.wav", silence(600))}})
            settings["mqtt"]["commands"] = []
            d = w.daemon(settings)
            d.ready()
            for allowed, want in ((["snapshot"], None), (["reload"], "snapshot is not in mqtt.commands")):
                settings["mqtt"]["commands"] = allowed
                d.write(settings)
                d.hup()
                d.notify.wait("RELOADING=1")
                d.ready()
                answer = self.ask(c)
                self.assertEqual(answer["error"], want)
            self.assertNotIn("takes a restart", d.log)
            self.assertEqual(d.stop(), 0)

    def ask(self, c):
        """Until the subscription stands, which nobody tells us of."""
        end = time.monotonic() + PATIENCE_S
        word = f"asked-at-{c.mark()}"  # what was asked before may be answered late
        while time.monotonic() < end:
            c.publish(f"{PREFIX}/cmd/snapshot", json.dumps({"transaction": word}))
            try:
                return c.wait(lambda m: m.topic == f"{PREFIX}/response" and m.json["transaction"] == word, timeout=0.2).json
            except AssertionError:
                pass
        raise AssertionError("no answer to a command")


class Secrets(unittest.TestCase):
    WORDS = ("w0rd-of-the-broker", "w0rd-of-the-camera", "t0ken-in-a-query")

    def look(self, text, where):
        for word in self.WORDS:
            self.assertNotIn(word, text, where)

    def test_are_nowhere_to_be_read(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("#",))
            for name, word in zip(("mqtt.pass", "cam.pass"), self.WORDS):
                with open(w.path(name), "w", encoding="ascii") as f:
                    f.write(word + "\n")
                os.chmod(w.path(name), 0o600)
            camera = {"url": f"http://127.0.0.1:1/x?key={self.WORDS[2]}", "username": "viewer",
                      "password_file": "cam.pass"}
            settings = w.settings(broker.port, {"yard": camera}, log={"level": "debug"})
            settings["mqtt"].update(username="earshot", password_file="mqtt.pass")
            d = w.daemon(settings)
            d.ready()
            c.wait(lambda m: m.topic.endswith("/yard/state") and m.json["state"] == "offline")
            d.hup()
            d.wait_log("reloaded")
            for name in ("cmdline", "environ", "comm"):
                with open(f"/proc/{d.process.pid}/{name}", encoding="utf-8", errors="replace") as f:
                    self.look(f.read(), name)
            self.look(run(DAEMON, "--print-config", "-c", d.config)[0], "--print-config")
            self.look("".join(run(DAEMON, "--check-config", "-c", d.config)), "--check-config")
            self.assertEqual(d.stop(), 0)
            self.look(d.log, "the log")
            self.assertIn("viewer", run(DAEMON, "--print-config", "-c", d.config)[0])
            self.look(repr(c.messages), "messages")

    def core(self, *command, env=None):
        """Whether a program that breaks leaves a core dump, on a system where one may."""
        unlimited = lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
        with World() as w:
            p = subprocess.Popen(command, cwd=w.folder, preexec_fn=unlimited, env=env,
                                 stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
            p.stderr.readline() if command[0] == DAEMON else None
            p.send_signal(signal.SIGSEGV)
            p.stderr.close()
            status = os.waitpid(p.pid, 0)[1]
            p.returncode = -signal.SIGSEGV
            return os.WCOREDUMP(status)

    def test_no_core_dump(self):
        with World() as w:
            settings = w.settings(1, {"yard": {"url": "file:" + w.wav("q.wav", silence(20))}})
            with open(w.path("e.yaml"), "w", encoding="utf-8") as f:
                f.write(to_yaml(settings))
            try:
                if not self.core("sleep", "9"):
                    self.skipTest("nothing leaves a core dump here")
            except (OSError, ValueError, subprocess.SubprocessError):
                self.skipTest("core dumps cannot be allowed here")
            self.assertFalse(self.core(DAEMON, "-c", w.path("e.yaml"), env={"STATE_DIRECTORY": w.folder}))


if __name__ == "__main__":
    unittest.main(verbosity=2)
