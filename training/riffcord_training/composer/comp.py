"""Accompaniment: chords and figures under the melody."""

from dataclasses import dataclass

from .instruments import Instrument
from .sketch import COMP_CHANNEL, LEAD_CHANNEL, Sketch
from .theory import chord_degrees, fit_range

#: Rhythms given as (beat offsets, length); one chord per hit.
_HITS = {
    "offbeat": ((0.5, 1.5, 2.5, 3.5), 0.25),
    "stab": ((0.0, 0.75, 1.5, 2.5, 3.25), 0.35),
    "charleston": ((0.0, 1.5, 2.5, 3.5), 0.6),
    "marcato": ((0.0, 1.0, 2.0, 3.0), 0.3),
    "pompe": ((0.0, 1.0, 2.0, 3.0), 0.22),
    "shuffle": ((0.0, 0.66, 1.0, 1.66, 2.0, 2.66, 3.0, 3.66), 0.3),
    "triplets": (tuple(k / 3 for k in range(12)), 0.28),
    "strum": ((0.0, 0.5, 0.75, 1.5, 2.0, 2.5, 2.75, 3.25, 3.5), 0.3),
    "gallopchord": ((0.0, 0.5, 0.75, 1.0, 1.5, 1.75, 2.0, 2.5, 2.75, 3.0, 3.5, 3.75), 0.22),
    "eighths": (tuple(k / 2 for k in range(8)), 0.45),
    "tremolo": (tuple(k / 4 for k in range(16)), 0.24),
}

#: One-note figures as chord-tone indices: (steps per beat, indices).
_FIGURES = {
    "arpeggio": (2, (0, 1, 2, 3, 2, 1, 2, 1)),
    "alberti": (4, (0, 2, 1, 2)),
    "roll": (4, (0, 2, 1, 3, 2, 0, 3, 1)),
    "chiparp": (8, (0, 1, 2)),
    "ostinato": (4, (0, 0, 2, 0, 0, 1, 0, 0)),
}

_STRUMMED = ("pluck", "drive")


@dataclass(frozen=True)
class _Voicing:
    """What the players share over a clip: channel, range, chord tones per bar and a riff."""

    channel: int
    low: int
    high: int
    instrument: Instrument
    mask: tuple[bool, ...]
    riff: tuple[int, ...]


def comp(s: Sketch, instrument: Instrument, channel: int = COMP_CHANNEL) -> str:
    """Play the accompaniment; returns the style that was chosen."""
    rng = s.rng
    style = _choose(s, instrument)
    low, high = max(instrument.low, 48), min(instrument.high, 76)
    high = max(high, low + 11)
    sevenths = rng.random() < (0.75 if s.genre.swing > 0.6 else 0.35)
    voicing = _Voicing(
        channel, low, high, instrument, tuple(rng.random() < 0.45 for _ in range(16)),
        tuple(rng.choice((0, 0, 0, 3, 5, -2, 7, 1)) for _ in range(8)),
    )  # fmt: skip
    for b in range(s.bars):
        degree = s.root(b)
        chord = [
            fit_range(s.pitch(d, 4), low, high) for d in chord_degrees(degree, s.scale, sevenths)
        ]
        _bar(s, style, voicing, b * s.bar, degree, chord)
    return style


def _choose(s: Sketch, instrument: Instrument) -> str:
    style = s.rng.choice(s.genre.comp_styles)
    if instrument.kind in ("sustain", "voice") and s.rng.random() < 0.5:
        style = "hold"
    if instrument.kind == "drive" and style not in ("gallop", "stab", "riff", "tremolo"):
        style = "power"
    return style


def _bar(s: Sketch, style: str, v: _Voicing, start: int, degree: int, chord: list[int]) -> None:
    if style in _FIGURES:
        _figure(s, style, v, start, chord)
    elif style in ("power", "gallop", "riff"):
        _power(s, style, v, start, degree)
    elif style in ("hold", "drone"):
        _held(s, style, v, start, chord)
    elif style in ("sixteenths", "gate"):
        for k in range(s.bar * 4):
            if (style == "gate" and k % 4) or (style == "sixteenths" and v.mask[k % 16]):
                _chord(s, v, start + k / 4, 0.18, chord, 82)
    elif style in ("oompah", "stride"):
        _oompah(s, style, v, start, degree, chord)
    elif style == "montuno":
        for i, x in enumerate((0, 0.5, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75)):
            if x < s.bar:
                for n in chord[:2]:
                    s.add(v.channel, start + x, 0.3, n + 12 * (i % 2), 88)
    elif style == "unison":
        for k in range(s.bar * 2):
            if k == 0 or s.rng.random() < 0.7:
                tone = degree + s.rng.choice((0, 1, 2, -1))
                n = fit_range(s.pitch(tone, 4), v.low, v.high)
                s.add(v.channel, start + k / 2, 0.45, n, 82)
    else:
        offsets, length = _HITS[style]
        for x in offsets:
            if x < s.bar and (style != "charleston" or s.rng.random() < 0.75):
                accent = 8 if x == int(x) else 0
                _chord(s, v, start + x, length, chord, 78 + accent)


def _chord(s: Sketch, v: _Voicing, beat: float, length: float, chord: list[int], level) -> None:
    """All tones at once; plucked instruments strum them."""
    delay = 0.02 if v.instrument.kind in _STRUMMED else 0.0
    for k, n in enumerate(sorted(chord)):
        s.add(v.channel, beat + k * delay, length, n, level)


def _held(s: Sketch, style: str, v: _Voicing, start: int, chord: list[int]) -> None:
    if style == "drone":
        chord = [fit_range(n, v.low, v.high) for n in (s.pitch(0, 4), s.pitch(4, 4))]
    for n in chord:
        s.add(v.channel, start, s.bar * 0.98, n, 72)


def _figure(s: Sketch, style: str, v: _Voicing, start: int, chord: list[int]) -> None:
    steps, figure = _FIGURES[style]
    tones = [*chord, chord[0] + 12]
    for k in range(s.bar * steps):
        n = tones[figure[k % len(figure)] % len(tones)]
        s.add(v.channel, start + k / steps, 1.6 / steps, n, 84 if k % steps == 0 else 74)


def _power(s: Sketch, style: str, v: _Voicing, start: int, degree: int) -> None:
    """Root and fifth: straight, galloping, or as a riff with moving roots."""
    root = fit_range(s.pitch(degree, 3), 40, 52)
    offsets = {"power": (0, 0.5), "gallop": (0, 0.5, 0.75), "riff": (0, 0.25, 0.5, 0.75)}[style]
    for k in range(s.bar):
        for i, x in enumerate(offsets):
            shift = 0
            if style == "riff":
                place = (2 * k + i) % 8
                if not v.mask[(4 * k + i) % 16] and (k or i):
                    continue
                shift = v.riff[place]
            for n in (root + shift, root + shift + 7):
                s.add(v.channel, start + k + x, 0.42 if style == "power" else 0.22, n, 90)


def _oompah(s: Sketch, style: str, v: _Voicing, start: int, degree: int, chord: list[int]) -> None:
    if style == "stride":
        for k in range(0, s.bar, 2):
            s.add(v.channel, start + k, 0.5, fit_range(s.pitch(degree, 3), 36, 50), 88)
    offsets = range(1, s.bar) if s.bar == 3 else range(1, s.bar, 2)
    for k in offsets:
        _chord(s, v, start + k, 0.4, chord, 78)


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
