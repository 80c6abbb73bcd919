"""Results in parts: an exported model, or weights to go on training from, each part at most 15 MiB.

``cat model.tar.part-* | tar x`` puts a model together again; weights become ``start.pt``, which
``train`` starts from where it finds no checkpoint of its own.
"""

import io
import tarfile
import tempfile
from pathlib import Path

import torch

from .export import export

PART_BYTES = 15 * 2**20


def ship(root: Path, out: Path, weights: bool) -> list[Path]:
    """Write the parts into ``out`` and name them."""
    if weights:
        return write_parts(out / "start.pt", _half_weights(root))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "model"
        export(root, target, "0.0.0", 16, 5.0, 2.0, conditions=True)
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            archive.add(target, "model")
    return write_parts(out / "model.tar", buffer.getvalue())


def write_parts(path: Path, content: bytes) -> list[Path]:
    """``path.part-00``, ``path.part-01``, ... with the content in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = []
    for index, start in enumerate(range(0, len(content), PART_BYTES)):
        part = path.with_name(f"{path.name}.part-{index:02d}")
        part.write_bytes(content[start : start + PART_BYTES])
        parts.append(part)
    print(f"{len(parts)} parts, {len(content) / 1e6:.1f} MB in all")
    return parts


def _half_weights(root: Path) -> bytes:
    """The averaged weights in half precision, with their names."""
    state = torch.load(root / "denoiser.pt", map_location="cpu", weights_only=True)
    averages = iter(state["ema"])
    tensors = {name: next(averages).half() for name in state["model"]}
    buffer = io.BytesIO()
    torch.save(tensors, buffer)
    return buffer.getvalue()
