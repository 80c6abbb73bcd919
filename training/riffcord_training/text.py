"""Caption encoder: characters -> one vector per word, zero where there is no word.

Convolutions spell words out, so a misspelt word lands near the word that was meant; a transformer
then reads the words together.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .attributes import ATTRIBUTES
from .tokenizer import BOS_ID, EOS_ID, FIRST_WORD_END, VOCABULARY

WIDTH = 256
#: Words that are heard; what comes after them is left out.
MAX_WORDS = 48
_SPELLING = 192


class TextBlock(nn.Module):
    """Pre-norm transformer block with a key mask; starts as the identity."""

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


class SpellingBlock(nn.Module):
    """Residual convolution over characters; ``valid`` (batch, 1, length) keeps padding silent."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width, 1))
        self.conv1 = nn.Conv1d(width, width, 5, padding=2)
        self.conv2 = nn.Conv1d(width, width, 1)

    def forward(self, x: Tensor, valid: Tensor) -> Tensor:
        scale = torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-6)
        h = self.conv1(x * scale * self.gain * valid)
        return x + self.conv2(F.gelu(h)) * valid


class TextEncoder(nn.Module):
    """(batch, length) ids -> (batch, slots, WIDTH); any length up to the tokenizer's."""

    def __init__(self, layers: int = 3) -> None:
        super().__init__()
        self.characters = nn.Embedding(VOCABULARY, _SPELLING)
        self.spelling = nn.ModuleList([SpellingBlock(_SPELLING) for _ in range(3)])
        self.to_words = nn.Linear(2 * _SPELLING, WIDTH)
        self.positions = nn.Parameter(torch.randn(MAX_WORDS, WIDTH) * 0.02)
        self.blocks = nn.ModuleList([TextBlock(WIDTH) for _ in range(layers)])
        self.norm = nn.LayerNorm(WIDTH)
        nn.init.normal_(self.characters.weight, std=1.0)

    def forward(self, ids: Tensor, slots: int = MAX_WORDS) -> Tensor:
        """``slots`` may be fewer where no caption of the batch has more words."""
        ended = (ids == EOS_ID).to(torch.float32)
        inside = ((ended.cumsum(1) == 0) & (ids != BOS_ID)).to(torch.float32)
        x = self.characters(ids).transpose(1, 2) * inside[:, None]
        for block in self.spelling:
            x = block(x, inside[:, None])
        member = _membership(ids, inside, slots)
        letters = member.sum(1)[..., None]
        known = (letters > 0).to(torch.float32)
        mean = member.transpose(1, 2) @ x.transpose(1, 2).float()
        pair = torch.cat([mean / letters.clamp(min=1.0), mean / letters.clamp(min=1.0).sqrt()], -1)
        words = (self.to_words(pair) + self.positions[:slots]) * known
        bias = (known.transpose(1, 2)[:, None] - 1.0) * 1e4
        for block in self.blocks:
            words = block(words, bias)
        return self.norm(words) * known


def _membership(ids: Tensor, inside: Tensor, slots: int) -> Tensor:
    """(batch, length, slots) with 1 where a character belongs to a word."""
    closes = (ids >= FIRST_WORD_END).to(torch.float32) * inside
    word = closes.cumsum(1) - closes
    places = torch.arange(slots, device=ids.device, dtype=torch.float32)
    return (word[..., None] == places).to(torch.float32) * inside[..., None]


def slots_of(ids: Tensor) -> int:
    """Words of the longest caption of a batch, at least one and at most MAX_WORDS."""
    ends = (ids >= FIRST_WORD_END) & (ids < BOS_ID)
    return max(1, min(MAX_WORDS, int(ends.sum(1).max())))


class Understanding(nn.Module):
    """Logits of ATTRIBUTES from the encoder's words."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(2 * WIDTH)
        self.hidden = nn.Linear(2 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, len(ATTRIBUTES))
        nn.init.constant_(self.out.bias, -4.0)

    def forward(self, words: Tensor) -> Tensor:
        return self.out(self._hidden(words))

    def meaning(self, words: Tensor) -> Tensor:
        """(batch, WIDTH + attributes): the hidden layer and the likelihoods."""
        hidden = self._hidden(words)
        return torch.cat([hidden, self.out(hidden).sigmoid()], -1)

    def _hidden(self, words: Tensor) -> Tensor:
        known = (words.abs().sum(-1, keepdim=True) > 0).to(words.dtype)
        mean = words.sum(1) / known.sum(1).clamp(min=1.0)
        peak = (words * known + (known - 1.0) * 1e4).amax(1) * known.amax(1)
        return F.gelu(self.hidden(self.norm(torch.cat([mean, peak], -1))))
