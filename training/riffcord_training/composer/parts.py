"""Generators for the parts of a piece: drums, bass, accompaniment and lead."""

import random
from dataclasses import dataclass, field

from .drums import GROOVES, KEYS
from .genres import Genre
from .instruments import Instrument
from .theory import chord_degrees, degree_pitch, fit_range

DRUM_CHANNEL, BASS_CHANNEL, COMP_CHANNEL, LEAD_CHANNEL, SCENE_CHANNEL = 9, 1, 2, 3, 4


@dataclass
class Sketch:
    """Everything the part generators share; times are in beats, ``notes`` collects the result."""

    rng: random.Random
    genre: Genre
    scale: tuple[int, ...]
    key: int
    beats: int
    bar: int
    progression: tuple[int, ...]
    minor: bool = False
    notes: list[tuple[float, float, int, int, float]] = field(default_factory=list)

    @property
    def bars(self) -> int:
        return max(1, self.beats // self.bar)

    def root(self, bar: int) -> int:
        """Scale degree of the chord in a bar (two-beat bars change chord every other bar)."""
        step = bar if self.bar > 2 else bar // 2
        return self.progression[step % len(self.progression)]

    def pitch(self, degree: int, octave: int) -> int:
        return degree_pitch(self.scale, self.key, degree, octave)

    def add(self, channel: int, beat: float, length: float, pitch: int, velocity: float) -> None:
        self.notes.append((beat % self.beats, length, channel, pitch, velocity))


def drums(s: Sketch, density: float) -> None:
    """A groove with optional thinning, open fills and a crash on the first beat."""
    steps, lanes = GROOVES[s.genre.groove or "rock"]
    total = s.beats * steps
    keep_hats = density > 0.15
    fill = s.rng.random() < 0.25 and s.bar >= 4
    for lane, pattern in lanes.items():
        length = len(pattern) if s.bar % 4 == 0 or s.bar == 3 else 2 * steps
        if lane in "har" and not keep_hats:
            continue
        for step in range(total):
            mark = pattern[step % length % len(pattern)]
            if mark == "?" and s.rng.random() < density:
                mark = "x"
            if mark not in "xX" or (fill and step >= total - steps and lane in "hr"):
                continue
            s.add(DRUM_CHANNEL, step / steps, 0.2, KEYS[lane], 104 if mark == "X" else 76)
    if fill:
        for i in range(4):
            s.add(DRUM_CHANNEL, s.beats - 1 + i / 4, 0.2, (38, 48, 45, 41)[i], 90 + 6 * i)
    if s.rng.random() < 0.15 and s.genre.groove not in ("techno", "lofi", "bossa", "tabla"):
        s.add(DRUM_CHANNEL, 0, 1, 49, 92)
    if s.genre.groove == "trap":
        for beat in range(s.beats):
            if s.rng.random() < 0.3:
                for i in range(6):
                    s.add(DRUM_CHANNEL, beat + 0.5 + i / 12, 0.05, 42, 66 + 4 * i)


def _syncopation(s: Sketch) -> list[tuple[float, float, int]]:
    spots = (0.75, 1.5, 2.0, 2.75, 3.25, 3.5)
    rest = [(x, 0.3, s.rng.choice((0, 0, 12, 7, 10))) for x in spots if s.rng.random() < 0.6]
    return [(0.0, 0.6, 0), *rest]


def bass(s: Sketch) -> None:
    """A bass line in the genre's style, between E1 and C3."""
    style, ch, rng = s.genre.bass_style, BASS_CHANNEL, s.rng
    syncopation = _syncopation(s)
    for b in range(s.bars):
        degree, o = s.root(b), b * s.bar
        root = fit_range(s.pitch(degree, 3), 28, 45)
        fifth = fit_range(s.pitch(degree + 4, 3), 28, 48)
        if style == "walk":
            for k in range(s.bar):
                tone = degree + rng.choice((0, 2, 4, 1, 6, -1)) if k else degree
                s.add(ch, o + k, 0.95, fit_range(s.pitch(tone, 3), 28, 48), 94)
        elif style == "eighths":
            for k in range(s.bar * 2):
                s.add(ch, o + k / 2, 0.45, root + (12 if rng.random() < 0.06 else 0), 96)
        elif style == "sixteenths":
            for k in range(s.bar * 4):
                if k % 4 and rng.random() < 0.8:
                    s.add(ch, o + k / 4, 0.2, root + rng.choice((0, 0, 0, 12)), 92)
        elif style == "offbeat":
            for k in range(s.bar):
                s.add(ch, o + k + 0.5, 0.4, root, 102)
        elif style == "octaves":
            for k in range(s.bar * 2):
                s.add(ch, o + k / 2, 0.4, root + 12 * (k % 2), 96)
        elif style == "two":
            for k in range(0, s.bar, 2):
                s.add(ch, o + k, 0.9, root if k % 4 == 0 else fifth, 96)
        elif style == "syncopated":
            for x, length, shift in syncopation:
                if x < s.bar:
                    s.add(ch, o + x, length, root + shift, 100)
        elif style == "tumbao":
            for x, tone in ((1.5, fifth), (3.0, root + 12), (0.0, root)):
                if x < s.bar and (x or b == 0):
                    s.add(ch, o + x, 0.9, tone, 98)
        elif style == "wobble":
            rate = rng.choice((2, 3, 4, 6))
            for k in range(s.bar * rate // 2):
                s.add(ch, o + 2 * k / rate, 1.4 / rate, root, 110 if k % 2 == 0 else 84)
        elif style == "slow":
            s.add(ch, o, 1.5, root, 110)
            for x in (1.75, 2.5, 3.5):
                if x < s.bar and rng.random() < 0.4:
                    s.add(ch, o + x, 0.7, root + rng.choice((0, 0, 3, -2)), 104)
        else:
            s.add(ch, o, min(s.bar, 2) * 0.9, root, 96)
            if s.bar >= 4:
                s.add(ch, o + 2, 1.8, fifth, 86)


#: Accompaniment rhythms given as (beat offsets, length); one chord per hit.
_HITS = {
    "offbeat": ((0.5, 1.5, 2.5, 3.5), 0.25),
    "stab": ((0.0, 0.75, 1.5, 2.5, 3.25), 0.35),
    "charleston": ((0.0, 1.5, 2.5, 3.5), 0.6),
    "marcato": ((0.0, 1.0, 2.0, 3.0), 0.3),
    "shuffle": ((0.0, 0.66, 1.0, 1.66, 2.0, 2.66, 3.0, 3.66), 0.3),
    "strum": ((0.0, 0.5, 0.75, 1.5, 2.0, 2.5, 2.75, 3.25, 3.5), 0.3),
    "eighths": (tuple(k / 2 for k in range(8)), 0.45),
}

#: One-note figures as chord-tone indices per sixteenth or eighth step: (steps per beat, indices).
_FIGURES = {
    "arpeggio": (2, (0, 1, 2, 3, 2, 1, 2, 1)),
    "alberti": (4, (0, 2, 1, 2)),
    "roll": (4, (0, 2, 1, 3, 2, 0, 3, 1)),
    "chiparp": (8, (0, 1, 2)),
    "ostinato": (4, (0, 0, 2, 0, 0, 1, 0, 0)),
}


def comp(s: Sketch, instrument: Instrument, channel: int = COMP_CHANNEL) -> None:
    """Chords or figures under the melody."""
    rng = s.rng
    style = rng.choice(s.genre.comp_styles)
    if instrument.kind in ("sustain", "voice") and rng.random() < 0.5:
        style = "hold"
    if instrument.kind == "drive" and style not in ("gallop", "stab"):
        style = "power"
    low, high = max(instrument.low, 48), min(instrument.high, 76)
    high = max(high, low + 11)
    sevenths = rng.random() < 0.4
    mask = [rng.random() < 0.45 for _ in range(16)]
    for b in range(s.bars):
        degree, o = s.root(b), b * s.bar
        chord = [
            fit_range(s.pitch(d, 4), low, high) for d in chord_degrees(degree, s.scale, sevenths)
        ]
        power = fit_range(s.pitch(degree, 3), 40, 52)
        if style == "hold":
            for n in chord:
                s.add(channel, o, s.bar * 0.98, n, 74)
        elif style == "drone":
            for n in (s.pitch(0, 4), s.pitch(4, 4)):
                s.add(channel, o, s.bar * 0.98, fit_range(n, low, high), 70)
        elif style in ("power", "gallop"):
            offsets = (0, 0.5) if style == "power" else (0, 0.5, 0.75)
            for k in range(s.bar):
                for x in offsets:
                    for n in (power, power + 7):
                        s.add(channel, o + k + x, 0.42 if style == "power" else 0.22, n, 90)
        elif style in ("sixteenths", "gate"):
            for k in range(s.bar * 4):
                if (style == "gate" and k % 4) or (style == "sixteenths" and mask[k % 16]):
                    for n in chord:
                        s.add(channel, o + k / 4, 0.18, n, 82)
        elif style in ("oompah", "stride"):
            if style == "stride":
                for k in range(0, s.bar, 2):
                    s.add(channel, o + k, 0.5, fit_range(s.pitch(degree, 3), 36, 50), 88)
            offsets = range(1, s.bar) if s.bar == 3 else range(1, s.bar, 2)
            for k in offsets:
                for n in chord:
                    s.add(channel, o + k, 0.4, n, 78)
        elif style == "montuno":
            for i, x in enumerate((0, 0.5, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75)):
                if x < s.bar:
                    for n in chord[:2]:
                        s.add(channel, o + x, 0.3, n + 12 * (i % 2), 88)
        elif style == "unison":
            for k in range(s.bar * 2):
                if k == 0 or rng.random() < 0.7:
                    tone = degree + rng.choice((0, 1, 2, -1))
                    s.add(channel, o + k / 2, 0.45, fit_range(s.pitch(tone, 4), low, high), 82)
        elif style in _FIGURES:
            steps, figure = _FIGURES[style]
            tones = [*chord, chord[0] + 12]
            for k in range(s.bar * steps):
                n = tones[figure[k % len(figure)] % len(tones)]
                s.add(channel, o + k / steps, 1.6 / steps, n, 84 if k % steps == 0 else 74)
        else:
            offsets, length = _HITS[style]
            for x in offsets:
                if x < s.bar and (style != "charleston" or rng.random() < 0.75):
                    for n in chord:
                        s.add(channel, o + x, length, n, 82)


_RHYTHMS = (
    (1, 0.5, 0.5), (0.5,) * 4, (0.75, 0.25, 1), (1, 1), (0.25,) * 4 + (1,), (2,), (0.5, 1, 0.5),
    (0.75, 0.75, 0.5), (1.5, 0.5), (1 / 3,) * 3 + (1,), (0.25, 0.25, 0.5, 1),
)  # fmt: skip


def lead(s: Sketch, instrument: Instrument, pace: str) -> None:
    """A motif-based melody that lands on chord tones at bar starts."""
    rng, ch = s.rng, LEAD_CHANNEL
    low, high = instrument.low, instrument.high
    if instrument.name not in ("cello", "trombone", "church organ"):
        low = min(max(low, 55), high - 12)
    if instrument.kind == "bell":
        root = fit_range(s.pitch(0, 5), low, high)
        for beat in range(0, s.beats, rng.choice((1, 2))):
            s.add(ch, beat, 2.5, root + rng.choice((0, 0, -5, 7, 4, -3)), 98)
        return
    rhythms = {"slow": ((2,), (3, 1), (4,), (1, 1)), "fast": ((0.5,) * 4, (0.25,) * 4)}
    rhythm = rng.choice(rhythms.get(pace, _RHYTHMS))
    motif = [rng.choice((-2, -1, -1, 1, 1, 2, 0, 3, -3)) for _ in range(8)]
    current, beat, i = rng.randrange(len(s.scale)), 0.0, 0
    while beat < s.beats - 1e-6:
        length = min(rhythm[i % len(rhythm)], s.beats - beat)
        if rng.random() < 0.87 or beat == 0:
            current += motif[i % 8] if rng.random() < 0.8 else rng.choice((-4, 4, 1, -1))
            current = max(-3, min(2 * len(s.scale), current))
            if beat % s.bar == 0 and rng.random() < 0.7:
                current = s.root(int(beat // s.bar)) + rng.choice((0, 2, 4))
            note = fit_range(s.pitch(current, 5), low, high)
            ring = 1.3 if instrument.kind in ("mallet", "keys", "pluck") else 0.95
            s.add(ch, beat, length * ring, note, 100)
            if instrument.kind == "drive" and rng.random() < 0.3:
                s.add(ch, beat, length * 0.9, note + 7, 92)
        beat += length
        i += 1


def solo_chords(s: Sketch, instrument: Instrument) -> None:
    """The left hand of an instrument that plays alone and can play chords."""
    broken = s.rng.random() < 0.6
    for b in range(s.bars):
        for k, degree in enumerate(chord_degrees(s.root(b), s.scale, False)):
            note = fit_range(s.pitch(degree, 4), max(instrument.low, 43), 64)
            if instrument.kind in ("sustain", "voice"):
                s.add(LEAD_CHANNEL, b * s.bar, s.bar * 0.95, note, 72)
            else:
                delay = k * 0.5 if broken else 0.0
                s.add(LEAD_CHANNEL, b * s.bar + delay, s.bar * 0.8, note, 76)
