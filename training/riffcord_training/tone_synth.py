"""A plain stand-in for fluidsynth: decaying harmonics and bursts of noise, in numpy alone.

For tests and dry runs on machines without fluidsynth and soundfonts; nothing that is shipped is
trained on it.
"""

import numpy as np

from .composer import Piece
from .composer.sketch import DRUM_CHANNEL
from .spectrogram import SAMPLE_RATE
from .sub_bass import sub_bass

#: The "soundfont" name that selects this synthesiser.
TONES = "tones"


class ToneSynth:
    """Renders pieces as `Synth` does: one loop, mono, tails folded back onto the start."""

    def render(self, piece: Piece) -> np.ndarray:
        length = round(piece.seconds * SAMPLE_RATE)
        out = np.zeros(length, np.float32)
        rng = np.random.default_rng(piece.facts["seed"])
        for note in piece.notes:
            if note.channel not in piece.programs:
                continue
            volume = piece.volumes.get(note.channel, 100) / 127 * note.velocity / 127
            if note.channel == DRUM_CHANNEL:
                tone = _drum(note.pitch, rng)
            else:
                program = piece.programs[note.channel]
                tone = _tone(note.pitch, min(note.duration + 0.1, 4.0), program)
            start = round(note.start * SAMPLE_RATE)
            np.add.at(out, (start + np.arange(len(tone))) % length, 0.1 * volume * tone)
        return out + sub_bass(piece, length) if "sub" in piece.mix else out


def _tone(pitch: int, seconds: float, program: int) -> np.ndarray:
    """Harmonics whose slope and decay depend on the program's family."""
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    hertz = 440.0 * 2.0 ** ((pitch - 69) / 12)
    slope, decay = 0.8 + program % 8 * 0.2, 0.3 + program // 8 * 0.15
    count = max(1, min(12, int(9_000 / hertz)))
    wave = sum(np.sin(2 * np.pi * hertz * k * t) / k**slope for k in range(1, count + 1))
    edge = np.minimum(1.0, np.minimum(t / 0.005, (seconds - t) / 0.05))
    return (wave * edge * np.exp(-t / decay)).astype(np.float32)


def _drum(key: int, rng: np.random.Generator) -> np.ndarray:
    t = np.arange(round(0.2 * SAMPLE_RATE)) / SAMPLE_RATE
    if key in (35, 36, 41, 43, 45):
        return (
            2 * np.sin(2 * np.pi * (60 + 80 * np.exp(-t / 0.03)) * t) * np.exp(-t / 0.08)
        ).astype(np.float32)
    decay = 0.03 if key in (42, 44, 70) else 0.08
    return (rng.standard_normal(len(t)) * np.exp(-t / decay)).astype(np.float32)
