"""Train the text encoder by itself: captions in, the facts of the clip out.

No clip is rendered for this, so millions of captions fit into minutes, and the denoiser starts with
an encoder that already knows its words, their misspellings and what they imply.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .attributes import attributes_of, group_slice
from .composer import caption_for, compose
from .dataset import SEED_BASE
from .text import TextEncoder, Understanding, slots_of
from .tokenizer import encode, pad

#: Share of empty captions: nothing said means any clip.
_SILENT = 0.02


@dataclass(frozen=True)
class TextOptions:
    """``seconds`` is the length of the schedule over all resumed runs; ``facts`` the clips seen."""

    seconds: float
    device: str = "cpu"
    seed: int = 0
    facts: int = 60_000
    batch: int = 64
    learning_rate: float = 1.5e-3
    held_out: int = 1_000
    report_every: float = 30.0


class TextModel(nn.Module):
    """Encoder and its reader."""

    def __init__(self) -> None:
        super().__init__()
        self.text = TextEncoder()
        self.understanding = Understanding()

    def forward(self, ids: Tensor) -> Tensor:
        return self.understanding(self.text(ids, slots_of(ids)))


def id_tensor(captions: list[str]) -> Tensor:
    """(batch, longest) ids: padding beyond the longest caption is masked anyway."""
    rows = [encode(caption) for caption in captions]
    longest = max(map(len, rows))
    return torch.tensor([pad(row, longest) for row in rows])


def attribute_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Binary cross-entropy summed over the vector, per caption."""
    loss = F.binary_cross_entropy_with_logits(logits.float(), targets, reduction="none")
    return loss.sum(1).mean()


def _batches(
    facts: list[dict], targets: np.ndarray, size: int, rng: random.Random
) -> Iterator[tuple[Tensor, Tensor]]:
    """Endless (ids, targets); captions of like length go together, which halves the work."""
    while True:
        chosen = [rng.randrange(len(facts)) for _ in range(size * 8)]
        captions = [caption_for(facts[i], rng) if rng.random() > _SILENT else "" for i in chosen]
        rows = sorted(zip(captions, chosen), key=lambda row: len(row[0]))
        starts = list(range(0, len(rows), size))
        rng.shuffle(starts)
        for start in starts:
            captions, indices = zip(*rows[start : start + size])
            yield id_tensor(list(captions)), torch.from_numpy(targets[list(indices)])


def _rate(options: TextOptions, elapsed: float, step: int) -> float:
    share = min(1.0, elapsed / options.seconds)
    return options.learning_rate * min(1.0, (step + 1) / 200) * min(1.0, (1 - share) / 0.4 + 1e-3)


@torch.no_grad()
def measure(model: TextModel, facts: list[dict], device: str) -> dict[str, float]:
    """How often the named genre and lead come out first, for plain and for free captions."""
    out: dict[str, float] = {}
    for label, plain in (("plain", True), ("free", False)):
        rng = random.Random(3)
        captions = [caption_for(f, rng, plain) for f in facts]
        logits = torch.cat(
            [model(id_tensor(captions[i : i + 100]).to(device)) for i in range(0, len(facts), 100)]
        )
        targets = torch.from_numpy(np.stack([attributes_of(f) for f in facts])).to(device)
        for group in ("genre", "lead", "sound"):
            part = group_slice(group)
            told = targets[:, part].sum(1) > 0
            best = logits[:, part].argmax(1)
            hit = targets[:, part].gather(1, best[:, None])[:, 0]
            out[f"{label} {group}"] = round(hit[told].mean().item(), 3)
    return out


def train_text(root: Path, options: TextOptions) -> None:
    """Start or resume; the checkpoint is ``text.pt``."""
    torch.manual_seed(options.seed)
    device = options.device
    model = TextModel().to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.98), weight_decay=0.01)
    path, elapsed, step = root / "text.pt", 0.0, 0
    if path.exists():
        state = torch.load(path, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        elapsed, step = state["elapsed"], state["step"]
    facts = [compose(seed).facts for seed in range(options.facts)]
    targets = np.stack([attributes_of(f) for f in facts])
    first = SEED_BASE["val"]
    held_out = [compose(seed).facts for seed in range(first, first + options.held_out)]
    rng = random.Random(options.seed * 1_000_003 + step)
    batches = _batches(facts, targets, options.batch, rng)
    last = reported = time.time()
    while elapsed < options.seconds:
        ids, wanted = next(batches)
        for group in optimizer.param_groups:
            group["lr"] = _rate(options, elapsed, step)
        with torch.autocast(torch.device(device).type, torch.bfloat16):
            logits = model(ids.to(device))
        loss = attribute_loss(logits, wanted.to(device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step, now = step + 1, time.time()
        elapsed, last = elapsed + now - last, now
        if now - reported > options.report_every or elapsed >= options.seconds:
            reported = now
            print(f"{elapsed:.0f} s step {step} loss {loss.item():.3f}", flush=True)
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                     "elapsed": elapsed, "step": step}  # fmt: skip
            torch.save(state, path.with_suffix(".tmp"))
            path.with_suffix(".tmp").replace(path)
    print(measure(model.eval(), held_out, device), flush=True)


def load_text(root: Path) -> TextModel:
    """The trained encoder, or a fresh one."""
    model, path = TextModel(), root / "text.pt"
    if path.exists():
        state = torch.load(path, map_location="cpu", weights_only=True)
        model.load_state_dict(state["model"])
    return model
