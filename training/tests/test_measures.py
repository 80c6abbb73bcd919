"""Measures on signals whose answers are known."""

import numpy as np
import pytest

from riffcord_training.composer import compose
from riffcord_training.evaluate import evaluation_set, misspelt
from riffcord_training.judge import GENRE_NAMES, LEAD_NAMES, Judge, labels
from riffcord_training.measures import (
    frechet,
    heard_beats,
    nearest_distances,
    pulse_clarity,
    same_pulse,
    seam_ratio,
    step_ratio,
)


def _clicks(beats: int) -> np.ndarray:
    """A picture with a vertical line on every beat."""
    picture = np.full((1, 512, 512), 255, np.uint8)
    for k in range(beats):
        picture[0, :, round(k * 512 / beats) : round(k * 512 / beats) + 6] = 0
    return picture


def test_pulse_is_clear_at_the_right_tempo_only():
    assert pulse_clarity(_clicks(8), np.array([8])) > 0.2
    assert pulse_clarity(_clicks(8), np.array([11])) < 0.05


@pytest.mark.parametrize("beats", [5, 8, 12, 16])
def test_the_tempo_of_clicks_is_heard(beats):
    assert heard_beats(_clicks(beats)).tolist() == [beats]


def test_half_and_double_are_the_same_pulse_and_nothing_else_is():
    heard = np.array([8, 4, 16, 12, 6])
    assert same_pulse(heard, np.full(5, 8)).tolist() == [True, True, True, False, False]


def test_seam_is_one_where_the_loop_point_is_like_any_other():
    noise = np.random.default_rng(0).integers(0, 255, (4, 512, 512)).astype(np.uint8)
    assert seam_ratio(noise) == pytest.approx(1.0, abs=0.05)
    noise[:, :, 256:] //= 4
    assert seam_ratio(noise) > 1.05


def test_frechet_distance_is_zero_between_equal_sets_and_grows_with_the_gap():
    a = np.random.default_rng(0).standard_normal((500, 4))
    assert frechet(a, a) == pytest.approx(0.0, abs=1e-6)
    assert frechet(a, a + 3.0) == pytest.approx(36.0, rel=0.01)


def test_even_morphs_have_ratio_one():
    line = np.linspace(0, 1, 9)[:, None] * np.ones((1, 5))
    assert step_ratio(line) == pytest.approx(1.0)
    line[4:] += 1.0
    assert step_ratio(line) > 3


def test_nearest_distance_finds_copies():
    a = np.random.default_rng(0).standard_normal((20, 8))
    b = np.concatenate([a[3:4], a + 5.0])
    near = nearest_distances(a, b)
    assert near[3] == pytest.approx(0.0, abs=1e-5) and near[4] > 0.5


def test_the_judge_hears_styles_as_their_genre_and_ignores_what_it_has_no_class_for():
    base = {"drums": True, "beats": 8}
    truth = labels([
        {**base, "genre": "jazz", "lead": "nylon guitar"}, {**base, "genre": None, "lead": None},
        {**base, "genre": "funk", "lead": "recorder"},
    ])  # fmt: skip
    assert truth[:, 0].tolist() == [GENRE_NAMES.index("jazz"), -100, 0]
    assert truth[:, 1].tolist() == [LEAD_NAMES.index("acoustic guitar"), 0, -100]
    assert [head.out_features for head in Judge().heads] == [45, 48, 2, 13]


def test_evaluation_prompts_are_fixed_and_misspelling_keeps_their_number():
    facts = [compose(10_000_000 + i).facts for i in range(40)]
    prompts = evaluation_set(facts, 12)
    assert prompts == evaluation_set(facts, 12) and len(prompts.captions) == 12
    wrong = misspelt(prompts.captions)
    assert wrong == misspelt(prompts.captions) and wrong != prompts.captions
