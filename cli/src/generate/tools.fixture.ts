import { execa } from 'execa';
import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStale } from '../build/build-stale.js';
import { generateStubs } from '../contracts/generate-stubs.js';
import { loadSystem } from '../system/load-system.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** What a person has at hand in a system: a compiler, a linter and a test runner; they are the repository's. */
export class Tools {
  private constructor(private readonly root: string) {}

  /** Puts them beside a system's sources, and makes its stubs. */
  static async forSystem(root: string): Promise<Tools> {
    rmSync(join(root, 'runtime'), { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
    // As old as they are: what was built before its settings would be built again.
    for (const file of ['runtime', 'tsconfig.base.json', 'eslint.config.js'])
      cpSync(join(repository, file), join(root, file), { recursive: true, preserveTimestamps: true });
    cpSync(join(repository, 'templates/system/jest.config.js'), join(root, 'jest.config.js'));
    await generateStubs(loadSystem(root));
    return new Tools(root);
  }

  /** What is wrong with the types of all services and their tests. */
  async types(): Promise<string> {
    const compilerOptions = { composite: false, declaration: false, noEmit: true, rootDir: '/' };
    const config = { extends: './tsconfig.base.json', compilerOptions, include: ['services/*/src'] };
    writeFileSync(join(this.root, 'tsconfig.all.json'), JSON.stringify(config));
    return (await this.#run('typescript-7/bin/tsc', '-p', 'tsconfig.all.json')).stdout;
  }

  /** What the linter and the formatter find in these folders. */
  async faults(folders: readonly string[]): Promise<string> {
    const found = await this.#run('eslint/bin/eslint.js', ...folders);
    const unformatted = await this.#run('prettier/bin/prettier.cjs', '--list-different', ...folders);
    return found.stdout + unformatted.stdout;
  }

  /** What the tests of these services say, once these are built. */
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
