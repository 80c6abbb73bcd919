"""Byte-level BPE in CLIP's file format: trained here on captions, read by any CLIP-style loader."""

import itertools
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

MAX_LENGTH = 48
BOS, EOS = "<|startoftext|>", "<|endoftext|>"
_END = "</w>"
_CONTRACTIONS = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")


def byte_alphabet() -> dict[int, str]:
    """Byte -> printable character, the usual reversible byte-level mapping."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {b: chr(b) for b in kept}
    spare = 256
    for b in range(256):
        if b not in table:
            table[b] = chr(spare)
            spare += 1
    return {b: table[b] for b in [*kept, *(b for b in range(256) if b not in kept)]}


_ALPHABET = byte_alphabet()


def normalise(text: str) -> str:
    """NFC, single spaces, stripped, lower case."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().lower()


def _character_class(char: str) -> str:
    """L letter, N number, S space, O anything else."""
    if char.isspace():
        return "S"
    category = unicodedata.category(char)[0]
    return category if category in "LN" else "O"


def words(text: str) -> list[str]:
    """Pieces merges never cross: contractions, runs of letters, single digits, other runs."""
    text = normalise(text)
    classes = "".join(map(_character_class, text))
    pieces, i = [], 0
    while i < len(text):
        short = next((c for c in _CONTRACTIONS if text.startswith(c, i)), None)
        if short:
            end = i + len(short)
        else:
            run = re.compile("S+|L+|N|O+").match(classes, i)
            end = run.end() if run else i + 1
        if classes[i] != "S":
            pieces.append(text[i:end])
        i = end
    return pieces


def _symbols(word: str) -> tuple[str, ...]:
    letters = [_ALPHABET[b] for b in word.encode("utf-8")]
    return (*letters[:-1], letters[-1] + _END)


def _merge(symbols: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    out, i = [], 0
    while i < len(symbols):
        if symbols[i : i + 2] == pair:
            out.append(pair[0] + pair[1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return tuple(out)


def train_merges(texts: list[str], count: int) -> list[tuple[str, str]]:
    """Greedy byte-pair merges over the word counts of a corpus; ties break alphabetically."""
    counts = Counter(word for text in texts for word in words(text))
    vocabulary = {_symbols(word): n for word, n in counts.items()}
    merges = []
    while len(merges) < count:
        pairs: Counter = Counter()
        for symbols, n in vocabulary.items():
            for pair in itertools.pairwise(symbols):
                pairs[pair] += n
        if not pairs:
            break
        best = min(pairs, key=lambda p: (-pairs[p], p))
        if pairs[best] < 2:
            break
        merges.append(best)
        merged: dict[tuple[str, ...], int] = {}
        for symbols, n in vocabulary.items():
            merged[_merge(symbols, best)] = n
        vocabulary = merged
    return merges


class Tokenizer:
    """Text -> ids: BOS + tokens + EOS, padded with EOS to MAX_LENGTH."""

    def __init__(self, merges: list[tuple[str, str]]) -> None:
        base = list(_ALPHABET.values())
        tokens = [*base, *(b + _END for b in base), *(a + b for a, b in merges), BOS, EOS]
        self.merges = merges
        self.vocab = {token: i for i, token in enumerate(tokens)}
        self._rank = {pair: i for i, pair in enumerate(merges)}
        self._cache: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self.vocab)

    def _word_ids(self, word: str) -> list[int]:
        if word not in self._cache:
            symbols = _symbols(word)
            while len(symbols) > 1:
                pairs = set(itertools.pairwise(symbols))
                best = min(pairs, key=lambda p: self._rank.get(p, len(self._rank)))
                if best not in self._rank:
                    break
                symbols = _merge(symbols, best)
            self._cache[word] = [self.vocab[s] for s in symbols]
        return self._cache[word]

    def __call__(self, text: str) -> list[int]:
        ids = [i for word in words(text) for i in self._word_ids(word)]
        ids = [self.vocab[BOS], *ids[: MAX_LENGTH - 2], self.vocab[EOS]]
        return ids + [self.vocab[EOS]] * (MAX_LENGTH - len(ids))

    def save(self, folder: Path) -> None:
        """Write vocab.json, merges.txt and tokenizer_config.json."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vocab.json").write_text(json.dumps(self.vocab, ensure_ascii=False) + "\n")
        lines = ["#version: 0.2", *(f"{a} {b}" for a, b in self.merges)]
        (folder / "merges.txt").write_text("\n".join(lines) + "\n")
        config = {
            "model_max_length": MAX_LENGTH, "bos_token": BOS, "eos_token": EOS,
            "pad_token": EOS, "do_lower_case": True,
        }  # fmt: skip
        (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")

    @classmethod
    def load(cls, folder: Path) -> "Tokenizer":
        lines = (folder / "merges.txt").read_text().splitlines()[1:]
        return cls([tuple(line.split(" ")) for line in lines if line])
