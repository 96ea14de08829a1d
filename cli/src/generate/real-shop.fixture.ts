import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemProjections } from '../kubernetes/system-projections.js';
import { loadSystem } from '../system/load-system.js';
import { writeProjection } from '../system/projection.js';
import { inWorkshop } from './workshop.js';
import type { Workshop } from './workshop.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const MADE = /(^|\/)(node_modules|dist|gen|\.msx)(\/|$)|\.db(-\w+)?$/;

/** The sources of the shop, all of them, in a folder of their own; nothing is built or installed there. */
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
    for (const workspace of ['broker', 'runtime', 'cli']) this.#copy(`${workspace}/package.json`);
    const system = loadSystem(this.root);
    for (const projection of systemProjections(system)) writeProjection(projection, system.root);
  }

  work<T>(work: (workshop: Workshop) => Promise<T>): Promise<T> {
    const templates = join(repository, 'templates');
    return inWorkshop({ root: this.root, templates, interrupted: this.interrupted.signal }, work);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  edit(path: string, change: (text: string) => string): void {
    writeFileSync(join(this.root, path), change(this.read(path)));
  }

  /** Every file and what is in it. */
  tree(): Record<string, string> {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1));
    return Object.fromEntries(
      files.sort().map((file) => [file, readFileSync(join(this.root, file), 'base64')]),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #copy(name: string): void {
    const filter = (path: string) => !MADE.test(path.slice(repository.length));
    cpSync(join(repository, name), join(this.root, name), { recursive: true, filter });
  }
}
