import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSystem } from '../../model/system/load-system.js';
import { ModelWatch } from '../../model/system/model-change.js';
import { withEnvironment } from '../../with-environment.fixture.js';
import { isolate } from './isolate.js';

let root: string;
let sockets: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'msx-isolate-')));
  sockets = mkdtempSync(join(tmpdir(), 'msx-sockets-'));
  for (const name of ['alpha', 'beta', 'proto']) mkdirSync(join(root, name));
  writeFileSync(join(root, 'proto/toy.proto'), '');
});
afterAll(() => [root, sockets].forEach((folder) => rmSync(folder, { recursive: true })));

const service = (name: string, port: number) => ({ path: name, kind: 'grpc', proto: ['toy.proto'], port });
const alpha = { ...service('alpha', 50_051), needs: ['kafka'] };
function declare(services: object) {
  writeFileSync(join(root, 'msx.yaml'), JSON.stringify({ name: 'toys', services }));
  return loadSystem(root);
}
const isolated = (...[system, mode, kept]: Parameters<typeof isolate>) =>
  withEnvironment({ MSX_RUNTIME_DIR: sockets }, () => isolate(system, mode, kept));

describe('an isolated run', () => {
  it('has a port for each resource that it runs, and keeps it when others are added', async () => {
    const before = await isolated(declare({ alpha }), { broker: 'embedded' });
    const ports = before.isolated!;
    expect(ports).toEqual({ alpha: [expect.any(Number), expect.any(Number)], kafka: [expect.any(Number)] });
    expect(before.services[0]).toMatchObject({ port: ports['alpha']![0], healthPort: ports['alpha']![1] });
    expect(before.broker.port).toBe(ports['kafka']![0]);

    const after = await isolated(
      declare({ alpha, beta: service('beta', 50_052) }),
      { broker: 'embedded' },
      ports,
    );
    expect(after.isolated).toMatchObject(ports);
    const all = Object.values(after.isolated!).flat();
    expect(new Set(all).size).toBe(2 + 2 + 1);
  });

  it('has no port for a broker that somebody else runs', async () => {
    const { isolated: ports, broker } = await isolated(declare({ alpha }), { broker: 'external' });
    expect(Object.keys(ports!)).toEqual(['alpha']);
    expect(broker.address).toBe('127.0.0.1:9092');
  });

  it('notices changes of msx.yaml, but not that its ports differ from it', async () => {
    const watch = new ModelWatch(await isolated(declare({ alpha }), { broker: 'embedded' }));
    expect(watch.check()).toBeUndefined();
    declare({ alpha: { ...alpha, port: 50_061 } });
    expect(watch.check()).toBeUndefined();
    declare({ alpha: { ...alpha, needs: [] } });
    expect(watch.check()).toEqual({ changed: true });
  });
});
