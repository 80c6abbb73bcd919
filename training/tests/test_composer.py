"""What every composed clip and every table must keep to."""

import random
import re

import pytest

from riffcord_training.composer import CLIP_SECONDS, caption_for, compose, score_matrix
from riffcord_training.composer.drums import GROOVES, KEYS
from riffcord_training.composer.genres import GENRES
from riffcord_training.composer.instruments import BASSES, INSTRUMENTS, JUDGED_NAMES, SOLO_NAMES
from riffcord_training.composer.languages import FOREIGN, translate
from riffcord_training.composer.lexicon import _ROWS, LEXICON, lexicon_phrases
from riffcord_training.composer.misspelling import misspell
from riffcord_training.composer.mixing import EFFECT_WORDS
from riffcord_training.composer.scenes import SCENE_WORDS
from riffcord_training.composer.styles import STYLES, family_of
from riffcord_training.composer.theory import SCALES

_SEEDS = range(400)


@pytest.fixture(scope="module")
def pieces():
    return [compose(seed) for seed in _SEEDS]


def test_styles_name_only_what_the_other_tables_have():
    for style in STYLES.values():
        assert set(style.comps) | set(style.leads) <= set(INSTRUMENTS), style.name
        assert set(style.basses) <= {*BASSES, "none"}, style.name
        assert set(style.scales) <= set(SCALES), style.name
        assert style.groove is None or style.groove in GROOVES, style.name
    assert set(SOLO_NAMES) <= set(INSTRUMENTS)


def test_grooves_use_known_lanes_and_marks():
    for steps, lanes in GROOVES.values():
        assert steps in (2, 3, 4)
        assert set(lanes) <= set(KEYS)
        assert set("".join(lanes.values())) <= set("xX.?")


def test_the_judges_classes_are_the_first_versions():
    assert len(GENRES) == 45 and list(GENRES)[:2] == ["funk", "jazz"]
    assert list(GENRES)[-1] == "soundtrack"
    assert len(JUDGED_NAMES) == 47 and JUDGED_NAMES[0] == "piano"
    assert all(family_of(style) in GENRES for style in STYLES.values())
    assert {i.judged for i in INSTRUMENTS.values()} <= {*JUDGED_NAMES, ""}


def test_the_lexicon_names_only_what_the_tables_have():
    known = {
        "genre": set(STYLES), "inst": {*INSTRUMENTS, *BASSES}, "scene": set(SCENE_WORDS),
        "fx": set(EFFECT_WORDS), "scale": set(SCALES), "pace": {"slow", "fast"},
    }  # fmt: skip
    for field, values in re.findall(r"(genre|inst|scene|fx|scale|pace):(\S+)", _ROWS):
        for value in values.split("|"):
            assert value.replace("_", " ") in known[field], value


def test_every_row_of_the_lexicon_is_true_of_some_clip():
    unused = {phrases[0] for phrases, _ in LEXICON}
    for seed in range(6_000):
        unused -= {phrases[0] for phrases in lexicon_phrases(compose(seed).facts)}
        if not unused:
            break
    assert not unused


def test_a_seed_gives_the_same_clip_every_time(pieces):
    assert pieces[:60] == [compose(seed) for seed in list(_SEEDS)[:60]]


def test_notes_lie_in_the_clip_and_on_the_keyboard(pieces):
    for piece in pieces:
        assert piece.notes or piece.facts["scene"]
        assert all(0 <= n.start < CLIP_SECONDS and 0 <= n.pitch < 128 for n in piece.notes)
        assert all(1 <= n.velocity < 128 for n in piece.notes)
        assert all(0 <= c.time <= CLIP_SECONDS for c in piece.controls)
        assert score_matrix(piece).shape == (16, 88)


def test_the_facts_agree_with_the_notes(pieces):
    for piece in pieces:
        facts, channels = piece.facts, {n.channel for n in piece.notes}
        if facts["kind"] in ("full", "hybrid", "drums", "solo"):
            assert facts["drums"] == (9 in channels)
        if facts["bass"] and facts["form"] != "break":
            assert 1 in channels
        assert 4 <= facts["beats"] <= 16


def test_every_clip_has_a_plain_and_a_free_caption(pieces):
    for piece in pieces:
        for plain in (True, False):
            assert caption_for(piece.facts, random.Random(1), plain).strip()


def test_plain_captions_name_the_solo_instrument():
    facts = next(p.facts for p in map(compose, range(500)) if p.facts["kind"] == "solo")
    words = (facts["lead"], *INSTRUMENTS[facts["lead"]].words, *FOREIGN.get(facts["lead"], ()))
    caption = caption_for(facts, random.Random(0), plain=True)
    assert any(word in caption for word in words)


@pytest.mark.parametrize("columns", [12, 24, 32])
def test_clips_of_other_lengths_keep_tempo_and_fill_their_length(columns):
    for seed in range(60):
        usual, other = compose(seed).facts, compose(seed, columns)
        assert other.facts["beats"] == round(usual["beats"] * columns / 16)
        assert all(0 <= n.start < other.seconds for n in other.notes)
        assert score_matrix(other).shape == (columns, 88)
    starts = [n.start for seed in range(60) for n in compose(seed, columns).notes]
    assert max(starts) > 0.9 * columns * 0.32


def test_translation_keeps_to_one_script_where_it_can():
    rng = random.Random(0)
    texts = [translate("waltz with violin", rng) for _ in range(80)]
    assert all("waltz" not in text and "violin " not in text for text in texts)
    cyrillic = [text for text in texts if "скрипка" in text]
    assert cyrillic and all("вальс" in text for text in cyrillic)
    assert translate("xyz", rng) == "xyz"


def test_misspelling_changes_little():
    rng = random.Random(0)
    for text in ("acoustic folk fiddle", "ab", "", "джаз", "🎸"):
        for _ in range(50):
            assert abs(len(misspell(text, rng)) - len(text)) <= max(12, len(text) // 2)
