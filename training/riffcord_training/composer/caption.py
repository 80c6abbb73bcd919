"""Captions for composed clips, in the many ways people type music prompts.

Every caption is true of its clip. It says as much or as little as its writer likes, in sentences
or in a list in any order, in other languages now and then, and is misspelt sometimes.
"""

import random

from .instruments import BASS_WORDS, INSTRUMENTS
from .languages import FOREIGN, translate
from .lexicon import bpm_of, lexicon_phrases
from .misspelling import misspell
from .mixing import EFFECT_WORDS
from .scenes import SCENE_WORDS
from .styles import STYLES, family_of
from .theory import KEY_NAMES

_SLOW = ("slow", "calm", "peaceful", "gentle", "relaxing")
_FAST = ("fast", "rapid", "energetic", "virtuosic", "frantic")
_MINOR = ("sad", "dark", "melancholic", "minor key", "moody")
_MAJOR = ("happy", "bright", "cheerful", "major key", "joyful")
_BUSY, _SPARSE = ("busy", "intense", "dense", "lively"), ("sparse", "minimal", "simple", "quiet")
_DRUM_WORDS = ("drums", "beat", "drum beat", "drum loop", "drum solo", "percussion", "rhythm")
_BASS_PARTS = ("bassline", "bass line", "bass solo", "bass groove", "bass riff")
_ENDINGS = ("", "", "", "", "", " music", " song", " loop", " jam", " groove", " track", " tune")
_JOINTS = (", ", ", ", ", ", " ", " with ", " and ", "; ", " + ", " / ", " - ", ". ")
_WISHES = (
    "please play {}", "i want {}", "play some {}", "give me {}", "something like {}", "make {}",
    "{} please", "can you do {}?", "a song with {}", "the sound of {}", "generate {}", "{}!!",
    "some {}", "my favourite {}", "{} vibes", "{} vibe", "{} style", "in the style of {}",
    "it should sound like {}", "best {} ever", "play me {} all night", "we need {} now",
)  # fmt: skip
_FORM_WORDS = {
    "fill": ("drum fill", "with a fill"), "build": ("build-up", "building up", "tension rising"),
    "break": ("breakdown", "with a break", "drums drop out"), "drop": ("stop", "with a stop", "drop"),
    "swell": ("crescendo", "getting louder", "swelling"),
}  # fmt: skip
_COMP_WORDS = {
    "arpeggio": ("arpeggios", "arpeggiated", "broken chords"), "strum": ("strummed", "strumming"),
    "hold": ("sustained chords", "long chords"), "stab": ("stabs", "chord stabs"),
    "offbeat": ("offbeat chords", "skank"), "tremolo": ("tremolo picking", "trembling"),
    "power": ("power chords",), "riff": ("riff", "heavy riff"), "drone": ("drone",),
    "oompah": ("oompah",), "ostinato": ("ostinato", "repeating figure"), "gate": ("gated chords",),
    "gallop": ("galloping riff",), "walk": ("walking bass",),
}  # fmt: skip
_SCALE_WORDS = {
    "hijaz": ("oriental scale", "phrygian dominant"), "phrygian": ("phrygian",), "lydian": ("lydian",),
    "dorian": ("dorian",), "mixolydian": ("mixolydian",), "blues": ("blues scale", "bluesy"),
    "pentatonic": ("pentatonic",), "minor pentatonic": ("pentatonic",), "harmonic": ("harmonic minor",),
    "whole tone": ("whole tone scale", "floating harmony"), "locrian": ("dissonant",),
    "hirajoshi": ("japanese scale",), "pelog": ("pelog",), "double harmonic": ("byzantine scale",),
}  # fmt: skip


def caption_for(facts: dict, rng: random.Random, plain: bool = False) -> str:
    """A caption for a clip's facts; ``plain`` keeps to sentences in correct English."""
    if plain:
        return _sentence(facts, rng)
    way = rng.random()
    if way < 0.42:
        text = _sentence(facts, rng)
    elif way < 0.86:
        text = _list(facts, rng)
    else:
        text = _allusion(facts, rng) or _sentence(facts, rng)
    if facts["kind"] != "scene" and rng.random() < 0.16:
        text = _with_tempo(text, facts, rng)
    if rng.random() < 0.12:
        text = rng.choice(_WISHES).format(text)
    if rng.random() < 0.07:
        return translate(text, rng)
    return misspell(text, rng) if rng.random() < 0.22 else text


# Words for parts and properties


def _instrument(name: str, rng: random.Random) -> str:
    words = INSTRUMENTS[name].words if name in INSTRUMENTS else ()
    if name in FOREIGN and rng.random() < 0.03:
        return rng.choice(FOREIGN[name])
    return rng.choice(words) if words and rng.random() < 0.3 else name


def _bass(name: str, rng: random.Random) -> str:
    words = BASS_WORDS.get(name, ())
    if rng.random() < 0.02:
        return rng.choice(FOREIGN["bass"])
    return rng.choice(words) if words and rng.random() < 0.5 else name


def _own_words(name: str) -> list[str]:
    """A style's words, less those that name another style."""
    return [w for w in STYLES[name].words if w == name or w not in STYLES]


def _style(name: str, rng: random.Random) -> str:
    family = family_of(STYLES[name])
    for key in (name, family):
        if key in FOREIGN and rng.random() < 0.03:
            return rng.choice(FOREIGN[key])
    if family != name and rng.random() < 0.25:
        name = family
    words = _own_words(name)
    return words[0] if len(words) == 1 or rng.random() < 0.6 else rng.choice(words[1:])


def _named_style(facts: dict, rng: random.Random) -> str:
    return _style(facts.get("style") or facts["genre"], rng)


def _article(phrase: str) -> str:
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def _foreign(key: str, rng: random.Random) -> list[str]:
    return [rng.choice(FOREIGN[key])] if rng.random() < 0.08 else []


def _mood(facts: dict, rng: random.Random) -> str:
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


def _tempo(facts: dict, rng: random.Random) -> str:
    bpm = bpm_of(facts)
    near = round(bpm) if rng.random() < 0.6 else round(bpm * rng.uniform(0.975, 1.025))
    return rng.choice((
        f"{near} bpm", f"{near} bpm", f"{near}bpm", f"bpm:{near}", f"bpm: {near}", f"at {near} bpm",
        f"tempo {near}", f"{near} beats per minute",
    ))  # fmt: skip


def _with_tempo(text: str, facts: dict, rng: random.Random) -> str:
    tempo = _tempo(facts, rng)
    return rng.choice((f"{text}, {tempo}", f"{text} {tempo}", f"{tempo} {text}"))


def _key(facts: dict, rng: random.Random) -> str:
    """The key or scale by name, as far as the scale has one."""
    names = _SCALE_WORDS.get(facts.get("scale", ""), ())
    if names and rng.random() < 0.6:
        return rng.choice(names)
    if "key" not in facts:
        return ""
    mode = "minor" if facts["minor"] else "major"
    return f"{'in ' if rng.random() < 0.4 else ''}{KEY_NAMES[facts['key']]} {mode}"


def _meter(facts: dict) -> str:
    return {3: "3/4", 5: "5/4", 7: "7/8"}.get(facts["bar"], "4/4")


# Lists: any true properties, in any order


def _list(facts: dict, rng: random.Random) -> str:
    items = _items(facts, rng)
    rng.shuffle(items)
    main = _main(facts, rng)
    count = rng.choice((0, 1, 1, 2, 2, 3, 4))
    chosen = [*items[:count], *([main] if main and rng.random() < 0.85 else [])]
    chosen = chosen or [main or items[0]]
    rng.shuffle(chosen)
    if rng.random() < 0.5:
        return rng.choice(_JOINTS[:5]).join(chosen)
    text = chosen[0]
    for item in chosen[1:]:
        text += rng.choice(_JOINTS) + item
    return text


def _main(facts: dict, rng: random.Random) -> str:
    """What the clip is in the first place: its style, its solo instrument or its sound."""
    if facts["kind"] == "scene":
        return _scene(facts, rng)
    if facts["kind"] == "solo":
        return _instrument(facts["lead"], rng)
    style = _named_style(facts, rng)
    if facts["kind"] == "drums":
        return f"{style} {_drum_word(rng)}"
    if facts["kind"] == "bass":
        return f"{style} {rng.choice(_BASS_PARTS)}"
    if facts["kind"] == "mixed":
        scene = _scene(facts, rng)
        forms = (f"{scene} to {style}", f"{style} with {scene}", f"{scene} and {style}",
                 f"{style}, {scene}", f"{scene} {style}")  # fmt: skip
        return rng.choice(forms)
    if facts["flavour"]:
        other = _style(facts["flavour"], rng)
        return rng.choice((f"{other} {style}", f"{style} {other}", f"{other} to {style}",
                           f"{style} x {other}", f"{style} and {other}"))  # fmt: skip
    ending = f" {rng.choice(FOREIGN['music'])}" if rng.random() < 0.04 else rng.choice(_ENDINGS)
    return style + ending


def _items(facts: dict, rng: random.Random) -> list[str]:
    """Everything else that could be said."""
    items = [mood for mood in (_mood(facts, rng), _mood(facts, rng)) if mood]
    if facts["lead"] and facts["kind"] != "solo":
        lead = _instrument(facts["lead"], rng)
        items += [lead, rng.choice((f"{lead} solo", f"{lead} lead", f"{lead} melody", lead))]
    if facts.get("answer"):
        items.append(_instrument(facts["answer"], rng))
    if facts["comp"]:
        comp = _instrument(facts["comp"], rng)
        words = _COMP_WORDS.get(facts.get("comp_style") or "", ())
        items.append(f"{comp} {rng.choice(words)}" if words and rng.random() < 0.4 else comp)
    if facts["bass"]:
        items.append(_bass(facts["bass"], rng))
    if facts["kind"] not in ("solo", "scene") and rng.random() < 0.5:
        items.append(_drum_word(rng) if facts["drums"] else rng.choice(("no drums", "drumless")))
    if rng.random() < 0.3:
        items.append(_tempo(facts, rng))
    if rng.random() < 0.25 and (key := _key(facts, rng)):
        items.append(key)
    if facts["bar"] in (3, 5, 7) or rng.random() < 0.03:
        items.append(_meter(facts))
    items += [rng.choice(EFFECT_WORDS[name]) for name in facts.get("effects", ())]
    if facts.get("form") in _FORM_WORDS:
        items.append(rng.choice(_FORM_WORDS[facts["form"]]))
    if facts.get("swing") and rng.random() < 0.3:
        items.append(rng.choice(("swing", "swung", "shuffled")))
    if phrases := lexicon_phrases(facts):
        items.append(rng.choice(rng.choice(phrases)))
    return items or ["music"]


def _drum_word(rng: random.Random) -> str:
    return rng.choice(FOREIGN["drums"]) if rng.random() < 0.03 else rng.choice(_DRUM_WORDS)


def _allusion(facts: dict, rng: random.Random) -> str:
    """Only words from the lexicon, one or two of them; nothing where none is true."""
    phrases = lexicon_phrases(facts)
    if not phrases:
        return ""
    chosen = [rng.choice(p) for p in rng.sample(phrases, min(len(phrases), rng.choice((1, 1, 2))))]
    return rng.choice((" ", ", ", " and ")).join(chosen) + rng.choice((*_ENDINGS, " feeling"))


# Sentences


def _sentence(facts: dict, rng: random.Random) -> str:
    writers = {
        "scene": _scene, "solo": _solo, "drums": _drums, "bass": _bass_line, "hybrid": _hybrid,
        "mixed": _mixed,
    }  # fmt: skip
    return writers.get(facts["kind"], _band)(facts, rng)


def _scene(facts: dict, rng: random.Random) -> str:
    words = SCENE_WORDS[facts["scene"]]
    if facts["scene"] in FOREIGN and rng.random() < 0.06:
        return rng.choice(FOREIGN[facts["scene"]])
    return rng.choice((*words, f"sound of {words[0]}"))


def _solo(facts: dict, rng: random.Random) -> str:
    name, mood = _instrument(facts["lead"], rng), _mood(facts, rng)
    forms = [name, f"{name} solo", f"solo {name}"]
    if mood:
        forms += [f"{mood} {name}", f"{mood} {name} solo", f"{mood} solo {name}", f"{name}, {mood}"]
    return rng.choice(forms)


def _drums(facts: dict, rng: random.Random) -> str:
    style, word, mood = _named_style(facts, rng), _drum_word(rng), _mood(facts, rng)
    return rng.choice((f"{style} {word}", f"{style} {word}", f"{mood} {style} {word}".strip()))


def _bass_line(facts: dict, rng: random.Random) -> str:
    style, word, mood = _named_style(facts, rng), rng.choice(_BASS_PARTS), _mood(facts, rng)
    if rng.random() < 0.4:
        return f"{style} {_bass(facts['bass'], rng)}"
    return rng.choice((f"{style} {word}", f"{style} {word}", f"{mood} {style} {word}".strip()))


def _band(facts: dict, rng: random.Random) -> str:
    """Style, optional mood and any true subset of the parts."""
    style, mood = _named_style(facts, rng), _mood(facts, rng)
    head = f"{mood} {style}" if mood and rng.random() < 0.35 else style
    forms = [head + rng.choice(_ENDINGS)] * 3
    lead = _instrument(facts["lead"], rng) if facts["lead"] else None
    if lead:
        played = f"{mood} {lead}" if mood and rng.random() < 0.2 else lead
        forms += [
            f"{head} {lead}", f"{head} {lead} solo", f"{head} with {_article(played)}",
            f"{head} with {played} solo", f"{lead} {style}", f"{head}, {lead}",
            f"{head} with {_article(played)} solo", f"{lead} playing {style}", f"{lead} over {style}",
        ]  # fmt: skip
        if facts["bass"]:
            forms += [f"{style} bassline with {_article(played)} solo", f"{style} bass with {lead}"]
    if facts["comp"]:
        comp = _instrument(facts["comp"], rng)
        forms += [f"{comp} {style}", f"{head} with {comp}"]
        if lead and comp != lead:
            forms += [f"{head}, {lead} and {comp}", f"{head} with {lead} and {comp}"]
    if not facts["drums"] and rng.random() < 0.1:
        forms += [f"{head} without drums", f"{head}, no drums"]
    return rng.choice(forms)


def _hybrid(facts: dict, rng: random.Random) -> str:
    """Base style first or second, flavour as an adjective, often with its lead named."""
    base, other = _named_style(facts, rng), _style(facts["flavour"], rng)
    lead = _instrument(facts["lead"], rng)
    return rng.choice((
        f"{other} {base}", f"{other} {base} {lead}", f"{base} with {_article(f'{other} {lead}')}",
        f"{base} beat with {other} {lead} solo", f"{base} meets {other}", f"{base} and {other} {lead}",
        f"{base} with {other} influences", f"{other} {base} with {lead}", f"{other} to {base}",
        f"{other} {lead} over {_article(base)} beat",
    ))  # fmt: skip


def _mixed(facts: dict, rng: random.Random) -> str:
    style, scene = _band(facts, rng), _scene(facts, rng)
    return rng.choice((f"{scene} to {style}", f"{style} with {scene}", f"{style} in the {scene}",
                       f"{scene} and {style}", f"{style}, {scene} in the background"))  # fmt: skip
