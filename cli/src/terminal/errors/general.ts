import { basename, dirname, isAbsolute } from 'node:path';
import { FAILED, INTERRUPTED, WRONG_INPUT, available, didYouMean, entry } from './entry.js';

export interface FullDisk {
  /** The file that was being written: its path, or a name such as `standard output`. */
  file?: string | undefined;
  /** The folder that was being written to, if the file is not known. */
  folder?: string | undefined;
  /** Free space in bytes. */
  free?: number | undefined;
}

function fullDiskText({ file, folder, free }: FullDisk): string {
  if (file && !isAbsolute(file)) return `no space is left on the disk of ${file}`;
  const where = file ? dirname(file) : folder;
  if (!where) return 'no space is left on the disk';
  const left = free === undefined ? '' : ` (${Math.floor(free / 1_000)} kB free)`;
  return `no space is left in ${where}${left}: ${file ? basename(file) : 'something'} was not written`;
}

/** Errors of any command. */
export const general = {
  NO_SYSTEM: entry(
    WRONG_INPUT,
    ({ folder }: { folder: string }) => `no msx.yaml in ${folder} or any folder above it`,
    'Run msx inside the folder of a system.',
  ),
  CONFIG_INVALID: entry(
    WRONG_INPUT,
    ({ problems }: { problems: { text: string }[] }) => problems.map(({ text }) => text).join('\n'),
    'Fix the problems listed above; editors that support JSON Schema check msx.yaml as you type.',
  ),
  UNKNOWN_SERVICE: entry(
    WRONG_INPUT,
    ({ name }: { name: string; known: string[]; similar?: string }) => `no service "${name}" in msx.yaml`,
    ({ known, similar }) => didYouMean({ similar }) || available(known),
  ),
  UNKNOWN_TOPIC: entry(
    WRONG_INPUT,
    ({ name }: { name: string; known: string[]; similar?: string }) => `no topic "${name}" in msx.yaml`,
    ({ known, similar }) => didYouMean({ similar }) || available(known),
  ),
  UNKNOWN_ENVIRONMENT: entry(
    WRONG_INPUT,
    ({ name }: { name: string; known: string[]; similar?: string }) => `no environment "${name}" in msx.yaml`,
    ({ known, similar }) =>
      didYouMean({ similar }) ||
      (known.length ? available(known) : 'None are defined: add one under environments.'),
  ),
  UNKNOWN_COMMAND: entry(
    WRONG_INPUT,
    ({ command }: { command: string; similar?: string }) => `no command "msx ${command}"`,
    ({ similar }) => (similar ? `Did you mean "msx ${similar}"?` : 'See msx --help.'),
  ),
  USAGE: entry(
    WRONG_INPUT,
    ({ reason }: { reason: string; command?: string }) => reason,
    ({ command }) => `See msx ${command ? command + ' ' : ''}--help.`,
  ),
  CONFIRMATION_NEEDED: entry(
    WRONG_INPUT,
    ({ what }: { what: string; flag?: string }) => `${what} needs confirmation, but this is not a terminal`,
    ({ flag = '--yes' }) => `Pass ${flag}.`,
  ),
  DISK_FULL: entry(FAILED, (f: FullDisk) => fullDiskText(f), 'Free some space, then run the command again.'),
  NO_ACCESS: entry(
    FAILED,
    ({ file }: { file?: string }) => `no permission to read or write ${file ?? 'a file'}`,
    'Change its owner or permissions, then run the command again.',
  ),
  FILE_UNUSABLE: entry(
    FAILED,
    ({ file = 'a file', reason }: { file?: string; reason: string }) => `cannot use ${file}: ${reason}`,
    'Fix the path or the file. MSX_DEBUG=1 shows what msx was doing.',
  ),
  FILE_INVALID: entry(
    WRONG_INPUT,
    ({ file, line, column, reason }: { file: string; line?: number; column?: number; reason: string }) =>
      `${line === undefined ? file : `${file}:${line}:${column}`} is not valid JSON: ${reason}`,
    'Fix the file, or restore it from git.',
  ),
  FOLDER_GONE: entry(
    WRONG_INPUT,
    (_: object) => 'the current folder no longer exists',
    'Change to a folder that exists, then run the command again.',
  ),
  TOOL_MISSING: entry(
    FAILED,
    (f: { tool: string; reason?: string }) => `cannot run ${f.tool}${f.reason ? `: ${f.reason}` : ''}`,
    'Install it and add it to the PATH; npm ci installs the dependencies of the system.',
  ),
  TOOL_SILENT: entry(
    FAILED,
    (f: { tool: string; seconds: number }) =>
      `${f.tool} did not finish within ${f.seconds} s and was terminated`,
    'It may be waiting for a disk, a network or a lock: run it by hand to find out.',
  ),
  INTERRUPTED: entry(INTERRUPTED, (_: object) => 'interrupted'),
  INTERNAL: entry(
    FAILED,
    ({ reason }: { reason: string }) => `unexpected: ${reason}`,
    'This is a bug in msx. MSX_DEBUG=1 shows where it occurred.',
  ),
};
