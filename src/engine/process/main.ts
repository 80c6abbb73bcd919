/** Entry file of the engine process. Its supervisor alone decides when it ends. */
import { LocalEngine } from '../local-engine.js';
import { ThreadedWorkshop } from '../workshop/threaded-workshop.js';
import { EngineServer } from './engine-server.js';
import type { FromChild } from './protocol.js';

const send = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};

// The process has its own priority, and the threads need none below it.
const workshop = new ThreadedWorkshop({ priority: 0 });

const server = new EngineServer({
  send,
  createEngine: (settings) =>
    new LocalEngine({
      ...settings,
      workshop,
      onExecutionPlan: (plan) => send({ type: 'execution', plan }),
      onFallBack: (provider, error) =>
        send({ type: 'log', line: `${provider} cannot load a network: ${error.message}` }),
    }),
});

// A terminal sends Ctrl-C to the whole process group; the parent may want to finish or to put a job back first.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => server.receive(message));
