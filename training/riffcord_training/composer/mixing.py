"""Mix settings of a clip: what the renderer does to it after the synthesiser."""

import random

from .genres import Genre

#: Effect -> (smallest amount worth naming, words for it).
_WORDS = {
    "drive": (0.45, ("distorted", "distortion", "overdriven", "fuzzy")),
    "lowpass": (0.5, ("muffled", "warm tape", "lo-fi sound", "underwater")),
    "pump": (0.45, ("side-chained", "pumping", "sidechain")),
    "sweep": (0.4, ("filter sweep", "filtered", "swooshing")),
    "rise": (0.4, ("riser", "rising filter", "opening up")),
    "echo": (0.35, ("echo", "delay", "echoing", "dubby delay")),
    "room": (0.45, ("huge reverb", "cavernous", "in a cathedral", "washed out", "reverb")),
    "chorus": (0.4, ("chorus effect", "shimmering", "detuned", "wide")),
    "tremolo": (0.3, ("tremolo", "pulsating", "wobbling volume")),
    "crush": (0.35, ("bitcrushed", "crunchy", "low bitrate", "8-bit crushed")),
    "vinyl": (0.3, ("vinyl crackle", "old record", "gramophone", "dusty vinyl")),
    "wow": (0.4, ("warped tape", "wobbly tape", "out of tune tape", "detuned cassette")),
    "sub": (0.5, ("808 bass", "sub bass", "booming bass")),
    "dry": (0.5, ("dry", "close up", "no reverb")),
}

EFFECT_WORDS = {name: words for name, (_, words) in _WORDS.items()}

#: Effects any band may get once in a while, and how strong.
_SPICES = (
    ("drive", 0.7), ("lowpass", 0.9), ("echo", 0.7), ("room", 0.8), ("chorus", 0.7),
    ("tremolo", 0.6), ("crush", 0.6), ("vinyl", 0.6), ("wow", 0.7), ("sweep", 0.7), ("dry", 1.0),
)  # fmt: skip


def choose_mix(rng: random.Random, style: Genre, kind: str, form: str) -> dict[str, float]:
    """Renderer settings; amounts are 0..1 unless a unit is given."""
    mix = {
        "font": float(rng.random() < 0.5),
        "reverb": float(max(0, min(127, style.reverb + rng.gauss(0, 15)))),
        "tilt_db": rng.gauss(0, 2.5),
    }
    if kind != "scene" and kind != "solo":
        for effect, amount in style.effects.items():
            if rng.random() < 0.75:
                mix[effect] = amount * rng.uniform(0.7, 1.2)
    if form == "build" and rng.random() < 0.7:
        mix["rise"] = rng.uniform(0.4, 1.0)
    if rng.random() < 0.12 and kind != "scene":
        effect, amount = rng.choice(_SPICES)
        mix[effect] = amount * rng.uniform(0.7, 1.2)
    if mix.get("dry"):
        mix["reverb"] = 0.0
    return mix


def effect_words(mix: dict[str, float]) -> list[str]:
    """Names of the effects that are strong enough to be heard."""
    return [name for name, (least, _) in _WORDS.items() if mix.get(name, 0.0) >= least]
