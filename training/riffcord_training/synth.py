"""Thin binding to libfluidsynth that renders pieces in process."""

import ctypes
import ctypes.util
import os
from pathlib import Path

import numpy as np

from .composer import Piece
from .composer.sketch import BEND, VIBRATO
from .spectrogram import SAMPLE_RATE
from .sub_bass import sub_bass

_INT, _PTR, _STR, _DBL = ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_double
_SIGNATURES = {
    "fluid_settings_setnum": [_PTR, _STR, _DBL],
    "fluid_settings_setint": [_PTR, _STR, _INT],
    "fluid_synth_sfload": [_PTR, _STR, _INT],
    "fluid_synth_noteon": [_PTR, _INT, _INT, _INT],
    "fluid_synth_noteoff": [_PTR, _INT, _INT],
    "fluid_synth_program_change": [_PTR, _INT, _INT],
    "fluid_synth_bank_select": [_PTR, _INT, _INT],
    "fluid_synth_cc": [_PTR, _INT, _INT, _INT],
    "fluid_synth_set_gen": [_PTR, _INT, _INT, ctypes.c_float],
    "fluid_synth_pitch_bend": [_PTR, _INT, _INT],
    "fluid_synth_pitch_wheel_sens": [_PTR, _INT, _INT],
    "fluid_synth_system_reset": [_PTR],
    "fluid_synth_write_float": [_PTR, _INT, _PTR, _INT, _INT, _PTR, _INT, _INT],
}
_DRUM_CHANNEL, _DRUM_BANK = 9, 128
_CC_VIBRATO, _CC_VOLUME, _CC_SWELL, _CC_REVERB = 1, 7, 11, 91
_NO_BEND, _BEND_SEMITONES = 8192, 12
#: The generator of the volume envelope's release, in timecents that are added to the font's own.
_GEN_RELEASE, _SHORTEST_RELEASE = 38, -30_000.0
_BLOCK = 64
#: Samples played to nobody before a piece, in which the last one's voices die away.
_FLUSH = 96 * _BLOCK
_TAIL_SECONDS = 1.92


#: A folder with libfluidsynth and all it needs, for machines where it is not installed.
LIBRARIES = "RIFFCORD_FLUIDSYNTH"


def _open_library() -> ctypes.CDLL:
    """The installed library, or the one in the folder that LIBRARIES names.

    There, everything is loaded by its path, needed ones first, since a search path for all of this
    process could replace libraries that others in it rely on.
    """
    folder = os.environ.get(LIBRARIES)
    if not folder:
        return ctypes.CDLL(ctypes.util.find_library("fluidsynth") or "libfluidsynth.so.3")
    waiting = sorted(Path(folder).glob("*.so*"))
    problem: OSError | None = None
    while waiting:
        later = []
        for path in waiting:
            try:
                ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
            except OSError as error:
                later.append(path)
                problem = error
        if len(later) == len(waiting):
            raise OSError(f"cannot load {', '.join(p.name for p in later)}") from problem
        waiting = later
    return ctypes.CDLL(str(Path(folder) / "libfluidsynth.so.3"))


def _load_library() -> ctypes.CDLL:
    lib = _open_library()
    for name, arguments in _SIGNATURES.items():
        getattr(lib, name).argtypes = arguments
    lib.new_fluid_settings.restype = _PTR
    lib.new_fluid_synth.argtypes, lib.new_fluid_synth.restype = [_PTR], _PTR
    return lib


class Synth:
    """One fluidsynth instance with one soundfont."""

    def __init__(self, soundfont: str) -> None:
        self._lib = lib = _load_library()
        settings = lib.new_fluid_settings()
        lib.fluid_settings_setnum(settings, b"synth.sample-rate", float(SAMPLE_RATE))
        lib.fluid_settings_setnum(settings, b"synth.gain", 0.5)
        lib.fluid_settings_setint(settings, b"synth.reverb.active", 1)
        lib.fluid_settings_setint(settings, b"synth.chorus.active", 0)
        lib.fluid_settings_setint(settings, b"synth.polyphony", 128)
        self._synth = lib.new_fluid_synth(settings)
        if lib.fluid_synth_sfload(self._synth, soundfont.encode(), 1) < 0:
            raise RuntimeError(f"cannot load soundfont {soundfont}")

    def _prepare(self, piece: Piece) -> None:
        lib, synth = self._lib, self._synth
        self._silence()
        lib.fluid_synth_system_reset(synth)
        for channel, program in piece.programs.items():
            if channel == _DRUM_CHANNEL:
                lib.fluid_synth_bank_select(synth, channel, _DRUM_BANK)
            lib.fluid_synth_program_change(synth, channel, program)
            lib.fluid_synth_cc(synth, channel, _CC_VOLUME, piece.volumes.get(channel, 100))
            lib.fluid_synth_pitch_wheel_sens(synth, channel, _BEND_SEMITONES)
            send = piece.mix["reverb"] * (0.5 if channel == _DRUM_CHANNEL else 1.0)
            lib.fluid_synth_cc(synth, channel, _CC_REVERB, int(send))

    def _silence(self) -> None:
        """End all voices: a reset alone leaves those that are being released, for seconds."""
        for amount in (_SHORTEST_RELEASE, 0.0):
            for channel in range(16):
                self._lib.fluid_synth_set_gen(self._synth, channel, _GEN_RELEASE, amount)
            if amount:
                self._write(np.zeros((_FLUSH, 2), np.float32), 0, _FLUSH)

    def render(self, piece: Piece) -> np.ndarray:
        """Mono float waveform of exactly one loop; what rings past the end is folded to the start."""
        self._prepare(piece)
        loop = round(piece.seconds * SAMPLE_RATE)
        total = loop + round(_TAIL_SECONDS * SAMPLE_RATE)
        stereo = np.zeros((total, 2), np.float32)
        position = 0
        for time, _, act, arguments in _events(piece, total):
            position = self._write(stereo, position, time // _BLOCK * _BLOCK)
            getattr(self._lib, act)(self._synth, *arguments)
        self._write(stereo, position, total)
        wave = stereo.mean(1)
        out = wave[:loop].copy()
        out[: total - loop] += wave[loop:]
        return out + sub_bass(piece, loop) if "sub" in piece.mix else out

    def _write(self, stereo: np.ndarray, position: int, until: int) -> int:
        if until <= position:
            return position
        target = _PTR(stereo.ctypes.data + position * 8)
        self._lib.fluid_synth_write_float(self._synth, until - position, target, 0, 2, target, 1, 2)
        return until


def _events(piece: Piece, total: int) -> list[tuple[int, int, str, tuple[int, ...]]]:
    """(sample, rank, function, arguments) in playing order; at one time: offs, controls, ons."""
    events = []
    for n in piece.notes:
        if n.channel not in piece.programs:
            continue
        on, off = int(n.start * SAMPLE_RATE), int((n.start + n.duration) * SAMPLE_RATE)
        events.append((on, 2, "fluid_synth_noteon", (n.channel, n.pitch, n.velocity)))
        events.append((min(total - 1, off), 0, "fluid_synth_noteoff", (n.channel, n.pitch)))
    for c in piece.controls:
        time = int(c.time * SAMPLE_RATE)
        if c.kind == BEND:
            wheel = _NO_BEND + round(c.value / _BEND_SEMITONES * (_NO_BEND - 1))
            wheel = max(0, min(2 * _NO_BEND - 1, wheel))
            events.append((time, 1, "fluid_synth_pitch_bend", (c.channel, wheel)))
        else:
            number = _CC_VIBRATO if c.kind == VIBRATO else _CC_SWELL
            events.append((time, 1, "fluid_synth_cc", (c.channel, number, int(c.value))))
    return sorted(events)
