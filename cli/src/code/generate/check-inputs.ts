import { MsxError } from '../../terminal/errors/msx-error.js';

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Generating again with the same inputs is allowed and restores missing files; other inputs would leave half of the old
 * files behind. Throws GENERATED_OTHERWISE.
 */
export function checkInputs(what: string, now: Inputs, before: Inputs | undefined): void {
  if (!before) return;
  const keys = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  const input = keys.find((key) => now[key] !== before[key]);
  if (input)
    throw new MsxError('GENERATED_OTHERWISE', { what, input, before: before[input], now: now[input] });
}
