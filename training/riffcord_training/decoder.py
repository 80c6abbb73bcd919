"""Latents -> pictures: the codec's linear inverse plus a small time-circular CNN correction."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .codec import PATCH_COLUMNS, PATCH_ROWS, Codec
from .layers import CircularConv, ResBlock

_WIDE, _NARROW = 192, 96
_BLOCK = 8


class Encoder(nn.Module):
    """The codec's encoder as one strided convolution; sample (batch, 1, 512, 32 * width)."""

    def __init__(self, codec: Codec) -> None:
        super().__init__()
        channels = len(codec.scale)
        kernel = (codec.basis / codec.scale).T.reshape(channels, 1, PATCH_ROWS, PATCH_COLUMNS)
        offset = codec.row_mean / codec.scale[:, None]
        self.register_buffer("kernel", torch.from_numpy(np.ascontiguousarray(kernel)))
        self.register_buffer("offset", torch.from_numpy(offset)[None, :, :, None])

    def forward(self, sample: Tensor) -> Tensor:
        return F.conv2d(sample, self.kernel, stride=(PATCH_ROWS, PATCH_COLUMNS)) - self.offset


class Decoder(nn.Module):
    """Latent (batch, C, 32, width) -> sample (batch, 1, 512, 32 * width), not clamped.

    A wide stage works on the latent grid, a narrow one on 8 x 8 pixel blocks of the linear
    inverse; the last convolution writes the correction of all 64 pixels of a block at once.
    """

    def __init__(self, codec: Codec) -> None:
        super().__init__()
        channels = len(codec.scale)
        kernel = (codec.basis * codec.scale).T.reshape(channels, 1, PATCH_ROWS, PATCH_COLUMNS)
        self.register_buffer("kernel", torch.from_numpy(np.ascontiguousarray(kernel)))
        offset = codec.row_mean / codec.scale[:, None]
        self.register_buffer("offset", torch.from_numpy(offset)[None, :, :, None])
        self.enter = CircularConv(channels, _WIDE)
        self.wide = nn.ModuleList([ResBlock(_WIDE) for _ in range(3)])
        rows, columns = PATCH_ROWS // _BLOCK, PATCH_COLUMNS // _BLOCK
        self.expand = nn.Conv2d(_WIDE, _NARROW * rows * columns, 1)
        self.blocks_in = nn.Conv2d(_BLOCK * _BLOCK, _NARROW, 1)
        self.narrow = nn.ModuleList([ResBlock(_NARROW) for _ in range(3)])
        self.leave_norm = nn.GroupNorm(_NARROW // 8, _NARROW)
        self.leave = CircularConv(_NARROW, _BLOCK * _BLOCK)
        nn.init.zeros_(self.leave.conv.weight)
        nn.init.zeros_(self.leave.conv.bias)

    def linear(self, latent: Tensor) -> Tensor:
        """The codec's own inverse."""
        stride = (PATCH_ROWS, PATCH_COLUMNS)
        return F.conv_transpose2d(latent + self.offset, self.kernel, stride=stride)

    def forward(self, latent: Tensor) -> Tensor:
        base = self.linear(latent)
        h = self.enter(latent)
        for block in self.wide:
            h = block(h)
        rows, columns = PATCH_ROWS // _BLOCK, PATCH_COLUMNS // _BLOCK
        h = depth_to_space(self.expand(h), rows, columns)
        h = h + self.blocks_in(space_to_depth(base, _BLOCK))
        for block in self.narrow:
            h = block(h)
        correction = self.leave(F.silu(self.leave_norm(h)))
        return base + F.pixel_shuffle(correction, _BLOCK)


def depth_to_space(x: Tensor, rows: int, columns: int) -> Tensor:
    """(b, c * rows * columns, h, w) -> (b, c, h * rows, w * columns)."""
    batch, channels, height, width = x.shape
    x = x.view(batch, channels // (rows * columns), rows, columns, height, width)
    x = x.permute(0, 1, 4, 2, 5, 3)
    return x.reshape(batch, channels // (rows * columns), height * rows, width * columns)


def space_to_depth(x: Tensor, size: int) -> Tensor:
    """(b, 1, h, w) -> (b, size * size, h / size, w / size)."""
    batch, _, height, width = x.shape
    x = x.view(batch, height // size, size, width // size, size)
    return x.permute(0, 2, 4, 1, 3).reshape(batch, size * size, height // size, width // size)
