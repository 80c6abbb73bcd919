"""Measure an exported model against held-out clips with the judge."""

import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from .codec import psnr
from .composer import caption_for
from .composer.instruments import INSTRUMENTS
from .composer.misspelling import misspell
from .dataset import read_array, read_split, read_split_facts, shard_paths
from .judge import Judge, labels, load_judge, predict
from .measures import (
    frechet,
    heard_beats,
    nearest_distances,
    pulse_clarity,
    same_pulse,
    seam_ratio,
    step_ratio,
)
from .pipeline import Pipeline
from .prompts import MORPHS, SAMPLE_PROMPTS
from .report import published, report
from .spectrogram import thumbnail, to_sample

_CAPTION_SEED, _FIRST_NOISE_SEED = 77, 5_000
_MORPH_STEPS = 9


@dataclass(frozen=True)
class Prompts:
    """Held-out clips (``chosen`` are their indices) and what is asked of the model for each."""

    chosen: list[int]
    facts: list[dict]
    captions: list[str]
    seeds: list[int]

    @property
    def rhythm(self) -> np.ndarray:
        return np.array([(f["beats"], f["bar"]) for f in self.facts], np.float32)


def evaluation_set(facts: list[dict], count: int) -> Prompts:
    """The first ``count`` held-out full-band and solo clips with plain captions."""
    rng = random.Random(_CAPTION_SEED)
    chosen = [i for i, f in enumerate(facts) if f["kind"] in ("full", "solo")][:count]
    captions = [caption_for(facts[i], rng, plain=True) for i in chosen]
    seeds = [_FIRST_NOISE_SEED + i for i in range(len(chosen))]
    return Prompts(chosen, [facts[i] for i in chosen], captions, seeds)


def misspelt(captions: list[str]) -> list[str]:
    """Each caption with its own accidents."""
    return [misspell(c, random.Random(i)) for i, c in enumerate(captions)]


def _names_lead(fact: dict, caption: str) -> bool:
    if not fact["lead"] or not INSTRUMENTS[fact["lead"]].judged:
        return False
    return any(w in caption for w in (fact["lead"], *INSTRUMENTS[fact["lead"]].words))


def agreement(judge: Judge, thumbs: np.ndarray, prompts: Prompts) -> dict:
    """How often the judge hears what the captions ask for."""
    features, (genre, lead, drums, beats) = predict(judge, thumbs)
    truth = labels(prompts.facts)
    full = truth[:, 0] >= 0
    named = torch.tensor([_names_lead(f, c) for f, c in zip(prompts.facts, prompts.captions)])
    top3 = (genre.topk(3, 1)[1] == truth[:, :1]).any(1)
    return {
        "genre_top1": _share(genre.argmax(1) == truth[:, 0], full),
        "genre_top3": _share(top3, full),
        "genre_count": int(full.sum()),
        "named_lead_top1": _share(lead.argmax(1) == truth[:, 1], named),
        "named_lead_count": int(named.sum()),
        "drums_agree": (drums.argmax(1) == truth[:, 2]).float().mean().item(),
        "beats_top1": (beats.argmax(1) == truth[:, 3]).float().mean().item(),
        "features": features.numpy(),
    }


def _share(hits: torch.Tensor, among: torch.Tensor) -> float:
    return hits[among].float().mean().item()


def _pulse(name: str, pictures: np.ndarray, beats: np.ndarray) -> dict:
    """How clear the pulse is, and how often it is the one that was asked for."""
    heard = heard_beats(pictures)
    return {
        f"pulse_{name}": pulse_clarity(pictures, beats),
        f"tempo_{name}": float((heard == beats).mean()),
        f"tempo_{name}_octave": float(same_pulse(heard, beats).mean()),
    }


def _thumbs(pictures: np.ndarray) -> np.ndarray:
    return np.stack([thumbnail(p) for p in pictures])


def sweep(root: Path, folder: Path, count: int, settings: list[tuple]) -> None:
    """Print the agreement of generated clips for several (steps, guidance, shift) settings."""
    judge, pipeline = load_judge(root), Pipeline(folder)
    prompts = evaluation_set(read_split_facts(root, "val"), count)
    val_features, _ = predict(judge, read_split(root, "val", "thumbs"))
    for steps, guidance, shift in settings:
        pipeline.shift = shift
        pictures = pipeline.pictures(prompts.captions, prompts.seeds, steps, guidance)
        result = agreement(judge, _thumbs(pictures), prompts)
        distance = frechet(result.pop("features"), val_features.numpy())
        numbers = {k: round(v, 3) for k, v in result.items()}
        print(
            f"steps {steps} guidance {guidance} shift {shift}: FD {distance:.2f} {numbers}",
            flush=True,
        )


class Evaluation:
    """Everything the model card reports, at the shipped settings."""

    def __init__(self, root: Path, folder: Path, count: int) -> None:
        self._root = root
        self._judge, self._pipeline = load_judge(root), Pipeline(folder)
        self._facts = read_split_facts(root, "val")
        self._thumbs = read_split(root, "val", "thumbs")
        self._prompts = evaluation_set(self._facts, count)
        self._steps = self._pipeline.defaults["numInferenceSteps"]
        self._guidance = self._pipeline.defaults["guidanceScale"]

    def run(self) -> dict:
        """All figures, by name."""
        prompts = self._prompts
        pictures = self._pictures(prompts.captions)
        generated = agreement(self._judge, _thumbs(pictures), prompts)
        features = generated.pop("features")
        real = agreement(self._judge, self._thumbs[prompts.chosen], prompts)
        real.pop("features")
        wrong = agreement(self._judge, _thumbs(self._pictures(misspelt(prompts.captions))), prompts)
        wrong.pop("features")
        return {
            "steps": self._steps, "guidance": self._guidance, "prompts": len(prompts.captions),
            "generated": generated, "misspelt": wrong, "real": real,
            **self._rhythm_figures(pictures), **self._distances(features),
            **self._codec_figures(pictures), "morph_step_ratio": self._morph(),
            "seconds_per_clip": self._seconds(),
        }  # fmt: skip

    def _pictures(self, captions: list[str], rhythm: np.ndarray | None = None) -> np.ndarray:
        seeds = self._prompts.seeds
        return self._pipeline.pictures(captions, seeds, self._steps, self._guidance, rhythm=rhythm)

    def _rhythm_figures(self, pictures: np.ndarray) -> dict:
        """Pulse and tempo of clips with drums; the model is told the rhythm where it can be."""
        prompts = self._prompts
        drums = np.array([f["drums"] for f in prompts.facts])
        beats = prompts.rhythm[:, 0]
        out = _pulse("generated", pictures[drums], beats[drums])
        if "rhythm" in self._pipeline.conditions:
            told = self._pictures(prompts.captions, prompts.rhythm)
            out |= _pulse("told", told[drums], beats[drums])
        kept = [i for i, f in enumerate(self._val_kept_facts()) if f["drums"]]
        real = read_split(self._root, "val", "pictures")[kept]
        real_beats = np.array([self._val_kept_facts()[i]["beats"] for i in kept])
        return {**out, **_pulse("real", real, real_beats)}

    def _val_kept_facts(self) -> list[dict]:
        """Facts of the held-out clips whose pictures were kept."""
        kept, first = [], 0
        for path in shard_paths(self._root, "val"):
            clips = len(read_array(path, "thumbs"))
            kept += self._facts[first : first + len(read_array(path, "pictures"))]
            first += clips
        return kept

    def _distances(self, features: np.ndarray) -> dict:
        val = predict(self._judge, self._thumbs)[0].numpy()
        train = self._train_features()
        generated, reference = frechet(features, val), frechet(train[: len(features)], val)
        near, near_real = nearest_distances(features, train), nearest_distances(val, train)
        return {
            "fd_generated": generated, "fd_train": reference, "fd_ratio": generated / reference,
            "nearest_training_clip_ratio": float(np.median(near) / np.median(near_real)),
        }  # fmt: skip

    def _train_features(self) -> np.ndarray:
        paths = shard_paths(self._root, "train")[:20]
        thumbs = np.concatenate([read_array(path, "thumbs") for path in paths])
        return predict(self._judge, thumbs)[0].numpy()

    def _codec_figures(self, pictures: np.ndarray) -> dict:
        pipeline, kept = self._pipeline, read_split(self._root, "val", "pictures")[:32]
        decoded = [pipeline.decode(pipeline.encode(to_sample(p[None]))) for p in kept]
        return {
            "codec_psnr_db": psnr(to_sample(kept), to_sample(np.concatenate(decoded))),
            "seam_generated": seam_ratio(pictures), "seam_real": seam_ratio(kept),
        }  # fmt: skip

    def _morph(self) -> float:
        """Median over prompt pairs of the largest over the mean step."""
        ratios = []
        for first, second in MORPHS:
            ends = self._pipeline.text([first, second])
            shares = np.linspace(0, 1, _MORPH_STEPS)[:, None, None].astype(np.float32)
            text = (1 - shares) * ends[:1] + shares * ends[1:]
            seeds = [_FIRST_NOISE_SEED] * _MORPH_STEPS
            latents = self._pipeline.from_text(text, seeds, self._steps, self._guidance)
            ratios.append(step_ratio(latents))
        return float(np.median(ratios))

    def _seconds(self) -> float:
        """Median seconds for one clip from prompt to picture."""
        single = []
        for i in range(5):
            start = time.time()
            caption = self._prompts.captions[:1]
            self._pipeline.pictures(caption, [i], self._steps, self._guidance)
            single.append(time.time() - start)
        return float(np.median(single))


def evaluate(root: Path, folders: list[Path], count: int) -> list[dict]:
    """Print the table of all models side by side and write ``evaluation.json``."""
    results = [Evaluation(root, folder, count).run() for folder in folders]
    (root / "evaluation.json").write_text(json.dumps(results, indent=2) + "\n")
    print(report([folder.name for folder in folders], results))
    return results


def publish(folder: Path, result: dict) -> None:
    """Write ``evaluation.json`` into the model's folder; the manifest leaves it out."""
    version = json.loads((folder / "manifest.json").read_text())["version"]
    text = json.dumps(published(version, result), indent=2)
    (folder / "evaluation.json").write_text(text + "\n")


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
