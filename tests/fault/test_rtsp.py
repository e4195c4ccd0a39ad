#!/usr/bin/python3
"""Cameras: a real RTSP server with the codecs that cameras send, with logins, dying in
mid-stream, and mute ones."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time

from sound import PATIENCE_S, check, check_sine, end, hear, hearing, in_time, main, sine_dbfs, skip, sounds

HERE = os.path.dirname(os.path.abspath(__file__))
HZ, DBFS = 440, sine_dbfs(0.25)


@contextlib.contextmanager
def camera(*args):
    p = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "rtsp_server.py"), *args],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    timer = threading.Timer(PATIENCE_S, p.kill)
    timer.start()
    port = p.stdout.readline().strip()
    timer.cancel()
    try:
        check(port.isdigit(), "the RTSP server did not start")
        yield f"rtsp://127.0.0.1:{port}", p
    finally:
        end(p)


def check_heard(lines, what, skip_s=1, tolerance_db=1.0):
    check_sine(sounds(lines)[2 * skip_s:], HZ, DBFS, what, tolerance_db)


def hear_whole(url, opened, what):
    lines = hear("source", "--seconds", 3, url)
    check(lines[0].startswith(opened), f"{what}: {lines[0]}")
    check_heard(lines, what)
    check(not any(line.startswith(("gap", "error")) for line in lines), f"{what}: {lines}")


def told_before_the_deadline(url):
    start = time.monotonic()
    lines = hear("source", "--timeout", 10000, f"{url}/video")
    check(re.match(r"error 42 .*: no audio track$", lines[0]), f"video without sound: {lines[0]}")
    check(time.monotonic() - start < 8, "told before the deadline of 10 s")


def case_codecs():
    with camera() as (url, _):
        for stream, rate in ("aac", 16000), ("pcmu", 8000), ("opus", 48000):
            in_time(lambda s=stream, r=rate: hear_whole(f"{url}/{s}", f"open {r} ", s))
        in_time(lambda: told_before_the_deadline(url))
        lines = hear("source", f"{url}/nothing")
        check(lines[0].startswith("error 2 "), f"an unknown stream: {lines[0]}")


def case_packets_that_do_not_come():
    """By TCP nothing is lost on the way, so it is the camera that leaves them out."""
    with camera() as (url, _):
        lines = hear("source", "--seconds", 3, f"{url}/lossy")
        check(lines[0].startswith("open 8000 "), lines[0])
        gaps = sum(line.startswith("gap") for line in lines)
        check(gaps > 3, f"{gaps} gaps, and every third packet was missing: {lines}")
        in_time(lambda: hear_whole(f"{url}/pcmu", "open 8000 ", "one that leaves none out"))
        with hearing("capture", f"{url}/lossy") as h:
            h.wait(r"^gap ")
            h.wait(r"^gap ")


def case_times_that_are_uneven():
    """A camera's clock that is read in a hurry leaves nothing out."""
    with camera() as (url, _):
        in_time(lambda: hear_whole(f"{url}/uneven", "open 8000 ", "times that are uneven"))
        in_time(lambda: hear_whole(f"{url}/uneven_aac", "open 16000 ", "long frames whose times are uneven"))


def case_frames_that_share_a_time():
    """A camera that gives all that it sends at once one time leaves nothing out."""
    with camera() as (url, _):
        in_time(lambda: hear_whole(f"{url}/bunches", "open 8000 ", "packets that share a time"))
        in_time(lambda: hear_whole(f"{url}/bunches_aac", "open 16000 ", "long frames that share a time"))


def moved_on(url):
    with hearing("capture", f"{url}/lapse") as h:
        for _ in range(2):
            gap = int(h.wait(r"^gap (\d+)").group(1))
            lost = gap - sounds(h.lines)[-1][0] - 8000  # and what was heard since the last whole half second
            check(0.9 * 16000 <= lost < 1.6 * 16000, f"a second was missing, and the gap at {gap} moved on by {lost}: {h.lines}")


def case_a_second_that_does_not_come():
    """The position goes on by what was left out."""
    with camera() as (url, _):
        in_time(lambda: moved_on(url))


def case_talk_back():
    with camera() as (url, _):
        in_time(lambda: hear_whole(f"{url}/talkback", "open 8000 1", "beside a talk-back"))


def case_logins():
    for extra in [], ["--digest"]:
        with camera("--login", "viewer:s:e@c/r", *extra) as (url, _):
            in_time(lambda u=url, e=extra: check_heard(
                hear("source", "--seconds", 2, "--user", "viewer", "--password", "s:e@c/r", f"{u}/pcmu"), f"with a login {e}"))
            for login in [], ["--user", "viewer", "--password", "wrong-secret"], ["--user", "viewer"]:
                lines = hear("source", *login, f"{url}/pcmu")
                check(lines[0].startswith("error 13 "), f"{login} {extra}: {lines[0]}")
                check("secret" not in lines[0] and "viewer" not in lines[0], f"a login in: {lines[0]}")
            lines = hear("source", f"{url.replace('//', '//me:hidden@')}/pcmu?token=hidden")
            check(lines[0].startswith("error 13 ") and "hidden" not in lines[0], lines[0])
            with hearing("capture", "--user", "viewer", "--password", "wrong", f"{url}/pcmu") as h:
                h.wait(r"^status waiting unauthorized ")


def case_killed_in_mid_stream_and_back():
    with camera() as (url, p):
        port = url.rsplit(":", 1)[1]
        started = time.monotonic()
        with hearing("capture", f"{url}/pcmu") as h:
            h.wait(r"^status running - 0 0")
            h.wait(r"^sound ")
            end(p)
            killed = time.monotonic()
            h.wait(r"^status waiting disconnected ")
            h.wait(r"^status waiting refused ")
            with camera("--port", port):
                away = time.monotonic() - killed  # and longer
                gap = int(h.wait(r"^gap (\d+)").group(1))
                # the position went on with the clock, as the camera's sound did
                heard = sounds(h.lines)[-1][0] + 8000
                check(gap - heard > 0.8 * away * 16000, f"gap at {gap} after {heard}, away for {away} s")
                check(gap < (time.monotonic() - started + 2) * 16000, f"gap at {gap}, {time.monotonic() - started} s")
                pos = int(h.wait(r"^sound (\d+) ").group(1))
                check(pos >= gap, f"sound at {pos} before its gap at {gap}")
                check(re.search(r"^status running - [1-9]", "\n".join(h.lines), re.M), "no restart was told")


def case_a_mute_server():
    with socket.create_server(("127.0.0.1", 0)) as s:
        port = s.getsockname()[1]
        start = time.monotonic()
        lines = hear("source", "--timeout", 1000, f"rtsp://127.0.0.1:{port}/x")
        check(lines[0].startswith("error 110 "), lines[0])
        check(0.9 < time.monotonic() - start < 40, "the deadline was not kept")
        with hearing("capture", "--timeout", 500, f"rtsp://127.0.0.1:{port}/x") as h:
            h.wait(r"^status waiting timeout ")


def case_a_camera_that_falls_silent():
    with camera() as (url, p):
        with hearing("capture", "--timeout", 1500, f"{url}/pcmu") as h:
            h.wait(r"^sound ")
            p.send_signal(19)  # SIGSTOP: connected, but nothing comes any more
            h.wait(r"^status waiting (stalled|timeout|disconnected) ")
            p.send_signal(18)
            h.wait(r"^status running - [1-9]")


if __name__ == "__main__":
    try:
        if subprocess.run(["/usr/bin/python3", "-c", "import gi; gi.require_version('GstRtspServer', '1.0')"],
                          stderr=subprocess.DEVNULL).returncode:
            skip("no gst-rtsp-server for Python")
    except OSError:
        skip("no /usr/bin/python3")
    main(globals())
