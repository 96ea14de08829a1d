import { execa } from 'execa';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSystem, parseSystem } from './model/system/load-system.js';
import type { System } from './model/system/system.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
export const msx = join(repository, 'cli/bin/run.js');

/** A temporary folder with the contracts of the shop, and services of a few lines that depend on them. */
export class ShopCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'msx-shop-'));

  /** Of the repository's shop, or of another copy as that is now. */
  constructor(other?: ShopCopy) {
    if (other) cpSync(other.root, this.root, { recursive: true, verbatimSymlinks: true });
    else this.#copyShop();
  }

  get system(): System {
    return loadSystem(this.root);
  }

  write(file: string, content: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }

  edit(file: string, change: (content: string) => string): void {
    this.write(file, change(this.read(file)));
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** A run of the program itself, in the copy. */
  msx(args: string[], env: NodeJS.ProcessEnv = {}) {
    return execa(process.execPath, [msx, ...args], {
      cwd: this.root,
      env: { NODE_OPTIONS: '', NODE_ENV: '', ...env },
      reject: false,
      stdin: 'ignore',
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #copyShop(): void {
    for (const file of ['proto', 'tsconfig.base.json', 'package.json']) this.#copy(file);
    symlinkSync(join(repository, 'node_modules'), join(this.root, 'node_modules'));
    const model = readFileSync(join(repository, 'msx.yaml'), 'utf8');
    this.write('msx.yaml', `${model}\nlogs: { directory: logs }\n`);
    this.#project('runtime', 'export const answer = 42;');
    this.#project('gateway', 'export const question = 6;');
    for (const { name, proto } of parseSystem(model, this.root, () => true).services) {
      const [contract = 'user.proto'] = proto;
      const module = `./gen/${contract.replace('.proto', '.js')}`;
      this.#project(`services/${name}`, `import * as stubs from '${module}';\nexport default stubs;`);
    }
  }

  #project(folder: string, main: string): void {
    for (const file of ['tsconfig.json', 'package.json']) this.#copy(join(folder, file));
    this.write(join(folder, 'src/main.ts'), main);
  }

  #copy(file: string): void {
    cpSync(join(repository, file), join(this.root, file), { recursive: true });
  }
}
