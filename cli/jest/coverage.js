/**
 * Runs Jest and tells how much of the sources ran: in Jest's own processes and in all that the tests start, which Jest
 * alone takes for nothing. The arguments are Jest's; `--then` begins those of a further run, after the first.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jestPackage } from './jest-package.js';
import { Recordings } from './recordings.js';

const { createCoverageMap } = jestPackage('@jest/reporters', 'istanbul-lib-coverage');
const { createContext } = jestPackage('@jest/reporters', 'istanbul-lib-report');
const { create } = jestPackage('@jest/reporters', 'istanbul-reports');

const root = process.cwd();
const jest = createRequire(join(root, 'package.json')).resolve('jest/bin/jest');
const folder = join(root, 'coverage');
const recordings = new Recordings(root, join(folder, 'processes'));

rmSync(folder, { recursive: true, force: true });
mkdirSync(recordings.folder, { recursive: true });
const collecting = recordings.collect();
const runs = runsOf(process.argv.slice(2));
const codes = [];
for (const [n, args] of runs.entries()) codes.push(await run(args, join(folder, `run-${n}`)));
recordings.end();
await collecting;

const coverage = createCoverageMap();
for (const n of runs.keys()) merge(jestReport(n));
for (const each of await recordings.bySource()) merge(each);
const context = createContext({ dir: folder, coverageMap: coverage });
for (const report of ['json-summary', 'lcov', 'text-summary']) create(report).execute(context);
process.exitCode = Math.max(...codes);

async function run(args, into) {
  const flags = ['--experimental-vm-modules', '--no-warnings'];
  const options = ['--coverage', '--coverageProvider=v8', '--coverageReporters=json'];
  const environment = fileURLToPath(new URL('environment.js', import.meta.url));
  const all = [...flags, jest, ...args, ...options, `--coverageDirectory=${into}`, `--env=${environment}`];
  const env = { ...process.env, MSX_COVERAGE: recordings.folder };
  const [code] = await once(spawn(process.execPath, all, { env, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

function runsOf(args) {
  const at = args.indexOf('--then');
  return at < 0 ? [args] : [args.slice(0, at), ...runsOf(args.slice(at + 1))];
}

function jestReport(n) {
  try {
    return JSON.parse(readFileSync(join(folder, `run-${n}/coverage-final.json`), 'utf8'));
  } catch {
    // It broke off before it had anything to say.
    return {};
  }
}

/** Of the sources that Jest was told of, and no other. */
function merge(report) {
  const known = new Set(coverage.files());
  const files = Object.entries(report).filter(([file]) => known.size === 0 || known.has(file));
  coverage.merge(Object.fromEntries(files));
}
