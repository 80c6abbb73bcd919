"""Looping noises: rain, wind, fire, thunder, water and old records. Peaks are about 1."""

from collections.abc import Callable

import numpy as np
import scipy.fft

from .spectrogram import SAMPLE_RATE


def _filtered(rng: np.random.Generator, length: int, gain: Callable) -> np.ndarray:
    """White noise through a gain over frequencies in Hz; circular."""
    spectrum = scipy.fft.rfft(rng.standard_normal(length).astype(np.float32))
    freqs = scipy.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    wave = scipy.fft.irfft(spectrum * gain(freqs), length)
    return (wave / (np.abs(wave).max() + 1e-9)).astype(np.float32)


def _band(low: float, high: float) -> Callable:
    return lambda f: 1 / np.sqrt((1 + (low / np.maximum(f, 1)) ** 4) * (1 + (f / high) ** 4))


def _slow(rng: np.random.Generator, length: int, turns: int) -> np.ndarray:
    """A smooth circular curve in 0..1 with a few turns per loop."""
    phase = 2 * np.pi * np.arange(length) / length
    curve = sum(
        rng.uniform(0.3, 1) * np.sin(k * phase + rng.uniform(0, 6.3)) for k in range(1, turns + 1)
    )
    curve = curve - curve.min()
    return (curve / (curve.max() + 1e-9)).astype(np.float32)


def _pops(rng: np.random.Generator, length: int, count: int, decay: float) -> np.ndarray:
    """Random impulses with exponential tails; ``decay`` in seconds."""
    impulses = np.zeros(length, np.float32)
    np.add.at(impulses, rng.integers(length, size=count), rng.exponential(0.3, count))
    tail = np.exp(-np.arange(length) / (decay * SAMPLE_RATE)).astype(np.float32)
    noise = rng.standard_normal(length).astype(np.float32)
    wave = scipy.fft.irfft(scipy.fft.rfft(impulses) * scipy.fft.rfft(tail * noise), length)
    return (wave / (np.abs(wave).max() + 1e-9)).astype(np.float32)


def rain(rng: np.random.Generator, length: int) -> np.ndarray:
    steady = _filtered(rng, length, _band(900, 8000))
    return 0.5 * steady + 0.5 * _pops(rng, length, 500, 0.004)


def wind(rng: np.random.Generator, length: int) -> np.ndarray:
    low, high = _filtered(rng, length, _band(150, 450)), _filtered(rng, length, _band(500, 900))
    gust = _slow(rng, length, 3)
    return low * (0.3 + 0.7 * gust) + 0.6 * high * gust**2


def fire(rng: np.random.Generator, length: int) -> np.ndarray:
    rumble = _filtered(rng, length, _band(60, 400))
    return 0.3 * rumble + 0.8 * _pops(rng, length, 60, 0.003)


def storm(rng: np.random.Generator, length: int) -> np.ndarray:
    thunder = _filtered(rng, length, _band(30, 140)) * _slow(rng, length, 4) ** 3
    return 0.35 * rain(rng, length) + 1.2 * thunder


def water(rng: np.random.Generator, length: int) -> np.ndarray:
    """Drops: short sine chirps."""
    out = np.zeros(length, np.float32)
    t = np.arange(round(0.12 * SAMPLE_RATE)) / SAMPLE_RATE
    for _ in range(14):
        hertz = rng.uniform(500, 1800)
        drop = np.sin(2 * np.pi * (hertz + 2500 * t) * t) * np.exp(-t / 0.025)
        start = int(rng.integers(length))
        out[(start + np.arange(len(t))) % length] += rng.uniform(0.3, 1) * drop
    return out + 0.08 * _filtered(rng, length, _band(300, 2500))


def vinyl(rng: np.random.Generator, length: int) -> np.ndarray:
    """Crackle and hiss."""
    hiss = _filtered(rng, length, _band(1500, 7000))
    return 0.05 * hiss + 0.25 * _pops(rng, length, 90, 0.0008)


NOISE_MAKERS: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "rain": rain, "wind": wind, "fire": fire, "storm": storm, "water": water,
}  # fmt: skip
