"""General MIDI instruments the composer can use, with the words captions use for them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Instrument:
    """One instrument: GM programs (0-based), playable MIDI range and articulation kind.

    Kinds: keys, mallet, bell, sustain, pluck, drive (distorted), bow, wind, synth, voice.
    ``judged`` is the name the judge knows it by; empty where it has no class of its own.
    """

    name: str
    programs: tuple[int, ...]
    low: int
    high: int
    kind: str
    words: tuple[str, ...] = ()
    judged: str = ""


#: The instruments that the judge has a class for, in the order of its classes: never reorder.
_JUDGED_ROWS = [
    ("piano", (0, 1, 2), 43, 88, "keys", ("grand piano", "piano keys", "keys", "pianist")),
    ("honky tonk piano", (3,), 45, 88, "keys", ("saloon piano", "old piano", "out of tune piano")),
    ("electric piano", (4, 5), 45, 84, "keys", ("rhodes", "e-piano", "wurlitzer")),
    ("harpsichord", (6,), 45, 84, "keys", ("cembalo",)),
    ("clavinet", (7,), 40, 76, "keys", ("clav",)),
    ("celesta", (8,), 60, 96, "mallet", ()),
    ("glockenspiel", (9,), 67, 98, "mallet", ("bells", "chimes")),
    ("music box", (10,), 60, 96, "mallet", ("toy box",)),
    ("vibraphone", (11,), 53, 89, "mallet", ("vibes",)),
    ("marimba", (12,), 45, 89, "mallet", ()),
    ("xylophone", (13,), 60, 96, "mallet", ()),
    ("church bells", (14,), 55, 84, "bell", ("tubular bells", "bell tower", "church bell")),
    ("dulcimer", (15,), 50, 84, "mallet", ("santur", "cimbalom", "zither")),
    ("organ", (16, 17, 18), 40, 84, "sustain", ("hammond organ", "electric organ", "hammond")),
    ("church organ", (19,), 36, 84, "sustain", ("pipe organ", "cathedral organ")),
    ("accordion", (21,), 48, 84, "sustain", ("squeezebox", "accordeon")),
    ("harmonica", (22,), 60, 88, "wind", ("blues harp", "mouth organ")),
    ("acoustic guitar", (24, 25), 40, 79, "pluck", ("guitar", "unplugged guitar", "fingerpicking")),
    ("electric guitar", (26, 27, 28), 40, 82, "pluck", ("clean guitar", "guitar", "e-guitar")),
    ("distorted guitar", (29, 30), 40, 79, "drive",
     ("overdriven guitar", "fuzz guitar", "heavy guitar", "guitar riff")),
    ("violin", (40,), 55, 93, "bow", ("solo violin", "violinist")),
    ("fiddle", (110,), 55, 90, "bow", ("folk violin", "fiddler")),
    ("cello", (42,), 36, 69, "bow", ("solo cello", "violoncello")),
    ("strings", (48, 49), 40, 84, "sustain", ("string section", "orchestra strings", "violins")),
    ("pizzicato strings", (45,), 45, 84, "pluck", ("plucked strings", "pizzicato")),
    ("harp", (46,), 40, 89, "pluck", ("harpist",)),
    ("choir", (52, 53), 48, 79, "voice", ("vocals", "voices", "singing", "singers", "chorus")),
    ("trumpet", (56,), 55, 84, "wind", ("horn solo", "trumpeter", "cornet")),
    ("muted trumpet", (59,), 55, 84, "wind", ("harmon mute trumpet",)),
    ("trombone", (57,), 40, 70, "wind", ()),
    ("french horn", (60,), 43, 74, "wind", ("horn",)),
    ("brass section", (61,), 43, 79, "wind", ("brass", "horns", "horn section")),
    ("saxophone", (64, 65, 66, 67), 44, 80, "wind", ("sax", "saxophonist", "alto sax")),
    ("oboe", (68,), 58, 88, "wind", ()),
    ("clarinet", (71,), 50, 86, "wind", ()),
    ("flute", (73,), 60, 93, "wind", ("flutist", "woodwind")),
    ("pan flute", (75,), 60, 90, "wind", ("panpipes", "andean flute")),
    ("whistle", (78,), 67, 93, "wind", ("tin whistle", "whistling", "whistled melody")),
    ("synth lead", (80, 81, 84, 87), 50, 86, "synth", ("synthesizer", "lead synth", "synth")),
    ("chip lead", (80,), 57, 93, "synth", ("8-bit synth", "game synth", "square wave")),
    ("synth pad", (88, 89, 90, 91, 95), 45, 79, "sustain", ("pads", "warm pad", "pad")),
    ("sitar", (104,), 48, 77, "pluck", ()),
    ("banjo", (105,), 50, 84, "pluck", ()),
    ("koto", (107,), 52, 84, "pluck", ("guzheng",)),
    ("kalimba", (108,), 55, 88, "mallet", ("thumb piano", "mbira")),
    ("bagpipe", (109,), 60, 82, "sustain", ("bagpipes",)),
    ("steel drums", (114,), 55, 88, "mallet", ("steel pan", "steelpan")),
]  # fmt: skip

#: Instruments that the judge hears as a neighbour, or not at all.
_OTHER_ROWS = [
    ("nylon guitar", (24,), 40, 79, "pluck", ("classical guitar", "spanish guitar"),
     "acoustic guitar"),
    ("muted guitar", (28,), 40, 76, "pluck", ("palm muted guitar", "chicken scratch guitar"), ""),
    ("viola", (41,), 48, 84, "bow", (), "violin"),
    ("tremolo strings", (44,), 45, 84, "sustain", ("trembling strings", "suspense strings"), ""),
    ("piccolo", (72,), 70, 96, "wind", (), "flute"),
    ("recorder", (74,), 62, 90, "wind", ("block flute",), ""),
    ("ocarina", (79,), 60, 86, "wind", (), ""),
    ("shakuhachi", (77,), 55, 84, "wind", ("bamboo flute",), ""),
    ("bassoon", (70,), 36, 70, "wind", (), ""),
    ("english horn", (69,), 52, 80, "wind", ("cor anglais",), "oboe"),
    ("shehnai", (111,), 58, 84, "wind", ("zurna", "shawm"), ""),
    ("shamisen", (106,), 50, 80, "pluck", ("oud", "saz"), ""),
    ("synth brass", (62, 63), 43, 84, "synth", ("synth horns", "80s brass"), ""),
    ("saw lead", (81,), 45, 86, "synth", ("supersaw", "hard synth", "sawtooth synth"),
     "synth lead"),
    ("choir pad", (54, 91, 94), 48, 79, "sustain", ("angelic pad", "heavenly voices"), ""),
    ("crystal pad", (98, 99), 50, 88, "sustain", ("glassy synth", "crystal bells"), ""),
    ("bandoneon", (23,), 48, 84, "sustain", ("concertina",), "accordion"),
    ("harmonium", (20,), 45, 79, "sustain", ("reed organ", "pump organ"), ""),
    ("timpani", (47,), 38, 57, "mallet", ("kettledrums",), ""),
    ("tinkle bell", (112,), 67, 98, "mallet", ("temple bells", "wind chimes"), ""),
]  # fmt: skip

JUDGED_NAMES = tuple(row[0] for row in _JUDGED_ROWS)

INSTRUMENTS = {row[0]: Instrument(*row, judged=row[0]) for row in _JUDGED_ROWS}
INSTRUMENTS.update({row[0]: Instrument(*row) for row in _OTHER_ROWS})

#: Bass -> GM programs; none for the 808, which the renderer synthesises itself.
BASSES = {
    "bass": (33,),
    "slap bass": (36, 37),
    "upright bass": (32,),
    "synth bass": (38, 39),
    "fretless bass": (35,),
    "picked bass": (34,),
    "tuba": (58,),
    "chip bass": (80,),
    "808 bass": (),
    "contrabass": (43,),
}

BASS_WORDS = {
    "bass": ("bass guitar", "electric bass", "bass"),
    "upright bass": ("double bass", "acoustic bass", "contrabass"),
    "synth bass": ("analog bass", "bass synth"),
    "808 bass": ("808", "808s", "sub bass", "booming 808"),
    "contrabass": ("bowed double bass",),
}

#: Instruments that make sense entirely on their own.
SOLO_NAMES = (
    "church bells", "church bells", "music box", "piano", "piano", "piano", "acoustic guitar",
    "acoustic guitar", "nylon guitar", "harp", "church organ", "organ", "marimba", "kalimba",
    "violin", "cello", "choir", "saxophone", "electric guitar", "flute", "xylophone", "sitar",
    "banjo", "accordion", "trumpet", "harpsichord", "steel drums", "bagpipe", "distorted guitar",
    "clarinet", "harmonica", "synth lead", "vibraphone", "electric piano", "strings", "koto",
    "fiddle", "shakuhachi", "shamisen", "glockenspiel", "celesta", "dulcimer", "trombone", "oboe",
    "pan flute", "whistle", "french horn", "synth pad", "chip lead", "pizzicato strings",
    "honky tonk piano", "clavinet", "ocarina", "recorder", "bandoneon", "tinkle bell", "timpani",
)  # fmt: skip
