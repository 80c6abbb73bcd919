"""Procedural composer: seeds in, short looping pieces with exact scores and captions out."""

from .caption import caption_for
from .performance import CLIP_SECONDS, Control, Note
from .piece import COMPOSER_VERSION, Piece, compose, score_matrix

__all__ = [
    "CLIP_SECONDS", "COMPOSER_VERSION", "Control", "Note", "Piece", "caption_for", "compose",
    "score_matrix",
]  # fmt: skip
