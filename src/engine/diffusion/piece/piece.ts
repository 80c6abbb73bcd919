/** Several pictures side by side that are one piece of music. */
import type { LatentShape } from '../guided-unet.js';
import type { PipelineRequest } from '../pipeline-request.js';
import { glideOver } from './glide.js';
import type { Glide } from './glide.js';
import type { WindowLayout } from './windows.js';

export interface Piece {
  /** Of the denoiser's windows, in columns of latents: two over each column. */
  readonly windows: WindowLayout;
  /** How far each of these columns is from the start to the end. */
  readonly glide: Glide;
  /** How far the noise of each further picture goes from the first one's, 0..1. */
  readonly variation: number;
}

/** Pictures then differ as takes of one tune do; from about 0.7 on, beats come apart. */
const VARIATION = 0.5;

/** What of a request says how a piece is made up. */
export type PieceRequest = Pick<PipelineRequest, 'pictures' | 'loop' | 'end' | 'alpha' | 'variation'>;

/** @returns `undefined` of a single picture */
export function pieceOf(request: PieceRequest, [, , columns]: LatentShape): Piece | undefined {
  const { pictures = 1, loop = false, alpha = 0, variation } = request;
  if (pictures === 1) return undefined;
  const window = columns / pictures;
  const windows = { columns, window, hop: window / 2, circular: loop };
  return {
    windows,
    glide: isMorph(request) ? glideOver(windows) : () => alpha,
    variation: variation ?? (isMorph(request) ? 0 : VARIATION),
  };
}

/** It goes all the way from the start to the end. */
export function isMorph({ pictures = 1, end, alpha }: PieceRequest): boolean {
  return pictures > 1 && end !== undefined && alpha === undefined;
}

/** Where the autoencoder's windows lie: they only have to hide their edges. */
export function autoencoderWindows({ windows }: Piece): WindowLayout {
  return { ...windows, hop: Math.ceil((windows.window * 3) / 4) };
}
