/** One thing that the doctor looked at. */
export interface Check {
  readonly name: string;
  /**
   * `ok`; `missing` or `broken`, which only matter when `isNeeded`; `off` for what is there to be had and not used.
   */
  readonly status: 'ok' | 'missing' | 'broken' | 'off';
  /** What was found. */
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
  /** Without it no clip can be made. */
  readonly isNeeded: boolean;
}
