"""Render clips of a split into shards, with any number of worker processes."""

import multiprocessing
import time
from pathlib import Path

import numpy as np

from .captions import shard_captions
from .codec import Codec
from .composer import compose, score_matrix
from .composer.performance import COLUMNS
from .dataset import SEED_BASE, SHARD_CLIPS, SPLIT_COLUMNS, Shard, shard_path, write_shard
from .effects import apply_wave_effects, rise, sweep
from .spectrogram import Spectrogram, picture_from_mel, thumbnail, to_sample
from .synth import Synth
from .tone_synth import TONES, ToneSynth


class Renderer:
    """Seed -> picture, with both soundfonts loaded once."""

    def __init__(self, soundfonts: list[str]) -> None:
        self._synths = [ToneSynth() if f == TONES else Synth(f) for f in soundfonts]
        self._spectrogram = Spectrogram()

    def clip(self, seed: int, columns: int = COLUMNS):
        """(piece, uint8 picture (512, 32 * columns))."""
        piece = compose(seed, columns)
        synth = self._synths[int(piece.mix["font"]) % len(self._synths)]
        wave = apply_wave_effects(synth.render(piece), piece.mix, piece.facts["beats"], seed)
        mel = self._spectrogram.mel(wave)
        if piece.mix.get("sweep", 0.0) > 0:
            mel = sweep(mel, piece.mix["sweep"])
        if piece.mix.get("rise", 0.0) > 0:
            mel = rise(mel, piece.mix["rise"])
        return piece, picture_from_mel(mel)


def render_shard(
    renderer: Renderer, codec: Codec | None, first_seed: int, clips: int, keep: int, columns: int
) -> Shard:
    """One shard of consecutive seeds; pictures are kept for the first ``keep``."""
    facts, score, latents, thumbs, pictures = [], [], [], [], []
    for i in range(clips):
        piece, picture = renderer.clip(first_seed + i, columns)
        facts.append(piece.facts)
        score.append(score_matrix(piece))
        thumbs.append(thumbnail(picture))
        if codec is not None:
            latents.append(codec.encode(to_sample(picture)[None])[0].astype(np.float16))
        if i < keep:
            pictures.append(picture)
    empty = np.zeros((0, 512, 32 * columns), np.uint8)
    return Shard(
        facts, np.stack(latents) if latents else None, np.stack(score), np.stack(thumbs),
        np.stack(pictures) if pictures else empty,
    )  # fmt: skip


def _work(job) -> None:
    root, split, soundfonts, indices, keep, clips = job
    codec_file = root / "codec.npz"
    codec = Codec.load(codec_file) if codec_file.exists() and split != "codec" else None
    renderer, columns = Renderer(soundfonts), SPLIT_COLUMNS.get(split, COLUMNS)
    for index in indices:
        path = shard_path(root, split, index)
        if path.exists():
            continue
        start = time.time()
        first_seed = SEED_BASE[split] + index * clips
        write_shard(path, render_shard(renderer, codec, first_seed, clips, keep, columns))
        if split.startswith("train"):
            shard_captions(path)
        rate = clips / (time.time() - start)
        print(f"{split} shard {index}: {rate:.1f} clips/s", flush=True)


def render(
    root: Path, split: str, soundfonts: list[str], clips: int, keep: int, workers: int,
    shard_clips: int = SHARD_CLIPS,
) -> None:  # fmt: skip
    """Render ``clips`` clips (rounded up to whole shards); finished shards are skipped.

    A split has one shard size: the seeds of a shard follow from it and the shard's number.
    """
    shards = -(-clips // shard_clips)
    jobs = [
        (root, split, soundfonts, list(range(w, shards, workers)), keep, shard_clips)
        for w in range(workers)
    ]
    if workers == 1:
        _work(jobs[0])
        return
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_work, args=(job,)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("a render worker failed")
