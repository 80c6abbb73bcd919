"""Captions for composed clips, in the short free style people type as music prompts."""

import random

from .genres import GENRES
from .instruments import INSTRUMENTS
from .piece import CLIP_SECONDS
from .scenes import SCENE_WORDS

_SLOW = ("slow", "calm", "peaceful", "gentle", "relaxing")
_FAST = ("fast", "rapid", "energetic", "virtuosic", "frantic")
_MINOR = ("sad", "dark", "melancholic", "minor key")
_MAJOR = ("happy", "bright", "cheerful", "major key")
_DRUM_WORDS = ("drums", "beat", "drum beat", "drum loop", "drum solo", "percussion")
_BASS_WORDS = ("bassline", "bass line", "bass solo", "bass groove")
_ENDINGS = ("", "", "", "", "", " music", " song", " loop", " jam", " groove")


def _instrument(name: str, rng: random.Random) -> str:
    words = INSTRUMENTS[name].words if name in INSTRUMENTS else ()
    return rng.choice(words) if words and rng.random() < 0.25 else name


def _genre(name: str, rng: random.Random) -> str:
    words = GENRES[name].words
    return words[0] if rng.random() < 0.65 else rng.choice(words[1:])


def _article(phrase: str) -> str:
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def _mood(facts: dict, rng: random.Random) -> str:
    """An adjective that is true of the clip, or nothing."""
    choices = []
    if facts["genre"]:
        choices += list(GENRES[facts["genre"]].moods) * 2
    speed = facts["beats"] * 60 / CLIP_SECONDS
    if facts["pace"] == "slow" or (not facts["drums"] and speed < 75):
        choices += _SLOW
    if facts["pace"] == "fast" or speed > 150:
        choices += _FAST
    if facts["lead"] or facts["comp"]:
        choices += _MINOR if facts["minor"] else _MAJOR
    return rng.choice(choices) if choices else ""


def _solo(facts: dict, rng: random.Random) -> str:
    name, mood = _instrument(facts["lead"], rng), _mood(facts, rng)
    forms = [name, f"{name} solo", f"solo {name}"]
    if mood:
        forms += [f"{mood} {name}", f"{mood} {name} solo", f"{mood} solo {name}"]
    return rng.choice(forms)


def _rhythm(facts: dict, rng: random.Random, words: tuple[str, ...]) -> str:
    genre, word, mood = _genre(facts["genre"], rng), rng.choice(words), _mood(facts, rng)
    if words is _BASS_WORDS and rng.random() < 0.4:
        return f"{genre} {facts['bass']}"
    return rng.choice((f"{genre} {word}", f"{genre} {word}", f"{mood} {genre} {word}"))


def _band(facts: dict, rng: random.Random) -> str:
    """Genre, optional mood and any true subset of the parts."""
    genre, mood = _genre(facts["genre"], rng), _mood(facts, rng)
    head = f"{mood} {genre}" if mood and rng.random() < 0.35 else genre
    forms = [head + rng.choice(_ENDINGS)] * 3
    lead = _instrument(facts["lead"], rng) if facts["lead"] else None
    if lead:
        played = f"{mood} {lead}" if mood and rng.random() < 0.2 else lead
        forms += [
            f"{head} {lead}", f"{head} {lead} solo", f"{head} with {_article(played)}",
            f"{head} with {played} solo", f"{lead} {genre}", f"{head}, {lead}",
            f"{head} with {_article(played)} solo",
        ]  # fmt: skip
        if facts["bass"]:
            forms += [f"{genre} bassline with {_article(played)} solo", f"{genre} bass with {lead}"]
    if facts["comp"]:
        comp = _instrument(facts["comp"], rng)
        forms += [f"{comp} {genre}", f"{head} with {comp}"]
        if lead and comp != lead:
            forms += [f"{head}, {lead} and {comp}", f"{head} with {lead} and {comp}"]
    if not facts["drums"] and rng.random() < 0.1:
        forms += [f"{head} without drums", f"{head}, no drums"]
    return rng.choice(forms)


def _hybrid(facts: dict, rng: random.Random) -> str:
    """Base genre first or second, flavour as an adjective, often with its lead named."""
    base, other = _genre(facts["genre"], rng), _genre(facts["flavour"], rng)
    lead = _instrument(facts["lead"], rng)
    return rng.choice((
        f"{other} {base}", f"{other} {base} {lead}", f"{base} with {_article(f'{other} {lead}')}",
        f"{base} beat with {other} {lead} solo", f"{base} meets {other}", f"{base} and {other} {lead}",
        f"{base} with {other} influences", f"{other} {base} with {lead}",
    ))  # fmt: skip


def _tempo(facts: dict) -> str:
    return f"{round(facts['beats'] * 60 / CLIP_SECONDS)} bpm"


def _typo(text: str, rng: random.Random) -> str:
    """Swap, drop or double one letter inside a word."""
    spots = [i for i in range(1, len(text) - 1) if text[i - 1 : i + 2].isalpha()]
    if not spots:
        return text
    i = rng.choice(spots)
    swapped = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return rng.choice((swapped, text[:i] + text[i + 1 :], text[:i] + text[i] + text[i:]))


def caption_for(facts: dict, rng: random.Random, plain: bool = False) -> str:
    """A caption for a clip's facts; ``plain`` leaves typos and tempo words out."""
    kind = facts["kind"]
    if kind == "scene":
        words = SCENE_WORDS[facts["scene"]]
        text = rng.choice((*words, f"sound of {words[0]}"))
    elif kind == "solo":
        text = _solo(facts, rng)
    elif kind == "drums":
        text = _rhythm(facts, rng, _DRUM_WORDS)
    elif kind == "bass":
        text = _rhythm(facts, rng, _BASS_WORDS)
    elif kind == "hybrid":
        text = _hybrid(facts, rng)
    else:
        text = _band(facts, rng)
    if plain:
        return text
    if kind not in ("scene",) and rng.random() < 0.15:
        text = rng.choice((f"{text}, {_tempo(facts)}", f"{text} {_tempo(facts)}"))
    return _typo(text, rng) if rng.random() < 0.04 else text
