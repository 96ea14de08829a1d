import { existsSync, readdirSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { closest } from '../../../model/system/closest.js';
import { readText } from '../../../model/system/read-file.js';
import type { Service, System } from '../../../model/system/system.js';

/** Finds a service by its name; `order` also finds order-service. Throws UNKNOWN_SERVICE and SERVICE_UNFIT. */
export function findService({ services }: System, name: string): Service {
  const grpc = services.filter(({ kind }) => kind === 'grpc');
  const found =
    grpc.find((each) => each.name === name) ?? grpc.find((each) => each.name === `${name}-service`);
  if (found) return found;
  const known = grpc.map((each) => each.name);
  const other = services.find((each) => each.name === name);
  if (other) throw new MsxError('SERVICE_UNFIT', { name, kind: other.kind, known });
  throw new MsxError('UNKNOWN_SERVICE', {
    name,
    known,
    similar: closest(name, known) ?? closest(`${name}-service`, known),
  });
}

/** The texts of the sources of a service, by path relative to the root. */
export function sourceTextsOf(
  { root }: Pick<System, 'root'>,
  { folder }: Pick<Service, 'folder'>,
): Map<string, string> {
  const src = join(folder, 'src');
  const files = existsSync(src) ? readdirSync(src, { recursive: true, withFileTypes: true }) : [];
  return new Map(
    files
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.includes(`${sep}gen${sep}`))
      .sort()
      .map((file) => [relative(root, file).split(sep).join('/'), readText(file)]),
  );
}

/** The first of the sources that matches a pattern, and the match. */
export function firstMatch(sources: ReadonlyMap<string, string>, pattern: RegExp) {
  for (const [file, text] of sources) {
    const match = pattern.exec(text);
    if (match) return { file, text, match };
  }
  return undefined;
}

/** The relative path from a folder to the sources of its service: `./`, `../` and so on. */
export const pathToSources = ({ path }: Service, folder: string): string =>
  `${posix.relative(folder, `${path}/src`) || '.'}/`;
