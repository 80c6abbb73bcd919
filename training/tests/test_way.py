"""Every stage, one after the other, at toy sizes."""

import json

import numpy as np
import onnxruntime
import pytest

from riffcord_training.attributes import ATTRIBUTES
from riffcord_training.dry_run import dry_run
from riffcord_training.evaluate import publish
from riffcord_training.export import export
from riffcord_training.pipeline import Pipeline
from riffcord_training.report import published, report


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("data")
    dry_run(root, seconds=1.0)
    return root


def _inputs(folder, graph: str) -> list[str]:
    session = onnxruntime.InferenceSession(str(folder / graph / "model.onnx"))
    return [i.name for i in session.get_inputs()]


def test_the_exported_model_makes_a_picture_and_tells_what_it_understood(root):
    folder = root / "model"
    assert json.loads((folder / "manifest.json").read_text())["version"] == "0.0.0"
    config = json.loads((folder / "text_encoder" / "config.json").read_text())
    assert config["understood"] == list(ATTRIBUTES)
    assert _inputs(folder, "unet")[3:] == ["known", "rhythm"]


def test_the_evaluation_reports_every_figure(root):
    (figures,) = json.loads((root / "evaluation.json").read_text())
    expected = {
        "generated", "misspelt", "real", "pulse_generated", "pulse_told", "pulse_real",
        "tempo_told", "tempo_real_octave", "fd_ratio", "nearest_training_clip_ratio", "codec_psnr_db",
        "seam_generated", "seam_real", "morph_step_ratio", "seconds_per_clip",
    }  # fmt: skip
    assert expected <= set(figures)
    assert figures["seam_generated"] > 0 and figures["codec_psnr_db"] > 20


def test_the_report_puts_models_side_by_side_and_leaves_out_what_one_cannot_do(root):
    (figures,) = json.loads((root / "evaluation.json").read_text())
    older = {k: v for k, v in figures.items() if k not in ("pulse_told", "tempo_told")}
    told = next(
        line for line in report(["new", "old"], [figures, older]).splitlines() if "told the" in line
    )
    cells = [cell.strip() for cell in told.strip("|").split("|")]
    assert float(cells[2]) >= 0 and cells[3] == "-"


def test_what_was_measured_can_be_published_beside_the_model(root):
    (figures,) = json.loads((root / "evaluation.json").read_text())
    publish(root / "model", figures)
    told = json.loads((root / "model" / "evaluation.json").read_text())
    assert told["version"] == "0.0.0" and told["clips"] == 4
    figures["generated"]["named_lead_top1"] = float("nan")
    assert {"drums", "tempo"} <= set(told["shares"])
    assert "lead" not in published("0.0.0", figures)["shares"]
    assert all(0 <= share["generated"] <= 1 for share in told["shares"].values())


def test_what_is_known_and_the_rhythm_reach_the_graph(root):
    pipeline = Pipeline(root / "model")
    known = np.zeros((1, 49, 32, 16), np.float32)
    arguments = (["jazz"], [3], 2, 3.0)
    plain = pipeline.latents(*arguments)
    assert plain.shape == (1, 48, 32, 16) and np.isfinite(plain).all()
    assert np.isfinite(pipeline.latents(*arguments, known, np.array([[8, 4]]))).all()


def test_without_conditions_the_graphs_have_the_first_versions_inputs(root):
    folder = root / "plain"
    export(root, folder, "0.0.0", 2, 3.0, 2.0, conditions=False)
    assert _inputs(folder, "unet") == ["sample", "timestep", "encoder_hidden_states"]
    assert _inputs(folder, "text_encoder") == ["input_ids"]
    assert Pipeline(folder).pictures(["日本 🎹"], [1], 2, 3.0).shape == (1, 512, 512)
