"""Building blocks shared by the denoiser and the decoder."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .composer.performance import COLUMN_SECONDS


class CircularConv(nn.Module):
    """k x k convolution: circular along time (last axis), zero padded along frequency."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.pad = kernel // 2
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding=(self.pad, 0))

    def forward(self, x: Tensor) -> Tensor:
        if self.pad:
            x = torch.cat([x[..., -self.pad :], x, x[..., : self.pad]], -1)
        return self.conv(x)


class ResBlock(nn.Module):
    """Pre-norm residual block; an optional embedding scales and shifts the second norm."""

    def __init__(self, channels: int, embedding: int = 0) -> None:
        super().__init__()
        groups = channels // 8
        self.norm1, self.norm2 = nn.GroupNorm(groups, channels), nn.GroupNorm(groups, channels)
        self.conv1, self.conv2 = CircularConv(channels, channels), CircularConv(channels, channels)
        nn.init.zeros_(self.conv2.conv.weight)
        nn.init.zeros_(self.conv2.conv.bias)
        self.modulation = nn.Linear(embedding, 2 * channels) if embedding else None
        if self.modulation is not None:
            nn.init.zeros_(self.modulation.weight)
            nn.init.zeros_(self.modulation.bias)

    def forward(self, x: Tensor, embedding: Tensor | None = None) -> Tensor:
        h = self.norm2(self.conv1(F.silu(self.norm1(x))))
        if self.modulation is not None:
            scale, shift = self.modulation(embedding)[:, :, None, None].chunk(2, 1)
            h = h * (1 + scale) + shift
        return x + self.conv2(F.silu(h))


class RMSNorm(nn.Module):
    """Root-mean-square norm over the last axis; a zero vector stays zero."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.ones(size))

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6) * self.gain


def time_features(timestep: Tensor, size: int) -> Tensor:
    """Sinusoidal features of timesteps in 0..1000, (batch,) -> (batch, size)."""
    steps = torch.arange(size // 2, device=timestep.device, dtype=torch.float32)
    angles = timestep[:, None].float() * torch.exp(-math.log(1e4) * steps / (size // 2))[None]
    return torch.cat([angles.cos(), angles.sin()], -1)


def rotary_angles(x: Tensor, head: int) -> tuple[Tensor, Tensor]:
    """cos and sin, (rows * columns, head / 2), for a feature map (batch, d, rows, columns).

    A quarter of the head rotates with the row, a quarter with the column. Column frequencies are
    whole numbers of turns per clip, so attention is exactly circular in time; they are the ones
    nearest to 1, 2, ... turns per four columns, so time distances mean the same in any width.
    """
    quarter = head // 4
    rows = torch.ones_like(x[0, 0, :, 0], dtype=torch.float32).cumsum(0) - 1
    columns = torch.ones_like(x[0, 0, 0, :], dtype=torch.float32).cumsum(0) - 1
    index = torch.arange(quarter, device=x.device, dtype=torch.float32)
    row_angles = rows[:, None] * (100.0 ** (-index / quarter))[None]
    width = columns[-1] + 1
    turns = torch.round((index % 2 + 1) * width / 4)
    column_angles = columns[:, None] * (turns * (2 * math.pi) / width)[None]
    shape = (rows.shape[0], columns.shape[0], quarter)
    both = [row_angles[:, None].expand(shape), column_angles[None].expand(shape)]
    angles = torch.cat(both, -1).flatten(0, 1)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, angles: tuple[Tensor, Tensor]) -> Tensor:
    """Rotate pairs (first half, second half) of the last axis."""
    cos, sin = angles
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


_PULSES = 8
_PULSE_SECONDS = 0.03
#: Planes of :func:`rhythm_planes`: 8 moments per column, for beats and for bars.
RHYTHM_PLANES = 2 * _PULSES


def rhythm_planes(rhythm: Tensor, sample: Tensor) -> Tensor:
    """Where beats and bars begin, (batch, RHYTHM_PLANES, 1, columns), 0 where no rhythm is given.

    Every column is looked at 8 times (each 40 ms); the value falls from 1 at a beat to 0 within
    30 ms or so. ``rhythm`` (batch, 2) counts beats per clip and per bar.
    """
    columns = torch.ones_like(sample[0, 0, 0, :], dtype=torch.float32).cumsum(0) - 1
    moments = (torch.arange(_PULSES, device=sample.device, dtype=torch.float32) + 0.5) / _PULSES
    width = columns[-1] + 1
    place = (columns[None, :] + moments[:, None]) / width
    beats = rhythm[:, :1].float()
    bars = beats / rhythm[:, 1:].float().clamp(min=1.0)
    given = (beats > 0).to(torch.float32)[..., None]
    planes = []
    for count in (beats, bars):
        phase = place[None] * count[..., None]
        gap = (phase - torch.round(phase)).abs() * width * COLUMN_SECONDS
        seconds = gap / count[..., None].clamp(min=1e-3)
        planes.append(given * torch.exp(-(seconds / _PULSE_SECONDS).square()))
    return torch.cat(planes, 1)[:, :, None].to(sample.dtype)
