import { InvalidArgumentError } from 'commander';

/** For commander: the option's value as a number; its range is the engine's to judge. */
export function numberValue(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

/** For commander: as `numberValue`, within a range. */
export function numberFrom(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = numberValue(text);
    if (value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`It must be ${range}.`);
  };
}

/** For commander: a whole number within a range. */
export function wholeNumberFrom(min: number, max: number): (text: string) => number {
  const parse = numberFrom(min, max);
  return (text) => {
    const value = parse(text);
    if (Number.isInteger(value)) return value;
    throw new InvalidArgumentError('It must be a whole number.');
  };
}
