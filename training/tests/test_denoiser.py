"""Denoiser and codec: circular in time, optional inputs that start silent, masks and turns."""

import numpy as np
import pytest
import torch

from riffcord_training.averages import Ema
from riffcord_training.codec import Codec
from riffcord_training.dataset import Shard, shard_path, write_shard
from riffcord_training.decoder import Decoder, Encoder
from riffcord_training.layers import rhythm_planes
from riffcord_training.model import KNOWN_CHANNELS, SIZES, Denoiser, Size, UNet
from riffcord_training.objective import drop_captions, known_part
from riffcord_training.pool import Pool
from riffcord_training.tokenizer import BOS_ID, EOS_ID

_SMALL = Size((32, 64, 64), 2, 1)


def _unet() -> UNet:
    torch.manual_seed(0)
    net = UNet(_SMALL).eval()
    for parameter in net.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    return net


def _inputs(columns: int = 16):
    torch.manual_seed(1)
    return torch.randn(1, 48, 32, columns), torch.tensor([500.0]), torch.randn(1, 48, 256)


@pytest.mark.parametrize("columns", [12, 16, 24])
def test_denoiser_is_circular_in_time_at_any_width(columns):
    net, (x, t, text) = _unet(), _inputs(columns)
    with torch.no_grad():
        moved = net(x.roll(4, 3), t, text).roll(-4, 3)
        assert torch.allclose(moved, net(x, t, text), atol=1e-3)


def test_what_is_known_moves_along_with_the_sample():
    net, (x, t, text) = _unet(), _inputs()
    known = torch.randn(1, KNOWN_CHANNELS, 32, 16)
    with torch.no_grad():
        moved = net(x.roll(4, 3), t, text, known.roll(4, 3)).roll(-4, 3)
        assert torch.allclose(moved, net(x, t, text, known), atol=1e-3)


def test_optional_inputs_start_without_effect_and_rhythm_zero_never_has_one():
    x, t, text = _inputs()
    fresh, trained, nothing = UNet(_SMALL).eval(), _unet(), torch.zeros(1, 2)
    known, rhythm = torch.randn(1, KNOWN_CHANNELS, 32, 16), torch.tensor([[8.0, 4.0]])
    with torch.no_grad():
        assert torch.equal(fresh(x, t, text, known, rhythm), fresh(x, t, text))
        assert torch.allclose(trained(x, t, text, None, nothing), trained(x, t, text), atol=1e-6)
        assert not torch.allclose(trained(x, t, text, None, rhythm), trained(x, t, text), atol=1e-3)


def test_rhythm_planes_peak_where_beats_begin():
    planes = rhythm_planes(torch.tensor([[8.0, 4.0]]), torch.zeros(1, 1, 1, 16))[0, :, 0]
    beats, bars = planes[:8], planes[8:]
    onsets = beats.amax(0)
    assert (onsets[::2] > 0.3).all()
    assert bars.amax(0).argmax() in (0, 7, 8, 15) and (bars > 0.3).sum() < (beats > 0.3).sum()


@pytest.mark.parametrize("name", SIZES)
def test_sizes_have_their_score_head(name):
    model = Denoiser(SIZES[name])
    x, t, text = _inputs()
    with torch.no_grad():
        velocity, tokens = model.unet.features(x, t, text)
        assert velocity.shape == x.shape and velocity.abs().sum() == 0
        assert model.score(tokens).shape == (1, 16, 88)


def test_known_part_shows_a_stretch_of_the_clip():
    generator = torch.Generator().manual_seed(0)
    latents = torch.randn(64, 48, 32, 16)
    known = known_part(latents, 0.5, generator)
    mask = known[:, :1]
    used = mask.amax((1, 2, 3))
    assert 16 < used.sum() < 48
    assert set(mask.sum(3)[used > 0].unique().tolist()) <= set(map(float, range(4, 15)))
    assert torch.equal(known[:, 1:], latents * mask)


def test_dropped_captions_are_the_empty_one():
    ids = torch.full((4, 9), 7)
    assert torch.equal(drop_captions(ids, 0.0, torch.Generator()), ids)
    empty = drop_captions(ids, 2.0, torch.Generator())
    assert (empty[:, 0] == BOS_ID).all() and (empty[:, 1:] == EOS_ID).all()


def test_averages_swap_and_reset():
    module = torch.nn.Linear(2, 2)
    ema, before = Ema(module, 0.9), module.weight.detach().clone()
    with torch.no_grad():
        module.weight.add_(1.0)
    ema.swap()
    assert torch.equal(module.weight, before)
    ema.swap()
    ema.reset()
    assert torch.equal(ema.average[0], module.weight)


def _facts(seed: int, beats: int, bar: int) -> dict:
    return {
        "seed": seed, "kind": "solo", "genre": None, "flavour": None, "scene": None, "drums": False,
        "bass": None, "comp": None, "lead": "piano", "beats": beats, "bar": bar, "pace": "",
        "minor": False,
    }  # fmt: skip


def _write(tmp_path, beats: int, bar: int) -> None:
    ramp = np.broadcast_to(np.arange(16, dtype=np.float16), (2, 48, 32, 16)).copy()
    ramp[1] *= -1
    score = np.zeros((2, 16, 88), np.uint8)
    score[:, 0] = 1
    empty = np.zeros((0, 512, 512), np.uint8)
    facts = [_facts(i, beats, bar) for i in range(2)]
    thumbs = np.zeros((2, 256, 128), np.uint8)
    write_shard(shard_path(tmp_path, "train", 0), Shard(facts, ramp, score, thumbs, empty))


def test_clips_that_keep_their_rhythm_turn_by_whole_bars(tmp_path):
    _write(tmp_path, beats=8, bar=4)
    batch = Pool([tmp_path], "train").batch(200, torch.Generator().manual_seed(0))
    turn = batch.scores[:, :, 0].argmax(1)
    told = batch.rhythm[:, 0] > 0
    assert 60 < told.sum() < 140
    assert set(turn[told].tolist()) == {0, 8}
    assert len(set(turn[~told].tolist())) == 16
    assert batch.ids.shape[1] <= 112 and (batch.ids[:, 0] == BOS_ID).all()


def test_bars_that_fall_between_columns_do_not_turn(tmp_path):
    _write(tmp_path, beats=12, bar=4)
    batch = Pool([tmp_path], "train").batch(100, torch.Generator().manual_seed(0))
    told = batch.rhythm[:, 0] > 0
    assert set(batch.scores[told][:, :, 0].argmax(1).tolist()) == {0}


def test_latents_survive_their_bytes(tmp_path):
    _write(tmp_path, beats=8, bar=4)
    batch = Pool([tmp_path], "train").batch(8, torch.Generator().manual_seed(0), plain=True)
    expected = torch.arange(16).float()
    assert (batch.latents.abs() - expected).abs().max() < 0.3


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
