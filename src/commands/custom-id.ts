/** A button's custom id names its action and what it acts on, so that it works after any restart. */
export interface CustomId {
  readonly action: string;
  readonly argument: string;
}

const MAX_LENGTH = 100; // Discord's limit

/** @throws RangeError when it would be longer than Discord takes */
export function formatCustomId({ action, argument }: CustomId): string {
  const id = `${action}:${argument}`;
  if (id.length > MAX_LENGTH) throw new RangeError(`Expected at most ${MAX_LENGTH} characters, got ${id}.`);
  return id;
}

/** Undefined for an id that is not of this form. */
export function parseCustomId(id: string): CustomId | undefined {
  const colon = id.indexOf(':');
  return colon < 1 ? undefined : { action: id.slice(0, colon), argument: id.slice(colon + 1) };
}
