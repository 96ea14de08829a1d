/** The command line or a file of the system is wrong: nothing was attempted. */
export const WRONG_INPUT = 2;
/** The command was attempted and failed. */
export const FAILED = 1;
/** 128 + SIGINT, by shell convention. */
export const INTERRUPTED = 130;

export interface Entry<Facts> {
  exitCode: number;
  message: (facts: Facts) => string;
  suggestion: (facts: Facts) => string | undefined;
}

export function entry<Facts>(
  exitCode: number,
  message: (facts: Facts) => string,
  suggestion?: string | ((facts: Facts) => string | undefined),
): Entry<Facts> {
  return { exitCode, message, suggestion: typeof suggestion === 'function' ? suggestion : () => suggestion };
}

export const didYouMean = ({ similar }: { similar?: string }) => similar && `Did you mean "${similar}"?`;
export const available = (names: readonly string[]) =>
  names.length > 0 ? `Available: ${names.join(', ')}.` : 'None are available.';
export const lines = (texts: string[] = []) => texts.map((text) => `\n  ${text}`).join('');
