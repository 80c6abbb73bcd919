"""The judge: a small CNN that names genre, lead and tempo from a picture. Never used in training.

Its classes are stable: the 45 genres of ``genres.py`` (a style counts as its genre), the 47 judged
instruments of ``instruments.py`` (an unjudged one counts as its neighbour, or not at all), drums or
none, and 4 to 16 beats per clip.
"""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .attributes import ATTRIBUTES, BEATS, attributes_of
from .composer.genres import GENRES
from .composer.instruments import INSTRUMENTS, JUDGED_NAMES
from .dataset import read_split, read_split_facts

GENRE_NAMES = list(GENRES)
LEAD_NAMES = ["none", *JUDGED_NAMES]
_IGNORE = -100
_ATTRIBUTE_WEIGHT = 0.2
FEATURES = 128


def labels(facts: list[dict]) -> Tensor:
    """(n, 4) class indices: genre (ignored for solos and scenes), lead, drums, beats."""
    rows = []
    for f in facts:
        genre = GENRE_NAMES.index(f["genre"]) if f["genre"] else _IGNORE
        rows.append((genre, _lead(f["lead"]), int(f["drums"]), BEATS.index(f["beats"])))
    return torch.tensor(rows)


def _lead(name: str | None) -> int:
    if name is None:
        return 0
    judged = INSTRUMENTS[name].judged
    return LEAD_NAMES.index(judged) if judged else _IGNORE


class Judge(nn.Module):
    """(n, 1, 256, 128) thumbnails in [0, 1] -> logits per head; convolutions wrap in time."""

    def __init__(self) -> None:
        super().__init__()
        widths = (5, 32, 64, 128, 192, 192)
        strides = ((2, 2), (2, 2), (2, 2), (2, 2), (1, 1))
        self.convs = nn.ModuleList(
            [nn.Conv2d(a, b, 3, s, padding=(1, 0)) for a, b, s in zip(widths, widths[1:], strides)]
        )
        self.norms = nn.ModuleList([nn.BatchNorm2d(w) for w in widths[1:]])
        self.squeeze = nn.Linear(widths[-1] * 16 * 2, FEATURES)
        sizes = (len(GENRE_NAMES), len(LEAD_NAMES), 2, len(BEATS))
        self.heads = nn.ModuleList([nn.Linear(FEATURES, size) for size in sizes])
        #: Only to learn by: styles, instruments, keys and moods tell more of a clip than its classes.
        self.attributes = nn.Linear(FEATURES, len(ATTRIBUTES))

    def features(self, x: Tensor) -> Tensor:
        position = torch.linspace(-1, 1, x.shape[2], device=x.device)[None, None, :, None]
        waves = [position, position.square(), (3 * position).sin(), (3 * position).cos()]
        x = torch.cat([x, *(w.expand_as(x) for w in waves)], 1)
        for conv, norm in zip(self.convs, self.norms):
            x = F.relu(norm(conv(torch.cat([x[..., -1:], x, x[..., :1]], -1))))
        pooled = torch.cat([x.mean(3), x.amax(3)], 1).flatten(1)
        return F.relu(self.squeeze(F.dropout(pooled, 0.3, self.training)))

    def forward(self, x: Tensor) -> list[Tensor]:
        hidden = self.features(x)
        return [head(hidden) for head in self.heads]


def as_input(thumbs: np.ndarray) -> Tensor:
    """uint8 (n, 256, 128) -> float (n, 1, 256, 128), 0 = silence."""
    return 1.0 - torch.from_numpy(thumbs).float()[:, None] / 255.0


@torch.no_grad()
def predict(judge: Judge, thumbs: np.ndarray) -> tuple[Tensor, list[Tensor]]:
    """Features (n, 128) and logits per head."""
    features = torch.cat(
        [judge.features(as_input(thumbs[i : i + 64])) for i in range(0, len(thumbs), 64)]
    )
    return features, [head(features) for head in judge.heads]


def load_judge(root: Path) -> Judge:
    judge = Judge()
    judge.load_state_dict(torch.load(root / "judge.pt", weights_only=True))
    return judge.eval()


def judge_loss(judge: Judge, x: Tensor, truth: Tensor, attributes: Tensor) -> Tensor:
    """Of the classes, and of everything else that a caption could tell."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = judge.features(x)
        logits, told = [head(hidden).float() for head in judge.heads], judge.attributes(hidden)
    classes = sum(
        F.cross_entropy(o, truth[:, k], label_smoothing=0.05, ignore_index=_IGNORE)
        for k, o in enumerate(logits)
    )
    others = F.binary_cross_entropy_with_logits(told.float(), attributes, reduction="none")
    return classes + _ATTRIBUTE_WEIGHT * others.sum(1).mean()


def train_judge(root: Path, epochs: int, seed: int = 0, batch: int = 32) -> None:
    """Train on the judge split and report on the val split; writes ``judge.pt``."""
    torch.manual_seed(seed)
    facts = read_split_facts(root, "judge")
    thumbs, truth = read_split(root, "judge", "thumbs"), labels(facts)
    attributes = torch.from_numpy(np.stack([attributes_of(f) for f in facts]))
    val_thumbs, val_truth = read_split(root, "val", "thumbs"), labels(read_split_facts(root, "val"))
    judge, rng = Judge(), np.random.default_rng(seed)
    optimizer = torch.optim.AdamW(judge.parameters(), lr=2e-3, weight_decay=0.05)
    steps = epochs * (len(thumbs) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps + 1)
    for epoch in range(epochs):
        judge.train()
        order = rng.permutation(len(thumbs))
        for i in range(0, len(order) - batch + 1, batch):
            chosen = order[i : i + batch]
            x = as_input(thumbs[chosen]).roll(int(rng.integers(128)), 3)
            x = x + 0.1 * torch.rand(len(x), 1, 1, 1) * torch.randn_like(x)
            loss = judge_loss(judge, x, truth[chosen], attributes[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        judge.eval()
        _, logits = predict(judge, val_thumbs)
        hits = []
        for k, o in enumerate(logits):
            known = val_truth[:, k] != _IGNORE
            hits.append((o.argmax(1) == val_truth[:, k])[known].float().mean().item())
        told = " ".join(f"{h:.3f}" for h in hits)
        print(f"epoch {epoch} loss {loss.item():.3f} val {told}", flush=True)
        torch.save(judge.state_dict(), root / "judge.pt")
