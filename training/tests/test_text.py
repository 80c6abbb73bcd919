"""Tokenizer and text encoder: any script, any length, and deaf to padding."""

import json
import random

import torch

from riffcord_training.attributes import ATTRIBUTES, attributes_of, group_slice
from riffcord_training.composer import caption_for, compose
from riffcord_training.folder_tokenizer import FolderTokenizer
from riffcord_training.text import MAX_WORDS, WIDTH, TextEncoder, slots_of
from riffcord_training.tokenizer import (
    BOS_ID,
    EOS_ID,
    MAX_LENGTH,
    VOCABULARY,
    byte_alphabet,
    encode,
    pad,
    save_tokenizer,
    words,
)
from riffcord_training.train_text import TextModel, attribute_loss, id_tensor


def test_byte_alphabet_is_reversible():
    table = byte_alphabet()
    assert len(set(table.values())) == 256
    assert table[ord("a")] == "a" and table[32] == chr(256 + 32)


def test_a_folders_tokenizer_agrees_with_the_characters(tmp_path):
    save_tokenizer(tmp_path)
    tokenizer = FolderTokenizer(tmp_path)
    for text in ("", "funk with 120 bpm!", "爵士乐 🎹", "x" * 900):
        assert tokenizer(text) == pad(encode(text))


def test_a_folders_tokenizer_merges_where_there_are_merges(tmp_path):
    save_tokenizer(tmp_path)
    vocabulary = json.loads((tmp_path / "vocab.json").read_text())
    vocabulary |= {"fu": 514, "nk</w>": 515, "funk</w>": 516}
    (tmp_path / "vocab.json").write_text(json.dumps(vocabulary))
    (tmp_path / "merges.txt").write_text("#version: 0.2\nf u\nn k</w>\nfu nk</w>\n")
    ids = FolderTokenizer(tmp_path)("funk fun")
    assert ids[1:5] == [516, 514, vocabulary["n</w>"], EOS_ID]


def test_words_follow_clips_rules():
    assert words("Don't  STOP 120bpm!!") == ["don", "'t", "stop", "1", "2", "0", "bpm", "!!"]


def test_every_text_fits_and_ends():
    for text in ("", "   ", "x" * 5_000, "爵士乐 🎹", "\ud800", "a\x00b", "<|endoftext|>"):
        ids = encode(text)
        assert ids[0] == BOS_ID and ids[-1] == EOS_ID and len(ids) <= MAX_LENGTH
        assert all(0 <= i < 512 for i in ids[1:-1])
        assert len(pad(ids)) == MAX_LENGTH


def test_only_the_last_byte_of_a_word_closes_it():
    ids = encode("ab a")[1:-1]
    assert [i >= 256 for i in ids] == [False, True, True] and ids[0] + 256 == ids[2]


def test_the_saved_vocabulary_numbers_tokens_alike(tmp_path):
    save_tokenizer(tmp_path)
    vocabulary = json.loads((tmp_path / "vocab.json").read_text())
    assert len(vocabulary) == VOCABULARY and sorted(vocabulary.values()) == list(range(VOCABULARY))
    expected = [vocabulary["f"], vocabulary["u"], vocabulary["n"], vocabulary["k</w>"]]
    assert encode("funk")[1:-1] == expected
    assert (tmp_path / "merges.txt").read_text() == "#version: 0.2\n"


def _encoder() -> TextEncoder:
    torch.manual_seed(0)
    encoder = TextEncoder().eval()
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return encoder


def test_words_come_out_one_vector_each_and_silence_as_zero():
    with torch.no_grad():
        hidden = _encoder()(torch.tensor([pad(encode("funk with sax"))]))
    assert hidden.shape == (1, MAX_WORDS, WIDTH)
    assert (hidden[0, :3].abs().sum(1) > 0).all() and hidden[0, 3:].abs().sum() == 0


def test_neither_padding_nor_spare_slots_change_what_is_heard():
    encoder, ids = _encoder(), torch.tensor([encode("slow piano")])
    with torch.no_grad():
        whole = encoder(torch.tensor([pad(encode("slow piano"))]))
        short = encoder(ids, slots_of(ids))
    assert torch.allclose(whole[:, :2], short, atol=1e-4)


def test_the_empty_caption_is_silent():
    with torch.no_grad():
        assert _encoder()(torch.tensor([pad(encode(""))])).abs().sum() == 0
        assert torch.isfinite(TextModel()(id_tensor([""]))).all()


def test_attributes_tell_genre_lead_and_tempo():
    facts = next(
        p.facts for p in map(compose, range(200)) if p.facts["kind"] == "full" and p.facts["lead"]
    )
    vector = attributes_of(facts)
    told = {name for name, on in zip(ATTRIBUTES, vector) if on}
    assert {f"genre:{facts['genre']}", f"lead:{facts['lead']}", f"beats:{facts['beats']}"} <= told
    assert vector[group_slice("genre")].sum() == 1


def test_the_encoder_learns_to_tell_captions_apart():
    torch.manual_seed(0)
    facts = [compose(seed).facts for seed in range(6)]
    rng = random.Random(0)
    ids = id_tensor([caption_for(f, rng, plain=True) for f in facts])
    targets = torch.stack([torch.from_numpy(attributes_of(f)) for f in facts])
    model = TextModel()
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    first = attribute_loss(model(ids), targets).item()
    for _ in range(10):
        optimizer.zero_grad()
        loss = attribute_loss(model(ids), targets)
        loss.backward()
        optimizer.step()
    shuffled = attribute_loss(model(ids), targets.roll(1, 0)).item()
    assert loss.item() < 0.6 * first and loss.item() < shuffled - 1.0
