"""Pictures of circular clips: 512 HTK mel bins, 10 ms columns, white = silence, high notes on top."""

import numpy as np
import scipy.fft
import scipy.sparse

SAMPLE_RATE = 24_000
HOP, WINDOW, PADDED = 240, 2_400, 9_600
BINS, COLUMNS = 512, 512
MAX_HZ = 10_000.0
POWER = 0.25


def mel_filters() -> np.ndarray:
    """Triangular HTK mel filters with peak 1, (BINS, PADDED // 2 + 1)."""

    def to_mel(hz):
        return 2595.0 * np.log10(1.0 + np.asarray(hz) / 700.0)

    points = np.linspace(to_mel(0.0), to_mel(MAX_HZ), BINS + 2)
    edges = 700.0 * (10.0 ** (points / 2595.0) - 1.0)
    freqs = np.linspace(0, SAMPLE_RATE / 2, PADDED // 2 + 1)
    rising = (freqs[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - freqs[None]) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)


class Spectrogram:
    """Mel magnitudes of waveforms that repeat seamlessly."""

    def __init__(self) -> None:
        filters = mel_filters()
        self._used = int(np.nonzero(filters.sum(0))[0].max()) + 1
        self._filters = scipy.sparse.csr_matrix(filters[:, : self._used])
        phase = 2 * np.pi * np.arange(WINDOW) / WINDOW
        self._window = (0.5 - 0.5 * np.cos(phase)).astype(np.float32)

    def mel(self, wave: np.ndarray) -> np.ndarray:
        """(samples,) -> (BINS, samples // HOP); the signal is taken as periodic."""
        half = WINDOW // 2
        padded = np.concatenate([wave[-half:], wave, wave[:half]]).astype(np.float32)
        stride = padded.strides[0]
        frames = np.lib.stride_tricks.as_strided(
            padded, (len(wave) // HOP, WINDOW), (stride * HOP, stride)
        )
        spectrum = scipy.fft.rfft(frames * self._window, PADDED, axis=1)[:, : self._used]
        return self._filters @ np.abs(spectrum).T


def picture_from_mel(mel: np.ndarray) -> np.ndarray:
    """(BINS, columns) magnitudes -> uint8 picture; row 0 is the highest bin, 255 is silence."""
    level = (mel / max(float(mel.max()), 1e-9)) ** POWER
    return np.floor(255.0 - 255.0 * level[::-1]).astype(np.uint8)


def to_sample(picture: np.ndarray) -> np.ndarray:
    """uint8 picture -> float32 in [-1, 1] (+1 = silence)."""
    return picture.astype(np.float32) / 127.5 - 1.0


def thumbnail(picture: np.ndarray) -> np.ndarray:
    """(512, width) -> (256, width / 4) by averaging, for the judge."""
    blocks = picture.reshape(256, 2, picture.shape[1] // 4, 4).astype(np.float32)
    return np.round(blocks.mean((1, 3))).astype(np.uint8)
