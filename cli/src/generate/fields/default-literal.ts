import type { FieldType } from './field.js';

type Literal = { readonly code: string } | { readonly problem: string };

const INT_MAX = 2 ** 31 - 1;

/** What stands behind `=`, as TypeScript. */
export function literalOf(type: FieldType, given: string): Literal {
  switch (type) {
    case 'string':
      return { code: `'${given.replace(/[\\']/g, '\\$&')}'` };
    case 'int':
      return /^-?\d+$/.test(given) && Math.abs(Number(given)) <= INT_MAX
        ? { code: String(Number(given)) }
        : { problem: `"${given}" is no whole number of 32 bits` };
    case 'float':
      return /^-?\d+(\.\d+)?$/.test(given)
        ? { code: String(Number(given)) }
        : { problem: `"${given}" is no number` };
    case 'bool':
      return /^(true|false)$/.test(given)
        ? { code: given }
        : { problem: `"${given}" is neither true nor false` };
    default:
      return { problem: `there are defaults for string, int, float and bool, not for ${type}` };
  }
}
