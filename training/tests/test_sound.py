"""Rendering: loops stay seamless, controls reach the sound, shards are complete or absent."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from riffcord_training import ambience, effects
from riffcord_training.cli import SOUNDFONTS
from riffcord_training.codec import Codec
from riffcord_training.composer import CLIP_SECONDS, Control, Note, Piece, compose
from riffcord_training.composer.sketch import BASS_CHANNEL, BEND
from riffcord_training.dataset import read_array, read_facts, shard_paths
from riffcord_training.pool import Pool
from riffcord_training.render import render
from riffcord_training.spectrogram import COLUMNS, HOP, SAMPLE_RATE, Spectrogram, mel_filters
from riffcord_training.sub_bass import sub_bass
from riffcord_training.synth import Synth
from riffcord_training.tone_synth import TONES, ToneSynth

_LENGTH = round(CLIP_SECONDS * SAMPLE_RATE)
_EFFECTS = {
    "drive": lambda w: effects.drive(w, 0.7), "echo": lambda w: effects.echo(w, 8, 0.8),
    "room": lambda w: effects.room(w, 0.8), "chorus": lambda w: effects.chorus(w, 0.7),
    "equalise": lambda w: effects.equalise(w, 2.0, 0.7),
}  # fmt: skip


def _wave() -> np.ndarray:
    return np.random.default_rng(0).standard_normal(_LENGTH).astype(np.float32) * 0.1


@pytest.mark.parametrize("name", _EFFECTS)
def test_effects_do_not_know_where_the_loop_begins(name):
    wave, shift = _wave(), _LENGTH // 8
    if name == "chorus":
        shift = 0
    moved = _EFFECTS[name](np.roll(wave, shift))
    assert np.allclose(moved, np.roll(_EFFECTS[name](wave), shift), atol=2e-4)


@pytest.mark.parametrize("name", ambience.NOISE_MAKERS)
def test_noises_loop_without_a_click(name):
    noise = ambience.NOISE_MAKERS[name](np.random.default_rng(1), _LENGTH)
    steps = np.abs(np.diff(np.concatenate([noise, noise[:1]])))
    assert noise.shape == (_LENGTH,) and 0.1 < np.abs(noise).max() < 3
    assert steps[-1] <= np.quantile(steps, 0.999) + 0.05


def _bass_piece(controls=()) -> Piece:
    note = Note(4.9, 0.6, BASS_CHANNEL, 33, 110)
    return Piece((note,), tuple(controls), {}, {}, {"sub": 1.0}, {"seed": 1})


def test_the_808_rings_over_the_loop_point_and_bends():
    plain = sub_bass(_bass_piece(), _LENGTH)
    assert np.abs(plain[: SAMPLE_RATE // 10]).max() > 0.01
    bent = sub_bass(_bass_piece([Control(4.9, BASS_CHANNEL, BEND, 7.0)]), _LENGTH)
    assert not np.allclose(plain, bent, atol=1e-3)


def test_tone_synth_plays_what_is_composed():
    piece = next(p for p in map(compose, range(50)) if p.facts["kind"] == "solo")
    wave = ToneSynth().render(piece)
    assert wave.shape == (_LENGTH,) and np.abs(wave).max() > 0.001


def test_a_clip_does_not_hear_the_one_before_it():
    font = next((f for f in SOUNDFONTS if Path(f).exists()), None)
    if font is None:
        pytest.skip("no soundfont is installed")
    synth = Synth(font)
    loud = next(p for p in map(compose, range(500_010, 500_030)) if p.facts["kind"] == "full")
    assert np.abs(synth.render(loud)).max() > 0.01
    silent = replace(loud, notes=(), controls=(), mix={"reverb": 0.0})
    assert np.abs(synth.render(silent)).max() < 1e-5


def test_filters_peak_near_one_and_leave_no_bin_empty():
    filters = mel_filters()
    assert (filters.max(1) > 0).all() and filters.max() <= 1.0
    assert _LENGTH == COLUMNS * HOP


def test_pictures_are_circular():
    wave, spectrogram = _wave(), Spectrogram()
    moved = spectrogram.mel(np.roll(wave, 64 * HOP))
    assert np.allclose(moved, np.roll(spectrogram.mel(wave), 64, 1), atol=1e-3)


def test_longer_clips_are_wider_pictures(tmp_path):
    codec = Codec.fit(np.random.default_rng(0).uniform(-1, 1, (2, 512, 512)).astype(np.float32))
    codec.save(tmp_path / "codec.npz")
    render(tmp_path, "train24", [TONES], 2, 1, 1, shard_clips=2)
    path = shard_paths(tmp_path, "train24")[0]
    assert read_array(path, "latents").shape == (2, 48, 32, 24)
    assert read_array(path, "pictures").shape == (1, 512, 768)
    batch = Pool([tmp_path], "train24").batch(4, torch.Generator().manual_seed(0))
    assert batch.latents.shape == (4, 48, 32, 24) and batch.scores.shape == (4, 24, 88)


def test_render_resumes_with_the_missing_shards(tmp_path):
    codec = Codec.fit(np.random.default_rng(0).uniform(-1, 1, (2, 512, 512)).astype(np.float32))
    codec.save(tmp_path / "codec.npz")
    render(tmp_path, "val", [TONES], 2, 1, 1, shard_clips=2)
    before = shard_paths(tmp_path, "val")[0].stat().st_mtime_ns
    render(tmp_path, "val", [TONES], 4, 1, 1, shard_clips=2)
    paths = shard_paths(tmp_path, "val")
    assert len(paths) == 2 and paths[0].stat().st_mtime_ns == before
    assert [f["seed"] for p in paths for f in read_facts(p)] == [10_000_000 + i for i in range(4)]
    assert read_array(paths[1], "latents").shape == (2, 48, 32, 16)
    assert read_array(paths[1], "pictures").shape == (1, 512, 512)
