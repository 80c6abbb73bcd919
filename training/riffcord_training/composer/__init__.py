"""Procedural composer: seeds in, short looping pieces with exact scores and captions out."""

from .caption import caption_for
from .piece import CLIP_SECONDS, Note, Piece, compose, score_matrix

__all__ = ["CLIP_SECONDS", "Note", "Piece", "caption_for", "compose", "score_matrix"]
