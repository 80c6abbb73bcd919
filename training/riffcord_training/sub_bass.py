"""The 808: a decaying sine with a pitch drop and glides, which no General MIDI program offers."""

import numpy as np

from .composer.piece import Piece
from .composer.sketch import BASS_CHANNEL, BEND
from .spectrogram import SAMPLE_RATE

_LEVEL = 0.22
_DROP_SEMITONES, _DROP_SECONDS = 18.0, 0.025


def sub_bass(piece: Piece, length: int) -> np.ndarray:
    """All notes of the bass channel as one looping wave of ``length`` samples."""
    out = np.zeros(length, np.float32)
    for note in piece.notes:
        if note.channel != BASS_CHANNEL:
            continue
        seconds = min(note.duration + 0.15, 2.5)
        t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
        bend = _bend(piece, note.start, t) + _DROP_SEMITONES * np.exp(-t / _DROP_SECONDS)
        hertz = 440.0 * 2.0 ** ((note.pitch - 69 + bend) / 12)
        tone = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE)
        tone = tone + 0.25 * np.tanh(3 * tone)
        release = np.minimum(1.0, (seconds - t) / 0.1)
        tone *= np.exp(-t / 0.9) * release * note.velocity / 127
        np.add.at(out, (round(note.start * SAMPLE_RATE) + np.arange(len(t))) % length, tone)
    return _LEVEL * out


def _bend(piece: Piece, start: float, t: np.ndarray) -> np.ndarray:
    """The bend controls from a note's start on, in semitones."""
    points = [
        (c.time - start, c.value)
        for c in piece.controls
        if c.channel == BASS_CHANNEL and c.kind == BEND and -1e-3 <= c.time - start <= t[-1]
    ]
    if not points:
        return np.zeros_like(t)
    times, values = zip(*points)
    return np.interp(t, times, values)
