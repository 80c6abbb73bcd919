"""From beats to seconds: swing, human timing, dynamics, and the shape of a clip over its bars."""

import random
from dataclasses import dataclass

from .sketch import BASS_CHANNEL, DRUM_CHANNEL, LEAD_CHANNEL, Sketch

COLUMN_SECONDS = 0.32
#: Latent columns of a clip of the usual length; others are multiples of four.
COLUMNS = 16
CLIP_SECONDS = COLUMNS * COLUMN_SECONDS

#: Shapes of a clip over its length, with their weights.
FORMS = {
    "steady": 62, "fill": 18, "build": 5, "break": 5, "drop": 4, "swell": 6,
}  # fmt: skip


@dataclass(frozen=True)
class Note:
    """One note: start and duration in seconds, MIDI channel, key and velocity."""

    start: float
    duration: float
    channel: int
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Control:
    """One control: time in seconds, MIDI channel, kind (see ``sketch``) and value."""

    time: float
    channel: int
    kind: str
    value: float


def shape(s: Sketch, form: str) -> None:
    """Thin, cut or scale the notes so that the clip has its form."""
    if form == "break":
        half, first = s.beats / 2, s.rng.random() < 0.5
        quiet = (DRUM_CHANNEL, BASS_CHANNEL)
        s.notes = [n for n in s.notes if n[2] not in quiet or (n[0] < half) != first]
    elif form == "drop":
        s.notes = [n for n in s.notes if n[0] < s.beats - 1 or n[2] == LEAD_CHANNEL]
    elif form in ("swell", "build"):
        floor = 0.45 if form == "swell" else 0.7
        s.notes = [
            (beat, length, ch, pitch, level * (floor + (1.1 - floor) * beat / s.beats))
            for beat, length, ch, pitch, level in s.notes
        ]


def perform(
    s: Sketch, swing: float, tightness: float, seconds: float
) -> tuple[tuple[Note, ...], tuple[Control, ...]]:
    """Notes and controls in seconds; onsets stay in the clip. ``tightness`` 1 is a machine."""
    rng, unit = s.rng, seconds / s.beats
    spread = 0.006 * (1.0 - tightness)
    late = {ch: rng.gauss(0, 0.004) * (1 - tightness) for ch in range(16)}
    notes = []
    for beat, length, channel, pitch, velocity in s.notes:
        scatter = rng.gauss(0, spread) + late[channel]
        start = (_swung(beat, swing) * unit + (scatter if beat > 0 else abs(scatter))) % seconds
        level = velocity + rng.gauss(0, 5 if tightness < 0.8 else 2)
        pitch = max(0, min(127, int(pitch)))
        notes.append(Note(start, max(0.05, length * unit), channel, pitch, _clip(level)))
    controls = [
        Control(min(_swung(beat, swing) * unit, seconds), channel, kind, value)
        for beat, channel, kind, value in s.controls
    ]
    order = sorted(controls, key=lambda c: c.time)
    return tuple(sorted(notes, key=lambda n: n.start)), tuple(order)


def _swung(beat: float, swing: float) -> float:
    whole, part = divmod(beat, 1.0)
    return whole + (swing if swing != 0.5 and abs(part - 0.5) < 1e-6 else part)


def _clip(level: float) -> int:
    return int(max(20, min(127, level)))


def tightness_of(rng: random.Random, electronic: bool) -> float:
    """How exactly the band plays."""
    return rng.uniform(0.85, 1.0) if electronic else rng.uniform(0.0, 0.7)
