import { resolve } from 'node:path';
import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { compare, cpuOf, type Measurement } from './measure.js';

const msx = resolve(import.meta.dirname, '../cli/bin/run.js');

/** CPU time of the two most frequent commands, while a system is running, against an empty Node process. */
export default async function cli(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  try {
    await shop.json('dev', 'start');
    const cpu = await compare(
      {
        node: () => cpuOf(['-e', '0'], shop.root),
        version: () => cpuOf([msx, '--version'], shop.root),
        status: () => cpuOf([msx, 'dev', 'status'], shop.root),
      },
      5,
    );
    return [
      { what: 'node -e 0, CPU ms', value: cpu.node },
      { what: 'msx --version ÷ node -e 0, CPU', value: cpu.version / cpu.node, bound: 2.2 },
      { what: 'msx dev status ÷ node -e 0, CPU', value: cpu.status / cpu.node, bound: 2.5 },
    ];
  } finally {
    await shop.destroy();
  }
}
