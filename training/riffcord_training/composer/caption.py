"""Captions for composed clips, in the many ways people type music prompts.

Every caption is true of its clip. It says as much or as little as its writer likes, in sentences
or in a list in any order, in other languages now and then, and is misspelt sometimes.
"""

import random

from . import wording as say
from .languages import FOREIGN, translate
from .lexicon import lexicon_phrases
from .misspelling import misspell
from .mixing import EFFECT_WORDS

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


def caption_for(facts: dict, rng: random.Random, plain: bool = False) -> str:
    """A caption for a clip's facts; ``plain`` keeps to sentences without accidents."""
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
        text = say.with_tempo(text, facts, rng)
    if rng.random() < 0.12:
        text = rng.choice(_WISHES).format(text)
    if rng.random() < 0.07:
        return translate(text, rng)
    return misspell(text, rng) if rng.random() < 0.22 else text


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
        return say.scene(facts, rng)
    if facts["kind"] == "solo":
        return say.instrument(facts["lead"], rng)
    style = say.named_style(facts, rng)
    if facts["kind"] == "drums":
        return f"{style} {say.drum_word(rng)}"
    if facts["kind"] == "bass":
        return f"{style} {rng.choice(_BASS_PARTS)}"
    if facts["kind"] == "mixed":
        scene = say.scene(facts, rng)
        forms = (f"{scene} to {style}", f"{style} with {scene}", f"{scene} and {style}",
                 f"{style}, {scene}", f"{scene} {style}")  # fmt: skip
        return rng.choice(forms)
    if facts["flavour"]:
        other = say.style(facts["flavour"], rng)
        return rng.choice((f"{other} {style}", f"{style} {other}", f"{other} to {style}",
                           f"{style} x {other}", f"{style} and {other}"))  # fmt: skip
    ending = f" {rng.choice(FOREIGN['music'])}" if rng.random() < 0.04 else rng.choice(_ENDINGS)
    return style + ending


def _items(facts: dict, rng: random.Random) -> list[str]:
    """Everything else that could be said."""
    items = [mood for mood in (say.mood(facts, rng), say.mood(facts, rng)) if mood]
    if facts["lead"] and facts["kind"] != "solo":
        lead = say.instrument(facts["lead"], rng)
        items += [lead, rng.choice((f"{lead} solo", f"{lead} lead", f"{lead} melody", lead))]
    if facts.get("answer"):
        items.append(say.instrument(facts["answer"], rng))
    if facts["comp"]:
        comp = say.instrument(facts["comp"], rng)
        words = _COMP_WORDS.get(facts.get("comp_style") or "", ())
        items.append(f"{comp} {rng.choice(words)}" if words and rng.random() < 0.4 else comp)
    if facts["bass"]:
        items.append(say.bass(facts["bass"], rng))
    if facts["kind"] not in ("solo", "scene") and rng.random() < 0.5:
        items.append(say.drum_word(rng) if facts["drums"] else rng.choice(("no drums", "drumless")))
    if rng.random() < 0.3:
        items.append(say.tempo(facts, rng))
    if rng.random() < 0.25 and (key := say.key(facts, rng)):
        items.append(key)
    if facts["bar"] in (3, 5, 7) or rng.random() < 0.03:
        items.append(say.meter(facts))
    items += [rng.choice(EFFECT_WORDS[name]) for name in facts.get("effects", ())]
    if facts.get("form") in _FORM_WORDS:
        items.append(rng.choice(_FORM_WORDS[facts["form"]]))
    if facts.get("swing") and rng.random() < 0.3:
        items.append(rng.choice(("swing", "swung", "shuffled")))
    if phrases := lexicon_phrases(facts):
        items.append(rng.choice(rng.choice(phrases)))
    return items or ["music"]


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
        "scene": say.scene, "solo": _solo, "drums": _drums, "bass": _bass_line, "hybrid": _hybrid,
        "mixed": _mixed,
    }  # fmt: skip
    return writers.get(facts["kind"], _band)(facts, rng)


def _solo(facts: dict, rng: random.Random) -> str:
    name, mood = say.instrument(facts["lead"], rng), say.mood(facts, rng)
    forms = [name, f"{name} solo", f"solo {name}"]
    if mood:
        forms += [f"{mood} {name}", f"{mood} {name} solo", f"{mood} solo {name}", f"{name}, {mood}"]
    return rng.choice(forms)


def _drums(facts: dict, rng: random.Random) -> str:
    style, word, mood = say.named_style(facts, rng), say.drum_word(rng), say.mood(facts, rng)
    return rng.choice((f"{style} {word}", f"{style} {word}", f"{mood} {style} {word}".strip()))


def _bass_line(facts: dict, rng: random.Random) -> str:
    style, word, mood = say.named_style(facts, rng), rng.choice(_BASS_PARTS), say.mood(facts, rng)
    if rng.random() < 0.4:
        return f"{style} {say.bass(facts['bass'], rng)}"
    return rng.choice((f"{style} {word}", f"{style} {word}", f"{mood} {style} {word}".strip()))


def _band(facts: dict, rng: random.Random) -> str:
    """Style, optional mood and any true subset of the parts."""
    style, mood = say.named_style(facts, rng), say.mood(facts, rng)
    head = f"{mood} {style}" if mood and rng.random() < 0.35 else style
    forms = [head + rng.choice(_ENDINGS)] * 3
    lead = say.instrument(facts["lead"], rng) if facts["lead"] else None
    if lead:
        played = f"{mood} {lead}" if mood and rng.random() < 0.2 else lead
        forms += [
            f"{head} {lead}", f"{head} {lead} solo", f"{head} with {say.article(played)}",
            f"{head} with {played} solo", f"{lead} {style}", f"{head}, {lead}",
            f"{head} with {say.article(played)} solo", f"{lead} playing {style}", f"{lead} over {style}",
        ]  # fmt: skip
        if facts["bass"]:
            forms += [
                f"{style} bassline with {say.article(played)} solo",
                f"{style} bass with {lead}",
            ]
    if facts["comp"]:
        comp = say.instrument(facts["comp"], rng)
        forms += [f"{comp} {style}", f"{head} with {comp}"]
        if lead and comp != lead:
            forms += [f"{head}, {lead} and {comp}", f"{head} with {lead} and {comp}"]
    if not facts["drums"] and rng.random() < 0.1:
        forms += [f"{head} without drums", f"{head}, no drums"]
    return rng.choice(forms)


def _hybrid(facts: dict, rng: random.Random) -> str:
    """Base style first or second, flavour as an adjective, often with its lead named."""
    base, other = say.named_style(facts, rng), say.style(facts["flavour"], rng)
    lead = say.instrument(facts["lead"], rng)
    return rng.choice((
        f"{other} {base}", f"{other} {base} {lead}", f"{base} with {say.article(f'{other} {lead}')}",
        f"{base} beat with {other} {lead} solo", f"{base} meets {other}", f"{base} and {other} {lead}",
        f"{base} with {other} influences", f"{other} {base} with {lead}", f"{other} to {base}",
        f"{other} {lead} over {say.article(base)} beat",
    ))  # fmt: skip


def _mixed(facts: dict, rng: random.Random) -> str:
    style, scene = _band(facts, rng), say.scene(facts, rng)
    return rng.choice((f"{scene} to {style}", f"{style} with {scene}", f"{style} in the {scene}",
                       f"{scene} and {style}", f"{style}, {scene} in the background"))  # fmt: skip
