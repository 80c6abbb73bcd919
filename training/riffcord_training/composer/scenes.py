"""Everyday sounds as tiny scores, so that prompts which name no music still mean something."""

import random
from collections.abc import Callable

from .sketch import DRUM_CHANNEL, SCENE_CHANNEL, Sketch

#: Scene -> caption words.
SCENE_WORDS = {
    "typing": ("typing", "keyboard typing", "typewriter", "mechanical keyboard", "office"),
    "clock": ("clock ticking", "ticking clock", "metronome", "tick tock", "clockwork"),
    "heartbeat": ("heartbeat", "heart beating", "pulse", "hospital"),
    "waves": ("ocean waves", "sea", "waves on the beach", "seashore", "surf", "ocean"),
    "birds": ("birds", "birdsong", "birds in the forest", "chirping", "dawn chorus", "garden"),
    "phone": ("telephone", "alarm clock", "phone ringing", "ringtone", "call"),
    "helicopter": ("helicopter", "engine noise", "propeller", "motor", "airplane"),
    "applause": ("applause", "cheering crowd", "clapping", "audience", "stadium crowd"),
    "train": ("train", "steam train", "railway", "locomotive", "subway"),
    "fireworks": ("fireworks", "gunshots", "explosions", "cannon", "battlefield"),
    "tribal": ("tribal drums", "drum circle", "bongos", "djembe", "jungle drums", "ritual drums"),
    "sleigh": ("sleigh bells", "jingle bells", "tambourine", "reindeer"),
    "rain": ("rain", "rainfall", "raindrops", "rain on the window", "drizzle", "shower"),
    "storm": ("thunderstorm", "thunder", "storm", "lightning"),
    "wind": ("wind", "howling wind", "breeze", "blizzard", "desert wind"),
    "fire": ("campfire", "crackling fire", "fireplace", "bonfire"),
    "horse": ("horse", "galloping horse", "hooves", "horses"),
    "steps": ("footsteps", "walking", "steps in the hallway"),
    "hammer": ("hammering", "blacksmith", "anvil", "construction site", "woodpecker"),
    "dice": ("castanets", "rattling dice", "maracas", "rattlesnake"),
    "gong": ("gong", "temple gong", "singing bowl"),
    "siren": ("siren", "alarm", "police siren", "ambulance"),
    "robot": ("robot", "computer beeps", "beeping", "modem", "arcade machine", "r2d2"),
    "water": ("dripping water", "waterfall", "stream", "river", "water drops", "cave drips"),
}

#: Scenes that are one of the GM effect programs.
_EFFECTS = {"waves": 122, "birds": 123, "phone": 124, "helicopter": 125, "applause": 126}

#: Scenes the renderer makes of noise; the number is the amount in the mix.
NOISES = {"rain": 0.9, "storm": 1.0, "wind": 0.9, "fire": 0.9, "water": 0.6}


def compose_scene(name: str, s: Sketch) -> dict[int, int]:
    """Fill the sketch with a scene; returns the programs it needs per channel."""
    rng = s.rng
    if name in _EFFECTS:
        for start in (0.0, s.beats / 2):
            s.add(SCENE_CHANNEL, start, s.beats / 2 + 0.3, rng.randrange(50, 68), 105)
        return {SCENE_CHANNEL: _EFFECTS[name]}
    if name in _TONES:
        _TONES[name][1](s, rng)
        return {SCENE_CHANNEL: _TONES[name][0]}
    if name in _PERCUSSION:
        _PERCUSSION[name](s, rng)
        return {DRUM_CHANNEL: 0}
    return {}


def _typing(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats * 4):
        if rng.random() < 0.7:
            s.add(DRUM_CHANNEL, k / 4 + rng.uniform(0, 0.1), 0.1, rng.choice((76, 77, 37)), 70)


def _clock(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats):
        s.add(DRUM_CHANNEL, k, 0.1, 76 if k % 2 == 0 else 77, 96)


def _heartbeat(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats):
        s.add(DRUM_CHANNEL, k, 0.2, 36, 110)
        s.add(DRUM_CHANNEL, k + 0.3, 0.2, 36, 86)


def _train(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats * 4):
        s.add(DRUM_CHANNEL, k / 4, 0.1, 38 if k % 4 == 0 else 70, 96 if k % 4 == 0 else 80)


def _fireworks(s: Sketch, rng: random.Random) -> None:
    for _ in range(rng.randrange(4, 10)):
        s.add(DRUM_CHANNEL, rng.uniform(0, s.beats), 0.5, rng.choice((35, 41, 49, 57)), 110)


def _tribal(s: Sketch, rng: random.Random) -> None:
    mask = [rng.choice((60, 61, 62, 63, 64, 0)) for _ in range(16)]
    for k in range(s.beats * 4):
        if mask[k % 16]:
            s.add(DRUM_CHANNEL, k / 4, 0.2, mask[k % 16], 100 if k % 4 == 0 else 80)


def _sleigh(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats * 2):
        s.add(DRUM_CHANNEL, k / 2, 0.2, 54, 104 if k % 2 == 0 else 80)


def _horse(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats):
        for offset, key in ((0.0, 77), (0.25, 76), (0.5, 77)):
            s.add(DRUM_CHANNEL, k + offset, 0.1, key, 100 - 20 * offset)


def _steps(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats):
        s.add(DRUM_CHANNEL, k + rng.uniform(0, 0.05), 0.1, 35 if k % 2 else 41, 80)
        s.add(DRUM_CHANNEL, k + 0.1, 0.1, 70, 50)


def _hammer(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats * 2):
        if k % 2 == 0 or rng.random() < 0.3:
            s.add(DRUM_CHANNEL, k / 2, 0.2, rng.choice((56, 81)), 104)


def _dice(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats * 4):
        if rng.random() < 0.8:
            s.add(DRUM_CHANNEL, k / 4, 0.1, rng.choice((85, 70, 69)), 70 + 30 * (k % 4 == 0))


def _gong(s: Sketch, rng: random.Random) -> None:
    for beat in (0, s.beats / 2):
        s.add(DRUM_CHANNEL, beat, 2, 52, 110)
        s.add(DRUM_CHANNEL, beat, 2, 53, 80)


def _storm(s: Sketch, rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 4)):
        beat = rng.uniform(0, s.beats)
        for k in range(6):
            s.add(DRUM_CHANNEL, beat + k * 0.12, 0.5, rng.choice((35, 41, 43)), 100 - 12 * k)


def _siren(s: Sketch, rng: random.Random) -> None:
    low, gap = rng.randrange(64, 72), rng.choice((5, 7))
    for k in range(s.beats):
        s.add(SCENE_CHANNEL, k, 0.98, low + gap * (k % 2), 100)


def _robot(s: Sketch, rng: random.Random) -> None:
    for k in range(s.beats * 4):
        if rng.random() < 0.7:
            s.add(SCENE_CHANNEL, k / 4, 0.2, rng.randrange(60, 96), 90)


_PERCUSSION: dict[str, Callable[[Sketch, random.Random], None]] = {
    "typing": _typing, "clock": _clock, "heartbeat": _heartbeat, "train": _train,
    "fireworks": _fireworks, "tribal": _tribal, "sleigh": _sleigh, "horse": _horse,
    "steps": _steps, "hammer": _hammer, "dice": _dice, "gong": _gong, "storm": _storm,
}  # fmt: skip

_TONES: dict[str, tuple[int, Callable[[Sketch, random.Random], None]]] = {
    "siren": (80, _siren), "robot": (80, _robot),
}  # fmt: skip
