import { execa } from 'execa';
import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStale } from '../build/build-stale.js';
import { generateStubs } from '../contracts/generate-stubs.js';
import { loadSystem } from '../../model/system/load-system.js';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/** The tools of a system (compiler, linter and test runner), taken from the repository. */
export class Tools {
  private constructor(private readonly root: string) {}

  /** Links them into a system and generates its stubs. */
  static async forSystem(root: string): Promise<Tools> {
    for (const folder of ['runtime', 'gateway']) rmSync(join(root, folder), { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
    // Timestamps are preserved: outputs older than their settings would be rebuilt.
    for (const file of ['runtime', 'gateway', 'tsconfig.base.json', 'eslint.config.js'])
      cpSync(join(repository, file), join(root, file), { recursive: true, preserveTimestamps: true });
    cpSync(join(repository, 'templates/system/jest.config.js'), join(root, 'jest.config.js'));
    await generateStubs(loadSystem(root));
    return new Tools(root);
  }

  /** The type errors of all services and their tests. */
  async types(): Promise<string> {
    const compilerOptions = { composite: false, declaration: false, noEmit: true, rootDir: '/' };
    const config = { extends: './tsconfig.base.json', compilerOptions, include: ['services/*/src'] };
    writeFileSync(join(this.root, 'tsconfig.all.json'), JSON.stringify(config));
    return (await this.#run('typescript-7/bin/tsc', '-p', 'tsconfig.all.json')).stdout;
  }

  /** The findings of the linter and the formatter in these folders. */
  async faults(folders: readonly string[]): Promise<string> {
    const found = await this.#run('eslint/bin/eslint.js', ...folders);
    const unformatted = await this.#run('prettier/bin/prettier.cjs', '--list-different', ...folders);
    return found.stdout + unformatted.stdout;
  }

  /** Builds these services and returns the output of their tests. */
  async test(folders: readonly string[]): Promise<string> {
    const services = folders.map((folder) => basename(folder));
    const system = loadSystem(this.root);
    await buildStale(
      system,
      system.services.filter(({ name }) => services.includes(name)),
    );
    return (await this.#run('jest/bin/jest.js', '--selectProjects', ...services)).stderr;
  }

  #run(tool: string, ...args: string[]) {
    const node = ['--experimental-vm-modules', '--no-warnings', join(repository, 'node_modules', tool)];
    return execa(process.execPath, [...node, ...args], { cwd: this.root, reject: false });
  }
}
