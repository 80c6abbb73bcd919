"""Characters as tokens, in CLIP's file format, so that any CLIP-style loader reads it.

A byte-level BPE without merges: every UTF-8 byte is a token, with a twin for the last byte of a
word. No text is out of vocabulary, and a typo changes one token instead of the whole word.
"""

import json
import re
import unicodedata
from pathlib import Path

MAX_LENGTH = 256
BOS, EOS = "<|startoftext|>", "<|endoftext|>"
_END = "</w>"
_CONTRACTIONS = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")

#: Ids below are bytes inside a word, from here on the last bytes of words.
FIRST_WORD_END = 256
BOS_ID, EOS_ID = 512, 513
VOCABULARY = 514


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
_BYTE_ID = {byte: i for i, byte in enumerate(_ALPHABET)}


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
    """CLIP's pieces: contractions, runs of letters, single digits, other runs."""
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


def encode(text: str) -> list[int]:
    """BOS, the text's bytes, EOS; at most MAX_LENGTH ids, not padded."""
    ids = []
    for word in words(text):
        codes = [_BYTE_ID[b] for b in word.encode("utf-8", "replace")]
        ids += [*codes[:-1], codes[-1] + FIRST_WORD_END]
    return [BOS_ID, *ids[: MAX_LENGTH - 2], EOS_ID]


def pad(ids: list[int], length: int = MAX_LENGTH) -> list[int]:
    """Fill up with EOS."""
    return ids + [EOS_ID] * (length - len(ids))


def save_tokenizer(folder: Path) -> None:
    """Write vocab.json, merges.txt and tokenizer_config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    base = list(_ALPHABET.values())
    tokens = [*base, *(b + _END for b in base), BOS, EOS]
    vocabulary = {token: i for i, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False) + "\n")
    (folder / "merges.txt").write_text("#version: 0.2\n")
    config = {
        "model_max_length": MAX_LENGTH, "bos_token": BOS, "eos_token": EOS, "pad_token": EOS,
        "do_lower_case": True,
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")
