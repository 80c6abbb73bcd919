"""Fast checks of the parts that other parts rely on; run with ``python -m pytest`` from training/."""

import random

import numpy as np
import torch

from riffcord_training.codec import Codec
from riffcord_training.composer import CLIP_SECONDS, caption_for, compose, score_matrix
from riffcord_training.composer.genres import GENRES
from riffcord_training.composer.instruments import BASSES, INSTRUMENTS
from riffcord_training.decoder import Decoder, Encoder
from riffcord_training.model import UNet
from riffcord_training.pool import _bar_shift
from riffcord_training.spectrogram import HOP, SAMPLE_RATE, mel_filters
from riffcord_training.text import TextEncoder
from riffcord_training.tokenizer import MAX_LENGTH, Tokenizer, byte_alphabet, train_merges, words


def test_genre_table_names_known_instruments():
    for genre in GENRES.values():
        assert all(name in INSTRUMENTS for name in (*genre.comps, *genre.leads)), genre.name
        assert all(name == "none" or name in BASSES for name in genre.basses), genre.name


def test_compose_is_reproducible_and_in_range():
    for seed in range(300):
        piece = compose(seed)
        assert piece == compose(seed)
        assert piece.notes
        assert all(0 <= n.start < CLIP_SECONDS and 0 <= n.pitch < 128 for n in piece.notes)
        assert score_matrix(piece).shape == (16, 88)
        assert caption_for(piece.facts, random.Random(seed))


def test_bar_shift_is_a_whole_number_of_bars():
    rng = random.Random(0)
    assert {_bar_shift({"beats": 8, "bar": 4}, rng) for _ in range(50)} == {0, 8}
    assert {_bar_shift({"beats": 12, "bar": 4}, rng) for _ in range(50)} == {0}


def test_byte_alphabet_is_reversible():
    table = byte_alphabet()
    assert len(set(table.values())) == 256
    assert table[ord("a")] == "a" and table[32] == chr(256 + 32)


def test_words_follow_clips_rules():
    assert words("Don't  STOP 120bpm!!") == ["don", "'t", "stop", "1", "2", "0", "bpm", "!!"]


def test_tokenizer_pads_and_merges():
    tokenizer = Tokenizer(train_merges(["funk funk jazz"] * 3, 20))
    ids = tokenizer("funk")
    end = len(tokenizer) - 1
    assert len(ids) == MAX_LENGTH and ids[0] == end - 1
    assert ids[1] == tokenizer.vocab["funk</w>"] and ids[2:] == [end] * (MAX_LENGTH - 2)


def test_filters_peak_near_one_and_leave_no_bin_empty():
    filters = mel_filters()
    assert (filters.max(1) > 0).all() and filters.max() <= 1.0
    assert round(CLIP_SECONDS * SAMPLE_RATE) == 512 * HOP


def _codec() -> Codec:
    samples = np.random.default_rng(0).standard_normal((4, 512, 512)).cumsum(2)
    return Codec.fit(np.tanh(samples / 10).astype(np.float32), 16)


def test_torch_codec_matches_numpy():
    codec = _codec()
    sample = np.random.default_rng(1).uniform(-1, 1, (2, 512, 256)).astype(np.float32)
    latent = Encoder(codec)(torch.from_numpy(sample)[:, None])
    assert np.allclose(latent.numpy(), codec.encode(sample), atol=1e-4)
    picture = Decoder(codec)(latent)[:, 0]
    assert np.allclose(picture.detach().numpy(), codec.decode(latent.numpy()), atol=1e-3)


def test_denoiser_is_circular_in_time():
    torch.manual_seed(0)
    net = UNet((32, 64, 64), blocks=1).eval()
    for parameter in net.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    x, t, text = torch.randn(1, 48, 32, 16), torch.tensor([500.0]), torch.randn(1, 48, 256)
    with torch.no_grad():
        moved = net(x.roll(8, 3), t, text).roll(-8, 3)
        assert torch.allclose(moved, net(x, t, text), atol=1e-4)


def test_padding_comes_out_as_zero():
    encoder = TextEncoder(600)
    ids = torch.full((1, MAX_LENGTH), 599)
    ids[0, :3] = torch.tensor([598, 5, 6])
    hidden = encoder(ids)
    assert hidden[0, :4].abs().sum() > 0 and hidden[0, 4:].abs().sum() == 0
