import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { HealthReport } from '../health/health.js';
import { bundledScript } from './bundled-script.fixture.js';

const SCRIPT = fileURLToPath(new URL('./service-process.fixture.mjs', import.meta.url));

interface Line {
  level: string;
  msg?: string;
  code?: string;
  healthPort?: number;
}

interface End {
  exitCode: number | null;
  lines: Line[];
  text: string;
}

describe('a service process', () => {
  let script: string;
  let directory: string;

  beforeAll(() => void (script = bundledScript(SCRIPT)));
  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'runtime-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Runs it until it exits; `onLine` may stop it. */
  async function run(
    env: Record<string, string>,
    args: string[] = [],
    onLine?: (line: Line, kill: () => void) => void,
  ): Promise<End> {
    const defaults = {
      PATH: process.env.PATH,
      HEALTH_PORT: '0',
      KAFKA_BROKERS: '127.0.0.1:1',
      AUTH: 'optional',
    };
    const child = spawn(process.execPath, [script, ...args], {
      cwd: directory,
      env: { ...defaults, ...env },
    });
    let text = '';
    child.stderr.on('data', (bytes) => (text += String(bytes)));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const lines: Line[] = [];
    for await (const line of createInterface(child.stdout)) {
      text += `${line}\n`;
      if (!line.startsWith('{"level"')) continue;
      lines.push(JSON.parse(line) as Line);
      onLine?.(lines.at(-1)!, () => child.kill('SIGTERM'));
    }
    return { exitCode: await ended, lines, text };
  }

  it('serves until it is stopped, and then exits with 0', async () => {
    let report: HealthReport | undefined;
    const { exitCode, lines } = await run({}, [], (line, stop) => {
      if (line.msg !== 'Listening') return;
      void fetch(`http://127.0.0.1:${line.healthPort}/health/ready`)
        .then(async (response) => void (report = (await response.json()) as HealthReport))
        .then(stop);
    });
    expect({ report, lines }).toMatchObject({
      report: { service: 'thing-service', ready: true, started: false },
    });
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toMatchObject({ level: 'info', msg: 'Stopped' });
    expect(readdirSync(directory)).toContain('things.db');
  });

  it('starts without keys on the local machine, and warns that it accepts calls without tokens', async () => {
    const { exitCode, lines } = await run({ AUTH: '' }, [], (line, stop) => {
      if (line.msg === 'Listening') stop();
    });
    expect(exitCode).toBe(0);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'Calls without a token are accepted: JWKS is not set' }),
    );
    expect((await run({ AUTH: '' }, ['db', 'status'])).exitCode).toBe(0);
  });

  it.each([
    ['CONFIG_INVALID', { PORT: 'x', LOG_LEVEL: 'y' }, /PORT.*LOG_LEVEL/],
    ['INSECURE_PRODUCTION', { NODE_ENV: 'production', KAFKA_BROKERS: '' }, /DATABASE_URL.*KAFKA_BROKERS/],
    ['CONFIG_INVALID', { AUTH: 'required' }, /^JWKS must be set/],
    ['CONFIG_INVALID', { AUTH: '', HOST: '0.0.0.0' }, /^JWKS must be set/],
    ['DATABASE_UNREACHABLE', { DATABASE_URL: 'sqlite:/dev/null/x.db' }, /\/dev\/null\/x\.db/],
    ['MIGRATION_FAILED', { BROKEN_MIGRATION: '1' }, /CreateThings1700000000001/],
    ['INTERNAL', { CRASH: '1' }, /an uncaught error/],
  ])('exits with 1 and one fatal line: %s', async (code, env, message) => {
    const { exitCode, lines, text } = await run(env as unknown as Record<string, string>);
    expect({ exitCode, text, fatal: lines.filter(({ level }) => level === 'fatal') }).toEqual({
      ...{ exitCode: 1, text: expect.any(String) },
      fatal: [expect.objectContaining({ code, msg: expect.stringMatching(message) })],
    });
    expect(text.split('\n').filter((line) => line && !line.startsWith('{'))).toEqual([]);
  });

  it('manages its schema and exits', async () => {
    const names = [
      'CreateOutbox1500000000000',
      'CreateInbox1500000000001',
      'CreateRefusedMessages1500000000002',
      'CreateDeadlines1500000000003',
      'CreateDeadLetters1500000000004',
      'CreateThings1700000000001',
    ];
    const none = { applied: [] as string[], pending: names, revertible: [] as string[] };
    const state = { service: 'thing-service', driver: 'sqlite', ...none };
    const status = await run({}, ['db', 'status', '--json']);
    expect([status.exitCode, JSON.parse(status.text)]).toEqual([0, state]);
    const migrated = { ...state, applied: names, pending: [], revertible: names.slice(-1) };
    for (const command of ['migrate', 'reset', 'status']) {
      expect(JSON.parse((await run({}, ['db', command, '--json'])).text)).toEqual(migrated);
    }
    expect((await run({}, ['db', 'status'])).text).toContain('applied  CreateThings1700000000001');
    const back = { ...state, applied: names.slice(0, -1), pending: names.slice(-1) };
    for (const steps of ['--steps=1', '--steps=5'])
      expect(JSON.parse((await run({}, ['db', 'rollback', steps, '--json'])).text)).toEqual(back);
    expect(await run({}, ['db', 'rollback', '--steps=x'])).toMatchObject({
      exitCode: 1,
      lines: [{ level: 'fatal', code: 'CONFIG_INVALID' }],
    });
    expect(await run({}, ['db', 'destroy'])).toMatchObject({
      exitCode: 1,
      lines: [{ level: 'fatal', code: 'CONFIG_INVALID' }],
    });
  });

  it('creates what its seeds have and its database has not, and names an entry that a rule refuses', async () => {
    const file = 'src/seeds/things.seed.ts';
    const all = ['thing 1', 'thing 2'];
    const seeded = async () => JSON.parse((await run({}, ['db', 'seed', '--json'])).text) as object;
    expect(await seeded()).toEqual({
      service: 'thing-service',
      seeds: [{ file, created: all, existing: [] }],
    });
    expect(await seeded()).toMatchObject({ seeds: [{ file, created: [], existing: all }] });
    expect(await run({ BAD_SEED: '1' }, ['db', 'seed'])).toMatchObject({
      exitCode: 1,
      lines: [
        { level: 'fatal', code: 'SEED_FAILED', msg: `${file}, thing 3: id must be below 3 (THING_REFUSED)` },
      ],
    });
    expect(await run({ NODE_ENV: 'production' }, ['db', 'seed'])).toMatchObject({
      lines: [{ code: 'CONFIG_INVALID' }],
    });
  });
});
