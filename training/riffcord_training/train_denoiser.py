"""Train the denoiser with rectified flow on the (possibly still growing) pool.

The text encoder is trained before (see ``train_text``) and stays as it is. On CPUs, several
single-threaded processes that average their gradients once per step use busy machines far better
than one process with several threads, which meet at every operation.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor, nn

from .averages import Ema
from .dataset import SPLIT_COLUMNS
from .model import SIZES, Denoiser
from .objective import drop_captions, hear, known_part, losses
from .pool import Batch, Pool
from .train_text import load_text


@dataclass(frozen=True)
class Options:
    """Hyper-parameters; ``seconds`` is the length of the whole schedule over all resumed runs.

    Batch sizes are per process. Times are logistic-normal with a mean well above zero: the coarse
    channels are strong and alike over the whole picture, so all that a caption decides is settled
    while the noise is still near its full level.
    """

    seconds: float
    #: More working directories to take training clips from.
    more_data: Sequence[Path] = field(default_factory=tuple)
    size: str = "small"
    device: str = "cpu"
    seed: int = 0
    processes: int = 1
    compile: bool = False
    learning_rate: float = 7e-4
    warmup_steps: int = 200
    decay_share: float = 0.25
    first_batch: int = 16
    batch: int = 16
    first_share: float = 0.1
    caption_dropout: float = 0.12
    known_share: float = 0.2
    #: Share of the batches with clips of other lengths, where such were rendered.
    other_lengths: float = 0.15
    time_mean: float = 1.2
    time_spread: float = 1.3
    score_weight: float = 2.0
    ema: float = 0.9993
    save_every: float = 180.0
    report_every: float = 60.0
    validate_every: float = 600.0
    #: Shards read between two reports, so that a growing pool never stops training for long.
    shards_at_once: int = 8
    #: Shards read before the first step; the others follow while training runs.
    first_shards: int = 40
    validation_clips: int = 128


def cuda_defaults(options: Options) -> Options:
    """Batches and rates for one large GPU."""
    return replace(
        options, first_batch=256, batch=1024, first_share=0.15, learning_rate=1.2e-3, ema=0.999,
        save_every=120.0, report_every=15.0, validate_every=120.0, shards_at_once=40,
    )  # fmt: skip


class Trainer:
    """Owns everything a checkpoint stores."""

    def __init__(self, root: Path, options: Options, rank: int = 0) -> None:
        self.root, self.o, self.rank = root, options, rank
        torch.manual_seed(options.seed)
        heard = load_text(root)
        self.encoder = heard.text.to(options.device).eval()
        self.model = Denoiser(SIZES[options.size]).to(options.device)
        self.model.unet.understanding.load_state_dict(heard.understanding.state_dict())
        self.ema = Ema(self.model, options.ema)
        self.optimizer = torch.optim.AdamW(
            self._groups(), lr=options.learning_rate, betas=(0.9, 0.98), fused=True
        )
        self.elapsed, self.step, self.samples = 0.0, 0, 0
        self.path = root / "denoiser.pt"
        self._load()
        roots = [root, *options.more_data]
        self.pool = Pool(roots, "train", options.device, first=options.first_shards)
        self.other_pools = [Pool(roots, split, options.device) for split in SPLIT_COLUMNS]
        stream = (options.seed * 1_000_003 + self.step) * 64 + rank
        self.generator = torch.Generator(options.device).manual_seed(stream)
        self.validation = self._validation_batches() if rank == 0 else []
        if options.compile:
            self.model.unet.features = torch.compile(self.model.unet.features)

    def _groups(self) -> list[dict]:
        """No weight decay on vectors."""
        parameters = [p for p in self.model.parameters() if p.requires_grad]
        matrices = [p for p in parameters if p.ndim > 1]
        vectors = [p for p in parameters if p.ndim <= 1]
        return [
            {"params": matrices, "weight_decay": 0.01},
            {"params": vectors, "weight_decay": 0.0},
        ]

    def _validation_batches(self) -> list[tuple[Batch, Tensor, Tensor]]:
        """Fixed held-out clips with fixed captions, times (evenly spread) and noise."""
        pool = Pool([self.root], "val", plain=True)
        if not len(pool):
            return []
        generator, out, size = torch.Generator().manual_seed(1), [], self.o.validation_clips // 4
        for i in range(4):
            batch = pool.batch(size, generator, plain=True)
            t = (torch.arange(size) + 0.125 + 0.25 * i) / size
            noise = torch.randn(batch.latents.shape, generator=generator)
            out.append((batch.to(self.o.device), t.to(self.o.device), noise.to(self.o.device)))
        return out

    def _load(self) -> None:
        """Resume, or start from ``start.pt`` (any earlier denoiser) where its shapes agree."""
        if self.path.exists():
            state = torch.load(self.path, map_location=self.o.device, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            for average, saved in zip(self.ema.average, state["ema"]):
                average.copy_(saved)
            self.ema.steps = self.step = state["step"]
            self.elapsed, self.samples = state["elapsed"], state["samples"]
            self._say(f"resumed at step {self.step}, {self.samples} samples")
        elif (start := self.root / "start.pt").exists():
            old = torch.load(start, map_location=self.o.device, weights_only=True)
            new = self.model.state_dict()
            alike = (k for k, v in old.items() if k in new and new[k].shape == v.shape)
            kept = {k: old[k].float() for k in alike}
            self.model.load_state_dict({**new, **kept})
            self.ema.reset()
            self._say(f"started from {len(kept)} of {len(new)} tensors")

    def _say(self, text: str) -> None:
        if self.rank == 0:
            print(text, flush=True)

    def save(self) -> None:
        """Checkpoint atomically."""
        state = {
            "model": self.model.state_dict(), "ema": self.ema.average, "step": self.step,
            "optimizer": self.optimizer.state_dict(), "elapsed": self.elapsed,
            "samples": self.samples, "size": self.o.size,
        }  # fmt: skip
        temporary = self.path.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(self.path)

    def _learning_rate(self) -> float:
        share = min(1.0, self.elapsed / self.o.seconds)
        decay = min(1.0, (1.0 - share) / self.o.decay_share)
        return self.o.learning_rate * min(1.0, (self.step + 1) / self.o.warmup_steps) * decay

    def train_step(self) -> Tensor:
        """One optimiser step; returns the flow and score losses."""
        o, generator = self.o, self.generator
        size = o.first_batch if self.elapsed < o.first_share * o.seconds else o.batch
        batch = self._next_pool().batch(size, generator)
        text = hear(self.encoder, drop_captions(batch.ids, o.caption_dropout, generator))
        known = known_part(batch.latents, o.known_share, generator)
        normal = torch.randn(size, generator=generator, device=o.device)
        t = torch.sigmoid(o.time_mean + o.time_spread * normal)
        noise = torch.randn(batch.latents.shape, generator=generator, device=o.device)
        flow, score = losses(self.model, batch, text, known, t, noise)
        score_loss = (score * (1 - t)).mean()
        for group in self.optimizer.param_groups:
            group["lr"] = self._learning_rate()
        self.optimizer.zero_grad(set_to_none=True)
        (flow.mean() + o.score_weight * score_loss).backward()
        self._average_gradients()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        if self.rank == 0:
            self.ema.update()
        self.step += 1
        self.samples += size * o.processes
        return torch.stack([flow.mean(), score_loss]).detach()

    def _next_pool(self) -> Pool:
        """Mostly clips of the usual length, now and then others; one length per batch."""
        others = [pool for pool in self.other_pools if len(pool)]
        if not others or torch.rand(1).item() > self.o.other_lengths:
            return self.pool
        return others[self.step % len(others)]

    def _average_gradients(self) -> None:
        """Average over processes; the clock of process 0 travels along, so all stop together."""
        if self.o.processes == 1:
            return
        gradients = [p.grad for p in self.model.parameters() if p.requires_grad]
        clock = torch.tensor([self.elapsed if self.rank == 0 else 0.0])
        flat = torch.cat([g.flatten() for g in gradients] + [clock])
        dist.all_reduce(flat)
        self.elapsed = flat[-1].item()
        parts = (flat[:-1] / self.o.processes).split([g.numel() for g in gradients])
        for gradient, part in zip(gradients, parts):
            gradient.copy_(part.view_as(gradient))

    @torch.no_grad()
    def validate(self) -> tuple[float, float]:
        """Flow loss of the averaged model on the fixed clips: with their captions, and without."""
        self.ema.swap()
        told, silent = [], []
        for batch, t, noise in self.validation:
            empty = drop_captions(batch.ids, 2.0, self.generator)
            for ids, out in ((batch.ids, told), (empty, silent)):
                text = hear(self.encoder, ids)
                out.append(losses(self.model, batch, text, None, t, noise)[0])
        self.ema.swap()
        return torch.cat(told).mean().item(), torch.cat(silent).mean().item()

    def run(self) -> None:
        """Train until the schedule is used up."""
        last = saved = reported = validated = time.time()
        means = None
        while self.elapsed < self.o.seconds:
            values = self.train_step()
            means = values if means is None else means.lerp(values, 0.02)
            now = time.time()
            self.elapsed, last = self.elapsed + now - last, now
            if now - reported > self.o.report_every:
                reported = now
                self._report(means)
                for pool in (self.pool, *self.other_pools):
                    pool.refresh(self.o.shards_at_once)
            if self.rank:
                continue
            if now - validated > self.o.validate_every and self.validation:
                validated = now
                self._report_validation()
            if now - saved > self.o.save_every:
                saved = now
                self.save()
        if self.rank == 0:
            self.save()
            if self.validation:
                self._report_validation()

    def _report(self, means: Tensor) -> None:
        flow, score = means.tolist()
        self._say(
            f"{self.elapsed:.0f} s step {self.step} samples {self.samples} "
            f"pool {len(self.pool)} flow {flow:.4f} score {score:.4f}"
        )

    def _report_validation(self) -> None:
        told, silent = self.validate()
        self._say(f"samples {self.samples} validation {told:.4f}, without captions {silent:.4f}")


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
