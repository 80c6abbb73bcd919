/** The compiled entry file of a thread: sources cannot be loaded in one without a loader. */
export const THREAD_ENTRY = new URL('../../../dist/src/engine/workshop/thread-main.js', import.meta.url);
