"""Renders the clips beside this file. Run as bench/clips/README.md says."""

import argparse
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
from riffcord_training import effects, synth
from riffcord_training.composer import CLIP_SECONDS, Piece, compose

SAMPLE_RATE = 44_100
TAIL_SECONDS = 1.92
BLOCK = 64
PEAK = 0.9
CC_PAN = 10
#: Where the composer's channels stand in the stereo clips: bass left of the middle, lead right.
PANS = {0: 64, 1: 54, 2: 24, 3: 100, 4: 40, 9: 64}

#: name -> (seed of the composer, channels). Seeds from 40,000,000 on belong to no split of the training.
CLIPS = {
    "drums-hip-hop": (40_000_036, 1),
    "drums-metal": (40_000_049, 1),
    "drums-tribal": (40_000_065, 1),
    "drums-salsa": (40_000_052, 1),
    "drums-afrobeat": (40_000_028, 1),
    "ambient-strings": (40_000_054, 1),
    "chiptune": (40_000_096, 1),
    "choir": (40_000_139, 1),
    "classical-flute": (40_000_111, 1),
    "drum-and-bass-choir": (40_000_038, 1),
    "flamenco-guitar": (40_000_083, 1),
    "harpsichord": (40_000_000, 1),
    "organ": (40_000_105, 1),
    "ska": (40_000_061, 1),
    "trance": (40_000_119, 1),
    "big-band-stereo": (40_000_050, 2),
    "funk-stereo": (40_000_012, 2),
}


class WideSynth(synth.Synth):
    """The training's synthesizer with both channels kept."""

    def render_stereo(self, piece: Piece) -> np.ndarray:
        """(2, samples) of exactly one loop; what rings past the end is folded to the start."""
        self._prepare(piece)
        for channel in piece.programs:
            self._lib.fluid_synth_cc(self._synth, channel, CC_PAN, PANS.get(channel, 64))
        loop = round(CLIP_SECONDS * SAMPLE_RATE)
        total = loop + round(TAIL_SECONDS * SAMPLE_RATE)
        sound = np.zeros((total, 2), np.float32)
        position = 0
        for time, is_on, note in events(piece, total):
            position = self._write(sound, position, time // BLOCK * BLOCK)
            if is_on:
                self._lib.fluid_synth_noteon(self._synth, note.channel, note.pitch, note.velocity)
            else:
                self._lib.fluid_synth_noteoff(self._synth, note.channel, note.pitch)
        self._write(sound, position, total)
        folded = sound[:loop].copy()
        folded[: total - loop] += sound[loop:]
        return folded.T


def events(piece: Piece, total: int) -> list:
    """(sample, is note on, note), in time; ends before beginnings."""
    found = []
    for note in piece.notes:
        found.append((int(note.start * SAMPLE_RATE), 1, note))
        end = int((note.start + note.duration) * SAMPLE_RATE)
        found.append((min(total - 1, end), 0, note))
    return sorted(found, key=lambda event: event[:2])


def render(synths: list[WideSynth], seed: int, channels: int) -> np.ndarray:
    piece = compose(seed)
    sound = synths[int(piece.mix["font"]) % len(synths)].render_stereo(piece)
    if channels == 1:
        sound = sound.mean(0, keepdims=True)
    beats = piece.facts["beats"]
    sound = np.stack([effects.apply_wave_effects(one, piece.mix, beats) for one in sound])
    return sound * (PEAK / np.abs(sound).max())


def write_mp3(path: Path, sound: np.ndarray) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "clip.wav"
        with wave.open(str(wav), "wb") as file:
            file.setnchannels(len(sound))
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            file.writeframes(np.round(sound.T * 32767).astype("<i2").tobytes())
        rate = "192k" if len(sound) == 2 else "160k"
        encode = ["-codec:a", "libmp3lame", "-b:a", rate, "-map_metadata", "-1", "-bitexact"]
        subprocess.run(
            ["ffmpeg", "-loglevel", "error", "-y", "-i", wav, *encode, path], check=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soundfont", nargs=2, required=True, metavar=("FLUID_R3", "MUSESCORE"))
    fonts = parser.parse_args().soundfont
    # The training renders at 24 kHz; these clips have the full sample rate of the pictures' settings.
    synth.SAMPLE_RATE = effects.SAMPLE_RATE = SAMPLE_RATE
    synths = [WideSynth(font) for font in fonts]
    for name, (seed, channels) in CLIPS.items():
        write_mp3(Path(__file__).with_name(f"{name}.mp3"), render(synths, seed, channels))


if __name__ == "__main__":
    main()
