"""Mix effects on looping waveforms; every one of them keeps the loop seamless."""

import numpy as np
import scipy.fft

from .ambience import NOISE_MAKERS, vinyl
from .spectrogram import SAMPLE_RATE

#: Below this peak a wave counts as silent.
_SILENCE = 1e-3


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


def tremolo(wave: np.ndarray, beats: int, depth: float) -> np.ndarray:
    """Volume that pulsates four times per beat."""
    phase = np.cos(2 * np.pi * 4 * beats * np.arange(len(wave)) / len(wave))
    return wave * (1.0 - 0.45 * min(depth * 1.5, 1.0) * (1.0 - phase)).astype(np.float32)


def echo(wave: np.ndarray, beats: int, amount: float) -> np.ndarray:
    """Repeats three quarters of a beat apart, each of them duller than the one before."""
    delay, level = round(0.75 * len(wave) / beats), min(0.65 * amount, 0.65)
    out, repeat = wave.copy(), wave
    for k in range(1, 6):
        repeat = 0.6 * repeat + 0.4 * np.roll(repeat, 1)
        out += level**k * np.roll(repeat, k * delay)
    return out


def room(wave: np.ndarray, amount: float) -> np.ndarray:
    """A large room: circular convolution with decaying noise, 1.2 to 3 s long."""
    rng = np.random.default_rng(1)
    seconds = 1.2 + 1.8 * min(amount, 1.0)
    t = np.arange(len(wave)) / SAMPLE_RATE
    tail = rng.standard_normal(len(wave)).astype(np.float32) * np.exp(-6.9 * t / seconds)
    tail[: round(0.02 * SAMPLE_RATE)] = 0.0
    tail /= np.sqrt(np.square(tail).sum())
    spectrum = scipy.fft.rfft(wave) * scipy.fft.rfft(tail.astype(np.float32))
    wet = scipy.fft.irfft(spectrum, len(wave)).astype(np.float32)
    return (1 - 0.4 * amount) * wave + 0.6 * amount * wet


def _warp(wave: np.ndarray, delay: np.ndarray) -> np.ndarray:
    """Read the loop at a delay in samples that varies over time."""
    at = np.arange(len(wave)) - delay
    low = np.floor(at).astype(np.int64)
    part = (at - low).astype(np.float32)
    return wave[low % len(wave)] * (1 - part) + wave[(low + 1) % len(wave)] * part


def chorus(wave: np.ndarray, amount: float) -> np.ndarray:
    """Two copies whose delays swing a few milliseconds."""
    phase = 2 * np.pi * np.arange(len(wave)) / len(wave)
    out = wave
    for turns, base in ((3, 0.014), (5, 0.021)):
        delay = SAMPLE_RATE * (base + 0.003 * np.sin(turns * phase))
        out = out + 0.6 * amount * _warp(wave, delay)
    return out


def wow(wave: np.ndarray, amount: float) -> np.ndarray:
    """Tape that speeds up and slows down."""
    phase = 2 * np.pi * np.arange(len(wave)) / len(wave)
    delay = SAMPLE_RATE * 0.008 * amount * (np.sin(4 * phase) + 0.3 * np.sin(11 * phase))
    return _warp(wave, delay)


def crush(wave: np.ndarray, amount: float) -> np.ndarray:
    """Fewer samples and fewer levels."""
    hold = 1 + round(5 * min(amount, 1.0))
    held = np.repeat(wave[::hold], hold)[: len(wave)]
    step = np.abs(wave).max() / (40 - 30 * min(amount, 1.0)) + 1e-9
    return (np.round(held / step) * step).astype(np.float32)


def sweep(mel: np.ndarray, amount: float) -> np.ndarray:
    """A low-pass that closes and opens once per loop, applied to (bins, columns) magnitudes."""
    columns = mel.shape[1]
    opening = 0.5 + 0.5 * np.cos(2 * np.pi * np.arange(columns) / columns)
    return _lowpass_mel(mel, 1.0 - 0.6 * min(amount, 1.0) * opening)


def rise(mel: np.ndarray, amount: float) -> np.ndarray:
    """A low-pass that opens towards the loop point."""
    columns = mel.shape[1]
    return _lowpass_mel(mel, 1.0 - 0.65 * min(amount, 1.0) * (1 - np.arange(columns) / columns))


def _lowpass_mel(mel: np.ndarray, share: np.ndarray) -> np.ndarray:
    bins = mel.shape[0]
    above = np.maximum(0.0, np.arange(bins)[:, None] - bins * share[None]) / bins
    return mel * np.exp(-12.0 * above).astype(np.float32)


def apply_wave_effects(
    wave: np.ndarray, mix: dict[str, float], beats: int, seed: int
) -> np.ndarray:
    """All waveform effects a piece's mix asks for, in a fixed order."""
    if mix.get("drive", 0.0) > 0:
        wave = drive(wave, mix["drive"])
    if mix.get("crush", 0.0) > 0:
        wave = crush(wave, mix["crush"])
    if mix.get("wow", 0.0) > 0:
        wave = wow(wave, mix["wow"])
    if mix.get("chorus", 0.0) > 0:
        wave = chorus(wave, mix["chorus"])
    if mix.get("tremolo", 0.0) > 0:
        wave = tremolo(wave, beats, mix["tremolo"])
    if mix.get("echo", 0.0) > 0:
        wave = echo(wave, beats, mix["echo"])
    if mix.get("room", 0.0) > 0:
        wave = room(wave, mix["room"])
    wave = equalise(wave, mix["tilt_db"], mix.get("lowpass", 0.0))
    if mix.get("pump", 0.0) > 0:
        wave = pump(wave, beats, mix["pump"])
    return _with_noises(wave, mix, seed)


def _with_noises(wave: np.ndarray, mix: dict[str, float], seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    peak = float(np.abs(wave).max())
    level = peak if peak > _SILENCE else 0.5
    for name, maker in NOISE_MAKERS.items():
        if mix.get(name, 0.0) > 0:
            wave = wave + level * mix[name] * 0.5 * maker(rng, len(wave))
    if mix.get("vinyl", 0.0) > 0:
        wave = wave + level * mix["vinyl"] * vinyl(rng, len(wave))
    return wave.astype(np.float32)
