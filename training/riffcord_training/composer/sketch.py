"""The sheet all part generators write on; times are in beats until the piece is performed."""

import random
from dataclasses import dataclass, field

from .genres import Genre
from .theory import MINOR_SCALES, SCALES, degree_pitch

DRUM_CHANNEL, BASS_CHANNEL, COMP_CHANNEL, LEAD_CHANNEL, SCENE_CHANNEL = 9, 1, 2, 3, 4
ANSWER_CHANNEL = 5

#: Kinds of control: pitch bend in semitones, modulation (vibrato) and expression in 0..127.
BEND, VIBRATO, SWELL = "bend", "vibrato", "swell"


@dataclass
class Sketch:
    """Everything the part generators share; ``notes`` and ``controls`` collect the result.

    Notes are (beat, length, channel, key, velocity), controls (beat, channel, kind, value).
    """

    rng: random.Random
    genre: Genre
    scale_name: str
    key: int
    beats: int
    bar: int
    progression: tuple[int, ...]
    notes: list[tuple[float, float, int, int, float]] = field(default_factory=list)
    controls: list[tuple[float, int, str, float]] = field(default_factory=list)

    @property
    def scale(self) -> tuple[int, ...]:
        return SCALES[self.scale_name]

    @property
    def minor(self) -> bool:
        return self.scale_name in MINOR_SCALES

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

    def control(self, channel: int, beat: float, kind: str, value: float) -> None:
        """A control inside the loop; one past its end would act on the next pass and is dropped."""
        if 0 <= beat < self.beats:
            self.controls.append((beat, channel, kind, value))

    def slide(self, channel: int, beat: float, length: float, semitones: float) -> None:
        """Glide into a note: the pitch starts ``semitones`` away and arrives after ``length``."""
        steps = 6
        for k in range(steps + 1):
            value = semitones * (1 - k / steps)
            self.control(channel, beat + length * k / steps, BEND, value)
