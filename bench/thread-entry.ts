/** The compiled entry file of a sound thread: the loader that runs benches does not reach into threads. */
export const THREAD_ENTRY = new URL('../dist/src/engine/workshop/thread-main.js', import.meta.url);
