/** Keeps the files that people give until the jobs about them have ended, over restarts too. */
export interface InputStore {
  /** Resolves with the file's key once it is safe. @throws QueueError `storage_failed` */
  save(bytes: Uint8Array): Promise<string>;
  /** Undefined when it is not there. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Never rejects. */
  remove(key: string): Promise<void>;
}
