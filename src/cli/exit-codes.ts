import type { EngineErrorCode } from '../engine/errors.js';
import type { HubErrorCode } from '../hub/hub-error.js';

/** How the program ends, for scripts; docs/cli.md and `--help` list the same. */
export const EXIT_CODES = {
  0: 'done',
  1: 'unexpected failure',
  2: 'the command line or the request is wrong',
  3: 'the input file cannot be used',
  4: 'the model is missing or damaged',
  5: 'a file could not be written (disk full, no permission)',
  6: 'the model hub could not be reached, or did not give the model',
  130: 'interrupted',
} as const;

export type ExitCode = keyof typeof EXIT_CODES;

export const ENGINE_EXIT_CODES = {
  invalid_request: 2,
  model_missing: 4,
  model_corrupt: 4,
  model_unsupported: 4,
  device_unavailable: 2,
  audio_unreadable: 3,
  audio_too_long: 3,
  audio_empty: 3,
  image_unreadable: 3,
  image_too_large: 3,
  image_not_spectrogram: 3,
  recipe_missing: 3,
  recipe_invalid: 3,
  disk_full: 5,
  io_failed: 5,
  engine_crashed: 1,
  engine_hung: 1,
  engine_closed: 1,
} as const satisfies Record<EngineErrorCode, ExitCode>;

export const HUB_EXIT_CODES = {
  hub_unreachable: 6,
  hub_busy: 6,
  hub_refused: 6,
  hub_not_found: 6,
  hub_answer_invalid: 6,
  download_corrupt: 6,
  disk_full: 5,
  io_failed: 5,
} as const satisfies Record<HubErrorCode, ExitCode>;
