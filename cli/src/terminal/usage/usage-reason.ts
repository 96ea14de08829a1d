import { stripVTControlCharacters } from 'node:util';
import { didYouMean } from '../../model/system/closest.js';
import { phrases, rephrased, valuePhrases } from './usage-phrases.js';

const HINT = /\n?See more help with --help/g;
const FLAG_VALUE = /^Parsing --(\S+) \n\t(.*)$/s;
const SEVERAL = /^The following errors? occurred:\s+(.*)$/s;

/** The properties of oclif's errors. */
type ParseError = Error & {
  /** The arguments that are missing or unexpected. */
  readonly args?: unknown;
  readonly flags?: readonly string[];
  readonly parse?: { readonly input?: { readonly flags?: object } };
};

type Arguments = Readonly<Record<string, { readonly options?: readonly string[] }>>;

/** Why oclif rejects a command line, in plain words, with the flag or the argument. */
export function usageReason(error: ParseError, args: Arguments = {}): string {
  const missing = missingArguments(error);
  if (missing.length > 0) return missing.join('; ');
  const message = stripVTControlCharacters(error.message).replace(HINT, '').trim();
  const [, flag, valueError] = FLAG_VALUE.exec(message) ?? [];
  if (flag !== undefined)
    return `--${flag} ${rephrased(valueError!, valuePhrases) ?? `is not valid: ${valueError}`}`;
  const [, several] = SEVERAL.exec(message) ?? [];
  if (several !== undefined) return reasonsOf(several.split(/\n\s*/));
  const argumentError = rephrased(message, valuePhrases);
  const reason = argumentError ? `an argument ${argumentError}` : (rephrased(message, phrases) ?? message);
  return reason.replace(/^an argument/, nameOf(args, reason)) + similarFlag(error);
}

/** Two flags that exclude each other are reported from both sides. */
const reasonsOf = (messages: string[]) =>
  [...new Set(messages.map((message) => rephrased(message, phrases) ?? message))].join('; ');

/** oclif's own message lists them in a table that it fits to the screen. */
function missingArguments(error: ParseError): string[] {
  if (!error.message.startsWith('Missing ') || !Array.isArray(error.args)) return [];
  return (error.args as { name: string; description?: string }[]).map(
    ({ name, description }) => `${name.toUpperCase()} is missing${description ? `: ${description}` : ''}`,
  );
}

/** The argument that a reason is about: the one with these options, otherwise the only one without options. */
function nameOf(args: Arguments, reason: string): string {
  const all = Object.entries(args);
  const listed = all.filter(
    ([, { options }]) => options && reason.includes(` one of ${options.join(', ')}, `),
  );
  const [found, another] = listed.length > 0 ? listed : all.filter(([, { options }]) => !options);
  return found && !another ? found[0].toUpperCase() : 'an argument';
}

function similarFlag({ flags: [flag, another] = [], parse }: ParseError): string {
  if (flag === undefined || another !== undefined) return '';
  return didYouMean(
    flag.replace(/=.*$/s, ''),
    Object.keys(parse?.input?.flags ?? {}).map((name) => `--${name}`),
  );
}
