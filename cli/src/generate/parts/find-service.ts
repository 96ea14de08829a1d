import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MsxError } from '../../errors/msx-error.js';
import { closest } from '../../system/closest.js';
import type { Service, System } from '../../system/system.js';

/** The service that a person calls so: `order` is order-service, too. Throws UNKNOWN_SERVICE. */
export function findService({ services }: System, name: string): Service {
  const grpc = services.filter(({ kind }) => kind === 'grpc');
  const found =
    grpc.find((each) => each.name === name) ?? grpc.find((each) => each.name === `${name}-service`);
  if (found) return found;
  const known = grpc.map((each) => each.name);
  throw new MsxError('UNKNOWN_SERVICE', {
    name,
    known,
    similar: closest(name, known) ?? closest(`${name}-service`, known),
  });
}

/** What the sources of a service say, by path relative to the root. */
export function sourcesOf({ root }: System, { folder }: Pick<Service, 'folder'>): Map<string, string> {
  const src = join(folder, 'src');
  const files = existsSync(src) ? readdirSync(src, { recursive: true, withFileTypes: true }) : [];
  return new Map(
    files
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.includes(`${sep}gen${sep}`))
      .sort()
      .map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')]),
  );
}

/** The first of the sources that has something, and what was found. */
export function firstMatch(sources: ReadonlyMap<string, string>, pattern: RegExp) {
  for (const [file, text] of sources) {
    const match = pattern.exec(text);
    if (match) return { file, text, match };
  }
  return undefined;
}
