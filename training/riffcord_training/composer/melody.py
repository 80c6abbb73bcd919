"""Leads: phrases that repeat, vary and answer, with the ornaments of their instruments."""

from .instruments import Instrument
from .sketch import ANSWER_CHANNEL, LEAD_CHANNEL, SWELL, VIBRATO, Sketch
from .theory import fit_range

_LOW_LEADS = ("cello", "trombone", "church organ", "bassoon", "timpani", "contrabass")

#: Rhythm cells, in beats, by pace.
_CELLS = {
    "slow": ((2,), (3, 1), (4,), (1, 1), (1.5, 0.5, 2)),
    "fast": ((0.5,) * 4, (0.25,) * 4, (0.25, 0.25, 0.5), (1 / 3,) * 3),
    "": (
        (1, 0.5, 0.5), (0.5,) * 4, (0.75, 0.25, 1), (1, 1), (0.25,) * 4 + (1,), (2,),
        (0.5, 1, 0.5), (0.75, 0.75, 0.5), (1.5, 0.5), (1 / 3,) * 3 + (1,), (0.25, 0.25, 0.5, 1),
    ),
}  # fmt: skip

#: Phrase plans: the same letter is the same phrase, lower case a variation of it, "-" a rest.
_PLANS = ("AAAB", "ABAB", "AaAB", "A-A-", "AABA", "Aaba", "ABAC", "A-a-", "AbAb", "AAaa")

_BENDING = ("harmonica", "saxophone", "electric guitar", "distorted guitar", "sitar", "shamisen",
            "shehnai", "shakuhachi", "trombone", "synth lead", "saw lead", "muted trumpet")  # fmt: skip
_VIBRATO_KINDS = ("bow", "wind", "voice")
_GRACED = ("celtic", "folk", "bluegrass", "arabic", "indian", "japanese", "baroque", "flamenco")


def lead(s: Sketch, instrument: Instrument, pace: str, solo: bool, alone: bool) -> None:
    """A melody by a phrase plan.

    ``solo`` makes it denser and wider, as a soloist would play; ``alone`` leaves no rests, since
    nothing else would sound in them.
    """
    if instrument.kind == "bell":
        _bells(s, instrument)
        return
    plan = s.rng.choice([p for p in _PLANS if not alone or "-" not in p])
    length = max(2, s.bar if s.bar != 2 else 4)
    phrases: dict[str, list] = {}
    start, index = 0.0, 0
    while start < s.beats - 1e-6:
        letter = plan[index % len(plan)]
        span = min(length, s.beats - start)
        if letter != "-" or index == 0:
            if letter not in phrases:
                base = phrases.get(letter.upper())
                phrases[letter] = _vary(s, base) if base else _phrase(s, length, pace, solo)
            _play(s, instrument, phrases[letter], start, span, LEAD_CHANNEL)
        start, index = start + length, index + 1


def answer(s: Sketch, instrument: Instrument) -> None:
    """A second voice that answers in the second half of every bar."""
    phrase = _phrase(s, 2, "", False)
    for b in range(s.bars):
        if s.bar >= 4:
            _play(s, instrument, phrase, b * s.bar + 2, 2, ANSWER_CHANNEL)


def _bells(s: Sketch, instrument: Instrument) -> None:
    rng = s.rng
    root = fit_range(s.pitch(0, 5), instrument.low, instrument.high)
    step = rng.choice((1, 1, 2))
    peal = [rng.choice((0, 0, -5, 7, 4, -3, 2)) for _ in range(4)]
    for k, beat in enumerate(range(0, s.beats, step)):
        s.add(LEAD_CHANNEL, beat, 2.5, root + peal[k % 4], 98)


def _phrase(s: Sketch, length: float, pace: str, solo: bool) -> list[tuple[float, float, int]]:
    """(offset, length, step from the phrase's first tone) triples."""
    rng = s.rng
    cells = _CELLS["fast"] if solo and pace != "slow" and rng.random() < 0.5 else _CELLS[pace]
    rhythm = rng.choice(cells)
    run = rng.choice((None, None, 1, -1)) if solo or pace == "fast" else None
    motif = [rng.choice((-2, -1, -1, 1, 1, 2, 0, 3, -3)) for _ in range(8)]
    out, beat, step, i = [], 0.0, 0, 0
    while beat < length - 1e-6:
        span = min(rhythm[i % len(rhythm)], length - beat)
        if rng.random() < 0.88 or beat == 0:
            out.append((beat, span, step))
        step += run if run and rng.random() < 0.85 else motif[i % 8]
        if abs(step) > (9 if solo else 6):
            step -= 7 if step > 0 else -7
        beat += span
        i += 1
    return out


def _vary(s: Sketch, phrase: list[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    """The same phrase sequenced up or down, or with another ending."""
    shift = s.rng.choice((0, 1, -1, 2, -2))
    head = [(at, span, step + shift) for at, span, step in phrase]
    if shift == 0 and head:
        at, span, step = head[-1]
        head[-1] = (at, span, step + s.rng.choice((1, -1, 2, -3)))
    return head


def _play(
    s: Sketch, instrument: Instrument, phrase, start: float, span: float, channel: int
) -> None:
    """Put a phrase on the chord of its bar, with ornaments, inside the instrument's range."""
    rng = s.rng
    low, high = instrument.low, instrument.high
    if instrument.name not in _LOW_LEADS:
        low = min(max(low, 55), high - 12)
    first = s.root(int(start // s.bar)) + rng.choice((0, 2, 4))
    ring = 1.3 if instrument.kind in ("mallet", "keys", "pluck") else 0.95
    for k, (offset, length, step) in enumerate(phrase):
        if offset >= span:
            break
        note = fit_range(s.pitch(first + step, 5), low, high)
        arc = 6 * (1 - abs(2 * offset / span - 1)) + (5 if k == 0 else 0)
        beat = start + offset
        s.add(channel, beat, length * ring, note, 94 + arc)
        _ornament(s, instrument, beat, length, note, channel)


def _ornament(s: Sketch, instrument: Instrument, beat, length, note: int, channel: int) -> None:
    rng, family = s.rng, s.genre.family or s.genre.name
    if instrument.name in _BENDING and length >= 0.5 and rng.random() < 0.3:
        s.slide(channel, beat, min(0.3, length / 2), rng.choice((-1, -2, -2, 1)))
    elif family in _GRACED and length >= 0.5 and rng.random() < 0.3:
        s.add(channel, beat - 0.08, 0.08, note + rng.choice((1, 2, -2)), 80)
    if instrument.kind in _VIBRATO_KINDS and length >= 1:
        s.control(channel, beat, VIBRATO, 0)
        s.control(channel, beat + length * 0.4, VIBRATO, rng.choice((40, 64, 90)))
        if rng.random() < 0.3:
            for i in range(5):
                s.control(channel, beat + length * i / 5, SWELL, 70 + 11 * i)
    if instrument.kind == "drive" and rng.random() < 0.25:
        s.add(channel, beat, length * 0.9, note + 7, 92)
