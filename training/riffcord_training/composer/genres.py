"""The 45 genres: what each one is made of and the words that name it.

Their order is the judge's class order. New styles belong in ``styles.py``, as children of a genre.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Genre:
    """One style. ``beats`` are beats per clip; groove and styles name entries of other tables."""

    name: str
    words: tuple[str, ...]
    moods: tuple[str, ...]
    beats: tuple[int, ...]
    scales: tuple[str, ...]
    basses: tuple[str, ...]
    comps: tuple[str, ...]
    leads: tuple[str, ...]
    groove: str | None
    bass_style: str = "root"
    comp_styles: tuple[str, ...] = ("hold", "eighths", "arpeggio", "stab")
    progressions: tuple[tuple[int, ...], ...] = ()
    kits: tuple[int, ...] = (0,)
    swing: float = 0.5
    triple: bool = False
    weight: float = 1.0
    reverb: int = 40
    effects: dict[str, float] = field(default_factory=dict)
    #: The genre a style belongs to; empty for the genres themselves.
    family: str = ""


def split_words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _genre(name, words, moods, beats, scales, basses, comps, leads, groove, **rest) -> Genre:
    return Genre(
        name, (name, *split_words(words)), split_words(moods), beats, split_words(scales), split_words(basses),
        split_words(comps), split_words(leads), groove, **rest,
    )  # fmt: skip


_POP = ((0, 4, 5, 3), (5, 3, 0, 4), (0, 5, 3, 4))
_LOOP = ((0, 0, 0, 0), (0, 5, 2, 6), (0, 6, 5, 6))

_LIST = [
    _genre("funk", "funky, funk groove, p-funk", "groovy, tight, sweaty, upbeat", (8, 8, 10),
           "dorian, mixolydian, blues", "slap bass, bass",
           "clavinet, electric guitar, organ, electric piano",
           "saxophone, saxophone, trumpet, brass section, electric guitar, synth lead", "funk",
           bass_style="syncopated", comp_styles=("sixteenths", "stab"), weight=1.5),
    _genre("jazz", "jazzy, cool jazz, bebop", "smooth, late night, mellow, smoky", (8, 10, 12),
           "dorian, mixolydian, major", "upright bass",
           "piano, vibraphone, acoustic guitar, electric guitar",
           "saxophone, saxophone, trumpet, trombone, clarinet, piano, vibraphone, flute",
           "swing", bass_style="walk", comp_styles=("charleston",), kits=(32, 40, 0), swing=0.66,
           progressions=((1, 4, 0, 5), (1, 4, 0, 0), (2, 5, 1, 4)), weight=1.5),
    _genre("big band", "swing, swing jazz, swing orchestra", "lively, brassy, 1940s", (10, 12, 12),
           "mixolydian, major", "upright bass", "brass section, piano",
           "trumpet, trombone, muted trumpet, clarinet, brass section", "swing",
           bass_style="walk", comp_styles=("charleston", "stab"), kits=(0, 32), swing=0.66),
    _genre("rock", "rock and roll, rock band, classic rock", "driving, loud, energetic, raw",
           (8, 10, 12), "minor pentatonic, minor, mixolydian, major", "picked bass, bass",
           "distorted guitar, electric guitar, organ",
           "electric guitar, distorted guitar, synth lead", "rock", bass_style="eighths",
           comp_styles=("eighths", "power"), kits=(0, 16), weight=1.5,
           progressions=((0, 3, 4, 3), (0, 6, 3, 0), (0, 4, 5, 3)), effects={"drive": 0.4}),
    _genre("punk", "punk rock, pop punk", "fast, angry, raw", (14, 16), "major, minor",
           "picked bass", "distorted guitar", "distorted guitar, electric guitar", "punk",
           bass_style="eighths", comp_styles=("power",), kits=(16,), effects={"drive": 0.7},
           progressions=((0, 4, 5, 3), (0, 3, 4, 4))),
    _genre("metal", "heavy metal, thrash metal", "heavy, aggressive, brutal, dark", (12, 14, 8),
           "minor, phrygian, harmonic", "picked bass", "distorted guitar",
           "distorted guitar, synth lead, choir", "metal", bass_style="eighths",
           comp_styles=("power", "gallop"), kits=(16,), effects={"drive": 0.9}),
    _genre("folk", "acoustic folk, folk music", "rustic, warm, acoustic", (8, 10, 9),
           "major, mixolydian, pentatonic, dorian", "upright bass, none",
           "acoustic guitar, banjo, accordion, dulcimer",
           "fiddle, fiddle, violin, flute, whistle, harmonica, accordion, banjo", None,
           comp_styles=("arpeggio", "oompah"), weight=1.5, progressions=((0, 3, 0, 4), (0, 4, 5, 3))),
    _genre("bluegrass", "appalachian, hoedown", "fast, lively, foot-stomping", (12, 12, 16),
           "major, pentatonic, mixolydian", "upright bass", "banjo, acoustic guitar",
           "fiddle, banjo, harmonica", None, comp_styles=("roll", "oompah"), bass_style="two",
           progressions=((0, 3, 0, 4), (0, 0, 3, 4))),
    _genre("country", "country and western, honky tonk", "twangy, western, easygoing",
           (8, 10, 9), "major, pentatonic, mixolydian", "picked bass, upright bass",
           "acoustic guitar, banjo, piano", "fiddle, harmonica, electric guitar, banjo", "country",
           bass_style="two", comp_styles=("oompah",), progressions=((0, 3, 0, 4), (0, 0, 3, 4))),
    _genre("classical", "orchestral, symphonic, mozart", "elegant, graceful, refined",
           (6, 8, 9, 10), "major, minor, harmonic", "none", "strings, piano, pizzicato strings, harp",
           "violin, oboe, cello, flute, clarinet, piano, french horn", None, reverb=70,
           comp_styles=("arpeggio", "alberti", "hold"), weight=1.3,
           progressions=((0, 3, 4, 0), (0, 5, 3, 4), (0, 4, 5, 2))),
    _genre("baroque", "bach, vivaldi, baroque music", "ornate, courtly, busy", (8, 9, 12),
           "harmonic, major, minor", "none", "harpsichord, church organ, strings",
           "harpsichord, violin, oboe, trumpet, flute, church organ", None, reverb=60,
           comp_styles=("alberti", "arpeggio"), progressions=((0, 3, 4, 0), (0, 4, 5, 2))),
    _genre("blues", "new orleans blues, delta blues", "slow, gritty, soulful, sad", (6, 8, 10),
           "blues, mixolydian", "bass, upright bass", "electric guitar, piano, organ",
           "harmonica, electric guitar, saxophone, piano, acoustic guitar", "shuffle", swing=0.66,
           bass_style="walk", comp_styles=("shuffle", "stab"),
           progressions=((0, 0, 3, 0), (0, 3, 0, 4))),
    _genre("reggae", "roots reggae, dub, jamaican", "laid back, sunny, dubby", (6, 8), weight=1.2,
           scales="minor, major, dorian", basses="bass", comps="electric guitar, organ",
           leads="trombone, saxophone, harmonica, organ, choir", groove="reggae",
           bass_style="syncopated", comp_styles=("offbeat",),
           progressions=((0, 3, 0, 3), (0, 4, 5, 3)), reverb=60),
    _genre("ska", "two tone, ska punk", "bouncy, cheeky, fast", (12, 14), "major, mixolydian",
           "bass", "electric guitar, organ", "trombone, brass section, saxophone, trumpet", "ska",
           bass_style="walk", comp_styles=("offbeat",), progressions=((0, 3, 0, 4), (0, 5, 3, 4))),
    _genre("reggaeton", "dancehall, dembow", "hot, club, urban", (8,), "minor, phrygian, harmonic",
           "synth bass", "synth pad, acoustic guitar, piano", "synth lead, flute, choir, trumpet",
           "dembow", bass_style="syncopated", kits=(25, 24)),
    _genre("salsa", "latin, mambo, latin jazz", "hot, festive, spicy", (8, 10, 12),
           "minor, harmonic, major", "bass, upright bass", "piano",
           "trumpet, brass section, flute, trombone", "latin", bass_style="tumbao",
           comp_styles=("montuno",)),
    _genre("bossa nova", "bossa, brazilian jazz, samba", "relaxed, breezy, brazilian",
           (8, 10, 12), "major, dorian", "upright bass", "acoustic guitar, electric piano",
           "flute, saxophone, piano, vibraphone, choir", "bossa", bass_style="two",
           comp_styles=("charleston",), progressions=((1, 4, 0, 5), (0, 1, 2, 1))),
    _genre("house", "deep house, house music", "club, dance, electronic", (10, 10, 11),
           "minor, dorian", "synth bass", "electric piano, organ, synth pad, piano",
           "synth lead, piano, choir, saxophone", "house", bass_style="offbeat",
           comp_styles=("stab", "hold"), kits=(24, 25), progressions=_LOOP, weight=1.3,
           effects={"pump": 0.5}),
    _genre("techno", "techno beat, minimal techno", "hypnotic, dark, electronic", (11, 12),
           "minor, phrygian", "synth bass", "synth pad, synth lead", "synth lead", "techno",
           bass_style="sixteenths", comp_styles=("stab", "hold", "sixteenths"), kits=(24, 25),
           progressions=((0, 0, 0, 0),), weight=1.3, effects={"pump": 0.4, "sweep": 0.5}),
    _genre("trance", "eurodance, rave, edm", "euphoric, uplifting, festival", (12, 12, 11),
           "minor, major", "synth bass", "synth pad, synth lead", "synth lead, piano, choir",
           "trance", bass_style="offbeat", comp_styles=("gate", "arpeggio"), kits=(24, 25),
           progressions=((5, 3, 0, 4), (0, 5, 2, 6)), effects={"pump": 0.7, "sweep": 0.3}),
    _genre("dubstep", "brostep, wobble bass", "heavy, filthy, electronic", (12,),
           "minor, phrygian", "synth bass", "synth pad, synth lead", "synth lead, choir", "dubstep",
           bass_style="wobble", comp_styles=("hold", "stab"), kits=(24, 25),
           effects={"drive": 0.6, "pump": 0.3}),
    _genre("hip hop", "hip-hop, boom bap, rap beat", "chill, hard, street, jazzy", (8, 8, 6),
           "minor, dorian, minor pentatonic", "bass, synth bass, fretless bass",
           "electric piano, piano, strings", "flute, synth lead, vibraphone, trumpet, choir",
           "hiphop", bass_style="syncopated", swing=0.58, kits=(25, 0), weight=1.4,
           progressions=_LOOP),
    _genre("lo-fi", "lofi, lo-fi beat, chillhop", "chill, sleepy, cozy, rainy day", (6, 8),
           "major, dorian, minor", "upright bass, bass", "electric piano, piano, acoustic guitar",
           "piano, vibraphone, electric guitar, flute, saxophone, kalimba", "lofi", swing=0.6,
           comp_styles=("hold", "charleston"), progressions=((1, 4, 0, 5), (3, 2, 1, 0)),
           kits=(25, 0), weight=1.3, effects={"lowpass": 0.8, "drive": 0.15}),
    _genre("trap", "trap beat, drill", "dark, 808, menacing", (6, 12, 12),
           "minor, harmonic, phrygian", "synth bass", "synth pad, celesta, piano, strings",
           "synth lead, flute, church bells, choir", "trap", bass_style="slow", kits=(25,),
           progressions=_LOOP, weight=1.2),
    _genre("drum and bass", "dnb, jungle, drum & bass", "rapid, breakbeat, liquid", (14, 15),
           "minor, dorian", "synth bass", "synth pad, electric piano", "synth lead, strings, choir",
           "breaks", bass_style="syncopated", comp_styles=("hold",), kits=(24, 0)),
    _genre("disco", "nu disco, 70s disco", "danceable, glittering, groovy", (10, 10),
           "minor, dorian, major", "bass, slap bass", "electric guitar, electric piano, strings",
           "strings, brass section, synth lead, flute, choir", "disco", bass_style="octaves",
           comp_styles=("sixteenths", "stab"), weight=1.1),
    _genre("soul", "r&b, motown, neo soul", "warm, heartfelt, smooth", (6, 8, 8), "major, dorian",
           "bass, fretless bass", "electric piano, organ, electric guitar",
           "choir, saxophone, brass section, electric guitar, organ", "hiphop",
           bass_style="syncopated", comp_styles=("charleston", "hold"), swing=0.56,
           progressions=((0, 5, 1, 4), (0, 2, 3, 4))),
    _genre("gospel", "gospel choir, church music, spiritual", "uplifting, joyful, praise",
           (6, 8), "major, mixolydian", "bass", "organ, piano", "choir, choir, organ, piano",
           "shuffle", bass_style="walk", comp_styles=("hold", "stab"), swing=0.62,
           progressions=((0, 3, 0, 4), (0, 5, 3, 4)), reverb=70),
    _genre("arabic", "middle eastern, oriental, egyptian", "desert, mystical, exotic", (8, 10),
           "hijaz, harmonic", "none, upright bass", "strings, dulcimer, acoustic guitar",
           "violin, oboe, flute, clarinet, sitar", "hand", comp_styles=("unison", "hold"),
           weight=1.3, progressions=((0, 0, 0, 0), (0, 1, 0, 1))),
    _genre("indian", "raga, bollywood, sitar raga", "meditative, spiritual, hypnotic", (6, 8),
           "hijaz, mixolydian, dorian", "none", "sitar, strings", "sitar, flute, violin", "tabla",
           comp_styles=("drone",), progressions=((0, 0, 0, 0),)),
    _genre("celtic", "irish, irish jig, scottish", "lively, traditional, green", (9, 12, 12),
           "dorian, mixolydian, major", "none", "acoustic guitar, harp, accordion",
           "whistle, fiddle, bagpipe, flute", None, triple=True, comp_styles=("arpeggio", "oompah")),
    _genre("flamenco", "spanish guitar, gypsy", "passionate, fiery, dramatic", (8, 12),
           "phrygian, hijaz", "none", "acoustic guitar", "acoustic guitar, trumpet, violin",
           "flamenco", comp_styles=("strum", "arpeggio"), progressions=((3, 2, 1, 0), (0, 1, 2, 1))),
    _genre("tango", "argentine tango, milonga", "dramatic, romantic, sharp", (10, 10, 12),
           "harmonic, minor", "upright bass", "piano, strings, accordion",
           "accordion, violin, clarinet", None, bass_style="two", comp_styles=("marcato",),
           progressions=((0, 4, 4, 0), (0, 3, 4, 0))),
    _genre("ambient", "ambient music, drone, space music", "ethereal, calm, floating, dreamy",
           (4, 5, 6), "lydian, major, pentatonic", "none", "synth pad, choir, strings",
           "vibraphone, piano, flute, synth pad, kalimba, celesta", None, comp_styles=("hold",),
           reverb=110, weight=1.3, progressions=((0, 0, 0, 0), (0, 3, 0, 3))),
    _genre("pop", "electropop, pop song, dance pop", "catchy, bright, happy", (8, 10, 10, 12),
           "major, minor", "bass, synth bass", "piano, acoustic guitar, synth pad, electric guitar",
           "synth lead, piano, choir, strings, electric guitar", "rock", bass_style="eighths",
           progressions=_POP, weight=1.3, kits=(0, 24)),
    _genre("synthwave", "retrowave, 80s synth, vaporwave", "80s, retro, neon, nostalgic",
           (8, 8, 10), "minor, dorian", "synth bass", "synth pad", "synth lead, electric guitar, saxophone",
           "rock", bass_style="eighths", comp_styles=("hold", "arpeggio"), kits=(24,),
           progressions=_POP + _LOOP, weight=1.2, reverb=80, effects={"pump": 0.3}),
    _genre("chiptune", "8-bit, video game music, arcade", "retro, pixel, cheerful", (10, 12, 14),
           "major, minor", "chip bass", "chip lead", "chip lead", "chip", bass_style="octaves",
           comp_styles=("chiparp",), kits=(25,), progressions=_POP, reverb=0),
    _genre("waltz", "viennese waltz, ballroom", "romantic, elegant, old", (9, 12, 15),
           "major, minor, harmonic", "upright bass, tuba", "piano, accordion, strings",
           "violin, accordion, clarinet, flute, music box", "waltz", triple=True,
           comp_styles=("oompah",)),
    _genre("march", "military march, marching band, parade", "pompous, proud, brassy", (10, 8),
           "major", "tuba", "brass section", "trumpet, flute, brass section, clarinet", "march",
           bass_style="two", comp_styles=("offbeat",), kits=(0, 48)),
    _genre("polka", "oompah, oktoberfest", "jolly, bouncy, silly", (10, 12), "major", "tuba",
           "accordion, brass section", "accordion, clarinet, trumpet", "polka", bass_style="two",
           comp_styles=("offbeat",), progressions=((0, 0, 4, 4), (0, 3, 4, 0))),
    _genre("calypso", "tropical, caribbean, island", "sunny, beach, carefree", (8, 10),
           "major, pentatonic", "bass", "marimba, acoustic guitar", "steel drums, marimba, pan flute",
           "latin", bass_style="syncopated", comp_styles=("offbeat", "stab"),
           progressions=((0, 3, 4, 0), (0, 0, 4, 4))),
    _genre("afrobeat", "african, afro, highlife", "polyrhythmic, sunny, dancing", (8, 10),
           "dorian, major, pentatonic", "bass", "electric guitar, kalimba, marimba",
           "saxophone, brass section, kalimba, choir, marimba", "afro", bass_style="syncopated",
           comp_styles=("sixteenths", "arpeggio")),
    _genre("japanese", "koto music, zen, asian", "peaceful, zen, delicate", (5, 6, 8),
           "hirajoshi, minor pentatonic", "none", "koto, harp", "koto, pan flute, flute", "taiko",
           comp_styles=("arpeggio", "drone"), reverb=70, progressions=((0, 0, 0, 0),)),
    _genre("ragtime", "scott joplin, rag, stride piano", "playful, old-timey, saloon", (8, 10, 12),
           "major", "none", "honky tonk piano, piano", "honky tonk piano, piano, clarinet", None,
           comp_styles=("stride",), progressions=((0, 5, 1, 4), (0, 0, 4, 4))),
    _genre("soundtrack", "epic, film score, cinematic", "dramatic, heroic, huge", (6, 8, 10),
           "minor, harmonic, dorian", "none", "strings, choir, brass section",
           "french horn, trumpet, choir, strings, cello", "epic", comp_styles=("ostinato", "hold"),
           kits=(48, 0), reverb=90, progressions=((0, 5, 2, 6), (0, 6, 5, 6))),
]  # fmt: skip

GENRES = {genre.name: genre for genre in _LIST}
