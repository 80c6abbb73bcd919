"""Scales, degrees and meters."""

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic": (0, 2, 3, 5, 7, 8, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "hijaz": (0, 1, 4, 5, 7, 8, 10),
    "double harmonic": (0, 1, 4, 5, 7, 8, 11),
    "hungarian minor": (0, 2, 3, 6, 7, 8, 11),
    "pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
    "hirajoshi": (0, 2, 3, 7, 8),
    "in sen": (0, 1, 5, 7, 10),
    "pelog": (0, 1, 3, 7, 8),
    "whole tone": (0, 2, 4, 6, 8, 10),
}

MINOR_SCALES = {
    "minor", "harmonic", "dorian", "phrygian", "locrian", "hungarian minor", "minor pentatonic",
    "blues", "hirajoshi", "in sen", "pelog",
}  # fmt: skip

KEY_NAMES = ("c", "c sharp", "d", "e flat", "e", "f", "f sharp", "g", "a flat", "a", "b flat", "b")

DEFAULT_PROGRESSIONS = ((0, 0, 0, 0), (0, 3, 0, 4), (0, 5, 3, 4), (0, 6, 5, 4))


def degree_pitch(scale: tuple[int, ...], key: int, degree: int, octave: int) -> int:
    """MIDI pitch of a scale degree; degrees run over several octaves in both directions."""
    size = len(scale)
    return 12 * (degree // size + octave) + scale[degree % size] + key


def fit_range(pitch: int, low: int, high: int) -> int:
    """Move a pitch by octaves until it lies in [low, high] (ranges span at least an octave)."""
    while pitch < low:
        pitch += 12
    while pitch > high:
        pitch -= 12
    return pitch


def chord_degrees(root: int, scale: tuple[int, ...], seventh: bool) -> list[int]:
    """Stacked thirds on a scale degree; a seventh only where the scale has seven notes."""
    tones = [root, root + 2, root + 4]
    return tones + [root + 6] if seventh and len(scale) == 7 else tones


def bar_length(beats: int, triple: bool) -> int:
    """Beats per bar so that whole bars fill the clip wherever the count allows it."""
    if triple and beats % 3 == 0:
        return 3
    if beats % 4 == 0:
        return 4
    if beats % 7 == 0:
        return 7
    if beats in (5, 15):
        return 5
    if beats % 2 == 0:
        return 2
    return 3 if beats % 3 == 0 else beats
