import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { sourcesOf } from './project-inputs.js';

const SOURCE = /(\.d)?\.([mc]?)tsx?$/;

export const isCompiled = (source: string): boolean => SOURCE.test(source) && !SOURCE.exec(source)![1];

/** The possible outputs of a source, relative to dist; the JavaScript file comes first. */
export function compiledTo(source: string): string[] {
  const [name, kind] = [source.replace(SOURCE, ''), SOURCE.exec(source)![2]!];
  return [`${name}.${kind}js`, `${name}.d.${kind}ts`].flatMap((file) => [file, `${file}.map`]);
}

/** The outputs missing from the dist of a project, relative to it. Sources that are not compiled are copied. */
export const missingOutputs = (project: string): string[] =>
  sourcesOf(project)
    .map((source) => (isCompiled(source) ? compiledTo(source)[0]! : source))
    .filter((output) => !existsSync(join(project, 'dist', output)));

/** A hash over the names and contents of all files in dist, without the bookkeeping files of the compiler and msx. */
export function outputHash(project: string): string {
  const hash = createHash('sha256');
  for (const file of outputsOf(project))
    hash
      .update(`${file}\n`)
      .update(contentOf(join(project, 'dist', file)))
      .update('\0');
  return hash.digest('hex');
}

/** Copies files that the code reads at run time, such as pages, and removes outputs without a source. */
export function tidyOutputs(project: string): void {
  const dist = join(project, 'dist');
  const sources = sourcesOf(project);
  const copied = sources.filter((source) => !isCompiled(source));
  for (const source of copied) cpSync(join(project, 'src', source), join(dist, source));
  const expected = new Set([...copied, ...sources.filter(isCompiled).flatMap(compiledTo)]);
  for (const file of outputsOf(project)) if (!expected.has(file)) rmSync(join(dist, file));
}

/** Sorted. Dot files belong to tools and are not outputs. */
function outputsOf(project: string): string[] {
  const dist = join(project, 'dist');
  if (!existsSync(dist)) return [];
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(^|\/)\.|\.tsbuildinfo$/.test(file))
    .sort();
}

/** A concurrent build may replace a file that was just listed. */
function contentOf(file: string): Buffer | string {
  try {
    return readFileSync(file);
  } catch {
    return '';
  }
}
