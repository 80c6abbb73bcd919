"""Figures that need no network: distances of feature sets, loops, pulse, morphs, memory."""

import numpy as np

BEAT_COUNTS = range(4, 17)


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Fréchet distance of two feature sets (n, d)."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    ca, cb = np.cov(a.T), np.cov(b.T)
    root = np.sqrt(np.maximum(np.linalg.eigvals(ca @ cb).real, 0)).sum()
    return float(np.square(a.mean(0) - b.mean(0)).sum() + np.trace(ca + cb) - 2 * root)


def seam_ratio(pictures: np.ndarray) -> float:
    """Median over clips of (frame difference across the loop point / mean frame difference)."""
    p = pictures.astype(np.float32)
    difference = np.abs(p - np.roll(p, 1, 2)).mean(1)
    return float(np.median(difference[:, 0] / difference[:, 1:].mean(1)))


def onset_energy(pictures: np.ndarray) -> np.ndarray:
    """(n, columns): how much every column is louder than the one before it, summed over pitch."""
    level = 1.0 - pictures.astype(np.float32) / 255.0
    return np.maximum(level - np.roll(level, 1, 2), 0.0).sum(1)


def pulse_clarity(pictures: np.ndarray, beats: np.ndarray) -> float:
    """Mean share of the onsets' fluctuation that lies at the beat, its double and quadruple.

    ``beats`` per clip; up to 96 turns per clip count as fluctuation.
    """
    power = np.abs(np.fft.rfft(onset_energy(pictures), axis=1)) ** 2
    shares = []
    for row, count in zip(power, beats):
        whole = row[1:97].sum()
        shares.append(sum(row[k * int(count)] for k in (1, 2, 4)) / (whole + 1e-9))
    return float(np.mean(shares))


def heard_beats(pictures: np.ndarray) -> np.ndarray:
    """Beats per clip, the number of 4 to 16 whose pulse, its double and quadruple are strongest.

    On held-out clips with drums it is right in 0.80, and in 0.97 up to an octave (half or double).
    """
    power = np.abs(np.fft.rfft(onset_energy(pictures), axis=1)) ** 2
    pulses = [power[:, n] + power[:, 2 * n] + power[:, 4 * n] for n in BEAT_COUNTS]
    return np.array(BEAT_COUNTS)[np.argmax(pulses, 0)]


def same_pulse(heard: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Where the beats are those asked for, or half or twice as many, as listeners differ in too."""
    return (heard == asked) | (2 * heard == asked) | (heard == 2 * asked)


def step_ratio(frames: np.ndarray) -> float:
    """Largest over mean step of a morph (steps, ...): 1 is perfectly even."""
    steps = np.sqrt(np.square(np.diff(frames.reshape(len(frames), -1), axis=0)).mean(1))
    return float(steps.max() / steps.mean())


def nearest_distances(features: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Euclidean distance of each row to the nearest row of ``others``."""
    squares = np.square(features).sum(1)[:, None] + np.square(others).sum(1)[None]
    return np.sqrt(np.maximum(squares - 2 * features @ others.T, 0.0).min(1))
