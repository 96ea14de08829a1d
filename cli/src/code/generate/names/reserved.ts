import { camel } from './words.js';

/**
 * The reserved words of ECMAScript, including those of strict mode, and the two names that cannot be bound in strict
 * mode.
 */
const JAVASCRIPT =
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield constructor prototype arguments eval';

const keywords = new Set(JAVASCRIPT.split(' '));

/** Why a name is reserved in code; undefined when it is not. */
export function whyReserved(words: readonly string[]): string | undefined {
  return keywords.has(camel(words)) ? `"${camel(words)}" is a reserved word in JavaScript` : undefined;
}
