import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compare, median, milliseconds, type Measurement } from './measure.js';

const repository = resolve(import.meta.dirname, '..');
const ROUNDS = 5;
const NEST = '@nestjs/cli@12.0.8';

/** What a Nest application needs in addition, to do what a new system does. */
const ADDED = ['@nestjs/microservices', '@nestjs/graphql', '@nestjs/typeorm', '@grpc/grpc-js', 'kafkajs'];
const INSTALL_ROUNDS = 3;

/** The duration of a program, and its CPU time including all its children. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** Creating and installing a system against creating and installing one application with the Nest CLI. */
export default async function scaffold(): Promise<Measurement[]> {
  const work = mkdtempSync(join(tmpdir(), 'msx-bench-new-'));
  try {
    return [...(await newSystems(work)), ...(await installations(work))];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function newSystems(work: string): Promise<Measurement[]> {
  const { msx, nest } = programs(work);
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
      bound: 0.7,
      target: 0.35,
    },
    {
      what: 'msx new --skip-install ÷ nest new --skip-install, CPU',
      value: cpuOf('empty') / cpuOf('nest'),
      bound: 0.6,
    },
    { what: 'msx new --template shop ÷ nest new, wall', value: wall.shop / wall.nest, bound: 0.6 },
    { what: 'msx new --template shop ÷ nest new, CPU', value: cpuOf('shop') / cpuOf('nest'), bound: 0.5 },
  ];
}

const programs = (work: string) => ({ msx: installed(work), nest: nestIn(work) });

/** Installing what each has created, with a lock file and from npm's cache. `npm ci` refuses the one that npm writes for Nest. */
async function installations(work: string): Promise<Measurement[]> {
  const msx = join(repository, 'node_modules/.cache/msx-packed/bin/run.js');
  const nest = join(work, 'nest/node_modules/@nestjs/cli/bin/nest.js');
  await costOf([nest, 'new', 'app', '--skip-install', '--skip-git', '--package-manager', 'npm'], work);
  await costOf([msx, 'new', 'system', '--skip-install', '--no-git', '--yes'], work);
  npmIn(join(work, 'app'), 'install', '--package-lock-only', ...ADDED);
  const folders = { nest: join(work, 'app'), msx: join(work, 'system') };
  const install = (folder: string) => async () => {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    const started = performance.now();
    npmIn(folder, 'install');
    return performance.now() - started;
  };
  const candidates = { nest: install(folders.nest), msx: install(folders.msx) };
  for (const warmUp of Object.values(candidates)) await warmUp();
  const wall = await compare(candidates, INSTALL_ROUNDS);
  const [ofNest, ofMsx] = [packagesIn(folders.nest), packagesIn(folders.msx)];
  return [
    { what: 'packages of nest new with microservices', value: ofNest },
    { what: 'packages of msx new', value: ofMsx },
    {
      what: 'packages of msx new ÷ nest new with microservices',
      value: ofMsx / ofNest,
      bound: 1.7,
      target: 0.8,
    },
    { what: 'npm install after nest new with microservices, ms', value: wall.nest },
    {
      what: 'npm install after msx new ÷ nest new with microservices, wall',
      value: wall.msx / wall.nest,
      bound: 2,
      target: 0.8,
    },
  ];
}

function npmIn(cwd: string, ...args: string[]): void {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--prefer-offline'];
  execFileSync('npm', [...args, ...quiet], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The packages that npm has installed there; links to workspaces are none. */
function packagesIn(folder: string): number {
  const lock = readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { link?: boolean }> };
  return Object.values(packages).filter(({ link }) => !link).length;
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
