import type { InferenceSession } from '../../runtime/inference-session.js';
import type { ModelFolder } from '../../runtime/model-folder.js';
import type { NetworkName, NetworkSource } from './network-source.js';
import { loadedOrCorrupt } from './open-session.js';
import type { OpenSession } from './open-session.js';

/** Networks of a model folder that holds each as `<name>/model.onnx`. */
export class ExportedNetworks implements NetworkSource {
  readonly hasShallowUnet = false;
  readonly #folder: ModelFolder;
  readonly #openSession: OpenSession;

  constructor(folder: ModelFolder, openSession: OpenSession) {
    this.#folder = folder;
    this.#openSession = openSession;
  }

  async open(name: NetworkName): Promise<InferenceSession> {
    const path = await this.#folder.path(`${name}/model.onnx`);
    return loadedOrCorrupt(path, () => this.#openSession(path));
  }
}
