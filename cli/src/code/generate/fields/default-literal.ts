import type { FieldType } from './field.js';

type Literal = { readonly code: string } | { readonly problem: string };

const INT_MAX = 2 ** 31 - 1;

/** The default after `=`, as a TypeScript literal. */
export function literalOf(type: FieldType, text: string): Literal {
  switch (type) {
    case 'string':
      return { code: `'${text.replace(/[\\']/g, '\\$&')}'` };
    case 'int':
      return /^-?\d+$/.test(text) && Math.abs(Number(text)) <= INT_MAX
        ? { code: String(Number(text)) }
        : { problem: `"${text}" is not a 32-bit integer` };
    case 'float':
      return /^-?\d+(\.\d+)?$/.test(text)
        ? { code: String(Number(text)) }
        : { problem: `"${text}" is not a number` };
    case 'bool':
      return /^(true|false)$/.test(text)
        ? { code: text }
        : { problem: `"${text}" is neither true nor false` };
    default:
      return { problem: `only string, int, float and bool can have a default, not ${type}` };
  }
}
