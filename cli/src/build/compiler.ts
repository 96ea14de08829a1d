import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { MsxError } from '../errors.js';
import type { Service, System } from '../system/system.js';

/** In order of preference: version 7 compiles many times faster than those before. */
const PACKAGES = ['typescript-7', 'typescript'];

/** Compiles the services and what they refer to. Throws BUILD_FAILED with the compiler's own words. */
export async function compile(system: System, services: Service[]): Promise<void> {
  const { execa } = await import('execa');
  const projects = services.map(({ folder }) => relative(system.root, folder));
  const pretty = process.stderr.isTTY ? ['--pretty'] : [];
  const { exitCode, all, failed, shortMessage } = await execa(
    process.execPath,
    [compilerOf(system.root), '-b', ...projects, ...pretty],
    { cwd: system.root, reject: false, all: true, stdin: 'ignore' },
  );
  if (!failed) return;
  if (exitCode === undefined) throw new MsxError('TOOL_MISSING', { tool: 'tsc', reason: shortMessage });
  throw new MsxError('BUILD_FAILED', { services: culprits(all, services), output: all.trim() });
}

function compilerOf(root: string): string {
  const require = createRequire(join(root, 'package.json'));
  for (const name of PACKAGES)
    try {
      const program = join(dirname(require.resolve(`${name}/package.json`)), 'bin/tsc');
      if (existsSync(program)) return program;
    } catch {
      // Not installed: the next may be.
    }
  throw new MsxError('TOOL_MISSING', { tool: 'tsc', reason: 'no typescript is installed' });
}

/** Whose files the errors are in; all, when they are in none's own. */
function culprits(output: string, services: Service[]): string[] {
  const own = services.filter(({ path }) => output.includes(`${path}/`));
  return (own.length > 0 ? own : services).map(({ name }) => name);
}
