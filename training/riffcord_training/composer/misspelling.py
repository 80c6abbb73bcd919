"""What hurried typing does to a caption."""

import random

_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn",
    "j": "hkum", "k": "jlim", "l": "kop", "z": "xa", "x": "zcs", "c": "xvd", "v": "cbf", "b": "vng",
    "n": "bmh", "m": "nk",
}  # fmt: skip

#: Sounds that are often written another way.
_SOUNDS = (
    ("ph", "f"), ("x", "ks"), ("ck", "k"), ("c", "k"), ("k", "c"), ("y", "i"), ("i", "y"), ("ou", "u"),
    ("ee", "i"), ("ie", "ei"), ("ei", "ie"), ("tion", "shun"), ("ea", "ee"), ("oo", "u"), ("z", "s"),
    ("ss", "s"), ("ll", "l"), ("tt", "t"), ("mm", "m"), ("rr", "r"), ("er", "a"), ("qu", "kw"),
    ("th", "t"), ("sch", "sh"), ("au", "o"), ("ai", "ay"), ("ch", "k"), ("gh", "g"), ("wh", "w"),
)  # fmt: skip


def misspell(text: str, rng: random.Random) -> str:
    """One to three small accidents, more in longer texts."""
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3)) if len(text) > 8 else 1):
        text = rng.choice(_ACCIDENTS)(text, rng)
    return text


def _letters(text: str, rng: random.Random) -> int | None:
    """The index of a letter inside a word of at least three letters."""
    spots = [i for i in range(1, len(text) - 1) if text[i - 1 : i + 2].isalpha()]
    return rng.choice(spots) if spots else None


def _swap(text: str, rng: random.Random) -> str:
    i = _letters(text, rng)
    return text if i is None else text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def _drop(text: str, rng: random.Random) -> str:
    i = _letters(text, rng)
    return text if i is None else text[:i] + text[i + 1 :]


def _double(text: str, rng: random.Random) -> str:
    i = _letters(text, rng)
    return text if i is None else text[:i] + text[i] * rng.choice((2, 2, 2, 4)) + text[i + 1 :]


def _slip(text: str, rng: random.Random) -> str:
    i = _letters(text, rng)
    if i is None or text[i] not in _NEIGHBOURS:
        return text
    return text[:i] + rng.choice(_NEIGHBOURS[text[i]]) + text[i + 1 :]


def _by_ear(text: str, rng: random.Random) -> str:
    pairs = [pair for pair in _SOUNDS if pair[0] in text]
    if not pairs:
        return text
    written, heard = rng.choice(pairs)
    return text.replace(written, heard, 1)


def _space(text: str, rng: random.Random) -> str:
    """Join two words, or split one."""
    if " " in text and rng.random() < 0.7:
        spots = [i for i, c in enumerate(text) if c == " "]
        i = rng.choice(spots)
        return text[:i] + rng.choice(("", "-", "_", "")) + text[i + 1 :]
    i = _letters(text, rng)
    return text if i is None else f"{text[:i]} {text[i:]}"


def _abbreviate(text: str, rng: random.Random) -> str:
    """Leave the end of a longer word away."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if not long:
        return text
    i = rng.choice(long)
    words[i] = words[i][: rng.randrange(4, len(words[i]))]
    return " ".join(words)


def _bare(text: str, rng: random.Random) -> str:
    return "".join(c for c in text if c.isalnum() or c == " ")


_ACCIDENTS = (_swap, _swap, _drop, _drop, _double, _slip, _slip, _by_ear, _by_ear, _space,
              _abbreviate, _bare)  # fmt: skip
