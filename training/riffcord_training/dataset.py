"""Rendered clips on disk: a directory of shards per split, each complete once it is visible."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SHARD_CLIPS = 400

#: First seed of every split; splits never share seeds.
SEED_BASE = {
    "codec": 30_000_000, "train": 0, "val": 10_000_000, "judge": 20_000_000,
    "train12": 40_000_000, "train24": 50_000_000, "train32": 60_000_000,
}  # fmt: skip

#: Columns of the splits whose clips are shorter or longer than usual.
SPLIT_COLUMNS = {"train12": 12, "train24": 24, "train32": 32}


@dataclass
class Shard:
    """Arrays of one shard; ``pictures`` covers only its first clips (possibly none)."""

    facts: list[dict]
    latents: np.ndarray | None
    score: np.ndarray
    thumbs: np.ndarray
    pictures: np.ndarray


def shard_path(root: Path, split: str, index: int) -> Path:
    return root / split / f"shard_{index:05d}"


def shard_paths(root: Path, split: str) -> list[Path]:
    return sorted((root / split).glob("shard_?????"))


def write_shard(path: Path, shard: Shard) -> None:
    """Write next to the target and rename, so readers never see half a shard."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.mkdir(parents=True, exist_ok=True)
    (temporary / "facts.json").write_text(json.dumps(shard.facts))
    for name in ("latents", "score", "thumbs", "pictures"):
        array = getattr(shard, name)
        if array is not None:
            np.save(temporary / f"{name}.npy", array)
    temporary.rename(path)


def read_facts(path: Path) -> list[dict]:
    return json.loads((path / "facts.json").read_text())


def read_array(path: Path, name: str) -> np.ndarray:
    return np.load(path / f"{name}.npy")


def read_split(root: Path, split: str, name: str) -> np.ndarray:
    """One array of a whole split, concatenated in shard order."""
    return np.concatenate([read_array(p, name) for p in shard_paths(root, split)])


def read_split_facts(root: Path, split: str) -> list[dict]:
    return [fact for path in shard_paths(root, split) for fact in read_facts(path)]
