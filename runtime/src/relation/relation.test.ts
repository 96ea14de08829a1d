import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../..');
const modules = join(repository, 'node_modules');

const model = (own: string, other: string, type: string) => `
  import type { Relation } from '@msx/runtime';
  import { ${other} } from './${other.toLowerCase()}.js';
  const Field = (thunk: () => unknown) => (target: object, name: string) => void [thunk, target, name];
  export class ${own} {
    @Field(() => ${other}) other?: ${type};
    @Field(() => [${other}]) all: ${other}[] = [];
  }
  export type Of${own} = Relation<${own}>;
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msx-relation-'));
  symlinkSync(modules, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'eslint.config.js'),
    `import tseslint from 'typescript-eslint';
     import { relations } from '@msx/runtime/lint';
     export default [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser },
       plugins: { relations }, rules: { 'relations/cycle': 'error' } }];`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(type: (other: string) => string): void {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/book.ts'), model('Book', 'Author', type('Author')));
  writeFileSync(join(folder, 'src/author.ts'), model('Author', 'Book', type('Book')));
}

function run(program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return { status, output: stdout + stderr };
}

function compiled() {
  const flags = ['--experimentalDecorators', '--emitDecoratorMetadata', '--useDefineForClassFields', 'false'];
  const kind = [
    '--strict',
    '--isolatedModules',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
  ];
  const args = [...flags, ...kind, '--skipLibCheck', '--outDir', 'dist', 'src/book.ts'];
  expect(run(join(modules, 'typescript-7/bin/tsc'), ...args)).toMatchObject({ status: 0 });
  return run('dist/book.js');
}

const lint = () => run(join(modules, 'eslint/bin/eslint.js'), 'src');

describe('models that refer to each other', () => {
  it('crash at startup when they reference each other, which the linter detects', () => {
    write((other) => other);
    expect(compiled().output).toMatch(/ReferenceError: Cannot access '(Book|Author)' before initialization/);
    const { status, output } = lint();
    expect([status, output]).toEqual([
      1,
      expect.stringContaining('use Relation<Author> instead, with import type'),
    ]);
    expect(output).toContain('use Relation<Book>');
  });

  it('work with Relation, and pass the linter', () => {
    write((other) => `Relation<${other}>`);
    expect(compiled()).toEqual({ status: 0, output: '' });
    expect(lint()).toEqual({ status: 0, output: '' });
  });
});
