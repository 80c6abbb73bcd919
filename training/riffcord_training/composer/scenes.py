"""Everyday sounds as tiny scores, so that prompts which name no music still mean something."""

import random

from .parts import DRUM_CHANNEL, SCENE_CHANNEL, Sketch

#: Scene -> caption words.
SCENE_WORDS = {
    "typing": ("typing", "keyboard typing", "typewriter"),
    "clock": ("clock ticking", "ticking clock", "metronome"),
    "heartbeat": ("heartbeat", "heart beating"),
    "waves": ("ocean waves", "sea", "waves on the beach"),
    "birds": ("birds", "birdsong", "birds in the forest"),
    "phone": ("telephone", "alarm clock", "phone ringing"),
    "helicopter": ("helicopter", "engine noise"),
    "applause": ("applause", "cheering crowd", "clapping"),
    "train": ("train", "steam train", "railway"),
    "fireworks": ("fireworks", "gunshots", "explosions"),
    "tribal": ("tribal drums", "drum circle", "bongos"),
    "sleigh": ("sleigh bells", "christmas", "jingle bells"),
}

#: Scenes that are one of the GM effect programs, with the key range they are played in.
_EFFECTS = {"waves": 122, "birds": 123, "phone": 124, "helicopter": 125, "applause": 126}


def compose_scene(name: str, s: Sketch) -> dict[int, int]:
    """Fill the sketch with a scene; returns the programs it needs per channel."""
    rng = s.rng
    if name in _EFFECTS:
        for start in (0.0, s.beats / 2):
            s.add(SCENE_CHANNEL, start, s.beats / 2 + 0.3, rng.randrange(50, 68), 105)
        return {SCENE_CHANNEL: _EFFECTS[name]}
    _PERCUSSION[name](s, rng)
    return {DRUM_CHANNEL: 0}


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


_PERCUSSION = {
    "typing": _typing, "clock": _clock, "heartbeat": _heartbeat, "train": _train,
    "fireworks": _fireworks, "tribal": _tribal, "sleigh": _sleigh,
}  # fmt: skip
