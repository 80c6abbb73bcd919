/** Entry file of the engine process. Its supervisor alone decides when it ends. */
import { LocalEngine } from '../local-engine.js';
import { EngineServer } from './engine-server.js';
import type { FromChild } from './protocol.js';

const send = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};

const server = new EngineServer({
  send,
  createEngine: (settings) =>
    new LocalEngine({
      ...settings,
      onFallBack: (provider, error) =>
        send({ type: 'log', line: `${provider} does not start, falling back: ${error.message}` }),
    }),
});

// A terminal sends Ctrl-C to the whole process group; the parent may want to finish or to put a job back first.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => server.receive(message));
