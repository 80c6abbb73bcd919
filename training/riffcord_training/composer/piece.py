"""Seed -> piece: a looping clip's notes, programs, mix and the attributes captions draw on."""

import random
from dataclasses import dataclass

import numpy as np

from . import sketch as sheet
from .bass import bass
from .comp import comp, solo_chords
from .genres import GENRES, Genre
from .instruments import BASSES, INSTRUMENTS, SOLO_NAMES
from .melody import answer, lead
from .mixing import choose_mix, effect_words
from .performance import (
    COLUMN_SECONDS,
    COLUMNS,
    FORMS,
    Control,
    Note,
    perform,
    shape,
    tightness_of,
)
from .rhythm import drums
from .scenes import NOISES, SCENE_WORDS, compose_scene
from .sketch import Sketch
from .styles import STYLES, children_of, family_of
from .theory import DEFAULT_PROGRESSIONS, SCALES, bar_length

#: Raised whenever a seed no longer gives the same clip.
COMPOSER_VERSION = 2

SCORE_PITCHES, SCORE_DRUMS, SCORE_FAMILIES = 64, 8, 16
_LOWEST_SCORE_PITCH = 33
_DRUM_CLASS = {36: 0, 35: 0, 38: 1, 40: 1, 42: 2, 46: 3, 51: 3, 39: 4, 37: 4, 49: 5, 57: 5}
_SYNTH_BASS_FAMILY = 4

#: What kinds of clips there are, and how often. "mixed" is a band with an everyday sound beside it.
_KINDS = {"full": 58, "hybrid": 11, "solo": 15, "drums": 4, "bass": 4, "scene": 4, "mixed": 4}
_BANDS = ("full", "hybrid", "mixed")


@dataclass(frozen=True)
class Piece:
    """A composed clip. ``mix`` holds renderer settings, ``facts`` JSON-ready caption attributes."""

    notes: tuple[Note, ...]
    controls: tuple[Control, ...]
    programs: dict[int, int]
    volumes: dict[int, int]
    mix: dict[str, float]
    facts: dict

    @property
    def columns(self) -> int:
        return self.facts.get("columns", COLUMNS)

    @property
    def seconds(self) -> float:
        return self.columns * COLUMN_SECONDS


def compose(seed: int, columns: int = COLUMNS) -> Piece:
    """Compose the clip that belongs to a seed, 0.32 s per column; ``columns`` a multiple of 4."""
    rng = random.Random(f"{COMPOSER_VERSION}:{seed}")
    kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
    style = _pick_style(rng, kind)
    flavour = style
    if kind == "hybrid":
        others = [g for g in STYLES.values() if family_of(g) != family_of(style)]
        flavour = rng.choice(others)
    s = _sketch(rng, style, flavour, kind, columns)
    pace, density = _pace(rng, kind, style), rng.random()
    band = _band(rng, kind, style, flavour)
    form = rng.choices(list(FORMS), list(FORMS.values()))[0] if kind in _BANDS else "steady"
    if not band["drums"] and form in ("fill", "build", "break"):
        form = "steady"
    scene = rng.choice(list(SCENE_WORDS)) if kind in ("scene", "mixed") else None
    programs = {} if kind == "scene" else _play(s, band, kind, pace, density, form)
    shape(s, form)
    if scene:
        programs = {**compose_scene(scene, s), **programs}
    mix = choose_mix(rng, style, kind, form)
    if scene in NOISES:
        mix[scene] = NOISES[scene] * (1.0 if kind == "scene" else 0.4)
    if band["bass"] == "808 bass":
        mix["sub"] = 1.0
    electronic = style.kits[0] in (24, 25)
    swing = 0.5 if kind in ("solo", "scene") else style.swing
    notes, controls = perform(s, swing, tightness_of(rng, electronic), columns * COLUMN_SECONDS)
    facts = {
        "seed": seed, "kind": kind, "scene": scene, **band, "pace": pace, "form": form,
        "busy": density > 0.7, "sparse": density < 0.2, "effects": effect_words(mix), "columns": columns,
        **_style_facts(s, style, flavour, kind),
    }  # fmt: skip
    return Piece(notes, controls, programs, _volumes(rng, kind), mix, facts)


def _pick_style(rng: random.Random, kind: str) -> Genre:
    """A weighted choice among the genres that have what the kind needs, then often a style."""
    table = [*GENRES.values()]
    weights = [g.weight * (1 + 0.12 * len(children_of(g.name))) for g in table]
    genre = rng.choices(table, weights)[0]
    children = children_of(genre.name)
    style = genre
    if children and rng.random() < len(children) / (len(children) + 1.5):
        style = rng.choices(children, [c.weight for c in children])[0]
    if kind == "drums" and not style.groove:
        return _pick_style(rng, kind)
    if kind == "bass" and "none" in style.basses:
        return _pick_style(rng, kind)
    return style


def _sketch(rng: random.Random, style: Genre, flavour: Genre, kind: str, columns: int) -> Sketch:
    beats = rng.choice(style.beats)
    if rng.random() < 0.2:
        beats = max(4, min(16, beats + rng.choice((-2, -1, 1, 2))))
    scale_name = rng.choice(flavour.scales)
    if kind in ("solo", "scene"):
        beats = rng.choice((4, 5, 6, 7, 8, 8, 9, 10, 12, 14))
        scale_name = rng.choice(
            ("major", "minor", "pentatonic", "dorian", "minor pentatonic", "harmonic")
        )
    beats = round(beats * columns / COLUMNS)
    progressions = (
        flavour.progressions if len(SCALES[scale_name]) == 7 and flavour.progressions else None
    )
    return Sketch(
        rng, style, scale_name, rng.randrange(12), beats, bar_length(beats, style.triple or beats == 9),
        rng.choice(progressions or DEFAULT_PROGRESSIONS),
    )  # fmt: skip


def _pace(rng: random.Random, kind: str, style: Genre) -> str:
    if family_of(style) == "ambient" and kind != "solo":
        return "slow"
    return rng.choices(("slow", "fast", ""), (1, 1, 3) if kind == "solo" else (0.4, 1, 6))[0]


def _band(rng: random.Random, kind: str, style: Genre, flavour: Genre) -> dict:
    """Decide which parts play and on what."""
    full = kind in _BANDS
    band = {
        "drums": kind == "drums" or (full and style.groove is not None and rng.random() < 0.87),
        "bass": None, "comp": None, "comp_style": None, "lead": None, "answer": None,
    }  # fmt: skip
    basses = [b for b in style.basses if b != "none"]
    may_have_bass = kind == "bass" or (full and basses and rng.random() < 0.87)
    if may_have_bass and ("none" not in style.basses or rng.random() < 0.5):
        band["bass"] = rng.choice(basses)
    if full and rng.random() < 0.87:
        band["comp"] = rng.choice(style.comps)
    if full and (kind == "hybrid" or rng.random() < 0.74):
        band["lead"] = rng.choice(flavour.leads)
        if rng.random() < 0.1:
            band["answer"] = rng.choice(flavour.leads)
    if kind == "solo":
        band["lead"] = rng.choice(SOLO_NAMES)
    if full and not any(band.values()):
        band["lead"] = rng.choice(flavour.leads)
    return band


def _play(s: Sketch, band: dict, kind: str, pace: str, density: float, form: str) -> dict:
    """Write all parts; returns the program of each channel that fluidsynth plays."""
    rng, programs = s.rng, {}
    if band["drums"]:
        programs[sheet.DRUM_CHANNEL] = rng.choice(s.genre.kits)
        drums(s, density, form)
    if band["bass"]:
        choices = BASSES[band["bass"]]
        if choices:
            programs[sheet.BASS_CHANNEL] = rng.choice(choices)
        bass(s)
    if band["comp"]:
        instrument = INSTRUMENTS[band["comp"]]
        programs[sheet.COMP_CHANNEL] = rng.choice(instrument.programs)
        band["comp_style"] = comp(s, instrument)
    if band["lead"]:
        instrument = INSTRUMENTS[band["lead"]]
        programs[sheet.LEAD_CHANNEL] = rng.choice(instrument.programs)
        lead(s, instrument, pace, solo=density > 0.6, alone=kind == "solo")
        chordal = ("keys", "sustain", "pluck", "voice")
        if kind == "solo" and instrument.kind in chordal and rng.random() < 0.75:
            solo_chords(s, instrument)
    if band["answer"]:
        instrument = INSTRUMENTS[band["answer"]]
        programs[sheet.ANSWER_CHANNEL] = rng.choice(instrument.programs)
        answer(s, instrument)
    return programs


def _volumes(rng: random.Random, kind: str) -> dict[int, int]:
    return {
        sheet.DRUM_CHANNEL: rng.choice((80, 95, 105)),
        sheet.BASS_CHANNEL: rng.choice((85, 100, 110)),
        sheet.COMP_CHANNEL: rng.choice((62, 76, 88)),
        sheet.LEAD_CHANNEL: rng.choice((98, 108, 118)),
        sheet.ANSWER_CHANNEL: rng.choice((84, 96)),
        sheet.SCENE_CHANNEL: 110 if kind == "scene" else 84,
    }


def _style_facts(s: Sketch, style: Genre, flavour: Genre, kind: str) -> dict:
    """``genre`` is one of the 45; ``style`` may be one of its children."""
    named = kind not in ("solo", "scene")
    return {
        "version": COMPOSER_VERSION, "genre": family_of(style) if named else None,
        "style": style.name if named else None,
        "flavour": flavour.name if kind == "hybrid" else None, "beats": s.beats, "bar": s.bar,
        "minor": s.minor, "scale": s.scale_name, "key": s.key,
        "swing": named and style.swing > 0.55,
    }  # fmt: skip


def score_matrix(piece: Piece) -> np.ndarray:
    """The score as 0/1 targets, (columns, 64 pitches + 8 drum classes + 16 GM families)."""
    width = SCORE_PITCHES + SCORE_DRUMS + SCORE_FAMILIES
    columns = piece.columns
    out = np.zeros((columns, width), np.uint8)
    for note in piece.notes:
        first = int(note.start / COLUMN_SECONDS)
        if note.channel == sheet.DRUM_CHANNEL:
            out[first % columns, SCORE_PITCHES + _DRUM_CLASS.get(note.pitch, 6)] = 1
            continue
        program = piece.programs.get(note.channel)
        family = _SYNTH_BASS_FAMILY if program is None else program // 8
        last = min(int((note.start + note.duration) / COLUMN_SECONDS), first + columns - 1)
        for c in range(first, last + 1):
            out[c % columns, SCORE_PITCHES + SCORE_DRUMS + family] = 1
            if 0 <= note.pitch - _LOWEST_SCORE_PITCH < SCORE_PITCHES:
                out[c % columns, note.pitch - _LOWEST_SCORE_PITCH] = 1
    return out
