"""The denoiser: a time-circular U-Net over 32-row latents with transformer blocks at the bottom.

Besides the noisy latent, the time and the caption it can be told the rhythm (beats per clip and per
bar) and a part of the latent that is known already (to continue or to fill in). Both are optional;
their layers start at zero, so a checkpoint from before they existed can be trained on.

What a caption means as a whole, as the text encoder's own head understands it, modulates every layer:
genres and instruments lie there in the open, where attention to single words would have to find them
first.
"""

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .attributes import ATTRIBUTES
from .codec import CHANNELS, GRID_ROWS
from .composer.piece import SCORE_DRUMS, SCORE_FAMILIES, SCORE_PITCHES
from .layers import (
    RHYTHM_PLANES,
    CircularConv,
    ResBlock,
    RMSNorm,
    rhythm_planes,
    rotary_angles,
    rotate,
    time_features,
)
from .text import WIDTH as TEXT_WIDTH
from .text import Understanding

EMBEDDING = 256
#: Channels of ``known``: the mask (1 = known), then the latent where it is known and 0 elsewhere.
KNOWN_CHANNELS = 1 + CHANNELS
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


@dataclass(frozen=True)
class Size:
    """``widths`` per level, ``repeats`` residual blocks per level and side, ``blocks`` at the bottom."""

    widths: tuple[int, ...]
    repeats: int
    blocks: int


SIZES = {
    "tiny": Size((64, 128, 192), 1, 2),
    "small": Size((128, 256, 384), 1, 4),
    "base": Size((128, 256, 512), 2, 4),
}


class UNet(nn.Module):
    """Velocity (noise - data) of a noisy latent (batch, C, 32, width), width a multiple of 4."""

    def __init__(self, size: Size = SIZES["small"]) -> None:
        super().__init__()
        widths, bottom = size.widths, size.widths[-1]
        self.time = nn.Sequential(
            nn.Linear(256, EMBEDDING), nn.SiLU(), nn.Linear(EMBEDDING, EMBEDDING)
        )
        self.rhythm = nn.Linear(256, EMBEDDING)
        self.pool_norm, self.pool = RMSNorm(TEXT_WIDTH), nn.Linear(TEXT_WIDTH, EMBEDDING)
        self.understanding = Understanding().requires_grad_(False)
        self.meaning = nn.Linear(TEXT_WIDTH + len(ATTRIBUTES), EMBEDDING)
        self.enter = CircularConv(CHANNELS, widths[0])
        self.enter_known = CircularConv(KNOWN_CHANNELS, widths[0])
        self.enter_rhythm = nn.Conv2d(RHYTHM_PLANES, widths[0], 1, bias=False)
        self.enter_rows = nn.Parameter(torch.zeros(1, widths[0], GRID_ROWS, 1))
        self.down_blocks, self.down_more = _levels(widths, size.repeats)
        self.up_blocks, self.up_more = _levels(widths, size.repeats)
        pairs = list(itertools.pairwise(widths))
        self.shrink = nn.ModuleList([CircularConv(a, b, 3, 2) for a, b in pairs])
        self.grow = nn.ModuleList([nn.Conv2d(b, a, 1) for a, b in pairs])
        self.fuse = nn.ModuleList([nn.Conv2d(2 * w, w, 1) for w in widths])
        self.bottom_rows = nn.Parameter(torch.zeros(1, bottom, GRID_ROWS >> len(pairs), 1))
        self.modulation = nn.Linear(EMBEDDING, 6 * bottom)
        self.blocks = nn.ModuleList([Block(bottom) for _ in range(size.blocks)])
        self.leave_norm = nn.GroupNorm(widths[0] // 16, widths[0])
        self.leave = CircularConv(widths[0], CHANNELS)
        self._initialise(bottom)

    def _initialise(self, bottom: int) -> None:
        """Residual gates start half open; the output and the optional inputs start at zero."""
        nn.init.zeros_(self.modulation.weight)
        for layer in (self.rhythm, self.enter_known.conv):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.zeros_(self.enter_rhythm.weight)
        with torch.no_grad():
            bias = self.modulation.bias.zero_().view(6, bottom)
            bias[2].fill_(0.5)
            bias[5].fill_(0.5)
        nn.init.zeros_(self.leave.conv.weight)
        nn.init.zeros_(self.leave.conv.bias)

    def forward(
        self, sample: Tensor, timestep: Tensor, text: Tensor, known=None, rhythm=None
    ) -> Tensor:
        """``known`` (batch, KNOWN_CHANNELS, 32, width), ``rhythm`` (batch, 2): beats per clip and
        beats per bar, 0 where not given; see :meth:`features`."""
        return self.features(sample, timestep, text, known, rhythm)[0]

    def features(
        self, sample: Tensor, timestep: Tensor, text: Tensor, known=None, rhythm=None
    ) -> tuple[Tensor, Tensor]:
        """(velocity, bottom features (batch, positions, bottom width))."""
        pooled = self.pool(self.pool_norm(text.sum(1)))
        embedding = self.time(time_features(timestep, 256)) + pooled
        embedding = embedding + self.meaning(self.understanding.meaning(text))
        h = self.enter(sample) + self.enter_rows
        if rhythm is not None:
            given = (rhythm[:, :1] > 0).to(embedding.dtype)
            counts = [time_features(rhythm[:, i] * 60, 128) for i in range(2)]
            embedding = embedding + given * self.rhythm(torch.cat(counts, -1))
            h = h + self.enter_rhythm(rhythm_planes(rhythm, sample))
        if known is not None:
            h = h + self.enter_known(known)
        embedding = F.silu(embedding)
        skips = []
        for i, block in enumerate(self.down_blocks):
            h = block(h, embedding)
            for more in self.down_more[i]:
                h = more(h, embedding)
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
            for more in self.up_more[i]:
                h = more(h, embedding)
        return self.leave(F.silu(self.leave_norm(h))), tokens


def _levels(widths: tuple[int, ...], repeats: int) -> tuple[nn.ModuleList, nn.ModuleList]:
    """The first residual block of every level, and the others."""
    first = nn.ModuleList([ResBlock(w, EMBEDDING) for w in widths])
    more = [nn.ModuleList([ResBlock(w, EMBEDDING) for _ in range(repeats - 1)]) for w in widths]
    return first, nn.ModuleList(more)


class ScoreHead(nn.Module):
    """Training only: reads the score (columns x SCORE_WIDTH logits) off the bottom features."""

    _COLUMNS_PER_POSITION = 4

    def __init__(self, bottom: int, rows: int = 8) -> None:
        super().__init__()
        self.rows = rows
        self.linear = nn.Linear(bottom * rows, self._COLUMNS_PER_POSITION * SCORE_WIDTH)

    def forward(self, tokens: Tensor) -> Tensor:
        batch, _, width = tokens.shape
        grid = tokens.view(batch, self.rows, -1, width).transpose(1, 2)
        flat = self.linear(grid.reshape(batch, grid.shape[1], -1))
        return flat.view(batch, self._COLUMNS_PER_POSITION * grid.shape[1], -1)


class Denoiser(nn.Module):
    """The U-Net with its training-only head."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.unet = UNet(size)
        self.score = ScoreHead(size.widths[-1])
