"""Fit the PCA codec on the pictures of the codec split."""

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

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


def codec_of_model(folder: Path) -> Codec:
    """The codec of an exported model, read from its encoder graph.

    A model that keeps the codec of another can start from its decoder and denoiser.
    """
    graph = onnx.load(folder / "vae_encoder" / "model.onnx").graph
    arrays = [numpy_helper.to_array(tensor) for tensor in graph.initializer]
    constants = [n.attribute[0].t for n in graph.node if n.op_type == "Constant"]
    arrays += [numpy_helper.to_array(tensor) for tensor in constants]
    kernel = next(a for a in arrays if a.ndim == 4 and a.shape[1] == 1 and a.shape[2] > 1)
    offset = next(a for a in arrays if a.ndim == 4 and a.shape[0] == 1 and a.shape[3] == 1)
    return Codec.from_kernel(kernel, offset)
