"""Caption encoder: token ids -> one vector per token, zero on the padding."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .tokenizer import MAX_LENGTH

WIDTH = 256


class TextBlock(nn.Module):
    """Pre-norm transformer block with a key mask; starts as the identity.

    With the usual start, small token vectors drown in what the first blocks add to every position
    alike, and all captions look the same to the denoiser.
    """

    def __init__(self, width: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        for layer in (self.out, self.down):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        qkv = self.qkv(self.norm1(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + bias
        mixed = scores.softmax(-1).to(v.dtype) @ v
        x = x + self.out(mixed.transpose(1, 2).reshape(batch, length, width))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class TextEncoder(nn.Module):
    """Four blocks over BPE tokens. Everything after the first EOS is masked and comes out as 0."""

    def __init__(self, vocabulary: int, width: int = WIDTH, layers: int = 4) -> None:
        super().__init__()
        self.end = vocabulary - 1
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(MAX_LENGTH, width) * 0.02)
        self.blocks = nn.ModuleList([TextBlock(width) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        nn.init.normal_(self.tokens.weight, std=1.0)

    def forward(self, ids: Tensor) -> Tensor:
        """(batch, length) -> (batch, length, width)."""
        ended = (ids == self.end).to(torch.float32)
        valid = ((ended.cumsum(1) - ended) == 0).to(torch.float32)
        bias = (valid - 1.0)[:, None, None, :] * 1e4
        x = self.tokens(ids) + self.positions[: ids.shape[1]]
        for block in self.blocks:
            x = block(x, bias)
        return self.norm(x) * valid[..., None]
