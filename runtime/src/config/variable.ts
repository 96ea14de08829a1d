/** How the text of a variable is understood: undefined when it is not what it `expects`. */
export interface Variable<T> {
  /** What is said behind "must be". */
  readonly expects: string;
  /** Whether its value is shown to nobody, and has no place in a file that is committed. */
  readonly secret?: boolean;
  read(text: string): T | undefined;
}

export type Variables = Readonly<Record<string, Variable<unknown>>>;

/** What was read of variables; those that nobody has set are missing. */
export type ValuesOf<V extends Variables> = {
  readonly [Name in keyof V]?: V[Name] extends Variable<infer T> ? T : never;
};

/** `user-service` is found at USER_SERVICE_URL. */
export function variableOf(upstream: string): string {
  return `${variableAt([upstream])}_URL`;
}

/** The variable that a place in a configuration file stands for: `query: { maxDepth }` is QUERY_MAX_DEPTH. */
export function variableAt(path: readonly string[]): string {
  const words = path.map((key) => key.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[-.]/g, '_'));
  return words.join('_').toUpperCase();
}

/** A place in a file for a variable, below as many of `parents` as fit: what one would write for it. */
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
