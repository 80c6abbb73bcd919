"""Command line: one subcommand per stage, all of them resumable and driven by seeds."""

import argparse
import itertools
import random
from pathlib import Path

from .dataset import SEED_BASE

SOUNDFONTS = (
    "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "/usr/share/sounds/sf3/MuseScore_General.sf3",
)


def _compose(args: argparse.Namespace) -> None:
    from .composer import caption_for, compose

    rng = random.Random(args.seed)
    for seed in range(args.seed, args.seed + args.count):
        piece = compose(seed)
        print(f"{seed}\t{len(piece.notes)} notes\t{caption_for(piece.facts, rng)}")


def _render(args: argparse.Namespace) -> None:
    from .render import render

    render(
        args.data, args.split, args.soundfont, args.clips, args.keep_pictures, args.workers,
        args.shard_clips,
    )  # fmt: skip


def _codec(args: argparse.Namespace) -> None:
    from .train_codec import codec_of_model, fit_codec

    if args.from_model:
        args.data.mkdir(parents=True, exist_ok=True)
        codec_of_model(args.from_model).save(args.data / "codec.npz")
    else:
        fit_codec(args.data)


def _text(args: argparse.Namespace) -> None:
    from .train_text import TextOptions, train_text

    train_text(args.data, TextOptions(args.seconds, args.device, args.seed, args.facts))


def _train(args: argparse.Namespace) -> None:
    from .train_denoiser import Options, cuda_defaults, train_denoiser

    options = Options(
        args.seconds, args.more_data, args.size, args.device, args.seed, args.processes,
        args.compile,
    )  # fmt: skip
    train_denoiser(args.data, cuda_defaults(options) if args.device == "cuda" else options)


def _decoder(args: argparse.Namespace) -> None:
    from .train_decoder import DecoderOptions, train_decoder

    train_decoder(args.data, DecoderOptions(args.seconds, args.device, args.seed))


def _speed(args: argparse.Namespace) -> None:
    from .speed import print_speeds

    print_speeds(args.device)


def _ship(args: argparse.Namespace) -> None:
    from .ship import ship

    ship(args.data, args.out, args.weights)


def _judge(args: argparse.Namespace) -> None:
    from .judge import train_judge

    train_judge(args.data, args.epochs, args.seed)


def _eval(args: argparse.Namespace) -> None:
    from .evaluate import contact_sheet, evaluate, publish

    results = evaluate(args.data, args.model, args.count)
    if args.publish:
        publish(args.model[0], results[0])
    if args.sheet:
        contact_sheet(args.model[0], args.sheet)


def _sweep(args: argparse.Namespace) -> None:
    from .evaluate import sweep

    settings = list(itertools.product(args.steps, args.guidance, args.shift))
    sweep(args.data, args.model, args.count, settings)


def _export(args: argparse.Namespace) -> None:
    from .export import export

    export(
        args.data, args.out, args.version, args.steps, args.guidance, args.shift, args.conditions
    )


def _dry_run(args: argparse.Namespace) -> None:
    from .dry_run import dry_run

    dry_run(args.data, args.device, args.soundfont, args.seconds)


def build_parser() -> argparse.ArgumentParser:
    """All subcommands with their options."""
    parser = argparse.ArgumentParser(prog="riffcord_training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="working directory")
    stages = parser.add_subparsers(required=True)

    compose = stages.add_parser("compose", help="print captions of composed clips")
    compose.add_argument("--seed", type=int, default=0)
    compose.add_argument("--count", type=int, default=20)
    compose.set_defaults(run=_compose)

    render = stages.add_parser("render", help="render clips of a split")
    render.add_argument("--split", choices=tuple(SEED_BASE), required=True)
    render.add_argument("--clips", type=int, required=True)
    render.add_argument("--keep-pictures", type=int, default=0, help="pictures kept per shard")
    render.add_argument("--workers", type=int, default=2)
    render.add_argument("--shard-clips", type=int, default=400, help="keep it within a split")
    render.add_argument("--soundfont", nargs="+", default=list(SOUNDFONTS))
    render.set_defaults(run=_render)

    codec = stages.add_parser("codec", help="fit the patch-PCA codec")
    codec.add_argument("--from-model", type=Path, help="take an exported model's codec instead")
    codec.set_defaults(run=_codec)

    for name, run, text in (
        ("text", _text, "train the text encoder, or resume"),
        ("decoder", _decoder, "train the decoder, or resume"),
        ("train", _train, "train the denoiser, or resume"),
    ):
        train = stages.add_parser(name, help=text)
        train.add_argument("--seconds", type=float, required=True, help="length of the schedule")
        train.add_argument("--device", default="cpu")
        train.add_argument("--seed", type=int, default=0)
        if name == "text":
            train.add_argument("--facts", type=int, default=60_000, help="clips to caption")
        if name == "train":
            train.add_argument("--processes", type=int, default=1)
            train.add_argument("--size", choices=("tiny", "small", "base"), default="small")
            train.add_argument("--compile", action="store_true")
            train.add_argument("--more-data", type=Path, nargs="*", default=[])
        train.set_defaults(run=run)

    speed = stages.add_parser("speed", help="measure how fast the denoiser trains here")
    speed.add_argument("--device", default="cpu")
    speed.set_defaults(run=_speed)

    carried = stages.add_parser("ship", help="pack results into parts that fit through small doors")
    carried.add_argument("--out", type=Path, required=True)
    carried.add_argument(
        "--weights", action="store_true", help="weights to go on from, not a model"
    )
    carried.set_defaults(run=_ship)

    judge = stages.add_parser("judge", help="train the evaluation network")
    judge.add_argument("--epochs", type=int, default=8)
    judge.add_argument("--seed", type=int, default=0)
    judge.set_defaults(run=_judge)

    export = stages.add_parser("export", help="write the model directory")
    export.add_argument("--out", type=Path, required=True)
    export.add_argument("--version", default="1.0.0")
    export.add_argument("--steps", type=int, default=16)
    export.add_argument("--guidance", type=float, default=5.0)
    export.add_argument("--shift", type=float, default=2.0, help="towards noisy times")
    export.add_argument(
        "--conditions", action="store_true", help="denoiser with the inputs known and rhythm"
    )
    export.set_defaults(run=_export)

    evaluate = stages.add_parser("eval", help="measure an exported model")
    evaluate.add_argument(
        "--model", type=Path, nargs="+", required=True, help="several are put side by side"
    )
    evaluate.add_argument("--count", type=int, default=256)
    evaluate.add_argument(
        "--publish",
        action="store_true",
        help="write what /about shows into the first model's folder",
    )
    evaluate.add_argument("--sheet", type=Path, help="also draw a contact sheet here")
    evaluate.set_defaults(run=_eval)

    sweep = stages.add_parser("sweep", help="compare sampler settings")
    sweep.add_argument("--model", type=Path, required=True)
    sweep.add_argument("--count", type=int, default=96)
    sweep.add_argument("--steps", type=int, nargs="+", default=[16])
    sweep.add_argument("--guidance", type=float, nargs="+", default=[3.0, 5.0, 7.0])
    sweep.add_argument("--shift", type=float, nargs="+", default=[1.0, 2.0])
    sweep.set_defaults(run=_sweep)

    dry = stages.add_parser("dry-run", help="all stages at toy sizes, in about a minute")
    dry.add_argument("--device", default="cpu")
    dry.add_argument("--soundfont", default="tones", help="a file, or the built-in tones")
    dry.add_argument("--seconds", type=float, default=5.0, help="training time of each stage")
    dry.set_defaults(run=_dry_run)
    return parser


def main(argv: list[str] | None = None) -> None:
    """Entry point."""
    args = build_parser().parse_args(argv)
    args.run(args)
