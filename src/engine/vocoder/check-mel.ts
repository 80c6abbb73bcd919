import { EngineError } from '../errors.js';

/** Louder ones would not fit squares of 32-bit floats; the loudest that a picture holds is 3e7. */
const LARGEST_AMPLITUDE = 1e15;

/**
 * @throws EngineError `invalid_request` for amplitudes out of range, of a part of a column, or of unequal numbers
 * of columns in the channels
 */
export function checkMel(channels: readonly Float32Array[], bands: number): void {
  for (const mel of channels) {
    if (mel.length % bands !== 0) {
      throw new EngineError(
        'invalid_request',
        `Expected columns of ${bands} bands each, got ${mel.length} amplitudes.`,
      );
    }
    if (mel.length !== channels[0]!.length) {
      throw new EngineError('invalid_request', 'Expected as many columns in one channel as in the other.');
    }
    checkAmplitudes(mel);
  }
}

function checkAmplitudes(mel: Float32Array): void {
  for (let i = 0; i < mel.length; i++) {
    if (mel[i]! >= 0 && mel[i]! <= LARGEST_AMPLITUDE) continue;
    throw new EngineError(
      'invalid_request',
      `Expected amplitudes from 0 to ${LARGEST_AMPLITUDE}, got ${mel[i]!}.`,
    );
  }
}
