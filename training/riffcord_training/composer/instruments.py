"""General MIDI instruments the composer can use, with the words captions use for them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Instrument:
    """One instrument: GM programs (0-based), playable MIDI range and articulation kind.

    Kinds: keys, mallet, bell, sustain, pluck, drive (distorted), bow, wind, synth, voice.
    """

    name: str
    programs: tuple[int, ...]
    low: int
    high: int
    kind: str
    words: tuple[str, ...] = ()


_ROWS = [
    ("piano", (0, 1, 2), 43, 88, "keys", ("grand piano", "piano keys")),
    ("honky tonk piano", (3,), 45, 88, "keys", ("saloon piano", "old piano")),
    ("electric piano", (4, 5), 45, 84, "keys", ("rhodes", "e-piano")),
    ("harpsichord", (6,), 45, 84, "keys", ("cembalo",)),
    ("clavinet", (7,), 40, 76, "keys", ("clav",)),
    ("celesta", (8,), 60, 96, "mallet", ()),
    ("glockenspiel", (9,), 67, 98, "mallet", ("bells",)),
    ("music box", (10,), 60, 96, "mallet", ("toy box",)),
    ("vibraphone", (11,), 53, 89, "mallet", ("vibes",)),
    ("marimba", (12,), 45, 89, "mallet", ()),
    ("xylophone", (13,), 60, 96, "mallet", ()),
    ("church bells", (14,), 55, 84, "bell", ("tubular bells", "bell tower")),
    ("dulcimer", (15,), 50, 84, "mallet", ("santur",)),
    ("organ", (16, 17, 18), 40, 84, "sustain", ("hammond organ", "electric organ")),
    ("church organ", (19,), 36, 84, "sustain", ("pipe organ",)),
    ("accordion", (21,), 48, 84, "sustain", ("squeezebox",)),
    ("harmonica", (22,), 60, 88, "wind", ("blues harp",)),
    ("acoustic guitar", (24, 25), 40, 79, "pluck", ("guitar", "unplugged guitar")),
    ("electric guitar", (26, 27, 28), 40, 82, "pluck", ("clean guitar", "guitar")),
    ("distorted guitar", (29, 30), 40, 79, "drive", ("overdriven guitar", "fuzz guitar")),
    ("violin", (40,), 55, 93, "bow", ("solo violin",)),
    ("fiddle", (110,), 55, 90, "bow", ("folk violin",)),
    ("cello", (42,), 36, 69, "bow", ("solo cello",)),
    ("strings", (48, 49), 40, 84, "sustain", ("string section", "orchestra strings")),
    ("pizzicato strings", (45,), 45, 84, "pluck", ("plucked strings",)),
    ("harp", (46,), 40, 89, "pluck", ()),
    ("choir", (52, 53), 48, 79, "voice", ("vocals", "voices", "singing")),
    ("trumpet", (56,), 55, 84, "wind", ("horn solo",)),
    ("muted trumpet", (59,), 55, 84, "wind", ()),
    ("trombone", (57,), 40, 70, "wind", ()),
    ("french horn", (60,), 43, 74, "wind", ("horn",)),
    ("brass section", (61,), 43, 79, "wind", ("brass", "horns")),
    ("saxophone", (64, 65, 66, 67), 44, 80, "wind", ("sax", "jazzy saxophone")),
    ("oboe", (68,), 58, 88, "wind", ()),
    ("clarinet", (71,), 50, 86, "wind", ()),
    ("flute", (73,), 60, 93, "wind", ()),
    ("pan flute", (75,), 60, 90, "wind", ("panpipes",)),
    ("whistle", (78,), 67, 93, "wind", ("tin whistle", "whistling")),
    ("synth lead", (80, 81, 84, 87), 50, 86, "synth", ("synthesizer", "lead synth")),
    ("chip lead", (80,), 57, 93, "synth", ("8-bit synth", "game synth")),
    ("synth pad", (88, 89, 90, 91, 95), 45, 79, "sustain", ("pads", "warm pad")),
    ("sitar", (104,), 48, 77, "pluck", ()),
    ("banjo", (105,), 50, 84, "pluck", ()),
    ("koto", (107,), 52, 84, "pluck", ()),
    ("kalimba", (108,), 55, 88, "mallet", ("thumb piano",)),
    ("bagpipe", (109,), 60, 82, "sustain", ("bagpipes",)),
    ("steel drums", (114,), 55, 88, "mallet", ("steel pan",)),
]

INSTRUMENTS = {row[0]: Instrument(*row) for row in _ROWS}

BASSES = {
    "bass": (33,),
    "slap bass": (36, 37),
    "upright bass": (32,),
    "synth bass": (38, 39),
    "fretless bass": (35,),
    "picked bass": (34,),
    "tuba": (58,),
    "chip bass": (80,),
}

#: Instruments that make sense entirely on their own.
SOLO_NAMES = (
    "church bells", "music box", "piano", "piano", "acoustic guitar", "acoustic guitar", "harp",
    "church organ", "organ", "marimba", "kalimba", "violin", "cello", "choir", "saxophone",
    "electric guitar", "flute", "xylophone", "sitar", "banjo", "accordion", "trumpet",
    "harpsichord", "steel drums", "bagpipe", "distorted guitar", "clarinet", "harmonica",
    "synth lead", "vibraphone", "electric piano", "strings", "koto",
)  # fmt: skip
