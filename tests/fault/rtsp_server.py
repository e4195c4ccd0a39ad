#!/usr/bin/python3
"""A camera: an RTSP server on loopback with a live 440 Hz sine, amplitude 0.25.

  rtsp_server.py [--port P] [--login USER:PASSWORD] [--digest]

Prints its port when it is ready and runs until it is killed. Streams: /aac /pcmu
/opus /lossy (packets are missing) /lapse (each fifth second is missing) /uneven /uneven_aac (a
time in eight is 56 ms too late, and nothing missing) /bunches /bunches_aac (eight or ten in a row
have one time, the first one's) /video (no sound)
/talkback (a richer track beside the sound that stays silent)."""

import argparse
import itertools
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

SINE = "audiotestsrc is-live=true wave=sine freq=440 volume=0.25 ! audio/x-raw,channels=1,rate="
# Packets of 20 ms, each with the time of its buffer.
STAMPED = SINE.replace("wave", "samplesperbuffer=160 wave", 1) + "8000 ! mulawenc " \
    "! rtppcmupay name=pay0 max-ptime=20000000 perfect-rtptime=false pt=0"
STREAMS = {
    "aac": SINE + "16000 ! avenc_aac ! rtpmp4gpay name=pay0 pt=97",
    "pcmu": SINE + "8000 ! mulawenc ! rtppcmupay name=pay0 pt=0",
    "lossy": SINE + "8000 ! mulawenc ! rtppcmupay max-ptime=20000000 pt=0 ! identity name=pay0 drop-probability=0.3",
    "lapse": STAMPED,
    "uneven": STAMPED,
    "uneven_aac": SINE + "16000 ! avenc_aac ! rtpmp4gpay name=pay0 pt=97",
    "bunches": STAMPED,
    "bunches_aac": SINE + "16000 ! avenc_aac ! rtpmp4gpay name=pay0 pt=97",
    "opus": SINE + "48000 ! opusenc ! rtpopuspay name=pay0 pt=98",
    "video": "videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=10/1 ! avenc_mpeg4 "
             "! rtpmp4vpay name=pay0 pt=96",
    "talkback": SINE + "8000 ! mulawenc ! rtppcmupay name=pay0 pt=0 "
                + SINE + "48000 ! opusenc ! rtpopuspay pt=98 ! identity name=pay1 drop-probability=1.0",
}


def lapse(n, buffer):
    return Gst.PadProbeReturn.DROP if n % 250 >= 200 else Gst.PadProbeReturn.OK


def hurry(n, buffer):
    if n % 8 == 7:
        buffer.pts += 56 * Gst.MSECOND
    return Gst.PadProbeReturn.OK


def bunch(size, lasts_ms):
    def probe(n, buffer):
        buffer.pts -= min(buffer.pts, n % size * lasts_ms * Gst.MSECOND)
        return Gst.PadProbeReturn.OK
    return probe


# Called with the number and each buffer that goes to the payloader.
PROBES = {"lapse": lapse, "uneven": hurry, "uneven_aac": hurry, "bunches": bunch(10, 20), "bunches_aac": bunch(8, 64)}


def add_probe(media, probe):
    numbers = itertools.count()
    pad = media.get_element().get_by_name("pay0").get_static_pad("sink")
    pad.add_probe(Gst.PadProbeType.BUFFER, lambda _, info: probe(next(numbers), info.get_buffer()))


def add_login(server, login, digest):
    user, password = login.split(":", 1)
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if digest:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(auth)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", default="0")
    arguments.add_argument("--login")
    arguments.add_argument("--digest", action="store_true")
    a = arguments.parse_args()
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(a.port)
    for name, pipeline in STREAMS.items():
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(f"( {pipeline} )")
        factory.set_shared(True)
        if name in PROBES:
            factory.connect("media-configure", lambda _, media, probe=PROBES[name]: add_probe(media, probe))
        if a.login:
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role("viewer", "media.factory.access", True)
            permissions.add_permission_for_role("viewer", "media.factory.construct", True)
            factory.set_permissions(permissions)
        server.get_mount_points().add_factory("/" + name, factory)
    if a.login:
        add_login(server, a.login, a.digest)
    if not server.attach(None):
        return "cannot listen"
    print(server.get_bound_port(), flush=True)
    GLib.MainLoop().run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
