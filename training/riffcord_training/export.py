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

from .attributes import ATTRIBUTES
from .codec import CHANNELS, GRID_ROWS, PATCH_COLUMNS, PATCH_ROWS, Codec
from .decoder import Decoder, Encoder
from .model import KNOWN_CHANNELS, SIZES, Denoiser, UNet
from .onnx_weights import compress
from .prompts import SAMPLE_PROMPTS
from .text import MAX_WORDS, WIDTH
from .tokenizer import MAX_LENGTH, VOCABULARY, encode, pad, save_tokenizer
from .train_text import TextModel, load_text

NAME = "riffcord-small"
_OPSET = 17
#: Files about the model: no part of it.
_ABOUT = ("README.md", "evaluation.json", "manifest.json")
_WIDTH = 16


def load_averaged(root: Path) -> tuple[UNet, int]:
    """The averaged weights of the denoiser checkpoint (fresh ones without it) and its samples."""
    path, samples = root / "denoiser.pt", 0
    if not path.exists():
        return UNet(SIZES["tiny"]).eval(), samples
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Denoiser(SIZES[state["size"]])
    for parameter, average in zip(model.parameters(), state["ema"]):
        parameter.data.copy_(average)
    return model.unet.eval(), state["samples"]


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


class _HearingText(nn.Module):
    """Words for the denoiser, and how likely each of ATTRIBUTES is, for people."""

    def __init__(self, model: TextModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        words = self.model.text(ids)
        return words, torch.sigmoid(self.model.understanding(words))


def _export(module: nn.Module, inputs: dict, outputs: list, dynamic: dict, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        module, tuple(inputs.values()), str(path), input_names=list(inputs),
        output_names=outputs, dynamic_axes=dynamic, opset_version=_OPSET, dynamo=False,
    )  # fmt: skip


def export_graphs(root: Path, folder: Path, kinds: dict[str, str], conditions: bool) -> None:
    """All four ONNX graphs; ``kinds`` maps graph folder to ``int8``, ``fp16`` or ``fp32``.

    With ``conditions`` the denoiser has the inputs ``known`` and ``rhythm`` too. Without them its
    inputs are those of version 1, and nothing is known and no rhythm given.
    """
    unet, _ = load_averaged(root)
    text_model = load_text(root).eval()
    latent = torch.randn(2, CHANNELS, GRID_ROWS, _WIDTH)
    picture = torch.randn(2, 1, GRID_ROWS * PATCH_ROWS, _WIDTH * PATCH_COLUMNS)
    ids = torch.tensor([pad(encode(prompt)) for prompt in SAMPLE_PROMPTS[:2]])
    with torch.no_grad():
        text = text_model.text(ids)
    grid, batch = {0: "batch", 3: "width"}, {0: "batch"}
    inputs = {"sample": latent, "timestep": torch.rand(2) * 1000, "encoder_hidden_states": text}
    axes = {"sample": grid, "timestep": batch, "encoder_hidden_states": batch, "out_sample": grid}
    if conditions:
        known = torch.zeros(2, KNOWN_CHANNELS, GRID_ROWS, _WIDTH)
        known[:, :1, :, :8] = 1.0
        inputs |= {"known": known, "rhythm": torch.tensor([[8.0, 4.0], [0.0, 0.0]])}
        axes |= {"known": grid, "rhythm": batch}
    jobs = {
        "text_encoder": (
            _HearingText(text_model), {"input_ids": ids}, ["last_hidden_state", "understood"],
            {"input_ids": batch, "last_hidden_state": batch, "understood": batch},
        ),
        "unet": (unet, inputs, ["out_sample"], axes),
        "vae_decoder": (
            _ClampedDecoder(load_decoder(root)), {"latent_sample": latent}, ["sample"],
            {"latent_sample": grid, "sample": grid},
        ),
        "vae_encoder": (
            Encoder(Codec.load(root / "codec.npz")), {"sample": picture}, ["latent_sample"],
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
        result = module(*inputs.values())
    expected = (result[0] if isinstance(result, tuple) else result).numpy()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    stored = session.run(None, {name: x.numpy() for name, x in inputs.items()})[0]
    scale = np.sqrt(np.mean(expected**2)) + 1e-12
    return float(np.sqrt(np.mean((stored - expected) ** 2)) / scale)


def configs(
    version: str, steps: int, guidance: float, shift: float, conditions: bool
) -> dict[str, dict]:
    """Relative path -> contents of every JSON file except the manifest and the tokenizer's."""
    return {
        "model_index.json": {
            "_class_name": "RiffcordPipeline", "name": NAME, "version": version,
            "tokenizer": "tokenizer", "text_encoder": "text_encoder", "unet": "unet",
            "vae_decoder": "vae_decoder", "vae_encoder": "vae_encoder", "scheduler": "scheduler",
        },
        "text_encoder/config.json": {
            "hidden_size": WIDTH, "max_position_embeddings": MAX_LENGTH, "vocab_size": VOCABULARY,
            "max_words": MAX_WORDS, "understood": list(ATTRIBUTES),
        },
        "unet/config.json": {
            "in_channels": CHANNELS, "out_channels": CHANNELS,
            "sample_size": [GRID_ROWS, _WIDTH], "cross_attention_dim": WIDTH,
            "circular_time": True, "conditions": ["known", "rhythm"] if conditions else [],
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
    """manifest.json over the files that are the model; returns the bytes it covers."""
    entries = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name in _ABOUT:
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entries.append({"path": name, "bytes": path.stat().st_size, "sha256": digest})
    entries.sort(key=lambda e: e["path"])
    manifest = {"name": NAME, "version": version, "licence": "MIT", "files": entries}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    return sum(e["bytes"] for e in entries)


def export(
    root: Path, target: Path, version: str, steps: int, guidance: float, shift: float,
    conditions: bool,
) -> None:  # fmt: skip
    """Build the directory beside the target, then swap it in with two renames."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    kinds = {"text_encoder": "int8", "unet": "int8", "vae_decoder": "fp16"}
    export_graphs(root, fresh, kinds, conditions)
    save_tokenizer(fresh / "tokenizer")
    for name, content in configs(version, steps, guidance, shift, conditions).items():
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
