import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compare, median, milliseconds, type Measurement } from './measure.js';

const repository = resolve(import.meta.dirname, '..');
const ROUNDS = 5;
const NEST = '@nestjs/cli@12.0.8';

/** The duration of a program, and its CPU time including all its children. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** Creating a system against creating one application with the Nest CLI. */
export default async function scaffold(): Promise<Measurement[]> {
  const work = mkdtempSync(join(tmpdir(), 'msx-bench-new-'));
  try {
    return await newSystems(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function newSystems(work: string): Promise<Measurement[]> {
  const msx = installed(work);
  const nest = nestIn(work);
  let n = 0;
  const run = (args: string[]) => costOf([...args], work);
  const candidates = {
    nest: () => run([nest, 'new', `nest${n++}`, '--skip-install', '--skip-git', '--package-manager', 'npm']),
    empty: () => run([msx, 'new', `empty${n++}`, '--skip-install', '--no-git', '--yes']),
    shop: () => run([msx, 'new', `shop${n++}`, '--template', 'shop', '--skip-install', '--no-git', '--yes']),
  };
  for (const warmUp of Object.values(candidates)) await warmUp();
  const cpu: Record<string, number[]> = { nest: [], empty: [], shop: [] };
  const wall = await compare(
    Object.fromEntries(
      Object.entries(candidates).map(([name, measure]) => [
        name,
        async () => {
          const cost = await measure();
          cpu[name]!.push(cost.cpu);
          return cost.wall;
        },
      ]),
    ) as Record<keyof typeof candidates, () => Promise<number>>,
    ROUNDS,
  );
  const cpuOf = (name: string) => median(cpu[name]!);
  return [
    { what: 'nest new --skip-install, wall ms', value: wall.nest },
    {
      what: 'msx new --skip-install ÷ nest new --skip-install, wall',
      value: wall.empty / wall.nest,
      bound: 0.5,
    },
    { what: 'the same, CPU', value: cpuOf('empty') / cpuOf('nest'), bound: 0.5 },
    { what: 'msx new --template shop ÷ nest new, wall', value: wall.shop / wall.nest, bound: 0.5 },
    { what: 'the same, CPU', value: cpuOf('shop') / cpuOf('nest'), bound: 0.5 },
  ];
}

/** The packed CLI, as users install it, with the packages that are installed here. */
function installed(work: string): string {
  execFileSync('npm', ['pack', '--silent', '--workspace', '@msx/cli', '--pack-destination', work], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const folder = join(repository, 'node_modules/.cache/msx-packed');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('sh', ['-c', `tar xzf "${work}"/msx-cli-*.tgz -C "${folder}" --strip-components=1`]);
  return join(folder, 'bin/run.js');
}

/** The Nest CLI, installed for this run only: nothing else here needs its hundred packages. */
function nestIn(work: string): string {
  const args = [
    'install',
    '--prefix',
    join(work, 'nest'),
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--silent',
  ];
  execFileSync('npm', [...args, '--prefer-offline', NEST], { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(work, 'nest/node_modules/@nestjs/cli/bin/nest.js');
}

/** Measured by the shell's `times`, which includes grandchildren. */
async function costOf(args: string[], cwd: string): Promise<Cost> {
  const script = '"$0" "$@" >/dev/null 2>&1 </dev/null || exit 1; times';
  const started = performance.now();
  const child = spawn('/bin/sh', ['-c', script, process.execPath, ...args], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`${args.join(' ')} exited with ${String(code)}`);
  const spent = out.trim().split('\n').at(-1)!.split(/\s+/).map(milliseconds);
  return { wall: performance.now() - started, cpu: spent.reduce((sum, each) => sum + each, 0) };
}
