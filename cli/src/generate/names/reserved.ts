import { camel, pascal } from './words.js';

const JAVASCRIPT =
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield constructor prototype arguments eval';

/** What generated code and the schema already call something. */
const TAKEN =
  'Args Array Boolean Column Controller Database Date Directive DomainError Entity Event Field Float Handlers Id Injectable Int Map Message Migration Module Money Mutation Node Number Object Outbox Page PageInfo Promise Query QueryRunner Record Resolver Role Roles Service Set String Subscription Symbol Table Text TextList Upstream Validation Error';

const keywords = new Set(JAVASCRIPT.split(' '));
const taken = new Set(TAKEN.split(' '));

/** Why code cannot call something that, if it cannot. */
export function whyReserved(words: readonly string[]): string | undefined {
  if (keywords.has(camel(words))) return `"${camel(words)}" is a word of JavaScript`;
  if (taken.has(pascal(words))) return `"${pascal(words)}" already means something in every service`;
  return undefined;
}
