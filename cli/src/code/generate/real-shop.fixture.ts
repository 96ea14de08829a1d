import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemProjections } from '../../shipping/kubernetes/system-projections.js';
import { loadSystem } from '../../model/system/load-system.js';
import { writeProjection } from '../../model/system/projection.js';
import { withGeneratorContext } from './generator-context.js';
import type { GeneratorContext } from './generator-context.js';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const NOT_SOURCES = /(^|\/)(node_modules|dist|gen|\.msx)(\/|$)|\.db(-\w+)?$/;

/** A copy of all sources of the shop in a temporary folder, without build outputs and installed packages. */
export class RealShop {
  readonly root = mkdtempSync(join(tmpdir(), 'msx-real-shop-'));
  interrupted = new AbortController();

  constructor() {
    for (const name of [
      'services',
      'proto',
      'msx.yaml',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
    ])
      this.#copy(name);
    for (const name of ['.prettierrc.json', '.prettierignore']) this.#copy(name);
    for (const workspace of ['broker', 'runtime', 'gateway', 'cli']) this.#copy(`${workspace}/package.json`);
    const system = loadSystem(this.root);
    for (const projection of systemProjections(system)) writeProjection(projection, system.root);
  }

  withContext<T>(work: (context: GeneratorContext) => Promise<T>): Promise<T> {
    const templates = join(repository, 'templates');
    return withGeneratorContext({ root: this.root, templates, interrupted: this.interrupted.signal }, work);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  edit(path: string, change: (text: string) => string): void {
    writeFileSync(join(this.root, path), change(this.read(path)));
  }

  /** Every file and its content, except lock files, whose names are numbered. */
  tree(): Record<string, string> {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1));
    return Object.fromEntries(
      files.sort().map((file) => [file, readFileSync(join(this.root, file), 'base64')]),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #copy(name: string): void {
    const filter = (path: string) => !NOT_SOURCES.test(path.slice(repository.length));
    cpSync(join(repository, name), join(this.root, name), { recursive: true, filter });
  }
}
