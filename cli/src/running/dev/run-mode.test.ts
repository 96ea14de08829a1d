import { afterEach, describe, expect, it } from '@jest/globals';
import { runModeFor } from './run-mode.js';
import { ToySystem, until } from './toy-system.fixture.js';
import type { RunMode } from './run-mode.js';

const system = {
  broker: { mode: 'embedded', port: 9092, address: '127.0.0.1:9092', kafka: 'kraft' },
} as const;
const running: RunMode = { mode: 'production', broker: 'external', tls: true, watch: false };

describe('the mode of a start', () => {
  it('is the requested one, or the default, when nothing is running', () => {
    const defaults = { mode: 'development', broker: 'embedded', tls: false, watch: false };
    expect(runModeFor({}, undefined, system)).toEqual(defaults);
    const requested = { mode: 'production', broker: 'kafka', tls: true, watch: true } as const;
    expect(runModeFor(requested, undefined, system)).toEqual(requested);
  });

  it('is that of the running system, unless a different one is requested', () => {
    expect(runModeFor({ mode: undefined }, running, system)).toEqual(running);
    expect(runModeFor({ mode: 'production', tls: true }, running, system)).toEqual(running);
  });

  it('follows edits once that was requested', () => {
    expect(runModeFor({ watch: true }, running, system)).toEqual({ ...running, watch: true });
    expect(runModeFor({}, { ...running, watch: true }, system)).toMatchObject({ watch: true });
  });

  it.each([
    [{ mode: 'development' }, { runs: 'in production mode', join: 'msx dev start --env production' }],
    [{ broker: 'kafka' }, { runs: 'with the external broker', join: 'msx dev start --broker external' }],
    [{ tls: true }, { runs: 'without mutual TLS', join: 'msx dev start without --tls' }],
    [{ isolated: true }, { runs: 'on the ports in msx.yaml', join: 'msx dev start --no-isolated' }],
  ] as const)('cannot be %j when the system runs in another mode', (requested, facts) => {
    const plain = { ...running, tls: false };
    expect(() => runModeFor(requested, plain, system)).toThrow(
      expect.objectContaining({ code: 'MODE_DIFFERS', facts }),
    );
  });
});

it('an isolated run keeps its ports, unless other ones are requested', () => {
  const isolated = { ...running, isolated: true };
  expect(runModeFor({}, isolated, system)).toEqual(isolated);
  expect(runModeFor({ isolated: true }, isolated, system)).toEqual(isolated);
  expect(() => runModeFor({ isolated: false }, isolated, system)).toThrow(
    expect.objectContaining({
      code: 'MODE_DIFFERS',
      facts: { runs: 'on ports of its own', join: 'msx dev start --isolated' },
    }),
  );
});

describe('a running system', () => {
  let toys: ToySystem;
  afterEach(() => toys.destroy());

  it('keeps its mode', async () => {
    toys = await ToySystem.create({ alpha: 'well', beta: 'well' });
    await toys.report('dev', 'start', 'alpha', '--env', 'production');
    expect(await toys.failure('dev', 'start', '--env', 'development')).toMatchObject({
      exitCode: 1,
      code: 'MODE_DIFFERS',
      message: 'the system runs in production mode',
      suggestion: 'Run msx dev stop first, or msx dev start --env production.',
    });
    expect((await toys.report('dev', 'start')).started).toEqual(['beta']);
    expect(await toys.report('dev', 'status')).toMatchObject({ mode: { env: 'production', watch: false } });
    expect(await toys.says('dev', 'status')).toMatch(/^production mode · embedded broker · engine up/m);
    expect(await toys.says('dev', 'start')).toMatch(/^everything is running already in production mode/);
  });

  it('follows edits after a start with --watch, for all services, including those started later', async () => {
    toys = await ToySystem.create({ alpha: 'well', beta: 'well' });
    await toys.report('dev', 'start', 'alpha');
    expect(await toys.says('dev', 'start', 'alpha', '--watch')).toMatch(
      /^everything is running already · msx dev status\nWatching for edits from now on\.\n$/,
    );
    await toys.report('dev', 'start', 'beta');
    expect(await toys.report('dev', 'status')).toMatchObject({ mode: { watch: true } });
    for (const name of ['alpha', 'beta']) {
      toys.edit(name, (source) => source.replace('= 1', '= 2'));
      await until(() => toys.readLog(name).includes('version 2'));
    }
  });
});
