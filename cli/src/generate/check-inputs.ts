import { MsxError } from '../errors/msx-error.js';

type Inputs = Readonly<Record<string, unknown>>;

/**
 * The same again is fine, and brings back what is gone; something else would leave half of what was there. Throws
 * GENERATED_OTHERWISE.
 */
export function checkInputs(what: string, now: Inputs, before: Inputs | undefined): void {
  if (!before) return;
  const keys = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  const input = keys.find((key) => now[key] !== before[key]);
  if (input)
    throw new MsxError('GENERATED_OTHERWISE', { what, input, before: before[input], now: now[input] });
}
