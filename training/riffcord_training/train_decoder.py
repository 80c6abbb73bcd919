"""Train the decoder's CNN to repair what the linear codec loses."""

import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .averages import Ema
from .codec import PATCH_COLUMNS, Codec
from .dataset import read_array, shard_paths
from .decoder import Decoder, Encoder
from .spectrogram import to_sample

_CROP, _MARGIN = 8, 1


@dataclass(frozen=True)
class DecoderOptions:
    """``seconds`` is the length of the schedule over all resumed runs."""

    seconds: float
    device: str = "cpu"
    seed: int = 0
    batch: int = 8
    learning_rate: float = 1e-3
    noise: float = 0.1
    report_every: float = 60.0


def picture_loss(result: Tensor, target: Tensor) -> Tensor:
    """L1 on pixels plus half the L1 on differences between neighbours in both directions."""
    error = result - target
    slopes = error.diff(dim=-1).abs().mean() + error.diff(dim=-2).abs().mean()
    return error.abs().mean() + 0.5 * slopes


def decibels(result: Tensor, target: Tensor) -> float:
    """PSNR of samples in [-1, 1]."""
    error = (result.clamp(-1, 1) - target).square().mean().item() / 4.0
    return -10.0 * math.log10(error)


def _read_pictures(root: Path, split: str) -> np.ndarray:
    return np.concatenate([read_array(p, "pictures") for p in shard_paths(root, split)])


def validate(encoder: Encoder, decoder: Decoder, pictures: Tensor) -> tuple[float, float]:
    """PSNR of the linear inverse and of the decoder, dB."""
    with torch.no_grad():
        latents = encoder(pictures)
        parts = [decoder(latents[i : i + 4]) for i in range(0, len(latents), 4)]
        return decibels(decoder.linear(latents), pictures), decibels(torch.cat(parts), pictures)


def _crop_batch(pictures: np.ndarray, size: int, rng: np.random.Generator, device: str) -> Tensor:
    """Random circular crops of _CROP latent columns, (size, 1, 512, _CROP * 32)."""
    out = []
    for index in rng.integers(len(pictures), size=size):
        shift = int(rng.integers(512 // PATCH_COLUMNS)) * PATCH_COLUMNS
        out.append(np.roll(pictures[index], -shift, 1)[:, : _CROP * PATCH_COLUMNS])
    return torch.from_numpy(to_sample(np.stack(out))[:, None]).to(device)


def train_decoder(root: Path, options: DecoderOptions) -> None:
    """Start or resume; the checkpoint is ``decoder.pt``."""
    torch.manual_seed(options.seed)
    codec = Codec.load(root / "codec.npz")
    encoder, decoder = Encoder(codec).to(options.device), Decoder(codec).to(options.device)
    optimizer = torch.optim.AdamW(decoder.parameters(), lr=options.learning_rate, fused=True)
    ema, elapsed, step, path = Ema(decoder, 0.998), 0.0, 0, root / "decoder.pt"
    if path.exists():
        state = torch.load(path, map_location=options.device, weights_only=True)
        decoder.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        for average, (name, _) in zip(ema.average, decoder.named_parameters()):
            average.copy_(state["ema"][name])
        elapsed, step, ema.steps = state["elapsed"], state["step"], state["step"]

    def save() -> None:
        averaged = dict(decoder.state_dict())
        names = [name for name, _ in decoder.named_parameters()]
        averaged.update(zip(names, ema.average))
        state = {
            "model": decoder.state_dict(), "ema": averaged, "step": step, "elapsed": elapsed,
            "optimizer": optimizer.state_dict(),
        }  # fmt: skip
        torch.save(state, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    pictures = _read_pictures(root, "train")
    held_out = to_sample(_read_pictures(root, "val")[:24])[:, None]
    held_out = torch.from_numpy(held_out).to(options.device)
    rng = np.random.default_rng(options.seed + step)
    inner = slice(_MARGIN * PATCH_COLUMNS, -_MARGIN * PATCH_COLUMNS)
    last = reported = time.time()
    while elapsed < options.seconds:
        decay = 0.5 + 0.5 * math.cos(math.pi * min(1.0, elapsed / options.seconds))
        rate = options.learning_rate * min(1.0, (step + 1) / 50) * decay + 1e-5
        for group in optimizer.param_groups:
            group["lr"] = rate
        target = _crop_batch(pictures, options.batch, rng, options.device)
        with torch.no_grad():
            latents = encoder(target)
            spread = options.noise * torch.rand(len(latents), 1, 1, 1, device=latents.device)
            latents = latents + spread * torch.randn_like(latents)
        with torch.autocast(latents.device.type, torch.bfloat16):
            result = decoder(latents)
        loss = picture_loss(result.float()[..., inner], target[..., inner])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimizer.step()
        ema.update()
        step += 1
        now = time.time()
        elapsed, last = elapsed + now - last, now
        if now - reported > options.report_every or elapsed >= options.seconds:
            reported = now
            ema.swap()
            linear, full = validate(encoder, decoder, held_out)
            ema.swap()
            print(
                f"{elapsed:.0f} s step {step} loss {loss.item():.4f} "
                f"linear {linear:.2f} dB decoder {full:.2f} dB",
                flush=True,
            )
            save()
