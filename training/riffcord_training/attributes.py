"""What a caption can tell about a clip, as one vector of 0/1 targets with a name for each place.

The text encoder learns to read these off captions before the denoiser exists, and the exported
encoder reports them, so that a user can be shown what was understood.
"""

import numpy as np

from .composer.genres import GENRES
from .composer.instruments import BASSES, INSTRUMENTS
from .composer.lexicon import bpm_of
from .composer.mixing import EFFECT_WORDS
from .composer.performance import COLUMNS, FORMS
from .composer.scenes import SCENE_WORDS
from .composer.styles import STYLES, family_of
from .composer.theory import KEY_NAMES, SCALES

BEATS = tuple(range(4, 17))
_METERS = (2, 3, 4, 5, 7)

_GROUPS: dict[str, tuple[str, ...]] = {
    "genre": tuple(GENRES),
    "style": tuple(name for name in STYLES if name not in GENRES),
    "instrument": tuple(INSTRUMENTS),
    "lead": tuple(INSTRUMENTS),
    "bass": tuple(BASSES),
    "sound": tuple(SCENE_WORDS),
    "effect": tuple(EFFECT_WORDS),
    "form": tuple(FORMS),
    "scale": tuple(SCALES),
    "key": KEY_NAMES,
    "beats": tuple(map(str, BEATS)),
    "meter": tuple(map(str, _METERS)),
    "kind": ("full", "hybrid", "solo", "drums", "bass", "scene", "mixed"),
    "mood": ("drums", "no drums", "slow", "fast", "minor", "major", "busy", "sparse", "swing"),
}

#: "group:name" of every place in the vector.
ATTRIBUTES = tuple(f"{group}:{name}" for group, names in _GROUPS.items() for name in names)
_PLACE = {name: i for i, name in enumerate(ATTRIBUTES)}


def group_slice(group: str) -> slice:
    """Where a group lies in the vector."""
    first = next(i for i, name in enumerate(ATTRIBUTES) if name.startswith(f"{group}:"))
    return slice(first, first + len(_GROUPS[group]))


def attributes_of(facts: dict) -> np.ndarray:
    """(len(ATTRIBUTES),) float32 targets of a clip."""
    names = {f"kind:{facts['kind']}", f"beats:{_usual_beats(facts)}", f"meter:{facts['bar']}"}
    for style in (facts.get("style") or facts["genre"], facts["flavour"]):
        if style:
            names |= {f"style:{style}", f"genre:{family_of(STYLES[style])}"}
    for part in ("lead", "comp", "answer"):
        if facts.get(part):
            names.add(f"instrument:{facts[part]}")
    names |= {f"effect:{name}" for name in facts.get("effects", ())}
    names |= {f"lead:{facts['lead']}", f"bass:{facts['bass']}", f"sound:{facts['scene']}"}
    names |= {f"form:{facts.get('form')}", *_mood_names(facts)}
    if facts["lead"] or facts["comp"]:
        names.add(f"scale:{facts.get('scale')}")
        if "key" in facts:
            names.add(f"key:{KEY_NAMES[facts['key']]}")
    out = np.zeros(len(ATTRIBUTES), np.float32)
    out[[_PLACE[name] for name in names if name in _PLACE]] = 1.0
    return out


def _usual_beats(facts: dict) -> int:
    """Beats of a clip of the usual length at the clip's tempo."""
    return round(facts["beats"] * COLUMNS / facts.get("columns", COLUMNS))


def _mood_names(facts: dict) -> set[str]:
    speed = bpm_of(facts)
    checks = {
        "drums": facts["drums"], "no drums": not facts["drums"] and facts["kind"] == "full",
        "slow": facts["pace"] == "slow" or speed < 75, "fast": facts["pace"] == "fast" or speed > 150,
        "busy": facts.get("busy"), "sparse": facts.get("sparse"), "swing": facts.get("swing"),
    }  # fmt: skip
    if facts["lead"] or facts["comp"]:
        checks |= {"minor": facts["minor"], "major": not facts["minor"]}
    return {f"mood:{name}" for name, true in checks.items() if true}
