import type { GraphTarget } from '../../checkpoint/networks/graph-options.js';
import { EngineError } from '../../errors.js';
import type { InferenceSession } from '../../runtime/inference-session.js';
import type { OnnxSessionOptions } from '../../runtime/onnx-session.js';

/** How one network differs from the others. */
export type NetworkSessionOptions = Pick<
  OnnxSessionOptions,
  'externalDataFolder' | 'graphOptimizationLevel' | 'prepackWeights' | 'keepRunMemory'
>;

/** Path of an .onnx file, or what writes the bytes of one for what it is to run on. */
export type NetworkModel = string | ((target: GraphTarget) => Uint8Array);

/** Loads a network. */
export type OpenSession = (model: NetworkModel, options?: NetworkSessionOptions) => Promise<InferenceSession>;

/**
 * @param what names the network in the message
 * @throws EngineError `model_corrupt` for a network that does not load
 */
export async function loadedOrCorrupt(
  what: string,
  load: () => Promise<InferenceSession>,
): Promise<InferenceSession> {
  try {
    return await load();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const message = `The network ${what} cannot be loaded: it is of a kind that this version does not run.`;
    throw new EngineError('model_corrupt', message, { cause });
  }
}
