import type { DefaultText } from './setting.js';

/** A variable and its parser, which returns undefined for text that is not what it `expects`. */
export interface Variable<T> {
  /** Completes "must be …". */
  readonly expects: string;
  /** Whether the value is never shown, and never belongs in a committed file. */
  readonly secret?: boolean;
  /** The purpose, for the reference of all settings. */
  readonly purpose?: string;
  readonly default?: DefaultText;
  read(text: string): T | undefined;
}

export type Variables = Readonly<Record<string, Variable<unknown>>>;

/** The values of variables; those that are not set are missing. */
export type ValuesOf<V extends Variables> = {
  readonly [Name in keyof V]?: V[Name] extends Variable<infer T> ? T : never;
};

/** The variable that holds an upstream's address: USER_SERVICE_URL for `user-service`. */
export function variableOf(upstream: string): string {
  return `${variableAt([upstream])}_URL`;
}

/** The variable that a place in a configuration file stands for: `query: { maxDepth }` is QUERY_MAX_DEPTH. */
export function variableAt(path: readonly string[]): string {
  const words = path.map((key) => key.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[-.]/g, '_'));
  return words.join('_').toUpperCase();
}

/** The key in a configuration file for a variable, nested below as many of `parents` as match. */
export function placeFor(variable: string, parents: readonly string[]): string {
  for (let depth = parents.length; depth >= 0; depth--) {
    const shared = parents.slice(0, depth);
    const prefix = depth ? `${variableAt(shared)}_` : '';
    if (variable.startsWith(prefix)) return [...shared, camelCase(variable.slice(prefix.length))].join('.');
  }
  return camelCase(variable);
}

function camelCase(variable: string): string {
  return variable.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
