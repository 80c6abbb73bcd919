"""Seed -> piece: a looping clip's notes, programs, mix and the attributes captions draw on."""

import random
from dataclasses import dataclass

import numpy as np

from . import parts
from .genres import GENRES, Genre
from .instruments import BASSES, INSTRUMENTS, SOLO_NAMES
from .scenes import SCENE_WORDS, compose_scene
from .theory import DEFAULT_PROGRESSIONS, MINOR_SCALES, SCALES, bar_length

CLIP_SECONDS = 5.12
SCORE_COLUMNS, SCORE_PITCHES, SCORE_DRUMS, SCORE_FAMILIES = 16, 64, 8, 16
_LOWEST_SCORE_PITCH = 33
_DRUM_CLASS = {36: 0, 35: 0, 38: 1, 40: 1, 42: 2, 46: 3, 51: 3, 39: 4, 37: 4, 49: 5, 57: 5}


@dataclass(frozen=True)
class Note:
    """One note: start and duration in seconds, MIDI channel, key and velocity."""

    start: float
    duration: float
    channel: int
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Piece:
    """A composed clip. ``mix`` holds renderer settings, ``facts`` JSON-ready caption attributes."""

    notes: tuple[Note, ...]
    programs: dict[int, int]
    volumes: dict[int, int]
    mix: dict[str, float]
    facts: dict


def _pick_kind(rng: random.Random) -> str:
    kinds = ("full", "hybrid", "solo", "drums", "bass", "scene")
    return rng.choices(kinds, (62, 11, 14, 4, 4, 5))[0]


def _pick_genre(rng: random.Random, kind: str) -> Genre:
    """A weighted choice among the genres that have what the kind needs."""
    table = list(GENRES.values())
    if kind == "drums":
        table = [g for g in table if g.groove]
    elif kind == "bass":
        table = [g for g in table if "none" not in g.basses]
    return rng.choices(table, [g.weight for g in table])[0]


def _sketch(rng: random.Random, genre: Genre, flavour: Genre, kind: str) -> parts.Sketch:
    beats = rng.choice(genre.beats)
    scale_name = rng.choice(flavour.scales)
    if kind in ("solo", "scene"):
        beats = rng.choice((4, 5, 6, 8, 8, 9, 10, 12))
        scale_name = rng.choice(("major", "minor", "pentatonic", "dorian", "minor pentatonic"))
    scale = SCALES[scale_name]
    progressions = flavour.progressions if len(scale) == 7 and flavour.progressions else None
    return parts.Sketch(
        rng, genre, scale, rng.randrange(12), beats, bar_length(beats, genre.triple or beats == 9),
        rng.choice(progressions or DEFAULT_PROGRESSIONS), scale_name in MINOR_SCALES,
    )  # fmt: skip


def _pace(rng: random.Random, kind: str, genre: Genre) -> str:
    if genre.name == "ambient" and kind != "solo":
        return "slow"
    return rng.choices(("slow", "fast", ""), (1, 1, 3) if kind == "solo" else (0.4, 1, 6))[0]


def _band(rng: random.Random, kind: str, genre: Genre, flavour: Genre) -> dict:
    """Decide which parts play and on what."""
    full = kind in ("full", "hybrid")
    band = {
        "drums": kind == "drums" or (full and genre.groove is not None and rng.random() < 0.87),
        "bass": None, "comp": None, "lead": None,
    }  # fmt: skip
    basses = [b for b in genre.basses if b != "none"]
    may_have_bass = kind == "bass" or (full and basses and rng.random() < 0.87)
    if may_have_bass and ("none" not in genre.basses or rng.random() < 0.5):
        band["bass"] = rng.choice(basses)
    if full and rng.random() < 0.87:
        band["comp"] = rng.choice(genre.comps)
    if full and (kind == "hybrid" or rng.random() < 0.72):
        band["lead"] = rng.choice(flavour.leads)
    if kind == "solo":
        band["lead"] = rng.choice(SOLO_NAMES)
    if full and not any(band.values()):
        band["lead"] = rng.choice(flavour.leads)
    return band


def _play(sketch: parts.Sketch, band: dict, kind: str, pace: str, density: float) -> dict[int, int]:
    rng, programs = sketch.rng, {}
    if band["drums"]:
        programs[parts.DRUM_CHANNEL] = rng.choice(sketch.genre.kits)
        parts.drums(sketch, density)
    if band["bass"]:
        programs[parts.BASS_CHANNEL] = rng.choice(BASSES[band["bass"]])
        parts.bass(sketch)
    if band["comp"]:
        instrument = INSTRUMENTS[band["comp"]]
        programs[parts.COMP_CHANNEL] = rng.choice(instrument.programs)
        parts.comp(sketch, instrument)
    if band["lead"]:
        instrument = INSTRUMENTS[band["lead"]]
        programs[parts.LEAD_CHANNEL] = rng.choice(instrument.programs)
        parts.lead(sketch, instrument, pace)
        chordal = ("keys", "sustain", "pluck", "voice")
        if kind == "solo" and instrument.kind in chordal and rng.random() < 0.8:
            parts.solo_chords(sketch, instrument)
    return programs


def _perform(sketch: parts.Sketch, swing: float) -> tuple[Note, ...]:
    """Beats to seconds with swing, slight timing and velocity scatter; onsets stay in the clip."""
    rng, unit = sketch.rng, CLIP_SECONDS / sketch.beats
    notes = []
    for beat, length, channel, pitch, velocity in sketch.notes:
        whole, part = divmod(beat, 1.0)
        if swing != 0.5 and abs(part - 0.5) < 1e-6:
            part = swing
        scatter = rng.gauss(0, 0.004) if beat > 0 else abs(rng.gauss(0, 0.002))
        start = ((whole + part) * unit + scatter) % CLIP_SECONDS
        loudness = int(max(20, min(127, velocity + rng.gauss(0, 5))))
        notes.append(Note(start, max(0.05, length * unit), channel, int(pitch), loudness))
    return tuple(sorted(notes, key=lambda n: n.start))


def _mix(rng: random.Random, genre: Genre, kind: str) -> dict[str, float]:
    """Renderer settings; amounts are 0..1 unless a unit is given."""
    mix = {
        "font": float(rng.random() < 0.5),
        "reverb": float(max(0, min(127, genre.reverb + rng.gauss(0, 15)))),
        "tilt_db": rng.gauss(0, 2.5),
    }
    if kind in ("full", "hybrid", "bass", "drums"):
        for effect, amount in genre.effects.items():
            if rng.random() < 0.7:
                mix[effect] = amount * rng.uniform(0.6, 1.2)
    return mix


def compose(seed: int) -> Piece:
    """Compose the clip that belongs to a seed."""
    rng = random.Random(seed)
    kind = _pick_kind(rng)
    genre = _pick_genre(rng, kind)
    flavour = genre
    if kind == "hybrid":
        flavour = rng.choice([g for g in GENRES.values() if g.name != genre.name])
    sketch = _sketch(rng, genre, flavour, kind)
    pace, density = _pace(rng, kind, genre), rng.random()
    band = _band(rng, kind, genre, flavour)
    scene = rng.choice(list(SCENE_WORDS)) if kind == "scene" else None
    if scene:
        programs = compose_scene(scene, sketch)
    else:
        programs = _play(sketch, band, kind, pace, density)
    swing = genre.swing if kind != "solo" else 0.5
    facts = {
        "seed": seed, "kind": kind, "genre": None if kind in ("solo", "scene") else genre.name,
        "flavour": flavour.name if kind == "hybrid" else None, "scene": scene, **band,
        "beats": sketch.beats, "bar": sketch.bar, "pace": pace, "minor": sketch.minor,
        "busy": density > 0.7,
    }  # fmt: skip
    volumes = {
        parts.DRUM_CHANNEL: rng.choice((80, 95, 105)), parts.BASS_CHANNEL: rng.choice((85, 100, 110)),
        parts.COMP_CHANNEL: rng.choice((62, 76, 88)), parts.LEAD_CHANNEL: rng.choice((98, 108, 118)),
        parts.SCENE_CHANNEL: 110,
    }  # fmt: skip
    return Piece(_perform(sketch, swing), programs, volumes, _mix(rng, genre, kind), facts)


def score_matrix(piece: Piece) -> np.ndarray:
    """The score as 0/1 targets, (16 time columns, 64 pitches + 8 drum classes + 16 GM families)."""
    width = SCORE_PITCHES + SCORE_DRUMS + SCORE_FAMILIES
    out = np.zeros((SCORE_COLUMNS, width), np.uint8)
    column = CLIP_SECONDS / SCORE_COLUMNS
    for note in piece.notes:
        first = int(note.start / column)
        if note.channel == parts.DRUM_CHANNEL:
            out[first % SCORE_COLUMNS, SCORE_PITCHES + _DRUM_CLASS.get(note.pitch, 6)] = 1
            continue
        family = piece.programs.get(note.channel, 0) // 8
        last = min(int((note.start + note.duration) / column), first + SCORE_COLUMNS - 1)
        for c in range(first, last + 1):
            out[c % SCORE_COLUMNS, SCORE_PITCHES + SCORE_DRUMS + family] = 1
            if 0 <= note.pitch - _LOWEST_SCORE_PITCH < SCORE_PITCHES:
                out[c % SCORE_COLUMNS, note.pitch - _LOWEST_SCORE_PITCH] = 1
    return out
