"""Fit the PCA codec on the pictures of the codec split."""

from pathlib import Path

import numpy as np

from .codec import CHANNELS, Codec, psnr
from .dataset import read_split
from .spectrogram import to_sample

_HELD_OUT = 60


def fit_codec(root: Path) -> None:
    """Write ``codec.npz`` and print the fidelity on pictures it was not fitted on."""
    samples = to_sample(read_split(root, "codec", "pictures"))
    codec = Codec.fit(samples[:-_HELD_OUT] if len(samples) > 2 * _HELD_OUT else samples)
    codec.save(root / "codec.npz")
    held_out = samples[-_HELD_OUT:]
    latents = codec.encode(held_out)
    spread = latents.std((0, 2, 3))
    print(f"channels {CHANNELS}: {psnr(held_out, codec.decode(latents)):.2f} dB held out")
    print("channel std", np.round(spread, 2), f"overall {latents.std():.3f}")
