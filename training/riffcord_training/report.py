"""The table of an evaluation, in Markdown: what is on real clips, in each model, and the goal."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """``real`` and ``made`` read a figure off an evaluation; either may find none (KeyError)."""

    name: str
    goal: str
    made: Callable[[dict], float]
    real: Callable[[dict], float] | None = None


def _agreement(figure: str) -> tuple[Callable[[dict], float], Callable[[dict], float]]:
    return (lambda e: e["generated"][figure]), (lambda e: e["real"][figure])


_ROWS = (
    Row("genre named, top 1", ">= 0.80", *_agreement("genre_top1")),
    Row("genre named, top 3", ">= 0.95", *_agreement("genre_top3")),
    Row("lead named in the prompt, top 1", ">= 0.60", *_agreement("named_lead_top1")),
    Row("genre, top 1, with typing errors", "within 0.10", lambda e: e["misspelt"]["genre_top1"]),
    Row("lead, top 1, with typing errors", "within 0.10", lambda e: e["misspelt"]["named_lead_top1"]),
    Row("drums or none as asked", "", *_agreement("drums_agree")),
    Row("distance to held-out clips / of training clips", "<= 1.6", lambda e: e["fd_ratio"]),
    Row("pulse clarity / real", ">= 0.9", lambda e: e["pulse_generated"] / e["pulse_real"]),
    Row("pulse clarity / real, told the rhythm", ">= 0.9", lambda e: e["pulse_told"] / e["pulse_real"]),
    Row("tempo as told", ">= 0.7", lambda e: e["tempo_told"], lambda e: e["tempo_real"]),
    Row(
        "tempo as told, or half or double", "",
        lambda e: e["tempo_told_octave"], lambda e: e["tempo_real_octave"],
    ),
    Row("loop seam / real", "0.9 to 1.1", lambda e: e["seam_generated"] / e["seam_real"]),
    Row("morph, largest / mean step", "<= 1.6", lambda e: e["morph_step_ratio"]),
    Row("nearest training clip / of real clips", "reported", lambda e: e["nearest_training_clip_ratio"]),
    Row("codec, dB", "", lambda e: e["codec_psnr_db"]),
    Row("seconds a picture", "", lambda e: e["seconds_per_clip"]),
)  # fmt: skip


def report(names: Sequence[str], results: Sequence[dict]) -> str:
    """One column a model; what a model has no figure for is a dash."""
    first = results[0]
    about = (
        f"{first['prompts']} prompts of held-out clips with fixed seeds; genres of "
        f"{first['generated']['genre_count']}, named leads of {first['generated']['named_lead_count']}."
    )
    head = ["figure", "real clips", *names, "goal"]
    lines = [about, "", _line(head), "|" + "---|" * len(head)]
    for row in _ROWS:
        cells = [_cell(row.real, first), *(_cell(row.made, result) for result in results)]
        lines.append(_line([row.name, *cells, row.goal]))
    return "\n".join(lines)


def published(version: str, result: dict) -> dict:
    """What a model's folder says about the model: shares of clips, of real ones beside."""
    generated, real = result["generated"], result["real"]
    names = {
        "genre": "genre_top1", "genreTopThree": "genre_top3", "lead": "named_lead_top1",
        "drums": "drums_agree",
    }  # fmt: skip
    pairs = {name: (generated[figure], real[figure]) for name, figure in names.items()}
    if "tempo_told" in result:
        pairs["tempo"] = (result["tempo_told"], result["tempo_real"])
    shares = {
        name: {"generated": round(made, 3), "real": round(real_share, 3)}
        for name, (made, real_share) in pairs.items()
        if math.isfinite(made) and math.isfinite(real_share)
    }
    return {"version": version, "clips": result["prompts"], "shares": shares}


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(figure: Callable[[dict], float] | None, result: dict) -> str:
    if figure is None:
        return ""
    try:
        return f"{figure(result):.2f}"
    except KeyError:
        return "-"
