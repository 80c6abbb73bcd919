"""Measure an exported model against held-out clips with the judge."""

import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from .codec import psnr
from .composer import caption_for
from .composer.instruments import INSTRUMENTS
from .dataset import read_array, read_split, read_split_facts, shard_paths
from .judge import Judge, labels, load_judge, predict
from .pipeline import Pipeline
from .prompts import SAMPLE_PROMPTS
from .spectrogram import thumbnail, to_sample

_CAPTION_SEED, _FIRST_NOISE_SEED = 77, 5_000


def evaluation_set(facts: list[dict], count: int) -> tuple[list[int], list[str]]:
    """Indices and captions of the first ``count`` held-out full-band and solo clips."""
    rng = random.Random(_CAPTION_SEED)
    chosen = [i for i, f in enumerate(facts) if f["kind"] in ("full", "solo")][:count]
    return chosen, [caption_for(facts[i], rng, plain=True) for i in chosen]


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Fréchet distance of two feature sets (n, d)."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    ca, cb = np.cov(a.T), np.cov(b.T)
    root = np.sqrt(np.maximum(np.linalg.eigvals(ca @ cb).real, 0)).sum()
    return float(np.square(a.mean(0) - b.mean(0)).sum() + np.trace(ca + cb) - 2 * root)


def seam_ratio(pictures: np.ndarray) -> float:
    """Median over clips of (frame difference across the loop point / mean frame difference)."""
    p = pictures.astype(np.float32)
    difference = np.abs(p - np.roll(p, 1, 2)).mean(1)
    return float(np.median(difference[:, 0] / difference[:, 1:].mean(1)))


def _names_lead(fact: dict, caption: str) -> bool:
    if not fact["lead"] or not INSTRUMENTS[fact["lead"]].judged:
        return False
    return any(w in caption for w in (fact["lead"], *INSTRUMENTS[fact["lead"]].words))


def agreement(judge: Judge, thumbs: np.ndarray, facts: list[dict], captions: list[str]) -> dict:
    """How often the judge hears what the captions ask for."""
    features, (genre, lead, drums, _) = predict(judge, thumbs)
    truth = labels(facts)
    full = truth[:, 0] >= 0
    named = torch.tensor([_names_lead(f, c) for f, c in zip(facts, captions)])
    top3 = (genre.topk(3, 1)[1] == truth[:, :1]).any(1)
    return {
        "genre_top1": (genre.argmax(1) == truth[:, 0])[full].float().mean().item(),
        "genre_top3": top3[full].float().mean().item(),
        "genre_count": int(full.sum()),
        "named_lead_top1": (lead.argmax(1) == truth[:, 1])[named].float().mean().item(),
        "named_lead_count": int(named.sum()),
        "drums_agree": (drums.argmax(1) == truth[:, 2]).float().mean().item(),
        "features": features.numpy(),
    }


def sweep(root: Path, folder: Path, count: int, settings: list[tuple]) -> None:
    """Print the agreement of generated clips for several (steps, guidance, shift) settings."""
    judge, pipeline = load_judge(root), Pipeline(folder)
    facts = read_split_facts(root, "val")
    val_features, _ = predict(judge, read_split(root, "val", "thumbs"))
    chosen, captions = evaluation_set(facts, count)
    seeds = [_FIRST_NOISE_SEED + i for i in range(count)]
    for steps, guidance, shift in settings:
        pipeline.shift = shift
        pictures = pipeline.pictures(captions, seeds, steps, guidance)
        thumbs = np.stack([thumbnail(p) for p in pictures])
        result = agreement(judge, thumbs, [facts[i] for i in chosen], captions)
        distance = frechet(result.pop("features"), val_features.numpy())
        numbers = {k: round(v, 3) for k, v in result.items()}
        print(
            f"steps {steps} guidance {guidance} shift {shift}: FD {distance:.2f} {numbers}",
            flush=True,
        )


def evaluate(root: Path, folder: Path, count: int) -> dict:
    """All figures of the model card at the shipped settings, also written to ``evaluation.json``."""
    judge, pipeline = load_judge(root), Pipeline(folder)
    facts, thumbs = read_split_facts(root, "val"), read_split(root, "val", "thumbs")
    chosen, captions = evaluation_set(facts, count)
    wanted = [facts[i] for i in chosen]
    steps = pipeline.defaults["numInferenceSteps"]
    guidance = pipeline.defaults["guidanceScale"]
    start = time.time()
    seeds = [_FIRST_NOISE_SEED + i for i in range(count)]
    pictures = pipeline.pictures(captions, seeds, steps, guidance)
    batch_seconds = (time.time() - start) / count
    single = []
    for i in range(5):
        start = time.time()
        pipeline.pictures([captions[i]], [i], steps, guidance)
        single.append(time.time() - start)
    generated = agreement(judge, np.stack([thumbnail(p) for p in pictures]), wanted, captions)
    real = agreement(judge, thumbs[chosen], wanted, captions)
    val_features = predict(judge, thumbs)[0].numpy()
    train_thumbs = read_array(shard_paths(root, "train")[0], "thumbs")[:count]
    train_features = predict(judge, train_thumbs)[0].numpy()
    kept = read_split(root, "val", "pictures")[:32]
    decoded = np.concatenate([pipeline.decode(pipeline.encode(to_sample(p[None]))) for p in kept])
    gen_distance = frechet(generated.pop("features"), val_features)
    train_distance = frechet(train_features, val_features)
    real.pop("features")
    result = {
        "steps": steps, "guidance": guidance, "prompts": count, "generated": generated,
        "real": real, "fd_generated": gen_distance, "fd_train": train_distance,
        "fd_ratio": gen_distance / train_distance,
        "codec_psnr_db": psnr(to_sample(kept), to_sample(decoded)),
        "seam_generated": seam_ratio(pictures), "seam_real": seam_ratio(kept),
        "seconds_per_clip": float(np.median(single)), "seconds_per_clip_batched": batch_seconds,
    }  # fmt: skip
    (root / "evaluation.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))
    return result


def contact_sheet(folder: Path, target: Path, count: int = 16, seed: int = 7) -> None:
    """A grid of labelled pictures for the first sample prompts."""
    pipeline = Pipeline(folder)
    prompts = list(SAMPLE_PROMPTS[:count])
    settings = pipeline.defaults["numInferenceSteps"], pipeline.defaults["guidanceScale"]
    pictures = pipeline.pictures(prompts, [seed] * count, *settings)
    columns, cell, label = 4, 320, 18
    rows = -(-count // columns)
    sheet = Image.new("L", (columns * (cell + 8), rows * (cell + label + 8)), 255)
    draw = ImageDraw.Draw(sheet)
    for k, (prompt, picture) in enumerate(zip(prompts, pictures)):
        x, y = (k % columns) * (cell + 8), (k // columns) * (cell + label + 8)
        draw.text((x + 2, y + 3), prompt, fill=0)
        sheet.paste(Image.fromarray(picture).resize((cell, cell)), (x, y + label))
    sheet.save(target)
