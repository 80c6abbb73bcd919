"""Bass lines, between E1 and C3."""

from collections.abc import Callable

from .sketch import BASS_CHANNEL, Sketch
from .theory import fit_range

_LOW, _HIGH = 28, 48
_CH = BASS_CHANNEL


def bass(s: Sketch) -> None:
    """A line in the style of the genre, with a passing note into the next chord now and then."""
    line = _LINES.get(s.genre.bass_style, _root)
    syncopation = _syncopation(s)
    for b in range(s.bars):
        degree, start = s.root(b), float(b * s.bar)
        root = fit_range(s.pitch(degree, 3), _LOW, 45)
        fifth = fit_range(s.pitch(degree + 4, 3), _LOW, _HIGH)
        line(s, start, degree, root, fifth, syncopation)
        if s.rng.random() < 0.15 and s.bar >= 4 and s.genre.bass_style in _PASSING:
            following = fit_range(s.pitch(s.root((b + 1) % s.bars), 3), _LOW, 45)
            s.add(_CH, start + s.bar - 0.5, 0.4, following + s.rng.choice((-1, 1, -2)), 92)


_PASSING = ("root", "two", "eighths", "syncopated", "octaves")


def _syncopation(s: Sketch) -> list[tuple[float, float, int]]:
    spots = (0.75, 1.5, 2.0, 2.75, 3.25, 3.5)
    rest = [(x, 0.3, s.rng.choice((0, 0, 12, 7, 10))) for x in spots if s.rng.random() < 0.6]
    return [(0.0, 0.6, 0), *rest]


def _walk(s, start, degree, root, fifth, _) -> None:
    for k in range(s.bar):
        tone = degree + s.rng.choice((0, 2, 4, 1, 6, -1)) if k else degree
        s.add(_CH, start + k, 0.95, fit_range(s.pitch(tone, 3), _LOW, _HIGH), 94)
        if s.rng.random() < 0.1:
            s.add(_CH, start + k + 0.667, 0.2, root, 78)


def _boogie(s, start, degree, root, fifth, _) -> None:
    figure = (0, 4, 7, 9, 10, 9, 7, 4)
    for k in range(s.bar * 2):
        s.add(_CH, start + k / 2, 0.45, root + figure[k % 8], 96 if k % 2 == 0 else 84)


def _eighths(s, start, degree, root, fifth, _) -> None:
    for k in range(s.bar * 2):
        s.add(_CH, start + k / 2, 0.45, root + (12 if s.rng.random() < 0.06 else 0), 96)


def _sixteenths(s, start, degree, root, fifth, _) -> None:
    for k in range(s.bar * 4):
        if k % 4 and s.rng.random() < 0.8:
            s.add(_CH, start + k / 4, 0.2, root + s.rng.choice((0, 0, 0, 12)), 92)


def _acid(s, start, degree, root, fifth, _) -> None:
    """A sixteenth-note line with octave jumps, accents and slides."""
    rng = s.rng
    for k in range(s.bar * 4):
        if rng.random() < 0.75:
            pitch = root + rng.choice((0, 0, 0, 12, 12, 3, 7, 10, 1))
            accent = rng.random() < 0.3
            s.add(_CH, start + k / 4, 0.24 if accent else 0.16, pitch, 118 if accent else 84)
            if accent and rng.random() < 0.5:
                s.slide(_CH, start + k / 4, 0.12, rng.choice((-5, 5, 7)))


def _offbeat(s, start, degree, root, fifth, _) -> None:
    for k in range(s.bar):
        s.add(_CH, start + k + 0.5, 0.4, root, 102)


def _octaves(s, start, degree, root, fifth, _) -> None:
    for k in range(s.bar * 2):
        s.add(_CH, start + k / 2, 0.4, root + 12 * (k % 2), 96)


def _two(s, start, degree, root, fifth, _) -> None:
    for k in range(0, s.bar, 2 if s.bar != 3 else 3):
        s.add(_CH, start + k, 0.9, root if k % 4 == 0 else fifth, 96)


def _syncopated(s, start, degree, root, fifth, syncopation) -> None:
    for x, length, shift in syncopation:
        if x < s.bar:
            s.add(_CH, start + x, length, root + shift, 100)


def _tumbao(s, start, degree, root, fifth, _) -> None:
    for x, tone in ((1.5, fifth), (3.0, root + 12), (0.0, root)):
        if x < s.bar and (x or start == 0):
            s.add(_CH, start + x, 0.9, tone, 98)


def _wobble(s, start, degree, root, fifth, _) -> None:
    rate = s.rng.choice((2, 3, 4, 6))
    for k in range(s.bar * rate // 2):
        s.add(_CH, start + 2 * k / rate, 1.4 / rate, root, 110 if k % 2 == 0 else 84)


def _slow(s, start, degree, root, fifth, _) -> None:
    s.add(_CH, start, 1.5, root, 110)
    for x in (1.75, 2.5, 3.5):
        if x < s.bar and s.rng.random() < 0.4:
            s.add(_CH, start + x, 0.7, root + s.rng.choice((0, 0, 3, -2)), 104)


def _slide(s, start, degree, root, fifth, _) -> None:
    """Long sub notes that glide, as drill basses do."""
    s.add(_CH, start, 1.4, root, 112)
    for x in (1.5, 2.75):
        if x < s.bar and s.rng.random() < 0.7:
            s.add(_CH, start + x, 0.9, root + s.rng.choice((0, 5, 7, 12)), 108)
            s.slide(_CH, start + x, 0.3, s.rng.choice((-7, -5, 5, 12)))


def _root(s, start, degree, root, fifth, _) -> None:
    s.add(_CH, start, min(s.bar, 2) * 0.9, root, 96)
    if s.bar >= 4:
        s.add(_CH, start + 2, 1.8, fifth, 86)


_LINES: dict[str, Callable[..., None]] = {
    "walk": _walk, "boogie": _boogie, "eighths": _eighths, "sixteenths": _sixteenths,
    "acid": _acid, "offbeat": _offbeat, "octaves": _octaves, "two": _two, "tumbao": _tumbao,
    "syncopated": _syncopated, "wobble": _wobble, "slow": _slow, "slide": _slide, "root": _root,
}  # fmt: skip
