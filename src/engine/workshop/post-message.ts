/** Where a message can be posted: a MessagePort or a Worker. */
interface Receiver {
  postMessage(message: unknown, transferList?: readonly ArrayBuffer[]): void;
}

/**
 * Posts plain objects and arrays to another thread and moves their buffers there, which leaves arrays of length 0
 * behind. What cannot be moved is copied.
 */
export function postAndGiveAway(receiver: Receiver, message: unknown): void {
  try {
    receiver.postMessage(message, movableBuffers(message));
  } catch (error) {
    // Some memory belongs to native code and stays where it is; nothing has been moved then.
    if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
    receiver.postMessage(message);
  }
}

/** Those that one array covers whole: moving a part of a larger buffer would take the rest along. */
function movableBuffers(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(message, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (!ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) collect(part, found);
    return;
  }
  const { buffer } = value;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === value.byteLength) found.add(buffer);
}
