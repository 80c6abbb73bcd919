"""The words for one part or property of a clip, chosen anew each time."""

import random

from .instruments import BASS_WORDS, INSTRUMENTS
from .languages import FOREIGN
from .lexicon import bpm_of
from .scenes import SCENE_WORDS
from .styles import STYLES, family_of
from .theory import KEY_NAMES

_SLOW = ("slow", "calm", "peaceful", "gentle", "relaxing")
_FAST = ("fast", "rapid", "energetic", "virtuosic", "frantic")
_MINOR = ("sad", "dark", "melancholic", "minor key", "moody")
_MAJOR = ("happy", "bright", "cheerful", "major key", "joyful")
_BUSY, _SPARSE = ("busy", "intense", "dense", "lively"), ("sparse", "minimal", "simple", "quiet")
_DRUM_WORDS = ("drums", "beat", "drum beat", "drum loop", "drum solo", "percussion", "rhythm")
_SCALE_WORDS = {
    "hijaz": ("oriental scale", "phrygian dominant"), "phrygian": ("phrygian",), "lydian": ("lydian",),
    "dorian": ("dorian",), "mixolydian": ("mixolydian",), "blues": ("blues scale", "bluesy"),
    "pentatonic": ("pentatonic",), "minor pentatonic": ("pentatonic",), "harmonic": ("harmonic minor",),
    "whole tone": ("whole tone scale", "floating harmony"), "locrian": ("dissonant",),
    "hirajoshi": ("japanese scale",), "pelog": ("pelog",), "double harmonic": ("byzantine scale",),
}  # fmt: skip


def instrument(name: str, rng: random.Random) -> str:
    """An instrument's name, or another word for it."""
    words = INSTRUMENTS[name].words if name in INSTRUMENTS else ()
    if name in FOREIGN and rng.random() < 0.03:
        return rng.choice(FOREIGN[name])
    return rng.choice(words) if words and rng.random() < 0.3 else name


def bass(name: str, rng: random.Random) -> str:
    """A bass by its name, or another word for it."""
    words = BASS_WORDS.get(name, ())
    if rng.random() < 0.02:
        return rng.choice(FOREIGN["bass"])
    return rng.choice(words) if words and rng.random() < 0.5 else name


def _own_words(name: str) -> list[str]:
    """A style's words, less those that name another style."""
    return [w for w in STYLES[name].words if w == name or w not in STYLES]


def style(name: str, rng: random.Random) -> str:
    """A style by one of its own words, or by its genre's."""
    family = family_of(STYLES[name])
    for key in (name, family):
        if key in FOREIGN and rng.random() < 0.03:
            return rng.choice(FOREIGN[key])
    if family != name and rng.random() < 0.25:
        name = family
    words = _own_words(name)
    return words[0] if len(words) == 1 or rng.random() < 0.6 else rng.choice(words[1:])


def named_style(facts: dict, rng: random.Random) -> str:
    """The clip's style."""
    return style(facts.get("style") or facts["genre"], rng)


def article(phrase: str) -> str:
    """ "a" or "an" before a phrase."""
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def _foreign(key: str, rng: random.Random) -> list[str]:
    return [rng.choice(FOREIGN[key])] if rng.random() < 0.08 else []


def mood(facts: dict, rng: random.Random) -> str:
    """An adjective that is true of the clip, or nothing."""
    choices = []
    if facts["genre"]:
        choices += list(STYLES[facts.get("style") or facts["genre"]].moods) * 2
    speed = bpm_of(facts)
    if facts["pace"] == "slow" or (not facts["drums"] and speed < 75):
        choices += [*_SLOW, *_foreign("slow", rng), *_foreign("calm", rng)]
    if facts["pace"] == "fast" or speed > 150:
        choices += [*_FAST, *_foreign("fast", rng)]
    if facts["lead"] or facts["comp"]:
        moods, key = (_MINOR, "sad") if facts["minor"] else (_MAJOR, "happy")
        choices += [*moods, *_foreign(key, rng)]
        choices += _foreign("dark", rng) if facts["minor"] else []
    if facts.get("busy") and facts["drums"]:
        choices += [*_BUSY, *_foreign("loud", rng)]
    if facts.get("sparse"):
        choices += _SPARSE
    return rng.choice(choices) if choices else ""


def tempo(facts: dict, rng: random.Random) -> str:
    bpm = bpm_of(facts)
    near = round(bpm) if rng.random() < 0.6 else round(bpm * rng.uniform(0.975, 1.025))
    return rng.choice((
        f"{near} bpm", f"{near} bpm", f"{near}bpm", f"bpm:{near}", f"bpm: {near}", f"at {near} bpm",
        f"tempo {near}", f"{near} beats per minute",
    ))  # fmt: skip


def with_tempo(text: str, facts: dict, rng: random.Random) -> str:
    """A text with the tempo before or after it."""
    told = tempo(facts, rng)
    return rng.choice((f"{text}, {told}", f"{text} {told}", f"{told} {text}"))


def key(facts: dict, rng: random.Random) -> str:
    """The key or scale by name, as far as the scale has one."""
    names = _SCALE_WORDS.get(facts.get("scale", ""), ())
    if names and rng.random() < 0.6:
        return rng.choice(names)
    if "key" not in facts:
        return ""
    mode = "minor" if facts["minor"] else "major"
    return f"{'in ' if rng.random() < 0.4 else ''}{KEY_NAMES[facts['key']]} {mode}"


def meter(facts: dict) -> str:
    """The time signature."""
    return {3: "3/4", 5: "5/4", 7: "7/8"}.get(facts["bar"], "4/4")


def drum_word(rng: random.Random) -> str:
    """Something that drums are called."""
    return rng.choice(FOREIGN["drums"]) if rng.random() < 0.03 else rng.choice(_DRUM_WORDS)


def scene(facts: dict, rng: random.Random) -> str:
    """An everyday sound."""
    words = SCENE_WORDS[facts["scene"]]
    if facts["scene"] in FOREIGN and rng.random() < 0.06:
        return rng.choice(FOREIGN[facts["scene"]])
    return rng.choice((*words, f"sound of {words[0]}"))
