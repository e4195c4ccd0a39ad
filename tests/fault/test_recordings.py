#!/usr/bin/python3
"""Recordings of the usual codecs, rates and layouts, made by ffmpeg here and now: each
must sound like the sine that went in, and damaged ones must be told as what they are.
Also by HTTP, and by a shell's <(…)."""

import functools
import http.server
import os
import random
import ssl
import subprocess
import tempfile
import threading

from sound import PATIENCE_S, check, check_sine, hear, hearing, main, need, samples, sine_dbfs, sounds

HZ, SECONDS = 440, 3
SORTS = [  # name, ffmpeg's arguments, rate, channels
    ("a.wav", [], 44100, 2), ("24.wav", ["-c:a", "pcm_s24le"], 48000, 1), ("f.wav", ["-c:a", "pcm_f32le"], 96000, 2),
    ("mu.wav", ["-c:a", "pcm_mulaw"], 8000, 1), ("a.flac", [], 48000, 2), ("6.flac", [], 48000, 6),
    ("low.mp3", [], 22050, 1), ("a.mp3", [], 44100, 2), ("a.opus", [], 48000, 2), ("mono.opus", [], 48000, 1),
    ("a.ogg", ["-c:a", "libvorbis"], 44100, 2), ("a.m4a", ["-c:a", "aac"], 44100, 2), ("a.mkv", ["-c:a", "aac"], 16000, 1),
    ("a.aac", [], 32000, 2),
]
folder = tempfile.TemporaryDirectory(prefix="earshot-test-")


def path(name):
    return os.path.join(folder.name, name)


def ffmpeg(*args):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, args)], check=True, timeout=PATIENCE_S)


def make(name, codec, rate, channels):
    # every channel carries the sine, so that their mean is the sine
    pan = "|".join(f"c{c}=c0" for c in range(channels))
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[channels]
    ffmpeg("-f", "lavfi", "-i", f"aevalsrc=0.25*sin(2*PI*{HZ}*t):s={rate}:d={SECONDS}",
           "-af", f"pan={layout}|{pan}", *codec, path(name))


def case_codecs():
    for name, codec, rate, channels in SORTS:
        make(name, codec, rate, channels)
        lines = hear("source", path(name))
        check(lines[0] == f"open {rate} {channels}", f"{name}: {lines[0]}")
        # codecs without a note of their padding add up to two frames of silence
        slack = 4000 if name.endswith((".aac", ".mkv", ".m4a")) else 1700 if name.endswith(".mp3") else 0
        got = samples(lines)
        check(0 <= got - SECONDS * 16000 <= slack, f"{name}: {got} samples")
        check_sine(sounds(lines)[1:5], HZ, sine_dbfs(0.25), name)
        check(not any(l.startswith("gap") for l in lines), f"{name}: a gap in a whole recording")


def case_every_way_gives_the_same_samples():
    for name, codec, rate, channels in (SORTS[0], SORTS[7], SORTS[8]):
        make(name, codec, rate, channels)
        ways = [["source"], ["source", "--paced"], ["capture", "--no-reopen"], ["capture", "--no-reopen", "--paced"]]
        ends = {hear(*way, path(name))[-1] for way in ways}
        check(len(ends) == 1, f"{name}: {ends}")
    make(*SORTS[0])
    with open(path("a.wav"), "rb") as f:  # what a shell's <(...) is
        r, w = os.pipe()
        threading.Thread(target=lambda: (os.write(w, f.read()), os.close(w))).start()
        out = subprocess.run([os.environ["HEAR"], "source", f"/proc/self/fd/{r}"], pass_fds=[r],
                             capture_output=True, text=True, timeout=PATIENCE_S).stdout.splitlines()
    os.close(r)
    check(out[-1] == hear("source", path("a.wav"))[-1], f"by <(…): {out[-1]}")


def case_damage():
    rng = random.Random(1)
    for name, codec, rate, channels in (SORTS[4], SORTS[7], SORTS[8], SORTS[11]):
        make(name, codec, rate, channels)
        data = open(path(name), "rb").read()
        for cut in (0, 10, len(data) // 3, len(data) - 5):
            open(path("cut"), "wb").write(data[:cut])
            lines = hear("source", path("cut"))
            ok = lines[0].startswith(("open", "error 74", "error 42")) and samples(lines) <= SECONDS * 16000 + 4000
            check(ok, f"{name} cut at {cut}: {lines[0]}")
        for _ in range(10):
            bad = bytearray(data)
            for _ in range(30):
                bad[rng.randrange(len(bad))] = rng.randrange(256)
            open(path("bad"), "wb").write(bad)
            lines = hear("source", path("bad"))
            check(lines[-1].startswith("end"), f"{name} damaged: {lines}")


def case_a_damaged_middle_is_a_gap():
    make(*SORTS[4])
    data = bytearray(open(path("a.flac"), "rb").read())
    middle = len(data) // 2
    data[middle:middle + 3000] = bytes(3000)
    open(path("hole.flac"), "wb").write(data)
    lines = hear("source", path("hole.flac"))
    check(any(l.startswith("gap") for l in lines), f"no gap: {lines}")
    check(20000 < samples(lines) < SECONDS * 16000, lines[-1])


def case_no_sound():
    ffmpeg("-f", "lavfi", "-i", "testsrc=d=1:s=64x64", "-c:v", "mpeg4", path("video.mkv"))
    check(hear("source", path("video.mkv"))[0].startswith("error 42 "), "video without sound")
    ffmpeg("-f", "lavfi", "-i", "testsrc=d=1:s=64x64", path("picture.gif"))
    check(hear("source", path("picture.gif"))[0].startswith("error 42 "), "a picture")


def case_the_default_track_is_heard():
    ffmpeg("-f", "lavfi", "-i", "aevalsrc=0.25*sin(2*PI*300*t):s=48000:d=2", "-f", "lavfi", "-i",
           f"aevalsrc=0.25*sin(2*PI*{HZ}*t):s=16000:d=2", "-f", "lavfi", "-i", "testsrc=d=2:s=64x64", "-map", "2", "-map", "0",
           "-map", "1", "-c:v", "mpeg4", "-c:a", "flac", "-disposition:a:0", "0", "-disposition:a:1", "default", path("two.mkv"))
    check_sine(sounds(hear("source", path("two.mkv"))), HZ, sine_dbfs(0.25), "the default track")


def case_a_silent_track_beside_two():
    ffmpeg("-itsoffset", "20", "-f", "lavfi", "-i", "aevalsrc=0.25*sin(2*PI*300*t):s=48000:d=1",
           "-f", "lavfi", "-i", f"aevalsrc=0.25*sin(2*PI*{HZ}*t):s=8000:d=20", "-map", "0", "-map", "1", "-map", "1",
           "-c:a:0", "pcm_s16le", "-c:a:1", "pcm_mulaw", "-c:a:2", "pcm_mulaw", "-max_interleave_delta", "0", path("three.mkv"))
    check_sine(sounds(hear("source", path("three.mkv"))), HZ, sine_dbfs(0.25), "beside a silent track")


class Server:
    def __init__(self, tls=None):
        quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *a: None})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=folder.name))
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.server.server_port}"


def case_http():
    make(*SORTS[4])
    server = Server()
    lines = hear("source", server.url + "/a.flac")
    check_sine(sounds(lines), HZ, sine_dbfs(0.25), "by http")
    check(lines[-1] == hear("source", path("a.flac"))[-1], "by http other samples come")
    check(hear("capture", "--no-reopen", "--paced", server.url + "/a.flac")[-1] == lines[-1], "paced by http")
    check(hear("source", server.url + "/none.flac")[0].startswith("error 2 "), "404")
    open(path("list.m3u8"), "w").write(f"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nfile://{path('a.flac')}\n#EXT-X-ENDLIST\n")
    check(hear("source", "--timeout", "2000", server.url + "/list.m3u8")[0].startswith("error"),
          "a playlist from the network opened a local file")
    server.server.shutdown()


def case_https_is_verified_in_playlists_too():
    need("openssl")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=nobody",
                    "-keyout", path("key"), "-out", path("cert")], check=True, capture_output=True)
    ffmpeg("-f", "lavfi", "-i", f"aevalsrc=0.25*sin(2*PI*{HZ}*t):s=48000:d=2", "-c:a", "aac", path("piece.ts"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(path("cert"), path("key"))
    server, secure = Server(), Server(tls)
    lines = hear("source", secure.url + "/piece.ts")
    check(lines[0].startswith("error ") and "certificate" in lines[0], f"by https: {lines[0]}")
    for where, heard in (server.url, True), (secure.url, False):
        with open(path("pieces.m3u8"), "w") as f:
            f.write(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{where}/piece.ts\n#EXT-X-ENDLIST\n")
        lines = hear("source", server.url + "/pieces.m3u8")
        check(bool(sounds(lines)) == heard, f"a piece by {where}: {lines}")
    server.server.shutdown()
    secure.server.shutdown()


if __name__ == "__main__":
    need("ffmpeg")
    main(globals())
