"""The training pool: latents, scores, rhythm and captions of all shards rendered so far.

Everything lives in a few tensors on the training device (latents as bytes), so that a batch is one
gather; the only work per clip on the host is done once, when its shard is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from .captions import CAPTIONS, caption_ids, shard_captions
from .dataset import read_array, read_facts, shard_paths
from .tokenizer import EOS_ID

#: Standard deviations that a byte covers to either side.
_SPAN = 6.0


@dataclass(frozen=True)
class Batch:
    """Latents (n, C, 32, columns), scores (n, columns, 88), ids (n, length), rhythm (n, 2)."""

    latents: Tensor
    scores: Tensor
    ids: Tensor
    rhythm: Tensor

    def to(self, device: str) -> "Batch":
        parts = (self.latents, self.scores, self.ids, self.rhythm)
        return Batch(*(part.to(device) for part in parts))


class Pool:
    """Grows when new shards appear; hands out batches of tensors on its device.

    A ``plain`` pool has one caption per clip, in correct English, for measuring. ``first`` limits
    the shards that are read at once when it is made.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        split: str,
        device: str = "cpu",
        plain: bool = False,
        first: int | None = None,
    ) -> None:
        self._roots, self._split, self._device = roots, split, device
        self._plain, self._captions = plain, 1 if plain else CAPTIONS
        self._seen: set[Path] = set()
        self._scale: Tensor | None = None
        #: With room for clips to come: only the first ``_clips`` are there.
        self._parts: dict[str, Tensor] = {}
        self._clips, self._expected = 0, 0
        self.refresh(first)

    def __len__(self) -> int:
        return self._clips

    def refresh(self, most: int | None = None) -> None:
        """Load shards that appeared since the last call, at most ``most`` of them (or all)."""
        fresh = []
        for root in self._roots:
            fresh += [p for p in shard_paths(root, self._split) if p not in self._seen]
        chosen = fresh[:most]
        self._reserve(len(fresh))
        for path in chosen:
            self._seen.add(path)
            self._append(self._read(path))

    def _reserve(self, shards: int) -> None:
        """Expect so many more shards: making room for all at once spares the heap as many holes."""
        self._expected = max(self._expected, len(self._seen) + shards)

    def _append(self, new: dict[str, Tensor]) -> None:
        clips = len(new["rhythm"])
        end = self._clips + clips
        for name, part in new.items():
            old = self._parts.get(name)
            if old is None or len(old) < end:
                room = max(end, self._expected * clips)
                grown = torch.empty((room, *part.shape[1:]), dtype=part.dtype, device=self._device)
                if old is not None:
                    grown[: self._clips] = old[: self._clips]
                self._parts[name] = grown
            self._parts[name][self._clips : end] = part
        self._clips = end

    def _read(self, path: Path) -> dict[str, Tensor]:
        """A shard's latents as bytes, scores, captions and rhythm."""
        latents = torch.from_numpy(read_array(path, "latents")).float()
        if self._scale is None:
            spread = latents.std((0, 2, 3), keepdim=True)
            self._scale = (_SPAN * spread / 127).to(self._device)
        packed = (latents / self._scale.cpu()).round().clamp(-127, 127).to(torch.int8)
        facts = read_facts(path)
        captions = caption_ids(facts, 1, plain=True) if self._plain else shard_captions(path)
        return {
            "latents": packed, "scores": torch.from_numpy(read_array(path, "score")),
            "captions": torch.from_numpy(captions),
            "rhythm": torch.tensor([(f["beats"], f["bar"]) for f in facts], dtype=torch.float32),
        }  # fmt: skip

    def batch(self, size: int, generator: torch.Generator, plain: bool = False) -> Batch:
        """Random clips. Half of them keep their rhythm and turn by whole bars, the others lose it
        and turn by any number of columns; ``plain`` ones do not turn and keep it."""
        device = self._device
        chosen = torch.randint(len(self), (size,), generator=generator, device=device)
        return self.take(chosen, generator, plain)

    def take(self, chosen: Tensor, generator: torch.Generator, plain: bool) -> Batch:
        """A batch of the given clips; see :meth:`batch`."""
        device, size = self._device, len(chosen)
        latents = self._parts["latents"][chosen].float() * self._scale
        scores = self._parts["scores"][chosen].float()
        rhythm = self._parts["rhythm"][chosen]
        column = torch.randint(self._captions, (size,), generator=generator, device=device)
        ids = self._parts["captions"][chosen, column].long()
        ids = ids[:, : int((ids != EOS_ID).sum(1).max()) + 1]
        if plain:
            return Batch(latents, scores, ids, rhythm)
        columns = latents.shape[3]
        told = torch.rand(size, generator=generator, device=device) < 0.5
        any_turn = torch.randint(columns, (size,), generator=generator, device=device)
        bars = rhythm[:, 0] / rhythm[:, 1]
        unit = columns / bars
        whole = (unit == unit.round()) & (bars == bars.round())
        bar_turn = torch.where(whole, (any_turn % bars.clamp(min=1)) * unit, 0.0).long()
        turn = torch.where(told, bar_turn, any_turn)
        source = (torch.arange(columns, device=device)[None] - turn[:, None]) % columns
        latents = latents.gather(3, source[:, None, None].expand_as(latents))
        scores = scores.gather(1, source[..., None].expand_as(scores))
        return Batch(latents, scores, ids, rhythm * told[:, None])
