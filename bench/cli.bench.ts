import { resolve } from 'node:path';
import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { compare, cpuOf, type Measurement } from './measure.js';

const msx = resolve(import.meta.dirname, '../cli/bin/run.js');

/** CPU time of the most frequent commands, while a system is running, against an empty Node process. */
export default async function cli(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  try {
    await shop.json('dev', 'start');
    const cpu = await compare(
      {
        node: () => cpuOf(['-e', '0'], shop.root),
        version: () => cpuOf([msx, '--version'], shop.root),
        status: () => cpuOf([msx, 'dev', 'status'], shop.root),
        logs: () => cpuOf([msx, 'logs', '-n', '1'], shop.root),
        ports: () => cpuOf([msx, 'ports'], shop.root),
      },
      5,
    );
    return [
      { what: 'node -e 0, CPU ms', value: cpu.node },
      { what: 'msx --version ÷ node -e 0, CPU', value: cpu.version / cpu.node, bound: 1.3 },
      { what: 'msx dev status ÷ node -e 0, CPU', value: cpu.status / cpu.node, bound: 2.5, target: 1.8 },
      { what: 'msx logs -n 1 ÷ node -e 0, CPU', value: cpu.logs / cpu.node, bound: 3, target: 1.8 },
      { what: 'msx ports ÷ node -e 0, CPU', value: cpu.ports / cpu.node, bound: 3.4, target: 1.8 },
    ];
  } finally {
    await shop.destroy();
  }
}
