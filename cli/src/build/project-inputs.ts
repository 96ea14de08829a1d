import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readBytes } from '../system/read-file.js';

interface TsConfig {
  extends?: string;
  references?: { path: string }[];
}

/**
 * Tells the inputs of TypeScript projects from each other by content. Remembers what it has read: services
 * share the projects they refer to.
 */
export class ProjectInputs {
  readonly #hashes = new Map<string, string>();

  constructor(private readonly root: string) {}

  /** Over the sources and settings of a project and of all that it refers to, and over the installed packages. */
  hashOf(project: string): string {
    const known = this.#hashes.get(project);
    if (known) return known;
    const hash = createHash('sha256');
    const settings = ['tsconfig.json', 'package.json'].map((name) => join(project, name));
    const config = readConfig(settings[0]!);
    const files = [...settings, ...bases(settings[0]!, config), join(this.root, 'package-lock.json')];
    for (const file of [...files, ...sourcesOf(project).map((source) => join(project, 'src', source))])
      hash
        .update(`${relative(this.root, file)}\n`)
        .update(contentOf(file))
        .update('\0');
    for (const { path } of config.references ?? []) hash.update(this.hashOf(resolve(project, path)));
    const digest = hash.digest('hex');
    this.#hashes.set(project, digest);
    return digest;
  }
}

/** All files of src but those that only tests use, sorted, relative to src. */
export function sourcesOf(project: string): string[] {
  const src = join(project, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|fixture)\.ts$/.test(entry.name))
    .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function bases(file: string, config: TsConfig): string[] {
  if (!config.extends?.startsWith('.')) return [];
  const base = resolve(dirname(file), config.extends);
  return [base, ...bases(base, readConfig(base))];
}

function readConfig(file: string): TsConfig {
  try {
    return JSON.parse(withoutComments(readFileSync(file, 'utf8'))) as TsConfig;
  } catch {
    // The compiler says what is wrong with it.
    return {};
  }
}

/** tsconfig.json may hold comments and trailing commas; strings are left alone. */
const withoutComments = (text: string) =>
  text
    .replace(/("(?:\\.|[^"\\])*")|\/\/.*|\/\*[^]*?\*\//g, (_, string?: string) => string ?? '')
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? '');

const contentOf = (file: string) => (existsSync(file) ? readBytes(file) : '');
