import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { join } from 'node:path';
import { ShopCopy } from '../../shop-copy.fixture.js';

const cli = join(import.meta.dirname, '../../..');
const jest = join(cli, '../node_modules/jest/bin/jest.js');
const flags = ['--experimental-vm-modules', '--no-warnings'];
const main = 'services/order-service/src/main.ts';

let shop: ShopCopy;
beforeAll(() => {
  shop = new ShopCopy();
  const config = {
    globalSetup: join(cli, 'jest/build.js'),
    dependencyExtractor: join(cli, 'jest/dependencies.js'),
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    roots: ['<rootDir>/services/order-service/src'],
    collectCoverageFrom: [main],
    transform: {},
  };
  shop.write('jest.config.json', JSON.stringify(config));
  shop.write(
    'services/order-service/src/main.test.js',
    `import { execFileSync } from 'node:child_process';
     const main = new URL('../dist/main.js', import.meta.url).pathname;
     test('is one', () => expect(execFileSync(process.execPath, [main], { encoding: 'utf8' })).toBe('1'));`,
  );
});
afterAll(() => shop.remove());

/** The output of the program, the exit code of Jest, and the output of Jest. */
type Outcome = [answer: string | number, exitCode: number, output: RegExp];

/** Runs the tests that a watch runs after an edit of this file. */
const testsOf = (source: string) =>
  execa(process.execPath, [...flags, jest, '--config', 'jest.config.json', '--findRelatedTests', source], {
    cwd: shop.root,
    env: { NODE_OPTIONS: '' },
    reject: false,
  });

describe('a test that starts the build output', () => {
  it.each<[string, ...Outcome]>([
    ['passes with the current sources', '1', 0, /1 passed/],
    ['fails after the sources have changed', '2', 1, /Expected: "1"\s+Received: "2"/],
    ['is not run when the sources do not compile', 1, 1, /the tests were not run.*\n[^]*TS2769/],
  ])('%s', async (_, ...[answer, exitCode, output]) => {
    shop.edit(main, () => `process.stdout.write(${JSON.stringify(answer)});\nexport {};\n`);
    const { stderr, ...run } = await testsOf(main);
    expect(stderr).toMatch(output);
    expect(run.exitCode).toBe(exitCode);
  });
});

it('coverage includes the processes that tests start', async () => {
  shop.edit(main, () => "process.stdout.write('1');\nexport const idle = () => {\n  console.log();\n};\n");
  const coverage = [join(cli, 'jest/coverage.js'), '--config', 'jest.config.json'];
  const options = { cwd: shop.root, env: { NODE_OPTIONS: '' } };
  const { stdout } = await execa(process.execPath, coverage, options);
  expect(stdout).toContain('Coverage summary');
  const summary = JSON.parse(shop.read('coverage/coverage-summary.json')) as Record<string, object>;
  expect(summary[join(shop.root, main)]).toMatchObject({ lines: { total: 4, covered: 2 } });
});
