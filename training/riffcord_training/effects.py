"""Mix effects on looping waveforms; every one of them keeps the loop seamless."""

import numpy as np
import scipy.fft

from .spectrogram import SAMPLE_RATE


def drive(wave: np.ndarray, amount: float) -> np.ndarray:
    """Soft clipping; amount 0..1 maps to 0..20 dB of gain into a tanh."""
    level = np.abs(wave).max() + 1e-9
    gain = 10.0**amount
    return np.tanh(gain * wave / level) * level / np.tanh(gain)


def equalise(wave: np.ndarray, tilt_db: float, lowpass: float) -> np.ndarray:
    """Spectral tilt in dB per decade around 1 kHz and a gentle low-pass (0 off, 1 about 2 kHz)."""
    spectrum = scipy.fft.rfft(wave)
    freqs = np.maximum(scipy.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE), 20.0)
    gain = 10.0 ** (tilt_db * np.log10(freqs / 1000.0) / 20.0)
    if lowpass > 0:
        cutoff = 10_000.0 * 0.2 ** min(lowpass, 1.2)
        gain /= np.sqrt(1.0 + (freqs / cutoff) ** 4)
    return scipy.fft.irfft(spectrum * gain, len(wave)).astype(np.float32)


def pump(wave: np.ndarray, beats: int, depth: float) -> np.ndarray:
    """Side-chain style ducking on every beat."""
    phase = (np.arange(len(wave)) * beats / len(wave)) % 1.0
    return wave * (1.0 - min(depth, 0.9) * np.exp(-4.0 * phase)).astype(np.float32)


def sweep(mel: np.ndarray, amount: float) -> np.ndarray:
    """A low-pass that closes and opens once per loop, applied to (bins, columns) magnitudes."""
    bins, columns = mel.shape
    opening = 0.5 + 0.5 * np.cos(2 * np.pi * np.arange(columns) / columns)
    cutoff = bins * (1.0 - 0.6 * min(amount, 1.0) * opening)
    above = np.maximum(0.0, np.arange(bins)[:, None] - cutoff[None]) / bins
    return mel * np.exp(-12.0 * above).astype(np.float32)


def apply_wave_effects(wave: np.ndarray, mix: dict[str, float], beats: int) -> np.ndarray:
    """All waveform effects a piece's mix asks for, in a fixed order."""
    if mix.get("drive", 0.0) > 0:
        wave = drive(wave, mix["drive"])
    wave = equalise(wave, mix["tilt_db"], mix.get("lowpass", 0.0))
    if mix.get("pump", 0.0) > 0:
        wave = pump(wave, beats, mix["pump"])
    return wave
