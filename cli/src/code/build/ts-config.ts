import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { JsonSource } from '../../model/system/json-source.js';
import { readText } from '../../model/system/read-file.js';
import type { SourcePosition } from '../../model/system/json-source.js';

/** A problem at a position in a file, as compilers print it. */
export interface ConfigProblem extends SourcePosition {
  text: string;
}

/** The parts of a project's `tsconfig.json` that msx needs to compile it. */
export interface TsConfig {
  /** The file and all files it extends; absolute. */
  files: string[];
  /** The folders of the projects it references; absolute. */
  references: string[];
  /** The .tsbuildinfo file of the compiler. */
  buildInfo: string;
  problems: ConfigProblem[];
}

interface Content {
  extends?: string | string[];
  references?: { path?: string }[];
  compilerOptions?: Record<string, unknown>;
}

interface Setting {
  value: unknown;
  place: SourcePosition;
  /** The folder that relative paths in it are resolved against. */
  folder: string;
}

/** Reads the tsconfig.json of a project. Problems are returned, not thrown. */
export function readTsConfig(root: string, project: string): TsConfig {
  const chain = new ConfigChain(root);
  const own = chain.add(join(project, 'tsconfig.json'));
  const references = (own?.references ?? []).flatMap(({ path }) => (path ? [resolve(project, path)] : []));
  const problems = chain.problems.length > 0 ? chain.problems : chain.problemsIn(project);
  return {
    files: chain.files,
    references,
    buildInfo: chain.path('tsBuildInfoFile', project) ?? '',
    problems,
  };
}

/** A config and the configs it extends, whose settings it overrides. */
class ConfigChain {
  readonly files: string[] = [];
  readonly problems: ConfigProblem[] = [];
  readonly #settings = new Map<string, Setting>();

  constructor(private readonly root: string) {}

  add(file: string): Content | undefined {
    if (this.files.includes(file)) return undefined;
    this.files.push(file);
    const shown = relative(this.root, file);
    if (!existsSync(file)) return this.#add({ file: shown, line: 1, column: 1 }, 'no such file');
    const source = new JsonSource(shown, readText(file), { comments: true });
    if (source.problem) return this.#add(source.problem, source.problem.reason);
    const content = Object(source.value) as Content;
    for (const base of [content.extends ?? []].flat()) this.#extend(base, { file, source });
    const options = Object(content.compilerOptions) as Record<string, unknown>;
    for (const [name, value] of Object.entries(options))
      this.#settings.set(name, {
        value,
        place: source.positionOf(['compilerOptions', name]),
        folder: dirname(file),
      });
    return content;
  }

  /** The compiler must write only to `dist`, and nothing when there are errors. */
  problemsIn(project: string): ConfigProblem[] {
    const shown = relative(this.root, join(project, 'tsconfig.json'));
    const problem = (name: string, text: string) => {
      const place = this.#settings.get(name)?.place ?? { file: shown, line: 1, column: 1 };
      return problemAt(place, `compilerOptions.${name} ${text}`);
    };
    const dist = join(project, 'dist');
    const outDir = this.path('outDir', project);
    const notes = this.path('tsBuildInfoFile', project);
    const declarations = this.path('declarationDir', project);
    return [
      ...(outDir === dist ? [] : [problem('outDir', 'must be "dist": msx runs services from there')]),
      ...(notes && isIn(dist, notes)
        ? []
        : [problem('tsBuildInfoFile', 'must be in dist, such as "dist/.tsbuildinfo"')]),
      ...(!declarations || isIn(dist, declarations) ? [] : [problem('declarationDir', 'must be in dist')]),
      ...(this.#settings.get('noEmitOnError')?.value === true
        ? []
        : [problem('noEmitOnError', 'must be true: code with errors must not run')]),
    ];
  }

  /** The absolute path in a setting. */
  path(name: string, project: string): string | undefined {
    const { value, folder } = this.#settings.get(name) ?? {};
    if (typeof value !== 'string' || !folder) return undefined;
    return resolve(folder, value.replace('${configDir}', project));
  }

  #extend(base: unknown, { file, source }: { file: string; source: JsonSource }): void {
    const found = typeof base === 'string' ? baseOf(base, file) : undefined;
    if (found) this.add(found);
    else this.#add(source.positionOf(['extends']), `extends ${JSON.stringify(base)}, which does not exist`);
  }

  #add(place: SourcePosition, text: string): undefined {
    this.problems.push(problemAt(place, text));
  }
}

const problemAt = ({ file, line, column }: SourcePosition, text: string): ConfigProblem => ({
  ...{ file, line, column },
  text: `${file}:${line}:${column} ${text}`,
});

const isIn = (folder: string, path: string) => {
  const inside = relative(folder, path);
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
};

/** The file that `extends` refers to, by path or in a package. */
function baseOf(name: string, from: string): string | undefined {
  if (/^\.{0,2}\//.test(name) || isAbsolute(name)) {
    const path = resolve(dirname(from), name);
    return [path, `${path}.json`].find(isFile);
  }
  const require = createRequire(from);
  for (const candidate of [name, `${name}.json`, `${name}/tsconfig.json`])
    try {
      return require.resolve(candidate);
    } catch {
      // No such file: try the next candidate.
    }
  return undefined;
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
