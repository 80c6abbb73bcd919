"""Train the BPE merges on captions of the train split's seeds."""

import random
from pathlib import Path

from .composer import caption_for, compose
from .tokenizer import Tokenizer, train_merges

_CAPTION_SEED = 1_000_003
MERGES = 2_000


def fit_tokenizer(root: Path, captions: int = 60_000) -> None:
    """Write the tokenizer files to ``root / tokenizer``."""
    rng = random.Random(_CAPTION_SEED)
    facts = [compose(seed).facts for seed in range(captions // 4)]
    texts = [caption_for(f, rng) for f in facts for _ in range(4)]
    tokenizer = Tokenizer(train_merges(texts, MERGES))
    tokenizer.save(root / "tokenizer")
    longest = max(sum(i != tokenizer.vocab["<|endoftext|>"] for i in tokenizer(t)) for t in texts)
    print(f"{len(tokenizer.merges)} merges, vocabulary {len(tokenizer)}, longest caption {longest}")
