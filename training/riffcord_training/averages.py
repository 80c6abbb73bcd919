"""Averages of weights over training."""

import torch
from torch import nn


class Ema:
    """Exponential moving average of a module's parameters, with a fast start."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.live = list(model.parameters())
        self.reset()

    @torch.no_grad()
    def reset(self) -> None:
        """Start over from the live values."""
        self.average = [p.detach().clone() for p in self.live]

    @torch.no_grad()
    def update(self) -> None:
        self.steps += 1
        decay = min(self.decay, (self.steps + 1) / (self.steps + 10))
        torch._foreach_lerp_(self.average, [p.detach() for p in self.live], 1 - decay)

    @torch.no_grad()
    def swap(self) -> None:
        """Exchange live and averaged values."""
        for live, average in zip(self.live, self.average):
            kept = live.detach().clone()
            live.copy_(average)
            average.copy_(kept)
