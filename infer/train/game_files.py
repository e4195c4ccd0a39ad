"""Speech and its script in the files of two adventure games, read as those games lay them out.

For speak_games.py. Both are in Debian's main (packages drascula and flight-of-the-amazon-queen), both
may be used and changed freely under their own short licences. The layouts were read off the files:

Drascula: N.ALS is speech, unsigned 8 bits at 11,025 Hz; letters before the number name who speaks. The
lines are in drascula.dat, a table a speaker, each a count and then six languages: u16 size, strings of
u16 zero, u16 length with these four bytes, text, zeros. All numbers are big endian.

Flight of the Amazon Queen: queen.1c is "QTBL", nine bytes, u16 count, entries of a name (12), a byte,
u32 place, u32 size. NAME.SB is speech in MPEG audio. Lines: X.DOG a dialogue, whose names of speech are two digits
of the dialogue, four hex digits of the line, J (our hero) or P (the other), the part; X.CUT a scene,
name padded by _ to five, two digits of the line, the part; QUEEN2.JAS what the hero says of things,
JOE, four digits, the part, from 41 on. *NN or *XX in a line is a stage direction and begins a new part.
"""
import os
import re
import struct

SPEAKERS = {"": "hacker", "B": "drunkard", "BJ": "bj", "D": "drascula", "E": "desiderio", "I": "igor", "L": "wolf",
            "P": "pianist", "T": "bartender", "VB": "braun"}
TABLES = ("", "D", "B", "BJ", "E", "I", "L", "P", "T", "VB")  # in the order of drascula.dat
FIRST_LINE = b"THAT'S THE SECOND BIGGEST DOOR"
DIRECTION = re.compile(r"\*(?:\d\d|[A-Z][A-Z])")
JOE_FROM = 41


def u16(data, at):
    return struct.unpack(">H", data[at:at + 2])[0]


def drascula_lines(data):
    """{clip: line} of drascula.dat."""
    at, lines = data.index(FIRST_LINE) - 12, {}
    for letters in TABLES:
        count, at = u16(data, at), at + 2
        for language in range(6):
            end, place = at + 2 + u16(data, at), at + 2
            for number in range(count if language == 0 else 0):
                size = u16(data, place + 2)
                lines[f"{letters}{number}"] = data[place + 4:place + size].split(b"\0")[0].decode("latin1")
                place += size
            at = end
    return lines


def drascula(folder):
    """(clip, line, speaker, bytes of raw sound) of each line that is spoken."""
    with open(os.path.join(folder, "drascula.dat"), "rb") as f:
        lines = drascula_lines(f.read())
    for clip, text in lines.items():
        path = os.path.join(folder, clip + ".ALS")
        if text and os.path.exists(path):
            with open(path, "rb") as f:
                yield clip, text, SPEAKERS[clip.rstrip("0123456789")], f.read()


def archive(data):
    """{name: bytes} of queen.1c."""
    if data[:4] != b"QTBL":
        raise ValueError("no QTBL at the start: not the archive of Flight of the Amazon Queen")
    files = {}
    for i in range(u16(data, 13)):
        entry = data[15 + 21 * i:36 + 21 * i]
        place, size = struct.unpack(">II", entry[13:21])
        files[entry[:12].rstrip(b"\0").decode("latin1")] = data[place:place + size]
    return files


def parts(text):
    """(number, words) of a line's parts; one of directions alone counts but is not spoken."""
    return [(i, p.strip()) for i, p in enumerate(DIRECTION.split(text), 1) if p.strip(" *")]


def plain(text):
    return all(32 <= c < 127 or c > 160 or c == 31 for c in text)


def dialogue(data):
    """(number, line) of a .DOG, at even places: u16 number, u8 length, text."""
    at = 20
    while at < len(data) - 3:
        number, size = struct.unpack(">HB", data[at:at + 3])
        text = data[at + 3:at + 3 + size]
        if size > 1 and len(text) == size and number < 0x900 and plain(text) and re.search(rb"[A-Za-z]", text):
            yield number, text.decode("latin1")
            at += 3 + size + (3 + size) % 2
        else:
            at += 2


def scene(data):
    """Lines of a .CUT: from where its header says, u8 length and text at even places."""
    at = 20 + u16(data, 28)
    while at < len(data) - 1:
        text = data[at + 1:at + 1 + data[at]]
        if len(text) < data[at] or not plain(text):
            return
        if text:
            yield text.decode("latin1")
            at += 1 + len(text)
            at += at % 2
        else:
            at += 1


def queen_lines(files):
    """{clip: (part of a line, speaker)}; a clip whose name two lines would have is left out."""
    lines, twice = {}, set()

    def add(clip, text, who):
        if clip in lines and lines[clip][0] != text:
            twice.add(clip)
        lines[clip] = (text.replace("^\x1f", "").replace("\x1f", ""), who)

    for name in sorted(files):
        (stem, _, kind), data = name.partition("."), files[name]
        if kind == "DOG":
            seen = set()
            for number, text in dialogue(data):
                who = "J" if number not in seen and not text.startswith("*F") else "P"
                seen.add(number)
                for i, p in parts(text):
                    add(f"{struct.unpack('>h', data[24:26])[0]:02d}{number:04X}{who}{i}", p, "joe" if who == "J" else stem.rstrip("0123456789").lower())
        elif kind == "CUT":
            for number, text in enumerate(scene(data), 1):
                for i, p in parts(text):
                    add(f"{stem:_<5s}{number:02d}{i}", p, "cast")
    for number, text in enumerate(files["QUEEN2.JAS"].decode("latin1").replace("\r", "").split("\n"), JOE_FROM):
        for i, p in parts(text):
            add(f"JOE{number:04d}{i}", p, "joe")
    return {clip: line for clip, line in lines.items() if clip not in twice}


def queen(path):
    """(clip, line, speaker, bytes of MPEG audio) of each line that is spoken."""
    with open(path, "rb") as f:
        files = archive(f.read())
    for clip, (text, who) in sorted(queen_lines(files).items()):
        if clip + ".SB" in files and not re.search(r"\.(CUT|DOG|SAM)$", text, re.I):
            yield clip, text, who, files[clip + ".SB"]
