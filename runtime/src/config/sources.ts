import { readFileSync } from 'node:fs';
import { closest } from './closest.js';
import type { ConfigFile, FileEntry } from './config-file.js';
import type { Environment } from './config.js';
import { placeFor } from './variable.js';

/**
 * Where a variable's text comes from: the environment, the file it names (`<NAME>_FILE`), or the configuration file.
 */
export interface Source {
  readonly text: string;
  readonly from: 'environment' | 'mounted file' | 'configuration file';
  /** The location that error messages name. */
  readonly place: string;
}

export interface Sources {
  readonly byVariable: ReadonlyMap<string, Source>;
  /** Problems of the sources themselves. */
  readonly problems: readonly string[];
}

/** `scheme://user:password@…`, and private keys. */
const SECRET = /^[\w+]+:\/\/[^/@\s]*:[^/@\s]+@|"d"\s*:/;

/**
 * The texts of the known variables. The environment overrides the file; the empty string counts as not set.
 */
export function sourcesOf(env: Environment, file: ConfigFile | undefined, known: readonly string[]): Sources {
  const problems = [...(file?.problems ?? [])];
  const fromFile = (file?.entries ?? []).flatMap((entry) => {
    const problem = problemOf(entry, known);
    if (problem) problems.push(`${entry.place} ${problem}`);
    return problem || !entry.text ? [] : [toSource(entry)];
  });
  const named = known.flatMap((name): [string, Source][] => {
    const text = env[name] || mounted(name, env, problems);
    if (text === undefined) return [];
    const from = env[name] ? 'environment' : 'mounted file';
    return [[name, { text, from, place: env[name] ? name : `${name}_FILE` }]];
  });
  return { byVariable: new Map([...fromFile, ...named]), problems };
}

function toSource({ variable, text, place }: FileEntry): [string, Source] {
  return [variable, { text, from: 'configuration file', place }];
}

function problemOf({ variable, text, path }: FileEntry, known: readonly string[]): string | undefined {
  if (SECRET.test(text) || variable === 'KAFKA_PASSWORD')
    return `is a secret and does not belong in this file: set ${variable} or ${variable}_FILE`;
  if (known.includes(variable) && variable !== 'NODE_ENV') return undefined;
  const suggestion = closest(variable, known);
  const hint = suggestion ? `; did you mean ${placeFor(suggestion, path.slice(0, -1))}?` : '';
  return `is not a setting of this service${hint}`;
}

/** The content of the file that `<NAME>_FILE` names, as secrets are mounted into containers. */
function mounted(name: string, env: Environment, problems: string[]): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch (error) {
    problems.push(`${name}_FILE cannot be read: ${(error as Error).message}`);
    return undefined;
  }
}
