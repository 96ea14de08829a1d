import { join, resolve } from 'node:path';
import { compare, cpuOf, type Measurement } from './measure.js';

const root = resolve(import.meta.dirname, '..');
const msx = join(root, 'cli/bin/run.js');

/** CPU time of the two commands that people and prompts run most, against an empty Node process. */
export default async function cli(): Promise<Measurement[]> {
  await cpuOf([msx, '--version'], root);
  const cpu = await compare(
    {
      node: () => cpuOf(['-e', '0'], root),
      version: () => cpuOf([msx, '--version'], root),
      status: () => cpuOf([msx, 'dev', 'status'], root),
    },
    15,
  );
  return [
    { what: 'node -e 0, CPU ms', value: cpu.node },
    { what: 'msx --version ÷ node -e 0, CPU', value: cpu.version / cpu.node, bound: 2.2 },
    { what: 'msx dev status ÷ node -e 0, CPU', value: cpu.status / cpu.node, bound: 2.5 },
  ];
}
