import { afterEach, describe, expect, it } from '@jest/globals';
import { ToySystem, until } from './toy-system.fixture.js';
import type { Inspector } from './inspectors-of.js';

let toys: ToySystem;
afterEach(() => toys.destroy());

type Inspected = { inspectors: Inspector[] };
const inspectorsAfter = async (...command: string[]) =>
  ((await toys.report(...command)) as unknown as Inspected).inspectors;
const targetAt = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
  return target!.webSocketDebuggerUrl;
};

describe('msx dev start --inspect', () => {
  it('prints the address of the inspector of a named service, and so does each later run', async () => {
    toys = await ToySystem.create({ alpha: 'well', beta: 'well' });
    expect(await inspectorsAfter('dev', 'start')).toEqual([]);
    const [first, ...others] = await inspectorsAfter('dev', 'start', 'alpha', '--inspect');
    expect(others).toEqual([]);
    expect(first).toMatchObject({ name: 'alpha', url: await targetAt(first!.port) });
    expect(await toys.says('dev', 'status')).toContain('inspectors of alpha');

    const [second] = await inspectorsAfter('dev', 'restart', 'alpha');
    expect(second).toMatchObject({ port: first!.port, url: await targetAt(first!.port) });
    expect(second!.url).not.toBe(first!.url);

    const { pid } = await toys.view('alpha');
    process.kill(pid!, 'SIGKILL');
    await until(
      () => toys.view('alpha'),
      (view) => view.phase === 'ready' && view.pid !== pid,
    );
    expect(await targetAt(first!.port)).toMatch(/^ws:/);
    expect(await inspectorsAfter('dev', 'start')).toMatchObject([{ name: 'alpha', port: first!.port }]);
  });
});

describe('a stack trace of a service', () => {
  it('refers to the source', async () => {
    toys = await ToySystem.create({ alpha: 'well' });
    toys.edit('alpha', (source) => `interface Nothing {}\n\n${source}\nthrow new Error('broken');\n`);
    const { message } = await toys.failure('dev', 'start');
    expect(message).toMatch(/alpha\/src\/main\.ts:\d+/);
    expect(message).not.toContain('dist/main.js:');
  });
});

describe('a build that failed', () => {
  it('is described by its first error, in dev why and dev status', async () => {
    toys = await ToySystem.create({ alpha: 'well', beta: 'well' });
    await toys.report('dev', 'start', '--watch');
    toys.edit('alpha', (source) => source.replace('= 1', '= "one"'));
    const error = /alpha\/src\/main\.ts\(1,7\): error TS2322/;
    await until(
      () => toys.says('dev', 'why', 'alpha'),
      (text) => error.test(text),
    );
    expect((await toys.says('dev', 'status')).replace(/\s+/g, ' ')).toMatch(error);
  });
});
