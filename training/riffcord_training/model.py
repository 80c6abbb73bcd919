"""The denoiser: a time-circular U-Net over 32 x 16 latents with transformer blocks at the bottom."""

import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .codec import CHANNELS, GRID_ROWS
from .composer.piece import SCORE_COLUMNS, SCORE_DRUMS, SCORE_FAMILIES, SCORE_PITCHES
from .layers import CircularConv, ResBlock, RMSNorm, rotary_angles, rotate, time_features
from .text import WIDTH as TEXT_WIDTH
from .text import TextEncoder

EMBEDDING = 256
SCORE_WIDTH = SCORE_PITCHES + SCORE_DRUMS + SCORE_FAMILIES
_HEAD = 64


class Block(nn.Module):
    """Transformer block: grid positions attend to each other and to the caption's tokens.

    Text keys are scored with the unrotated query; only grid keys carry positions.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.heads = width // _HEAD
        self.norm1 = nn.LayerNorm(width, elementwise_affine=False)
        self.norm2 = nn.LayerNorm(width, elementwise_affine=False)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.text = nn.Linear(TEXT_WIDTH, 2 * width, bias=False)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.query_norm, self.key_norm = RMSNorm(_HEAD), RMSNorm(_HEAD)
        self.offset = nn.Parameter(torch.zeros(6 * width))

    def forward(self, x: Tensor, modulation: Tensor, text: Tensor, angles) -> Tensor:
        batch, positions, width = x.shape
        m = (modulation + self.offset).view(batch, 1, 6, width).unbind(2)
        h = self.norm1(x) * (1 + m[0]) + m[1]
        q, k, v = self.qkv(h).view(batch, positions, 3, self.heads, _HEAD).permute(2, 0, 3, 1, 4)
        tk, tv = self.text(text).view(batch, -1, 2, self.heads, _HEAD).permute(2, 0, 3, 1, 4)
        q, k = self.query_norm(q), self.key_norm(k)
        grid = rotate(q, angles) @ rotate(k, angles).transpose(-1, -2)
        words = q @ self.key_norm(tk).transpose(-1, -2)
        weights = (torch.cat([grid, words], -1) * _HEAD**-0.5).softmax(-1).to(v.dtype)
        mixed = (weights @ torch.cat([v, tv], 2)).transpose(1, 2).reshape(batch, positions, width)
        x = x + m[2] * self.out(mixed)
        h = self.norm2(x) * (1 + m[3]) + m[4]
        return x + m[5] * self.down(F.gelu(self.up(h), approximate="tanh"))


class UNet(nn.Module):
    """Velocity (noise - data) of a noisy latent (batch, C, 32, width), width a multiple of 4."""

    def __init__(self, widths: tuple[int, ...] = (128, 256, 384), blocks: int = 4) -> None:
        super().__init__()
        bottom = widths[-1]
        self.time = nn.Sequential(
            nn.Linear(256, EMBEDDING), nn.SiLU(), nn.Linear(EMBEDDING, EMBEDDING)
        )
        self.pool_norm, self.pool = RMSNorm(TEXT_WIDTH), nn.Linear(TEXT_WIDTH, EMBEDDING)
        self.enter = CircularConv(CHANNELS, widths[0])
        self.enter_rows = nn.Parameter(torch.zeros(1, widths[0], GRID_ROWS, 1))
        self.down_blocks = nn.ModuleList([ResBlock(w, EMBEDDING) for w in widths])
        self.up_blocks = nn.ModuleList([ResBlock(w, EMBEDDING) for w in widths])
        pairs = list(itertools.pairwise(widths))
        self.shrink = nn.ModuleList([CircularConv(a, b, 3, 2) for a, b in pairs])
        self.grow = nn.ModuleList([nn.Conv2d(b, a, 1) for a, b in pairs])
        self.fuse = nn.ModuleList([nn.Conv2d(2 * w, w, 1) for w in widths])
        self.bottom_rows = nn.Parameter(torch.zeros(1, bottom, GRID_ROWS >> len(pairs), 1))
        self.modulation = nn.Linear(EMBEDDING, 6 * bottom)
        self.blocks = nn.ModuleList([Block(bottom) for _ in range(blocks)])
        self.leave_norm = nn.GroupNorm(widths[0] // 16, widths[0])
        self.leave = CircularConv(widths[0], CHANNELS)
        self._initialise(bottom)

    def _initialise(self, bottom: int) -> None:
        """Residual gates start half open, the output at zero."""
        nn.init.zeros_(self.modulation.weight)
        with torch.no_grad():
            bias = self.modulation.bias.zero_().view(6, bottom)
            bias[2].fill_(0.5)
            bias[5].fill_(0.5)
        nn.init.zeros_(self.leave.conv.weight)
        nn.init.zeros_(self.leave.conv.bias)

    def forward(self, sample: Tensor, timestep: Tensor, text: Tensor) -> Tensor:
        return self.features(sample, timestep, text)[0]

    def features(self, sample: Tensor, timestep: Tensor, text: Tensor) -> tuple[Tensor, Tensor]:
        """(velocity, bottom features (batch, positions, bottom width))."""
        pooled = self.pool(self.pool_norm(text.sum(1)))
        embedding = F.silu(self.time(time_features(timestep, 256)) + pooled)
        h = self.enter(sample) + self.enter_rows
        skips = []
        for i, block in enumerate(self.down_blocks):
            h = block(h, embedding)
            skips.append(h)
            if i < len(self.shrink):
                h = self.shrink[i](h)
        h = h + self.bottom_rows
        angles = rotary_angles(h, _HEAD)
        modulation = self.modulation(embedding)
        tokens = h.flatten(2).transpose(1, 2)
        for block in self.blocks:
            tokens = block(tokens, modulation, text, angles)
        h = tokens.transpose(1, 2).reshape(h.shape)
        for i in reversed(range(len(self.up_blocks))):
            if i < len(self.grow):
                h = F.interpolate(self.grow[i](h), scale_factor=2.0, mode="nearest")
            h = self.up_blocks[i](self.fuse[i](torch.cat([h, skips[i]], 1)), embedding)
        return self.leave(F.silu(self.leave_norm(h))), tokens


class ScoreHead(nn.Module):
    """Training only: reads the score (16 columns x SCORE_WIDTH logits) off the bottom features."""

    def __init__(self, bottom: int = 384, rows: int = 8, columns: int = 4) -> None:
        super().__init__()
        self.rows, self.columns = rows, columns
        self.linear = nn.Linear(bottom * rows, SCORE_COLUMNS // columns * SCORE_WIDTH)

    def forward(self, tokens: Tensor) -> Tensor:
        batch, _, width = tokens.shape
        grid = tokens.view(batch, self.rows, self.columns, width).transpose(1, 2)
        return self.linear(grid.reshape(batch, self.columns, -1)).view(batch, SCORE_COLUMNS, -1)


class CaptionHead(nn.Module):
    """Training only: reads drum classes and instrument families off the pooled caption.

    A direct signal that keeps captions apart long before the denoiser has learned to use them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.norm = RMSNorm(TEXT_WIDTH)
        self.linear = nn.Linear(TEXT_WIDTH, SCORE_WIDTH - SCORE_PITCHES)

    def forward(self, text: Tensor) -> Tensor:
        return self.linear(self.norm(text.sum(1)))


class Riffcord(nn.Module):
    """Text encoder and denoiser with their training-only heads."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.text = TextEncoder(vocabulary)
        self.unet = UNet()
        self.score = ScoreHead()
        self.caption = CaptionHead()
