/** A place where the bot keeps something about people. */
export interface PersonalRecords {
  /** Removes all about one person that no live job needs. @throws what the file system throws */
  forget(userId: string): Promise<void>;
}
