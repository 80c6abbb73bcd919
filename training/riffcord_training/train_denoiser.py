"""Train text encoder and denoiser with rectified flow on the (possibly still growing) pool.

On CPUs, several single-threaded processes that average their gradients once per step use busy
machines far better than one process with several threads, which meet at every operation.
"""

import os
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor, nn
from torch.nn import functional as F

from .composer.piece import SCORE_PITCHES
from .model import Riffcord
from .pool import Pool
from .tokenizer import MAX_LENGTH, Tokenizer


@dataclass(frozen=True)
class Options:
    """Hyper-parameters; ``seconds`` is the length of the whole schedule over all resumed runs.

    Batch sizes are per process. Times are logistic-normal with a mean well above zero: the coarse
    channels are strong and alike over the whole picture, so all that a caption decides is settled
    while the noise is still near its full level.
    """

    seconds: float
    device: str = "cpu"
    seed: int = 0
    processes: int = 1
    learning_rate: float = 7e-4
    warmup_steps: int = 100
    decay_share: float = 0.2
    first_batch: int = 8
    batch: int = 16
    first_share: float = 0.85
    caption_dropout: float = 0.12
    time_mean: float = 1.2
    time_spread: float = 1.3
    score_weight: float = 2.0
    caption_weight: float = 0.5
    text_rate: float = 0.3
    ema: float = 0.9993
    save_every: float = 180.0
    report_every: float = 60.0
    validate_every: float = 600.0


def encode_text(model: Riffcord, ids: Tensor) -> Tensor:
    """(batch, n) -> (batch, MAX_LENGTH, width) with zeros on the padding."""
    hidden = model.text(ids)
    return F.pad(hidden, (0, 0, 0, MAX_LENGTH - ids.shape[1]))


def losses(model: Riffcord, batch, t: Tensor, noise: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Per-sample velocity, score and caption losses; t (batch,) in 0..1 with 1 = noise."""
    latents, scores, ids = batch
    mix = t[:, None, None, None]
    with torch.autocast(latents.device.type, torch.bfloat16):
        text = encode_text(model, ids)
        noisy = (1 - mix) * latents + mix * noise
        velocity, tokens = model.unet.features(noisy, t * 1000, text)
        logits, heard = model.score(tokens), model.caption(text)
    flow = (velocity.float() - (noise - latents)).square().mean((1, 2, 3))
    score = F.binary_cross_entropy_with_logits(logits.float(), scores, reduction="none")
    parts = scores[:, :, SCORE_PITCHES:].amax(1)
    caption = F.binary_cross_entropy_with_logits(heard.float(), parts, reduction="none")
    return flow, score.mean((1, 2)), caption.mean(1)


class Ema:
    """Exponential moving average of a module's parameters, with a fast start."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.live = list(model.parameters())
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


class Trainer:
    """Owns everything a checkpoint stores."""

    def __init__(self, root: Path, options: Options, rank: int = 0) -> None:
        self.root, self.o, self.rank = root, options, rank
        torch.manual_seed(options.seed)
        self.tokenizer = Tokenizer.load(root / "tokenizer")
        self.model = Riffcord(len(self.tokenizer)).to(options.device)
        self.ema = Ema(self.model, options.ema)
        self.optimizer = torch.optim.AdamW(
            self._groups(), lr=options.learning_rate, betas=(0.9, 0.98), fused=True
        )
        self.elapsed, self.step, self.samples = 0.0, 0, 0
        self.path = root / "denoiser.pt"
        if self.path.exists():
            self._load()
        self.pool = Pool(root, "train", self.tokenizer)
        stream = (options.seed * 1_000_003 + self.step) * 64 + rank
        self.rng = random.Random(stream)
        torch.manual_seed(stream)
        self.validation = self._validation_batches() if rank == 0 else []

    def _groups(self) -> list[dict]:
        """No weight decay on vectors; the text encoder learns more slowly than the rest."""
        groups = []
        for rate, modules in (
            (self.o.text_rate, [self.model.text]),
            (1.0, [self.model.unet, self.model.score, self.model.caption]),
        ):
            parameters = [p for m in modules for p in m.parameters()]
            matrices = [p for p in parameters if p.ndim > 1]
            vectors = [p for p in parameters if p.ndim <= 1]
            groups.append({"params": matrices, "weight_decay": 0.01, "rate": rate})
            groups.append({"params": vectors, "weight_decay": 0.0, "rate": rate})
        return groups

    def _validation_batches(self):
        pool, rng = Pool(self.root, "val", self.tokenizer), random.Random(5)
        if not len(pool):
            return []
        generator = torch.Generator().manual_seed(1)
        out = []
        for i in range(4):
            batch = pool.batch(32, rng, drop=0.0, plain=True)
            t = (torch.arange(32) + 0.125 + 0.25 * i) / 32
            out.append((batch, t, torch.randn(batch[0].shape, generator=generator)))
        return out

    def _load(self) -> None:
        state = torch.load(self.path, map_location=self.o.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        for average, saved in zip(self.ema.average, state["ema"]):
            average.copy_(saved)
        self.ema.steps = self.step = state["step"]
        self.elapsed, self.samples = state["elapsed"], state["samples"]
        if self.rank == 0:
            print(f"resumed at step {self.step}, {self.samples} samples", flush=True)

    def save(self) -> None:
        """Checkpoint atomically."""
        state = {
            "model": self.model.state_dict(), "ema": self.ema.average, "step": self.step,
            "optimizer": self.optimizer.state_dict(), "elapsed": self.elapsed,
            "samples": self.samples,
        }  # fmt: skip
        temporary = self.path.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(self.path)

    def _learning_rate(self) -> float:
        share = min(1.0, self.elapsed / self.o.seconds)
        decay = min(1.0, (1.0 - share) / self.o.decay_share)
        return self.o.learning_rate * min(1.0, (self.step + 1) / self.o.warmup_steps) * decay

    def train_step(self) -> tuple[float, float, float]:
        """One optimiser step; returns the flow, score and caption losses."""
        early = self.elapsed < self.o.first_share * self.o.seconds
        size = self.o.first_batch if early else self.o.batch
        batch = self.pool.batch(size, self.rng, self.o.caption_dropout)
        batch = tuple(x.to(self.o.device) for x in batch)
        normal = torch.randn(size, device=self.o.device)
        t = torch.sigmoid(self.o.time_mean + self.o.time_spread * normal)
        flow, score, caption = losses(self.model, batch, t, torch.randn_like(batch[0]))
        score_loss, caption_loss = (score * (1 - t)).mean(), caption.mean()
        for group in self.optimizer.param_groups:
            group["lr"] = self._learning_rate() * group["rate"]
        self.optimizer.zero_grad(set_to_none=True)
        extra = self.o.score_weight * score_loss + self.o.caption_weight * caption_loss
        (flow.mean() + extra).backward()
        self._average_gradients()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        if self.rank == 0:
            self.ema.update()
        self.step += 1
        self.samples += size * self.o.processes
        return flow.mean().item(), score_loss.item(), caption_loss.item()

    def _average_gradients(self) -> None:
        """Average over processes; the clock of process 0 travels along, so all stop together."""
        if self.o.processes == 1:
            return
        gradients = [p.grad for p in self.model.parameters()]
        clock = torch.tensor([self.elapsed if self.rank == 0 else 0.0])
        flat = torch.cat([g.flatten() for g in gradients] + [clock])
        dist.all_reduce(flat)
        self.elapsed = flat[-1].item()
        parts = (flat[:-1] / self.o.processes).split([g.numel() for g in gradients])
        for gradient, part in zip(gradients, parts):
            gradient.copy_(part.view_as(gradient))

    @torch.no_grad()
    def validate(self) -> float:
        """Flow loss of the averaged model on fixed held-out clips, noise and times."""
        self.ema.swap()
        values = []
        for batch, t, noise in self.validation:
            moved = [x.to(self.o.device) for x in batch]
            t, noise = t.to(self.o.device), noise.to(self.o.device)
            values.append(losses(self.model, moved, t, noise)[0])
        self.ema.swap()
        return torch.cat(values).mean().item()

    def run(self) -> None:
        """Train until the schedule is used up."""
        last = saved = reported = validated = time.time()
        means = None
        while self.elapsed < self.o.seconds:
            values = self.train_step()
            now = time.time()
            self.elapsed, last = self.elapsed + now - last, now
            means = [0.98 * m + 0.02 * v for m, v in zip(means or values, values)]
            if now - reported > self.o.report_every:
                reported = now
                self.pool.refresh()
                if self.rank == 0:
                    print(
                        f"{self.elapsed:.0f} s step {self.step} samples {self.samples} "
                        f"pool {len(self.pool)} flow {means[0]:.4f} score {means[1]:.4f} "
                        f"caption {means[2]:.4f}",
                        flush=True,
                    )
            if self.rank:
                continue
            if now - validated > self.o.validate_every and self.validation:
                validated = now
                print(f"samples {self.samples} validation {self.validate():.4f}", flush=True)
            if now - saved > self.o.save_every:
                saved = now
                self.save()
        if self.rank == 0:
            self.save()
        if self.validation:
            print(f"samples {self.samples} validation {self.validate():.4f}", flush=True)


def _worker(rank: int, root: Path, options: Options, port: int) -> None:
    if options.device == "cpu":
        torch.set_num_threads(1)
    address = f"tcp://127.0.0.1:{port}"
    dist.init_process_group("gloo", address, rank=rank, world_size=options.processes)
    Trainer(root, options, rank).run()
    dist.destroy_process_group()


def train_denoiser(root: Path, options: Options) -> None:
    """Start or resume training; the checkpoint is ``denoiser.pt``."""
    if options.processes == 1:
        Trainer(root, options).run()
        return
    port = 20_000 + os.getpid() % 20_000
    mp.spawn(_worker, (root, options, port), nprocs=options.processes)
