import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transformSync } from 'esbuild';
import { installFolder } from '../../scripts/install-folder.mjs';
import { itWhere } from '../../checks/skipping.fixture.js';
import { recordResult } from '../record-result.fixture.js';

const root = join(import.meta.dirname, '../..');
const examples = join(root, 'broker/examples');
const clients = join(import.meta.dirname, 'node_modules');
/** The node_modules with node-rdkafka, which needs a compiler: set by e2e/kafka/clients/run.sh. */
const rdkafka = process.env['TEST_NODE_RDKAFKA'];
const project = mkdtempSync(join(tmpdir(), 'broker-examples-'));

const TIMEOUT_MS = 90_000;
const options = { encoding: 'utf8', timeout: TIMEOUT_MS } as const;

/** A project that has installed the packed broker and the clients. */
beforeAll(() => {
  installFolder('e2e/broker-clients');
  execFileSync(process.execPath, [join(root, 'broker/build.mjs')], options);
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project], {
    ...options,
    cwd: join(root, 'broker'),
  });
  const archive = readdirSync(project).find((name) => name.endsWith('.tgz'))!;
  const installed = join(project, 'node_modules/@msx/broker');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', join(project, archive), '--strip-components=1', '-C', installed], options);
  for (const name of packagesIn(clients)) linkPackage(name, clients);
  if (rdkafka) linkPackage('node-rdkafka', rdkafka);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** `kafkajs`, `@nestjs/core`, … */
const packagesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
    );

function linkPackage(name: string, folder: string): void {
  const link = join(project, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(folder, name), link);
}

/** Copies an example; NestJS needs a compiler for its decorators. */
const copy = (name: string): string => {
  if (!name.endsWith('.ts')) {
    copyFileSync(join(examples, name), join(project, name));
    return name;
  }
  const { code } = transformSync(readFileSync(join(examples, name), 'utf8'), {
    loader: 'ts',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  const compiled = name.replace(/\.ts$/, '.mjs');
  writeFileSync(join(project, compiled), code);
  return compiled;
};

/** Node tells test files that a test runner has started them to report in another way. */
const { NODE_TEST_CONTEXT: _, ...env } = process.env;

const RDKAFKA_EXAMPLE = 'node-rdkafka.test.mjs';

describe('the examples of @msx/broker', () => {
  const names = readdirSync(examples).filter((name) => name.includes('.test.'));

  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(5);
  });

  const passes = (name: string) => (): void => {
    const args = ['--test', '--test-reporter=tap', `--test-timeout=${TIMEOUT_MS / 2}`, copy(name)];
    const { status, stdout } = spawnSync(process.execPath, args, { ...options, cwd: project, env });
    const count = (what: string): number => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(stdout)?.[1]);
    recordResult({
      suite: 'examples',
      ...clientOf(name),
      passed: count('pass'),
      total: count('tests'),
    });
    expect({ status, failures: stdout.match(/^ *not ok.*$/gm) }).toEqual({ status: 0, failures: null });
    expect(count('pass')).toBeGreaterThan(0);
  };
  for (const name of names) {
    const reason = 'TEST_NODE_RDKAFKA is not set: node-rdkafka is compiled by npm run test:kafka-clients';
    itWhere(name !== RDKAFKA_EXAMPLE || rdkafka, reason)(
      `${name} passes with the packed broker`,
      passes(name),
    );
  }
});

describe('the packed command', () => {
  it('prints its version', () => {
    const { bin, version } = JSON.parse(
      readFileSync(join(project, 'node_modules/@msx/broker/package.json'), 'utf8'),
    ) as { bin: Record<string, string>; version: string };
    const command = join(project, 'node_modules/@msx/broker', bin['msx-broker']!);
    expect(execFileSync(process.execPath, [command, '--version'], options)).toBe(`${version}\n`);
  });
});

/** The client that an example uses. */
const clientOf = (example: string): { client: string; version: string } => {
  const source = readFileSync(join(examples, example), 'utf8');
  const name = ['@nestjs/microservices', '@platformatic/kafka', 'node-rdkafka', 'kafkajs'].find((each) =>
    source.includes(`'${each}'`),
  )!;
  const { version } = JSON.parse(
    readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8'),
  ) as {
    version: string;
  };
  return {
    client: example.endsWith('.cjs') ? `${name} (CommonJS)` : name,
    version: version.replace(/^v/, ''),
  };
};
