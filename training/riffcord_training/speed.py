"""How many clips per second the denoiser trains on here, for each size and way of running."""

import time

import torch

from .codec import CHANNELS, GRID_ROWS
from .composer.performance import COLUMNS
from .model import KNOWN_CHANNELS, SCORE_WIDTH, SIZES, Denoiser
from .objective import losses
from .pool import Batch
from .text import MAX_WORDS, WIDTH


def _batch(size: int, device: str) -> Batch:
    return Batch(
        torch.randn(size, CHANNELS, GRID_ROWS, COLUMNS, device=device),
        torch.zeros(size, COLUMNS, SCORE_WIDTH, device=device),
        torch.zeros(size, 8, dtype=torch.long, device=device),
        torch.tensor([[8.0, 4.0]], device=device).repeat(size, 1),
    )


def clips_per_second(name: str, batch: int, device: str, compiled: bool, steps: int) -> float:
    """Forward, backward and optimiser; the first steps (compiling, warming up) do not count."""
    model = Denoiser(SIZES[name]).to(device)
    if compiled:
        model.unet.features = torch.compile(model.unet.features)
    optimizer = torch.optim.AdamW(model.parameters(), fused=True)
    data = _batch(batch, device)
    text = torch.randn(batch, MAX_WORDS, WIDTH, device=device)
    known = torch.zeros(batch, KNOWN_CHANNELS, GRID_ROWS, COLUMNS, device=device)
    start = 0.0
    for step in range(steps + 2):
        if step == 2:
            start = _now(device)
        noise, t = torch.randn_like(data.latents), torch.rand(batch, device=device)
        flow, score = losses(model, data, text, known, t, noise)
        optimizer.zero_grad(set_to_none=True)
        (flow.mean() + score.mean()).backward()
        optimizer.step()
    return steps * batch / (_now(device) - start)


def _now(device: str) -> float:
    if device == "cuda":
        torch.cuda.synchronize()
    return time.time()


def print_speeds(device: str) -> None:
    """One line per way; a way that fails says so and the others go on."""
    ways = [(16, False)] if device == "cpu" else [(256, False), (1024, False), (1024, True)]
    for name in ("small",) if device == "cpu" else ("small", "base"):
        for batch, compiled in ways:
            label = f"{name} batch {batch}{' compiled' if compiled else ''}"
            try:
                speed = clips_per_second(name, batch, device, compiled, 2 if device == "cpu" else 8)
                print(f"{label}: {speed:.1f} clips/s", flush=True)
            except RuntimeError as error:
                print(f"{label}: {type(error).__name__}: {str(error)[:300]}", flush=True)
