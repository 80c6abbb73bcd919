"""What the denoiser is asked: noise levels, captions left out, parts given, and its losses."""

import torch
from torch import Tensor
from torch.nn import functional as F

from .model import KNOWN_CHANNELS, Denoiser
from .pool import Batch
from .text import MAX_WORDS, TextEncoder, slots_of
from .tokenizer import BOS_ID, EOS_ID


@torch.no_grad()
def hear(encoder: TextEncoder, ids: Tensor) -> Tensor:
    """Captions as the frozen encoder hears them, (batch, MAX_WORDS, width).

    Silent places are kept: they take their share of the denoiser's attention, so their number has
    to be the same in training and afterwards.
    """
    slots = slots_of(ids)
    with torch.autocast(ids.device.type, torch.bfloat16):
        words = encoder(ids, slots).float()
    return F.pad(words, (0, 0, 0, MAX_WORDS - slots))


def drop_captions(ids: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Replace a share of the captions by the empty one."""
    empty = torch.full_like(ids, EOS_ID)
    empty[:, 0] = BOS_ID
    gone = torch.rand(len(ids), 1, generator=generator, device=ids.device) < share
    return torch.where(gone, empty, ids)


def known_part(latents: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """(batch, KNOWN_CHANNELS, 32, columns): in a share of the clips, a stretch of columns is known.

    The stretch is anywhere on the circle and between a quarter and seven eighths of the clip long.
    """
    batch, _, rows, columns = latents.shape
    device = latents.device
    length = torch.randint(
        columns // 4, columns - 1, (batch, 1), generator=generator, device=device
    )
    start = torch.randint(columns, (batch, 1), generator=generator, device=device)
    place = (torch.arange(columns, device=device)[None] - start) % columns
    used = torch.rand(batch, 1, generator=generator, device=device) < share
    mask = ((place < length) & used).to(latents.dtype)[:, None, None]
    mask = mask.expand(batch, 1, rows, columns)
    out = torch.cat([mask, latents * mask], 1)
    assert out.shape[1] == KNOWN_CHANNELS
    return out


def losses(
    model: Denoiser, batch: Batch, text: Tensor, known: Tensor | None, t: Tensor, noise: Tensor
) -> tuple[Tensor, Tensor]:
    """Per-sample velocity and score losses; t (batch,) in 0..1 with 1 = noise.

    What is known already counts a tenth.
    """
    mix = t[:, None, None, None]
    latents = batch.latents
    with torch.autocast(latents.device.type, torch.bfloat16):
        noisy = (1 - mix) * latents + mix * noise
        velocity, tokens = model.unet.features(noisy, t * 1000, text, known, batch.rhythm)
        logits = model.score(tokens)
    error = (velocity.float() - (noise - latents)).square()
    if known is not None:
        weight = 1.0 - 0.9 * known[:, :1]
        error = error * weight / weight.mean((1, 2, 3), keepdim=True)
    flow = error.mean((1, 2, 3))
    score = F.binary_cross_entropy_with_logits(logits.float(), batch.scores, reduction="none")
    return flow, score.mean((1, 2))
