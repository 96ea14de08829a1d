import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { MsxError } from '../errors/msx-error.js';
import type { Service, System } from '../system/system.js';

/** In order of preference: version 7 compiles many times faster than those before. */
const PACKAGES = ['typescript-7', 'typescript'];

/** How compiling went: the services that failed, none when all is well, and the compiler's own words. */
export interface Compilation {
  failed: Service[];
  output: string;
}

/** Compiles the services and what they refer to. Those without errors are done, whatever becomes of the others. */
export async function compile(system: System, services: Service[]): Promise<Compilation> {
  const { execa } = await import('execa');
  const projects = services.map(({ folder }) => relative(system.root, folder));
  const pretty = process.stderr.isTTY ? ['--pretty'] : [];
  const { file, args } = await compilerOf(system.root);
  const { exitCode, all, failed, shortMessage } = await execa(file, [...args, '-b', ...projects, ...pretty], {
    cwd: system.root,
    reject: false,
    all: true,
    stdin: 'ignore',
  });
  if (!failed) return { failed: [], output: '' };
  if (exitCode === undefined) throw new MsxError('TOOL_MISSING', { tool: 'tsc', reason: shortMessage });
  return { failed: culprits(all, services), output: all.trim() };
}

async function compilerOf(root: string): Promise<Program> {
  const require = createRequire(join(root, 'package.json'));
  for (const name of PACKAGES)
    try {
      return await programOf(dirname(require.resolve(`${name}/package.json`)));
    } catch {
      // Not installed: the next may be.
    }
  throw new MsxError('TOOL_MISSING', { tool: 'tsc', reason: 'no typescript is installed' });
}

interface Program {
  file: string;
  args: string[];
}

/**
 * Version 7 is a native program with a Node script in front, which asks its own package where the program is. Asking
 * the same way saves starting another Node for every build.
 */
async function programOf(folder: string): Promise<Program> {
  const locator = join(folder, 'lib/getExePath.js');
  if (!existsSync(locator)) return { file: process.execPath, args: [join(folder, 'bin/tsc')] };
  const { default: getExePath } = (await import(pathToFileURL(locator).href)) as { default: () => string };
  return { file: getExePath(), args: [] };
}

/** Whose files the errors are in; all, when one is in a file that is none's own, or in none. */
export function culprits(output: string, services: Service[]): Service[] {
  const plain = stripVTControlCharacters(output);
  const files = [...plain.matchAll(/^(?:(\S+?)(?:\(\d+,\d+\): |:\d+:\d+ - ))?error TS/gm)].map(
    ([, file = '']) => file,
  );
  const owners = files.map((file) => services.find(({ path }) => file.startsWith(`${path}/`)));
  if (owners.length === 0 || owners.includes(undefined)) return services;
  return services.filter((service) => owners.includes(service));
}
