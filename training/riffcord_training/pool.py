"""The training pool: latents, scores and facts of all shards rendered so far."""

import random
from pathlib import Path

import numpy as np
import torch

from .codec import PATCH_COLUMNS
from .composer import caption_for
from .composer.piece import SCORE_COLUMNS
from .dataset import read_array, read_facts, shard_paths
from .tokenizer import BOS, EOS, Tokenizer

_COLUMNS = 512 // PATCH_COLUMNS


class Pool:
    """Grows when new shards appear; hands out batches as tensors."""

    def __init__(self, root: Path, split: str, tokenizer: Tokenizer) -> None:
        self._root, self._split, self._tokenizer = root, split, tokenizer
        self._seen: set[Path] = set()
        self._shards: list[tuple[np.ndarray, np.ndarray, list[dict]]] = []
        self._empty = [tokenizer.vocab[BOS], tokenizer.vocab[EOS]]
        self.refresh()

    def __len__(self) -> int:
        return sum(len(facts) for _, _, facts in self._shards)

    def refresh(self) -> None:
        """Load shards that appeared since the last call."""
        for path in shard_paths(self._root, self._split):
            if path not in self._seen:
                self._seen.add(path)
                arrays = read_array(path, "latents"), read_array(path, "score")
                self._shards.append((*arrays, read_facts(path)))

    def token_tensor(self, captions: list[str]) -> torch.Tensor:
        """(batch, longest) ids: padding beyond the longest caption is masked anyway."""
        ids = [self._tokenizer(c) if c else list(self._empty) for c in captions]
        end = self._empty[1]
        longest = max(row.index(end) for row in ids) + 1
        return torch.tensor([(row + [end] * longest)[:longest] for row in ids])

    def batch(self, size: int, rng: random.Random, drop: float, plain: bool = False):
        """(latents, scores, ids); ``drop`` is the share of captions replaced by the empty one."""
        latents, scores, captions = [], [], []
        for _ in range(size):
            shard_latents, shard_scores, facts = rng.choice(self._shards)
            i = rng.randrange(len(facts))
            shift = 0 if plain else _bar_shift(facts[i], rng)
            latents.append(np.roll(shard_latents[i], shift, axis=2))
            scores.append(np.roll(shard_scores[i], shift, axis=0))
            captions.append("" if rng.random() < drop else caption_for(facts[i], rng, plain))
        stacked = torch.from_numpy(np.stack(latents)).float()
        return stacked, torch.from_numpy(np.stack(scores)).float(), self.token_tensor(captions)


def _bar_shift(facts: dict, rng: random.Random) -> int:
    """A whole number of bars as latent columns, 0 where bars do not fall on columns."""
    bars = facts["beats"] / facts["bar"]
    unit = _COLUMNS / bars
    if unit != int(unit) or _COLUMNS != SCORE_COLUMNS:
        return 0
    return int(unit) * rng.randrange(int(bars))
