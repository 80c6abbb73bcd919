"""Captions of rendered clips as token ids, written beside their shard."""

import os
import random
from pathlib import Path

import numpy as np

from .composer import caption_for
from .dataset import read_facts
from .tokenizer import EOS_ID, encode, pad

#: Captions written per clip, and the ids kept of each.
CAPTIONS, CAPTION_IDS = 12, 112
_CAPTION_SEED = 4_000_037
#: Raised whenever the caption grammar changes, so that no stale captions are read.
CAPTION_VERSION = 2


def shard_captions(path: Path) -> np.ndarray:
    """(clips, CAPTIONS, CAPTION_IDS) ids of a shard's captions, written beside it the first time.

    They depend on the clips' seeds only. The renderer calls this too, so that a training process
    on a fast machine need not write them.
    """
    file = path / f"captions_{CAPTION_VERSION}.npy"
    if file.exists():
        return np.load(file)
    captions = caption_ids(read_facts(path), CAPTIONS, plain=False)
    temporary = file.with_suffix(f".{os.getpid()}.tmp")
    with temporary.open("wb") as target:
        np.save(target, captions)
    temporary.replace(file)
    return captions


def caption_ids(facts: list[dict], count: int, plain: bool) -> np.ndarray:
    """(clips, count, CAPTION_IDS) ids of captions that depend on the clips' seeds only."""
    out = np.full((len(facts), count, CAPTION_IDS), EOS_ID, np.int16)
    for i, fact in enumerate(facts):
        rng = random.Random(_CAPTION_SEED + fact["seed"])
        for k in range(count):
            ids = encode(caption_for(fact, rng, plain))[:CAPTION_IDS]
            out[i, k] = pad(ids, CAPTION_IDS)
    return out
