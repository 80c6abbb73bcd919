"""The tokenizer of any exported model, read from its folder: with merges (1.0.0) or without."""

import itertools
import json
from pathlib import Path

from .tokenizer import byte_alphabet, words

_END = "</w>"


class FolderTokenizer:
    """Text -> ids: begin, the text's tokens, end, padded to the model's length."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "tokenizer_config.json").read_text())
        self._vocabulary = json.loads((folder / "vocab.json").read_text())
        lines = (folder / "merges.txt").read_text().splitlines()[1:]
        pairs = [tuple(line.split(" ")) for line in lines if line]
        self._rank = {pair: i for i, pair in enumerate(pairs)}
        self._length = config["model_max_length"]
        self._begin = self._vocabulary[config["bos_token"]]
        self._end = self._vocabulary[config["eos_token"]]
        self._pad = self._vocabulary[config["pad_token"]]
        self._alphabet = byte_alphabet()

    def __call__(self, text: str) -> list[int]:
        ids = [i for word in words(text) for i in self._word(word)]
        ids = [self._begin, *ids[: self._length - 2], self._end]
        return ids + [self._pad] * (self._length - len(ids))

    def _word(self, word: str) -> list[int]:
        letters = [self._alphabet[b] for b in word.encode("utf-8", "replace")]
        symbols = [*letters[:-1], letters[-1] + _END]
        while len(symbols) > 1:
            pairs = list(itertools.pairwise(symbols))
            best = min(pairs, key=lambda pair: self._rank.get(pair, len(self._rank)))
            if best not in self._rank:
                break
            symbols = _merged(symbols, best)
        return [self._vocabulary[symbol] for symbol in symbols]


def _merged(symbols: list[str], pair: tuple[str, str]) -> list[str]:
    out, i = [], 0
    while i < len(symbols):
        if tuple(symbols[i : i + 2]) == pair:
            out.append(pair[0] + pair[1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return out
