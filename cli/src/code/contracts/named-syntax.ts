import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A syntax or edition statement other than proto3. */
const STATEMENT = /^[ \t]*(edition|syntax)\s*=\s*["'](?!proto3["'])([^"'\n]*)["']/m;

export interface NamedSyntax {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Finds an edition or a syntax that the generator does not implement in a file that does not compile: the compiler's
 * own errors, such as an unexpected "optional", are only consequences of it.
 */
export function namedSyntax(folder: string, path: string): NamedSyntax | undefined {
  const file = join(folder, path);
  const text = existsSync(file) ? readFileSync(file, 'latin1') : '';
  const found = STATEMENT.exec(text);
  if (!found) return undefined;
  const [statement, kind, value] = found;
  const line = text.slice(0, found.index).split('\n').length;
  return { line, column: statement.search(/\S/) + 1, message: `${kind} "${value}" is not implemented` };
}
