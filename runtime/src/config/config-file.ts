import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { LineCounter, Node, Pair, YAMLMap } from 'yaml';
import { variableAt } from './variable.js';

/** One setting of a file. */
export interface FileEntry {
  readonly variable: string;
  /** The text that an environment variable would hold. */
  readonly text: string;
  /** The path of its key in the YAML, outermost first. */
  readonly path: readonly string[];
  /** `config/production.yaml:7:3 query.maxDepth`, lines and columns from 1. */
  readonly place: string;
}

export interface ConfigFile {
  /** `config/production.yaml` */
  readonly name: string;
  readonly entries: readonly FileEntry[];
  /** Problems of the YAML itself, each with its location. */
  readonly problems: readonly string[];
}

type Yaml = typeof import('yaml');

const BLANK_LINE = /^\s*(#.*)?$/;

/**
 * Reads `config/<environment>.yaml` in a service's folder; undefined when there is none. The YAML parser takes 40 ms
 * and 1 MB to load, so it is loaded only for a file with content.
 */
export function readConfigFile(folder: string, environment: string): ConfigFile | undefined {
  const name = `config/${environment}.yaml`;
  const text = textOf(join(folder, name));
  if (text === undefined) return undefined;
  if (text.split('\n').every((line) => BLANK_LINE.test(line))) return { name, entries: [], problems: [] };
  return new YamlReader(name, createRequire(import.meta.url)('yaml') as Yaml).read(text);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Flattens a YAML mapping into variables with their locations in the file. */
class YamlReader {
  private readonly entries: FileEntry[] = [];
  private readonly problems: string[] = [];
  private readonly lines: LineCounter;

  constructor(
    private readonly name: string,
    private readonly yaml: Yaml,
  ) {
    this.lines = new yaml.LineCounter();
  }

  read(text: string): ConfigFile {
    const options = { lineCounter: this.lines, prettyErrors: false, logLevel: 'error' } as const;
    const { contents, errors } = this.yaml.parseDocument(text, options);
    for (const { pos, message } of errors) this.problems.push(`${this.placeAt(pos[0])} ${message}`);
    if (this.yaml.isMap(contents)) this.readMap(contents, []);
    else if (!errors.length && contents)
      this.problems.push(`${this.placeAt(0)} must be a mapping of settings`);
    return { name: this.name, entries: this.entries, problems: this.problems };
  }

  private readMap(map: YAMLMap, parents: readonly string[]): void {
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const path = [...parents, String(pair.key)];
      if (this.yaml.isMap(pair.value)) this.readMap(pair.value, path);
      else this.readValue(pair, path);
    }
  }

  private readValue({ key, value }: Pair<Node, Node | null>, path: readonly string[]): void {
    const place = `${this.placeAt(key.range?.[0] ?? 0)} ${path.join('.')}`;
    const variable = variableAt(path);
    const earlier = this.entries.find((entry) => entry.variable === variable);
    const text = this.textOf(value);
    if (earlier) this.problems.push(`${place} is set twice; first at ${earlier.place}`);
    else if (text === undefined) this.problems.push(`${place} must be text, a number, or a list of them`);
    else this.entries.push({ variable, text, path, place });
  }

  private textOf(value: Node | null): string | undefined {
    if (value === null) return '';
    if (this.yaml.isScalar(value)) return value.value === null ? '' : String(value.value);
    if (!this.yaml.isSeq(value)) return undefined;
    const items = value.items.map((item) => this.yaml.isScalar(item) && String(item.value));
    return items.every((item) => item !== false) ? items.join(',') : undefined;
  }

  private placeAt(offset: number): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  }
}
