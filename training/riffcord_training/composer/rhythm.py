"""Drums: grooves with variation, fills, rolls and build-ups."""

from .drums import FILLS, GROOVES, KEYS
from .sketch import DRUM_CHANNEL, Sketch

_NO_CRASH = ("techno", "lofi", "bossa", "tabla", "hand", "brush", "gamelan", "ticks", "bolero")
_ROLLS = ("trap", "drill", "phonk")


def drums(s: Sketch, density: float, form: str) -> None:
    """A groove with optional thinning, ghost notes, a fill and a crash on the first beat."""
    name = s.genre.groove or "rock"
    if s.bar == 5:
        name = "odd five"
    elif s.bar == 7 and name not in ("balkan", "hand", "tabla"):
        name = "odd seven"
    _groove(s, name, density, fill=form == "fill")
    if form == "fill":
        _fill(s)
    if s.rng.random() < (0.5 if form == "drop" else 0.15) and name not in _NO_CRASH:
        s.add(DRUM_CHANNEL, 0, 1, s.rng.choice((49, 57)), 92)
    if name in _ROLLS:
        _hat_rolls(s)
    if form == "build":
        _snare_build(s)


def _groove(s: Sketch, name: str, density: float, fill: bool) -> None:
    steps, lanes = GROOVES[name]
    total, rng = s.beats * steps, s.rng
    thin = set("harp") if density < 0.15 and set(lanes) & set("kscgGd") else set()
    hats = rng.choice((42, 42, 42, 44, 54, 70, 51)) if "h" in lanes else 42
    ghosts = rng.random() < 0.3 and "s" in lanes and name not in ("march", "train", "blast")
    for lane, pattern in lanes.items():
        key = hats if lane == "h" else KEYS[lane]
        whole = s.bar % 4 == 0 or s.bar in (3, 5, 7)
        length = len(pattern) if whole else min(len(pattern), 2 * steps)
        if not set(pattern[:length]) & set("xX") and len(pattern) >= 2 * length:
            pattern = pattern[length:]
        for step in range(total):
            mark = pattern[step % length]
            if mark == "?" and rng.random() < density:
                mark = "x"
            late = fill and step >= total - steps
            if mark not in "xX" or lane in thin or (late and lane in "hrsc"):
                continue
            level = (108 if mark == "X" else 78) * (1.0 if step % steps == 0 else 0.94)
            s.add(DRUM_CHANNEL, step / steps, 0.2, key, level)
    if ghosts:
        for step in range(total):
            if step % 4 in (1, 3) and rng.random() < 0.2:
                s.add(DRUM_CHANNEL, step / steps, 0.1, 38, 40)


def _fill(s: Sketch) -> None:
    """One of the fills over the last beat, or two of them over the last two."""
    kinds = ["claps", "open", "snare"] if s.genre.kits[0] in (24, 25) else list(FILLS)
    starts = (s.beats - 1,) if s.rng.random() < 0.6 or s.beats < 6 else (s.beats - 2, s.beats - 1)
    for start in starts:
        for offset, key, velocity in FILLS[s.rng.choice(kinds)]:
            s.add(DRUM_CHANNEL, start + offset, 0.2, key, velocity + s.rng.randrange(-6, 8))


def _hat_rolls(s: Sketch) -> None:
    for beat in range(s.beats):
        if s.rng.random() < 0.3:
            count = s.rng.choice((3, 4, 6, 8))
            for i in range(count):
                rise = s.rng.choice((1, -1))
                s.add(DRUM_CHANNEL, beat + 0.5 + i / count / 2, 0.05, 42, 78 + rise * 4 * i)


def _snare_build(s: Sketch) -> None:
    """Snare hits that double in rate and grow louder towards the loop point."""
    beat, key = s.beats / 2, s.rng.choice((38, 39, 40))
    while beat < s.beats - 1e-6:
        share = (beat / s.beats - 0.5) * 2
        s.add(DRUM_CHANNEL, beat, 0.1, key, 60 + 55 * share)
        beat += 0.5 if share < 0.5 else 0.25 if share < 0.8 else 0.125
