"""Reference inference over an exported model directory: prompt and seed -> picture."""

import itertools
import json
from pathlib import Path

import numpy as np
import onnxruntime

from .folder_tokenizer import FolderTokenizer
from .model import KNOWN_CHANNELS

_GRAPHS = ("text_encoder", "unet", "vae_decoder", "vae_encoder")


class Pipeline:
    """Flow-matching Euler sampling with classifier-free guidance on the CPU."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._sessions = {
            name: onnxruntime.InferenceSession(
                str(folder / name / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            for name in _GRAPHS
        }
        unet = json.loads((folder / "unet" / "config.json").read_text())
        self._tokenizer = FolderTokenizer(folder / "tokenizer")
        self.conditions = tuple(unet.get("conditions", ()))
        self.shape = (unet["in_channels"], *unet["sample_size"])
        scheduler = json.loads((folder / "scheduler" / "scheduler_config.json").read_text())
        self.shift = scheduler["shift"]
        self.defaults = json.loads((folder / "defaults.json").read_text())

    def _run(self, name: str, **inputs: np.ndarray) -> np.ndarray:
        return self._sessions[name].run(None, inputs)[0]

    def text(self, prompts: list[str]) -> np.ndarray:
        """(n, 48, width) hidden states."""
        ids = np.array([self._tokenizer(p) for p in prompts], np.int64)
        return self._run("text_encoder", input_ids=ids)

    def latents(
        self, prompts: list[str], seeds: list[int], steps: int, guidance: float,
        known: np.ndarray | None = None, rhythm: np.ndarray | None = None,
    ) -> np.ndarray:  # fmt: skip
        """(n, C, 32, 16) latents; noise depends on the seed only.

        ``known`` (n, KNOWN_CHANNELS, 32, 16) and ``rhythm`` (n, 2) as the denoiser takes them.
        """
        return self.from_text(self.text(prompts), seeds, steps, guidance, known, rhythm)

    def from_text(
        self, prompts: np.ndarray, seeds: list[int], steps: int, guidance: float,
        known: np.ndarray | None = None, rhythm: np.ndarray | None = None,
    ) -> np.ndarray:  # fmt: skip
        """The same from hidden states, which may be mixtures of several prompts'."""
        count = len(prompts)
        more = self._conditions(count, known, rhythm)
        text = np.concatenate([self.text([""] * count), prompts])
        x = np.stack([np.random.default_rng(s).standard_normal(self.shape) for s in seeds])
        x = x.astype(np.float32)
        times = np.linspace(1.0, 0.0, steps + 1, dtype=np.float32)
        times = self.shift * times / (1 + (self.shift - 1) * times)
        for now, then in itertools.pairwise(times):
            velocity = self._run(
                "unet", sample=np.concatenate([x, x]), encoder_hidden_states=text,
                timestep=np.full(2 * count, now * 1000, np.float32), **more,
            )  # fmt: skip
            free, guided = velocity[:count], velocity[count:]
            x = x + (then - now) * (free + guidance * (guided - free))
        return x

    def _conditions(self, count: int, known, rhythm) -> dict[str, np.ndarray]:
        """The optional inputs of the denoiser for both halves of the batch, where it has them."""
        if known is None:
            known = np.zeros((count, KNOWN_CHANNELS, *self.shape[1:]))
        if rhythm is None:
            rhythm = np.zeros((count, 2))
        given = {"known": known, "rhythm": rhythm}
        return {
            name: np.concatenate([given[name]] * 2).astype(np.float32) for name in self.conditions
        }

    def decode(self, latents: np.ndarray) -> np.ndarray:
        """uint8 pictures (n, 512, 512)."""
        samples = self._run("vae_decoder", latent_sample=latents)[:, 0]
        return np.clip(np.round((samples + 1) * 127.5), 0, 255).astype(np.uint8)

    def encode(self, samples: np.ndarray) -> np.ndarray:
        """(n, 512, 512) in [-1, 1] -> latents."""
        return self._run("vae_encoder", sample=samples[:, None].astype(np.float32))

    def pictures(
        self, prompts: list[str], seeds: list[int], steps: int, guidance: float, batch: int = 8,
        rhythm: np.ndarray | None = None,
    ) -> np.ndarray:  # fmt: skip
        """uint8 pictures for any number of prompts."""
        out = []
        for i in range(0, len(prompts), batch):
            part = slice(i, i + batch)
            beats = None if rhythm is None else rhythm[part]
            latents = self.latents(prompts[part], seeds[part], steps, guidance, rhythm=beats)
            out.append(self.decode(latents))
        return np.concatenate(out)
