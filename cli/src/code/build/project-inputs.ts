import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readBytes } from '../../model/system/read-file.js';
import { readTsConfig } from './ts-config.js';
import type { TsConfig } from './ts-config.js';

/** A TypeScript project of a system and its folder. */
export interface Project extends TsConfig {
  folder: string;
}

/** The inputs of the build of a project and all projects it references. All paths are absolute. */
export interface Inputs {
  /** Sources and settings, whether they exist or not: creating one is also a change. */
  files: string[];
  /** Folders in which a new file would be a new source. */
  folders: string[];
}

/** The single list of build inputs: it is hashed to detect stale builds and followed in watch mode. */
export function inputsOf(root: string, folder: string): Inputs {
  const inputs = new ProjectInputs(root);
  const projects = inputs.closureOf(folder);
  return {
    files: [...new Set(projects.flatMap((project) => inputs.filesOf(project)))],
    folders: projects.map((project) => join(project.folder, 'src')),
  };
}

/** Hashes the inputs of TypeScript projects. Results are cached, because services share the projects they reference. */
export class ProjectInputs {
  readonly #projects = new Map<string, Project>();
  readonly #hashes = new Map<string, string>();

  constructor(readonly root: string) {}

  /** The project in a folder and all projects it references, in dependency order. */
  closureOf(folder: string, found = new Set<Project>()): Project[] {
    const project = this.#projectIn(folder);
    if ([...found].some((other) => other.folder === folder)) return [];
    found.add(project);
    return [...project.references.flatMap((each) => this.closureOf(each, found)), project];
  }

  /** The sources and settings of a project, and the lock file of the installed packages. */
  filesOf({ folder, files }: Project): string[] {
    const sources = sourcesOf(folder).map((source) => join(folder, 'src', source));
    return [...files, join(folder, 'package.json'), join(this.root, 'package-lock.json'), ...sources];
  }

  /** A hash over the inputs of a project and of all projects it references. */
  hashOf(folder: string): string {
    const hash = createHash('sha256');
    for (const project of this.closureOf(folder)) hash.update(this.#ownHash(project));
    return hash.digest('hex');
  }

  #ownHash(project: Project): string {
    const cached = this.#hashes.get(project.folder);
    if (cached) return cached;
    const hash = createHash('sha256');
    for (const file of this.filesOf(project))
      hash
        .update(`${relative(this.root, file)}\n`)
        .update(existsSync(file) ? readBytes(file) : '')
        .update('\0');
    const digest = hash.digest('hex');
    this.#hashes.set(project.folder, digest);
    return digest;
  }

  #projectIn(folder: string): Project {
    const cached = this.#projects.get(folder);
    if (cached) return cached;
    const project = { folder, ...readTsConfig(this.root, folder) };
    this.#projects.set(folder, project);
    return project;
  }
}

/** All files of src except tests and fixtures, sorted, relative to src. */
export const sourcesOf = (project: string): string[] =>
  entriesOf(project)
    .filter(({ entry }) => entry.isFile() && !/\.(test|fixture)\.[mc]?[jt]sx?$/.test(entry.name))
    .map(({ path }) => path)
    .sort();

/** All entries in src, with their paths relative to src. */
export function entriesOf(project: string) {
  const src = join(project, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src, { recursive: true, withFileTypes: true }).map((entry) => ({
    entry,
    path: relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'),
  }));
}
