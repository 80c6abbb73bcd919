"""Write the model directory: ONNX graphs, tokenizer, configs and a manifest."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from .codec import CHANNELS, GRID_ROWS, PATCH_COLUMNS, PATCH_ROWS, Codec
from .decoder import Decoder, Encoder
from .model import Riffcord
from .onnx_weights import compress
from .prompts import SAMPLE_PROMPTS
from .text import WIDTH
from .tokenizer import MAX_LENGTH, Tokenizer

NAME = "riffcord-small"
_OPSET = 17
_WIDTH = 16


def load_averaged(root: Path) -> tuple[Riffcord, int]:
    """The averaged weights of the denoiser checkpoint (fresh ones without it) and its samples."""
    model = Riffcord(len(Tokenizer.load(root / "tokenizer")))
    path, samples = root / "denoiser.pt", 0
    if path.exists():
        state = torch.load(path, map_location="cpu", weights_only=True)
        for parameter, average in zip(model.parameters(), state["ema"]):
            parameter.data.copy_(average)
        samples = state["samples"]
    return model.eval(), samples


def load_decoder(root: Path) -> Decoder:
    """The trained decoder, or the codec's linear inverse where none was trained yet."""
    decoder = Decoder(Codec.load(root / "codec.npz"))
    path = root / "decoder.pt"
    if path.exists():
        state = torch.load(path, map_location="cpu", weights_only=True)
        decoder.load_state_dict(state["ema"])
    return decoder.eval()


class _ClampedDecoder(nn.Module):
    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(self, latent: Tensor) -> Tensor:
        return self.decoder(latent).clamp(-1.0, 1.0)


def _export(module: nn.Module, inputs: dict, output: str, dynamic: dict, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        module, tuple(inputs.values()), str(path), input_names=list(inputs),
        output_names=[output], dynamic_axes=dynamic, opset_version=_OPSET, dynamo=False,
    )  # fmt: skip


def export_graphs(root: Path, folder: Path, kinds: dict[str, str]) -> None:
    """All four ONNX graphs; ``kinds`` maps graph folder to ``int8``, ``fp16`` or ``fp32``."""
    model, _ = load_averaged(root)
    latent = torch.randn(2, CHANNELS, GRID_ROWS, _WIDTH)
    picture = torch.randn(2, 1, GRID_ROWS * PATCH_ROWS, _WIDTH * PATCH_COLUMNS)
    tokenizer = Tokenizer.load(root / "tokenizer")
    ids = torch.tensor([tokenizer(prompt) for prompt in SAMPLE_PROMPTS[:2]])
    with torch.no_grad():
        text = model.text(ids)
    grid, batch = {0: "batch", 3: "width"}, {0: "batch"}
    jobs = {
        "text_encoder": (
            model.text, {"input_ids": ids}, "last_hidden_state",
            {"input_ids": batch, "last_hidden_state": batch},
        ),
        "unet": (
            model.unet,
            {"sample": latent, "timestep": torch.rand(2) * 1000, "encoder_hidden_states": text},
            "out_sample",
            {"sample": grid, "timestep": batch, "encoder_hidden_states": batch, "out_sample": grid},
        ),
        "vae_decoder": (
            _ClampedDecoder(load_decoder(root)), {"latent_sample": latent}, "sample",
            {"latent_sample": grid, "sample": grid},
        ),
        "vae_encoder": (
            Encoder(Codec.load(root / "codec.npz")), {"sample": picture}, "latent_sample",
            {"sample": grid, "latent_sample": grid},
        ),
    }  # fmt: skip
    for name, job in jobs.items():
        path = folder / name / "model.onnx"
        with torch.no_grad():
            _export(*job, path)
        if kinds.get(name, "fp32") != "fp32":
            onnx.save(compress(onnx.load(path), kinds[name]), path)
        print(f"{name}: relative RMS error {storage_error(job[0], job[1], path):.5f}")


def storage_error(module: nn.Module, inputs: dict[str, Tensor], path: Path) -> float:
    """RMS difference between the stored graph and the float32 module, relative to its RMS."""
    with torch.no_grad():
        expected = module(*inputs.values()).numpy()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    result = session.run(None, {name: x.numpy() for name, x in inputs.items()})[0]
    scale = np.sqrt(np.mean(expected**2)) + 1e-12
    return float(np.sqrt(np.mean((result - expected) ** 2)) / scale)


def configs(
    vocabulary: int, version: str, steps: int, guidance: float, shift: float
) -> dict[str, dict]:
    """Relative path -> contents of every JSON file except the manifest and the tokenizer's."""
    return {
        "model_index.json": {
            "_class_name": "RiffcordPipeline", "name": NAME, "version": version,
            "tokenizer": "tokenizer", "text_encoder": "text_encoder", "unet": "unet",
            "vae_decoder": "vae_decoder", "vae_encoder": "vae_encoder", "scheduler": "scheduler",
        },
        "text_encoder/config.json": {
            "hidden_size": WIDTH, "max_position_embeddings": MAX_LENGTH, "vocab_size": vocabulary,
        },
        "unet/config.json": {
            "in_channels": CHANNELS, "out_channels": CHANNELS,
            "sample_size": [GRID_ROWS, _WIDTH], "cross_attention_dim": WIDTH,
            "circular_time": True,
        },
        "vae/config.json": {
            "latent_channels": CHANNELS, "scaling_factor": 1.0,
            "downsample": [PATCH_ROWS, PATCH_COLUMNS],
        },
        "scheduler/scheduler_config.json": {
            "_class_name": "FlowMatchEulerDiscreteScheduler", "num_train_timesteps": 1000,
            "shift": shift,
        },
        "spectrogram.json": {
            "sampleRate": 44100, "stepSizeMs": 10, "windowDurationMs": 100,
            "paddedDurationMs": 400, "numMels": 512, "minFrequency": 0, "maxFrequency": 10000,
            "powerForImage": 0.25, "stereo": False, "circular": True,
        },
        "defaults.json": {
            "numInferenceSteps": steps, "guidanceScale": guidance, "scheduler": "euler",
            "samplePrompts": list(SAMPLE_PROMPTS),
        },
    }  # fmt: skip


def write_manifest(folder: Path, version: str) -> int:
    """manifest.json over all other files except README.md; returns the bytes it covers."""
    entries = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name in ("README.md", "manifest.json"):
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entries.append({"path": name, "bytes": path.stat().st_size, "sha256": digest})
    entries.sort(key=lambda e: e["path"])
    manifest = {"name": NAME, "version": version, "licence": "MIT", "files": entries}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    return sum(e["bytes"] for e in entries)


def export(
    root: Path, target: Path, version: str, steps: int, guidance: float, shift: float
) -> None:
    """Build the directory beside the target, then swap it in with two renames."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    kinds = {"text_encoder": "int8", "unet": "int8", "vae_decoder": "fp16"}
    export_graphs(root, fresh, kinds)
    tokenizer = Tokenizer.load(root / "tokenizer")
    tokenizer.save(fresh / "tokenizer")
    for name, content in configs(len(tokenizer), version, steps, guidance, shift).items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n")
    if (target / "README.md").exists():
        shutil.copy(target / "README.md", fresh / "README.md")
    size = write_manifest(fresh, version)
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    print(f"{target}: {size / 1e6:.1f} MB")
