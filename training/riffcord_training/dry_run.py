"""The whole way from seeds to an exported model in about a minute, to see that every stage works."""

from dataclasses import replace
from pathlib import Path

from .evaluate import evaluate
from .export import export
from .judge import train_judge
from .render import render
from .tone_synth import TONES
from .train_codec import fit_codec
from .train_decoder import DecoderOptions, train_decoder
from .train_denoiser import Options, cuda_defaults, train_denoiser
from .train_text import TextOptions, train_text

_CLIPS = 16
_STEPS = 2


def dry_run(root: Path, device: str = "cpu", soundfont: str = TONES, seconds: float = 5.0) -> Path:
    """Run all stages at toy sizes below ``root``; returns the exported model's folder."""
    render(root, "codec", [soundfont], 4 * _CLIPS, _CLIPS, 1, _CLIPS)
    fit_codec(root)
    for split in ("train", "val", "judge"):
        render(root, split, [soundfont], _CLIPS, 4, 1, _CLIPS)
    train_text(root, TextOptions(seconds, device, facts=100, batch=8, held_out=40))
    options = Options(seconds, size="tiny", device=device, report_every=1.0, validate_every=2.0)
    if device == "cuda":
        options = cuda_defaults(options)
    train_denoiser(root, replace(options, first_batch=4, batch=4, validation_clips=8))
    train_decoder(root, DecoderOptions(seconds, device, batch=2))
    folder = root / "model"
    export(root, folder, "0.0.0", _STEPS, 3.0, 2.0, conditions=True)
    train_judge(root, epochs=1, batch=4)
    evaluate(root, [folder], 4)
    return folder
