#!/usr/bin/python3
"""Capture devices: a plugin of ALSA plays the microphone, with levers for overruns,
unplugging and silence (alsa_shot.c)."""

import glob
import os
import re
import signal
import tempfile
import time

from sound import check, check_sine, hear, hearing, in_time, main, sine_dbfs, sounds

HZ, DBFS = 440, sine_dbfs(0.25)
SORTS = [("S16_LE", 16000, 1), ("S32_LE", 48000, 2), ("FLOAT_LE", 44100, 1), ("S16_LE", 8000, 4), ("S24_3LE", 48000, 2)]
folder = tempfile.TemporaryDirectory(prefix="earshot-test-")
CONF = os.path.join(folder.name, "asound.conf")
ENV = {"ALSA_CONFIG_PATH": CONF}


def lever(name, on=True):
    path = os.path.join(folder.name, name)
    if on:
        open(path, "w").close()
    else:
        os.unlink(path)


def configure():
    with open(CONF, "w") as f:
        f.write(f'pcm_type.shot {{ lib "{os.environ["SHOT"]}" }}\npcm.null {{ type null }}\n'
                f'pcm.odd {{ type shot dir "{folder.name}" format "S24_LE" rate 48000 }}\n')
        for i, (fmt, rate, channels) in enumerate(SORTS):
            f.write(f'pcm.mic{i} {{ type shot dir "{folder.name}" format "{fmt}" rate {rate} channels {channels} }}\n')


def hear_whole(i, fmt, rate, channels):
    lines = hear("source", "--seconds", 2, f"alsa:mic{i}", env=ENV)
    check(lines[0] == f"open {rate} {channels}", f"{fmt}: {lines[0]}")
    check_sine(sounds(lines), HZ, DBFS, f"{fmt} {rate} {channels}")
    check(not any(line.startswith(("gap", "error")) for line in lines), f"{fmt}: {lines}")


def case_native_formats():
    for i, sort in enumerate(SORTS):
        in_time(lambda i=i, sort=sort: hear_whole(i, *sort))


def case_a_format_that_is_not_read():
    lines = hear("source", "alsa:odd", env=ENV)
    check(lines[0].startswith("error 95 odd: ") and "plughw" in lines[0], lines[0])


def case_overrun_is_a_gap():
    with hearing("capture", "alsa:mic1", env=ENV) as h:
        last = int(h.wait(r"^sound (\d+) ").group(1))
        lever("xrun")
        gap = int(h.wait(r"^gap (\d+)").group(1))
        check(gap > last, f"gap at {gap} after {last}")
        while (m := h.wait(r"^(gap|sound) (\d+)")).group(1) == "gap":  # one more, on a busy machine
            gap = int(m.group(2))
        check(int(m.group(2)) == gap, f"sound at {m.group(2)} after a gap at {gap}")
        h.wait(r"^sound \d+ 4[34]\d ")
        check(not any("waiting" in line for line in h.lines), "an overrun is not a loss of the device")


def stop_while_it_waits(process):
    """Both threads in poll(), none with samples in its hands."""
    while True:
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        calls = glob.glob(f"/proc/{process.pid}/task/*/syscall")
        if {open(call).read().split()[0] for call in calls} <= {"7", "73"}:  # poll(), ppoll() of arm64
            return
        process.send_signal(signal.SIGCONT)


def case_an_overrun_moves_the_position_on():
    lever("full")
    for url in "alsa:mic0", "alsa:mic1":  # without a filter that holds samples back, and with one
        with hearing("capture", url, env=ENV) as h:
            last = int(h.wait(r"^sound (\d+) ").group(1))
            stop_while_it_waits(h.process)
            time.sleep(1)  # longer than the device's buffer
            h.process.send_signal(signal.SIGCONT)
            gap = int(h.wait(r"^gap (\d+)").group(1))
            check(gap >= last + 8000 + 16000, f"{url}: gap at {gap}, a second after more than {last + 8000}")


def case_a_device_that_only_overruns():
    with hearing("capture", "--timeout", 500, "alsa:mic1", env=ENV) as h:
        h.wait(r"^sound ")
        lever("stuck")
        h.wait(r"^status waiting stalled \d+ \d+ ")
        h.wait(r"^status waiting timeout \d+ ")
        lever("stuck", False)
        h.wait(r"^status running - [1-9]\d* \d+ ")
        h.wait(r"^sound ")


def case_a_device_that_does_not_start_again():
    with hearing("capture", "--timeout", 1000, "alsa:mic0", env=ENV) as h:
        h.wait(r"^sound ")
        lever("jam")
        lever("xrun")
        h.wait(r"^status waiting failed \d+ \d+ mic0: starting again: ")
        lever("jam", False)
        h.wait(r"^status running - [1-9]")
        h.wait(r"^sound ")


def case_unplugged_and_plugged_in_again():
    with hearing("capture", "alsa:mic0", env=ENV) as h:
        h.wait(r"^sound ")
        lever("gone")
        h.wait(r"^status waiting unplugged \d+ ")
        h.wait(r"^status waiting no_device \d+ ")
        lever("gone", False)
        h.wait(r"^gap ")
        h.wait(r"^sound \d+ 4[34]\d ")
        check(re.search(r"^status running - [1-9]", "\n".join(h.lines), re.M), "no restart was told")


def case_a_device_that_falls_silent():
    with hearing("capture", "--timeout", 500, "alsa:mic0", env=ENV) as h:
        h.wait(r"^sound ")
        lever("mute")
        h.wait(r"^status waiting stalled ")
        lever("mute", False)
        h.wait(r"^gap ")
        h.wait(r"^sound ")


def case_no_device():
    for url in "alsa:nothing", "alsa:hw:CARD=Nobody", "alsa:" + 200 * "x":
        with hearing("source", url, env=ENV) as h:
            lines = h.rest()
            want = "error 22 " if len(url) > 100 else "error 19 "
            check(lines[0].startswith(want), f"{url}: {lines}")


if __name__ == "__main__":
    configure()
    main(globals())
