/** An engine process that a driver ends on every device but the CPU, as soon as networks are loaded there. */
let crashed = [];

process.on('message', (message) => {
  if (message.type === 'start') crashed = message.settings.crashedProviders;
  if (message.type === 'generate') load(message.id);
});

function load(id) {
  const executionProvider = ['cuda', 'webgpu', 'cpu'].find((name) => !crashed.includes(name));
  const plan = { executionProvider, target: 'gpu', precision: 'float32', sentence: '' };
  process.send({ type: 'execution', plan }, () => {
    if (executionProvider !== 'cpu') process.abort();
    const message = `ran on ${executionProvider}`;
    process.send({ type: 'failed', id, failure: { kind: 'engine', code: 'io_failed', message, stack: '' } });
  });
}
