#!/usr/bin/python3
"""Every wrong turn of a new operator ends in one line that says what to do."""

import http.server
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import unittest

from harness import BUILD, MODEL, PATIENCE_S, ROOT, TOOL, World, check_one, connectable, free_port, silence, until


NAMES = {"LD_PRELOAD": os.path.join(BUILD, "tests/e2e/libfake_names.so")}  # a name of .invalid is nobody's


class Doctor(unittest.TestCase):
    def examine(self, w, settings, code=None, prefix=(), **env):
        with open(w.path("e.yaml"), "w", encoding="utf-8") as f:
            json.dump(settings, f)
        done = subprocess.run([*prefix, TOOL, "doctor", "--json", "--config", w.path("e.yaml")], text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=2 * PATIENCE_S,
                              env=dict(os.environ, STATE_DIRECTORY=w.path("state"), **env))
        found = [json.loads(line) for line in done.stdout.splitlines()]
        if code is not None:
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for f in found:
            self.assertEqual(check_one(f)["schema"], "earshot.doctor/1")
        self.assertEqual(done.stderr, "", "every finding has its line")
        return {f["check"]: f for f in found}

    def settings(self, w, port, url=None, **mqtt):
        os.makedirs(w.path("state"), exist_ok=True)
        return {"node": "test-node", "model": {"path": MODEL},
                "store": {"max_size": "1MiB"},
                "mqtt": dict({"url": f"mqtt://127.0.0.1:{port}"}, **mqtt),
                "sources": {"porch": {"url": url or "file:" + w.wav("q.wav", silence(3))}}}

    def fails(self, found, check, text, remedy):
        self.assertEqual(found[check]["finding"], "fail", found)
        self.assertIn(text, found[check]["text"])
        self.assertIn(remedy, found[check]["remedy"])

    def logged(self, w, settings, *lines, code=None, env=None):
        """The daemon with these settings says each of the lines, a text and a remedy, in one line."""
        if os.path.exists(w.path("notify.sock")):
            os.remove(w.path("notify.sock"))
        open(w.path("earshotd.log"), "w").close()
        d = w.daemon(settings, env=env)
        if code is not None:
            self.assertEqual(d.process.wait(PATIENCE_S), code)
        for text, remedy in lines:
            if code is None:
                d.wait_log(text)
            line = next((x for x in d.log.splitlines() if text in x), "")
            self.assertRegex(line, re.escape(text) + ".*; .*" + re.escape(remedy), d.log)
        if code is None:
            self.assertEqual(d.stop(), 0)

    def test_all_is_well(self):
        with World() as w:
            broker = w.broker()
            c = w.client(broker.port, topics=("earshot/#",))
            found = self.examine(w, self.settings(w, broker.port), code=0)
            self.assertEqual({n: f["finding"] for n, f in found.items() if n not in ("clock", "daemon")},
                             {n: "ok" for n in ("settings", "model", "disk", "broker name", "broker port",
                                                "broker login", "broker publish", "source porch")})
            self.assertIn("16000 Hz", found["source porch"]["text"])
            self.assertEqual(c.wait_topic("/response").json["command"], "doctor")
            self.assertIn("no daemon runs here", found["daemon"]["text"])
            self.beside_the_daemon(w, broker)

    def beside_the_daemon(self, w, broker):
        d = w.daemon(w.settings(broker.port, {"porch": {"url": "file:" + w.wav("l.wav", silence(600))}}))
        d.ready()
        d.wait_log("porch: online")
        d.wait_log("broker: connected")
        found = self.examine(w, self.settings(w, broker.port), code=0)
        self.assertEqual((found["daemon"]["text"], found["source porch"]["text"]),
                         ("it runs", "the daemon hears it (online)"))
        self.assertIn("connected to mqtt://", found["daemon broker"]["text"])
        self.assertEqual(found["daemon settings"]["finding"], "warn", "others than those looked at")
        self.assertIn("`systemctl reload earshotd`", found["daemon settings"]["remedy"])
        self.assertNotIn("connection lost", d.log)
        self.assertEqual(d.stop(), 0)

    def test_recording_that_has_ended(self):
        """A source of its own kind: it is begun again, and nothing is wrong."""
        with World() as w:
            broker = w.broker()
            settings = self.settings(w, broker.port, url="file:" + w.wav("short.wav", silence(0.3)))
            d = w.daemon(settings)
            d.ready()
            until(lambda: "heard to its end" in self.examine(w, settings, code=0)["source porch"]["text"], PATIENCE_S,
                  "a look between two times")
            d.write(None, raw=json.dumps(settings))  # as examine() writes them
            d.hup()
            d.wait_log("reloaded")
            self.assertNotIn("daemon settings", self.examine(w, settings))
            self.assertEqual(d.stop(), 0)

    def test_broker_that_only_the_daemon_does_not_reach(self):
        """As root, who tries it, reads a password that the service may not."""
        with World() as w:
            broker = w.broker()
            settings = self.settings(w, broker.port)
            d = w.daemon(dict(settings, mqtt={"url": f"mqtt://127.0.0.1:{free_port()}"}))
            d.ready()
            d.wait_log("not reachable")
            found = self.examine(w, settings, code=69)
            self.assertEqual(found["broker publish"]["finding"], "ok")
            self.fails(found, "daemon broker", "not reachable, next try in", "does the broker run?")
            settings["mqtt"]["url"] = f"mqtt://127.0.0.1:{free_port()}"
            self.assertNotIn("daemon broker", self.examine(w, settings, code=69), "one line on one fault")
            self.assertEqual(d.stop(), 0)

    def test_access_list_that_forbids_the_flags(self):
        """The daemon is connected, and what the doctor itself says is taken."""
        with World() as w:
            with open(w.path("acl"), "w", encoding="ascii") as f:
                f.write("topic readwrite +/+/response\ntopic readwrite +/+/availability\ntopic read #\n")
            os.chmod(w.folder, 0o755)
            os.chmod(w.path("acl"), 0o644)
            port = self.mosquitto(w, "allow_anonymous true", f"acl_file {w.path('acl')}")
            settings = self.settings(w, port)
            d = w.daemon(settings)
            d.ready()
            d.wait_log("messages refused")
            self.assertRegex(d.log, "warning: broker: messages refused: Not authorized; .*access list")
            found = self.examine(w, settings, code=69)
            self.assertEqual(found["broker publish"]["finding"], "ok")
            self.fails(found, "daemon broker", "messages refused: Not authorized", "access list")
            self.assertEqual(d.stop(), 0)

    def test_what_only_the_daemon_may_not_open(self):
        """As its sandbox has it: a file in a home, a store outside of its folder. Root, who tries it, may both."""
        with World() as w:
            broker = w.broker()
            settings = self.settings(w, broker.port)
            shut = dict(settings, sources={"porch": {"url": "file:/nowhere/q.wav"}},
                        store={"max_size": "1MiB", "path": "/proc/events.db"})
            d = w.daemon(shut)
            d.ready()
            d.wait_log("porch: offline: no_file")
            d.wait_log("events are kept in memory")
            self.assertRegex(d.log, "/proc/events.db: .*events are kept in memory.*; may the service write there")
            found = self.examine(w, settings, code=74)
            self.assertEqual(found["disk"]["finding"], "ok")
            self.fails(found, "daemon store", "events are kept in memory", "ReadWritePaths=FOLDER")
            self.fails(found, "source porch", "heard here, and not by the daemon: cannot open /nowhere/q.wav", "the service opens less than root")
            self.assertEqual(d.stop(), 0)

    def ear(self, w):
        """What the daemon answers at its door to who asks how it hears."""
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(w.path("state/control"))
            s.sendall(b"ear porch\n")
            return json.loads(s.makefile().readline())

    def test_source_that_came_since_the_last_try(self):
        """A microphone is plugged in while the daemon waits to try it again: that is no fault, yet."""
        with World() as w:
            broker = w.broker()
            settings = self.settings(w, broker.port, "file:" + w.path("late.wav"))
            d = w.daemon(settings)
            d.ready()
            found = {"finding": "ok"}
            while found["finding"] == "ok":  # on a busy machine the daemon may come first
                until(lambda: (self.ear(w)["retry_s"] or 0) > 12, PATIENCE_S, "a long wait")
                os.rename(w.wav("q.wav", silence(3)), w.path("late.wav"))
                found = self.examine(w, settings, code=0)["source porch"]
            self.assertEqual(found["finding"], "warn", found)
            self.assertRegex(found["text"], r"^heard here; the daemon, .*, tries again in \d+ s$")
            d.wait_log("porch: online")
            self.assertEqual(self.ear(w)["retry_s"], None)
            self.assertEqual(d.stop(), 0)

    def test_broker_that_is_not_there(self):
        with World() as w:
            settings = self.settings(w, free_port())
            self.fails(self.examine(w, settings, code=69), "broker port", "Connection refused",
                       "is the port in mqtt.url right")
            self.logged(w, settings, (f"{settings['mqtt']['url']}: not reachable", "are host and port in mqtt.url right"))
            settings["mqtt"]["url"] = "mqtt://nobody.invalid"
            self.fails(self.examine(w, settings, code=69, **NAMES), "broker name", "nobody.invalid",
                       "is the host in mqtt.url right?")
            self.logged(w, settings, ("nobody.invalid:1883: not reachable", "`earshot doctor` tries each step"), env=NAMES)

    def mosquitto(self, w, *lines):
        port = free_port()
        with open(w.path("m.conf"), "w", encoding="ascii") as f:
            f.write(f"listener {port} 127.0.0.1\n" + "".join(line + "\n" for line in lines))
        log = open(w.path("m.log"), "ab")
        p = subprocess.Popen([shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-v", "-c", w.path("m.conf")],
                             stdout=log, stderr=log)
        log.close()
        w.also(lambda: (p.terminate(), p.wait(PATIENCE_S)))
        until(lambda: connectable(port) or p.poll() is not None, PATIENCE_S, "mosquitto")
        self.assertIsNone(p.poll(), "mosquitto did not start")
        return port

    def test_wrong_password_and_topics_that_are_forbidden(self):
        with World() as w:
            os.chmod(w.folder, 0o755)
            with open(w.path("users"), "w", encoding="ascii") as f:
                f.write("earshot:right\n")
            subprocess.run(["mosquitto_passwd", "-U", w.path("users")], check=True, capture_output=True)
            with open(w.path("acl"), "w", encoding="ascii") as f:
                f.write("user earshot\ntopic read #\n")
            for name in ("users", "acl"):
                os.chmod(w.path(name), 0o644)
            port = self.mosquitto(w, "allow_anonymous false", f"password_file {w.path('users')}",
                                  f"acl_file {w.path('acl')}")
            settings = self.settings(w, port, username="earshot", password_file="pw")
            found = self.examine(w, settings)
            self.fails(found, "broker login", "password file", "or of a credential of the service?")
            far = "/nowhere/" + "x" * 150
            settings["mqtt"]["password_file"] = far
            self.logged(w, settings, (f"password file {far}: cannot be read: No such file", "or of a credential of the service?"))
            settings["mqtt"]["password_file"] = "pw"
            for word, check, text, remedy in (
                    ("wrong", "broker login", "refused:", "mqtt.username and the file mqtt.password_file"),
                    ("right", "broker publish", "test-node/response", "access list")):
                with open(w.path("pw"), "w", encoding="ascii") as f:
                    f.write(word)
                os.chmod(w.path("pw"), 0o600)
                self.fails(self.examine(w, settings), check, text, remedy)
                if word == "wrong":
                    self.logged(w, settings, ("refused: ", remedy))
                    self.credential(w, settings, check, "refused: ")

    def test_broker_of_the_readme(self):
        """For a dashboard on another machine: who has no login stays out, who has is heard."""
        with World() as w:
            os.chmod(w.folder, 0o755)
            with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as f:
                listener, *lines = f.read().split("lan.conf <<'END'\n")[1].split("\nEND\n")[0].split("\n")
            self.assertEqual(listener, "listener 1883")
            passwd = lines[-1].split()[1]
            self.assertEqual(lines[-1], f"password_file {passwd}")
            subprocess.run(["mosquitto_passwd", "-b", "-c", w.path("passwd"), "earshot", "right"], check=True)
            os.chmod(w.path("passwd"), 0o644)
            port = self.mosquitto(w, *lines[:-1], f"password_file {w.path('passwd')}")
            self.fails(self.examine(w, self.settings(w, port)), "broker login", "refused: ", "mqtt.username and the file")
            with open(w.path("mqtt.pass"), "w", encoding="ascii") as f:
                f.write("right\n")
            os.chmod(w.path("mqtt.pass"), 0o600)
            settings = self.settings(w, port, username="earshot", password_file="mqtt.pass")
            self.assertEqual(self.examine(w, settings, code=0)["broker publish"]["finding"], "ok")

    def credential(self, w, settings, check, text):
        """The same password as one that systemd copied when the service started."""
        restart = "A credential that was changed since takes `systemctl restart earshotd`"
        env = {"CREDENTIALS_DIRECTORY": w.path("given")}
        os.mkdir(w.path("given"))
        shutil.copy(w.path("pw"), w.path("given/pw"))
        self.assertNotIn(restart, self.examine(w, settings)[check]["remedy"])
        self.fails(self.examine(w, settings, **env), check, text, restart)
        self.logged(w, settings, (text, restart), env=env)

    def certificate(self, w, name, *more):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        f"/CN={name}", "-keyout", w.path(name + ".key"), "-out", w.path(name + ".crt"),
                        *more], check=True, capture_output=True)
        os.chmod(w.path(name + ".key"), 0o644)

    def test_certificates(self):
        with World() as w:
            os.chmod(w.folder, 0o755)
            self.certificate(w, "server", "-addext", "subjectAltName=DNS:broker.example")
            self.certificate(w, "good", "-addext", "subjectAltName=DNS:localhost")
            for name, check, host in (("server", "broker TLS", "localhost"), ("good", None, "localhost")):
                port = self.mosquitto(w, "allow_anonymous true", f"certfile {w.path(name + '.crt')}",
                                      f"keyfile {w.path(name + '.key')}")
                settings = self.settings(w, port, url=None)
                settings["mqtt"] = {"url": f"mqtts://{host}:{port}", "tls": {"ca_file": w.path(name + ".crt")}}
                found = self.examine(w, settings)
                if check:
                    self.logged(w, settings, ("its certificate does not hold the name localhost",
                                              "does the certificate hold the host of mqtt.url"))
                    self.fails(found, check, "its certificate does not hold the name localhost",
                               "does the certificate hold the host of mqtt.url")
                else:
                    self.assertEqual(found["broker TLS"]["finding"], "ok", found)
            settings["mqtt"]["tls"]["ca_file"] = w.path("server.crt")
            self.fails(self.examine(w, settings, code=69), "broker TLS", "certificate verify failed",
                       "mqtt.tls.ca_file")
            self.logged(w, settings, ("certificate verify failed", "come from mqtt.tls.ca_file"))
            found = self.examine(w, dict(settings, mqtt={"url": f"mqtt://localhost:{port}"}), code=69)
            self.assertEqual(found["broker port"]["finding"], "ok")
            self.fails(found, "broker login", "not reachable", "write mqtts://")
            plain = self.mosquitto(w, "allow_anonymous true")
            settings["mqtt"]["url"] = f"mqtts://localhost:{plain}"
            self.fails(self.examine(w, settings, code=69), "broker TLS", "speaks no TLS",
                       "does the port speak TLS")

    def locked_camera(self, w):
        class Locked(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_error(404 if self.path == "/none" else 401)

            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Locked)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        w.also(lambda: (server.shutdown(), server.server_close()))
        return f"http://127.0.0.1:{server.server_port}/x"

    def test_sources(self):
        with World() as w:
            broker = w.broker()
            wrong, lines = {}, []
            locked = self.locked_camera(w)
            for url, text, remedy in (
                    ("alsa:hw:CARD=Nobody", "no capture device hw:CARD=Nobody", "`earshot devices`"),
                    ("file:/nowhere.wav", "/nowhere.wav", "is the path in url right?"),
                    (f"rtsp://127.0.0.1:{free_port()}/x", "Connection refused", "are port and path in url right"),
                    (locked, "not authorised (opening)", "are username and the file password_file those of"),
                    (locked.rsplit("/", 1)[0] + "/none", "knows no such stream", "are port and path in url right"),
                    ("rtsp://camera.invalid/x", "camera.invalid", "is the host in url right")):
                self.fails(self.examine(w, self.settings(w, broker.port, url), code=69, **NAMES),
                           "source porch", text, remedy)
                wrong[f"s{len(wrong)}"] = {"url": url}
                lines.append((text, remedy))
            self.logged(w, dict(self.settings(w, broker.port), sources=wrong), *lines, env=NAMES)
            with open(w.path("pw"), "w", encoding="ascii") as f:
                f.write("wrong")
            os.chmod(w.path("pw"), 0o600)
            porch = {"url": locked, "username": "viewer", "password_file": "pw"}
            self.credential(w, dict(self.settings(w, broker.port), sources={"porch": porch}), "source porch",
                            "not authorised (opening)")
            pcm = w.wav("digital.wav", bytes(64000))
            found = self.examine(w, self.settings(w, broker.port, "file:" + pcm), code=0)
            self.assertEqual(found["source porch"]["finding"], "warn")
            self.assertIn("is the microphone muted", found["source porch"]["remedy"])

    def test_clock(self):
        """Certificates are not valid yet on a box that thinks it is 2020."""
        if not shutil.which("faketime"):
            self.skipTest("faketime is not installed")
        with World() as w:
            broker = w.broker()
            found = self.examine(w, self.settings(w, broker.port), code=71,
                                 prefix=("faketime", "2020-05-04 12:00:00"), DONT_FAKE_MONOTONIC="1")
            self.fails(found, "clock", "it says 2020", "`timedatectl set-ntp true`")

    def test_clock_that_nobody_keeps(self):
        """What the kernel says of its clock, as a preloaded adjtimex has it."""
        said = {}
        with World() as w:
            settings = dict(self.settings(w, free_port()), sources={})
            for state in "synced", "unsynced", "error", "forbidden":
                found = self.examine(w, settings, LD_PRELOAD=os.path.join(BUILD, "tests/e2e/libfake_clock.so"),
                                     FAKE_CLOCK=state)
                said[state] = (found["clock"]["finding"], found["clock"]["text"], found["clock"]["remedy"])
        loose = ("warn", "nothing keeps it right: events say so", "`timedatectl set-ntp true`")
        self.assertEqual(said["synced"], ("ok", "kept right", ""))
        self.assertEqual((said["unsynced"], said["error"]), (loose, loose))
        if not os.path.exists("/run/systemd/timesync/synchronized"):  # which vouches for it then
            self.assertEqual(said["forbidden"], loose)

    def test_disk(self):
        with World() as w:
            broker = w.broker()
            settings = self.settings(w, broker.port)
            for path, text, remedy in (("/proc/events.db", "/proc has 0 MiB left, the store may take 1", "make room"),
                                       ("/nowhere/events.db", "/nowhere: No such file", "the service makes it")):
                settings["store"]["path"] = path
                disk = self.examine(w, settings, code=0)["disk"]
                self.assertEqual((disk["finding"], disk["text"][:len(text)]), ("warn", text))
                self.assertIn(remedy, disk["remedy"])

    def test_daemon_on_its_last_good_settings(self):
        with World() as w:
            broker = w.broker()
            settings = self.settings(w, broker.port)
            d = w.daemon(settings)
            d.ready()
            d.process.kill()
            d.process.wait()
            os.remove(w.path("notify.sock"))
            settings["nod"] = "x"
            d = w.daemon(settings)
            d.ready()
            found = self.examine(w, settings, code=78)
            self.fails(found, "settings", "did you mean node?", "")
            self.fails(found, "daemon", "it goes on with the last good settings", "`systemctl reload earshotd`")
            self.assertEqual(d.stop(), 0)

    def test_settings_and_model(self):
        with World() as w:
            broker = w.broker()
            settings = self.settings(w, broker.port)
            settings["model"]["path"] = "/nowhere.gguf"
            found = self.examine(w, settings, code=78)
            self.fails(found, "settings", "mend it, or install the package again", "")
            self.fails(found, "model", "/nowhere.gguf: No such file", "mend model.path, or install the package again")
            self.logged(w, settings, ("/nowhere.gguf: No such file", "mend model.path"), code=66)
            settings["nod"] = "x"
            self.fails(self.examine(w, settings, code=78), "settings", "did you mean node?", "")

    def test_no_source(self):
        """As the package brings them: said once, and it is what is wrong."""
        with World() as w:
            settings = dict(self.settings(w, w.broker().port), sources={})
            self.fails(self.examine(w, settings, code=78), "sources", "there are none", "`earshot devices` prints urls")
            done = subprocess.run([TOOL, "doctor", "--config", w.path("e.yaml")], text=True, capture_output=True,
                                  timeout=PATIENCE_S, check=False)
            self.assertEqual(done.stdout.count("there are none"), 1, done.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
