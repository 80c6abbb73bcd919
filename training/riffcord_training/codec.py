"""Fixed patch-PCA codec: 16 x 32 pixel patches <-> C ordered latent channels of about unit scale."""

from pathlib import Path

import numpy as np

PATCH_ROWS, PATCH_COLUMNS = 16, 32
GRID_ROWS = 32
CHANNELS = 48


def patches(samples: np.ndarray) -> np.ndarray:
    """(n, 512, width) -> (n, 32, width / 32, 512) flattened patches."""
    n, height, width = samples.shape
    split = samples.reshape(
        n, height // PATCH_ROWS, PATCH_ROWS, width // PATCH_COLUMNS, PATCH_COLUMNS
    )
    return split.transpose(0, 1, 3, 2, 4).reshape(n, GRID_ROWS, width // PATCH_COLUMNS, -1)


def unpatch(flat: np.ndarray) -> np.ndarray:
    """Inverse of :func:`patches`."""
    n, rows, columns, _ = flat.shape
    split = flat.reshape(n, rows, columns, PATCH_ROWS, PATCH_COLUMNS).transpose(0, 1, 3, 2, 4)
    return split.reshape(n, rows * PATCH_ROWS, columns * PATCH_COLUMNS)


class Codec:
    """``basis`` (512, C) orthonormal, ``scale`` (C,), ``row_mean`` (C, 32) in PCA coordinates.

    A channel is divided by the square root of its standard deviation, so the latent keeps the
    order of importance (coarse channels larger) without the full spread of the PCA spectrum.
    """

    def __init__(self, basis: np.ndarray, scale: np.ndarray, row_mean: np.ndarray) -> None:
        self.basis, self.scale, self.row_mean = basis, scale, row_mean

    @classmethod
    def fit(cls, samples: np.ndarray, channels: int = CHANNELS) -> "Codec":
        """Fit on samples (n, 512, 512) in [-1, 1]."""
        flat = patches(samples)
        row_patch = flat.mean((0, 2))
        centred = (flat - row_patch[None, :, None]).reshape(-1, flat.shape[-1])
        values, vectors = np.linalg.eigh(np.cov(centred.T))
        basis = vectors[:, ::-1][:, :channels].astype(np.float32)
        deviation = np.sqrt(values[::-1][:channels])
        scale = np.sqrt(deviation)
        scale *= np.sqrt(np.mean((deviation / scale) ** 2))
        return cls(basis, scale.astype(np.float32), (row_patch @ basis).T.astype(np.float32))

    def encode(self, samples: np.ndarray) -> np.ndarray:
        """(n, 512, width) -> latents (n, C, 32, width / 32), float32."""
        coefficients = (patches(samples) @ self.basis).transpose(0, 3, 1, 2)
        return (coefficients - self.row_mean[None, :, :, None]) / self.scale[None, :, None, None]

    def decode(self, latents: np.ndarray) -> np.ndarray:
        """Linear inverse of :meth:`encode` (what the CNN decoder starts from)."""
        raw = latents * self.scale[None, :, None, None] + self.row_mean[None, :, :, None]
        return unpatch(raw.transpose(0, 2, 3, 1) @ self.basis.T)

    def save(self, path: Path) -> None:
        np.savez(path, basis=self.basis, scale=self.scale, row_mean=self.row_mean)

    @classmethod
    def from_kernel(cls, kernel: np.ndarray, offset: np.ndarray) -> "Codec":
        """The codec behind an exported encoder: kernel (C, 1, 16, 32), offset (1, C, 32, 1)."""
        rows = kernel.reshape(len(kernel), -1).astype(np.float64)
        scale = 1.0 / np.linalg.norm(rows, axis=1)
        row_mean = offset[0, :, :, 0] * scale[:, None]
        basis = (rows * scale[:, None]).T
        return cls(*(x.astype(np.float32) for x in (basis, scale, row_mean)))

    @classmethod
    def load(cls, path: Path) -> "Codec":
        data = np.load(path)
        return cls(data["basis"], data["scale"], data["row_mean"])


def psnr(samples: np.ndarray, other: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB of pictures in [-1, 1]."""
    error = np.mean((np.clip(samples, -1, 1) - np.clip(other, -1, 1)) ** 2) / 4.0
    return float(-10.0 * np.log10(error))
