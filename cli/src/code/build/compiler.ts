import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { MsxError } from '../../terminal/errors/msx-error.js';
import type { Project } from './project-inputs.js';
import type { Service, System } from '../../model/system/system.js';

/** In order of preference: version 7 compiles many times faster than earlier versions. */
const PACKAGES = ['typescript-7', 'typescript'];

export const COMPILE_TIMEOUT_MS = 600_000;

/** The result of compiling: the projects that failed, and the output of the compiler. */
export interface Compilation {
  failed: Project[];
  output: string;
}

interface CompileRequest {
  services: Service[];
  /** The projects of the services and all that they reference. */
  projects: Project[];
}

/**
 * Compiles the services and the projects they reference. Errors in some projects do not keep the others from being
 * built.
 */
export async function compile(system: System, { services, projects }: CompileRequest): Promise<Compilation> {
  const { execa } = await import('execa');
  const folders = services.map(({ folder }) => relative(system.root, folder));
  const pretty = process.stderr.isTTY ? ['--pretty'] : [];
  const { file, args, isNative } = await compilerOf(system.root);
  const { options = [], env } = isNative ? thriftyFor(services) : {};
  const run = execa(file, [...args, '-b', ...folders, ...options, ...pretty], {
    cwd: system.root,
    env,
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: COMPILE_TIMEOUT_MS,
  });
  const { exitCode, all, failed, shortMessage, timedOut } = await run;
  if (timedOut) throw new MsxError('TOOL_SILENT', { tool: 'tsc', seconds: COMPILE_TIMEOUT_MS / 1_000 });
  if (!failed) return { failed: [], output: '' };
  if (exitCode === undefined) throw new MsxError('TOOL_MISSING', { tool: 'tsc', reason: shortMessage });
  return { failed: failedProjects(all, { root: system.root, projects }), output: all.trim() };
}

/** The compiler installed in a system. Throws TOOL_MISSING. */
export async function compilerOf(root: string): Promise<Program> {
  const require = createRequire(join(root, 'package.json'));
  for (const name of PACKAGES)
    try {
      return await programOf(dirname(require.resolve(`${name}/package.json`)));
    } catch {
      // Not installed: try the next one.
    }
  throw new MsxError('TOOL_MISSING', { tool: 'tsc', reason: 'no typescript is installed' });
}

interface Program {
  file: string;
  args: string[];
  /** Whether it is version 7 or later. */
  isNative: boolean;
}

/** How much the heap of a Go program may grow before its garbage is collected, in percent; Go's own default is 100. */
const HEAP_GROWTH = { one: 'off', several: '400' };

/**
 * The settings with which version 7 needs the least CPU. It would create four type checkers, each of which evaluates the
 * same declarations of packages, and its memory is given back within a second: collecting garbage of one service is as
 * much work as checking an edit.
 */
function thriftyFor({ length }: readonly Service[]) {
  const { GOGC = length === 1 ? HEAP_GROWTH.one : HEAP_GROWTH.several } = process.env;
  return { options: ['--checkers', '1'], env: { GOGC } };
}

/**
 * Version 7 is a native program behind a Node script that looks up its path. Looking it up directly saves starting
 * another Node process for every build.
 */
async function programOf(folder: string): Promise<Program> {
  const locator = join(folder, 'lib/getExePath.js');
  if (!existsSync(locator))
    return { file: process.execPath, args: [join(folder, 'bin/tsc')], isNative: false };
  const { default: getExePath } = (await import(pathToFileURL(locator).href)) as { default: () => string };
  return { file: getExePath(), args: [], isNative: true };
}

/** The projects with errors in their files; all projects when an error is in no project's file or has no file. */
function failedProjects(
  output: string,
  { root, projects }: { root: string; projects: Project[] },
): Project[] {
  const plain = stripVTControlCharacters(output);
  const files = [...plain.matchAll(/^(?:(\S.*?)(?:\(\d+,\d+\): |:\d+:\d+ - ))?error TS/gm)].map(
    ([, file = '']) => file,
  );
  const owners = files.map((file) =>
    projects.find(({ folder }) => resolve(root, file).startsWith(`${folder}/`)),
  );
  if (owners.length === 0 || owners.includes(undefined)) return projects;
  return projects.filter((project) => owners.includes(project));
}
