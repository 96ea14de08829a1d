import { FAILED, INTERRUPTED, WRONG_INPUT, didYouMean, entry } from './entry.js';

/** What can go wrong with any command. */
export const general = {
  NO_SYSTEM: entry(
    WRONG_INPUT,
    ({ folder }: { folder: string }) => `no msx.yaml in ${folder} or any folder above it`,
    'Run msx inside the folder of a system.',
  ),
  CONFIG_INVALID: entry(
    WRONG_INPUT,
    ({ problems }: { problems: { text: string }[] }) => problems.map(({ text }) => text).join('\n'),
    'Correct the places named; editors that know JSON Schema check msx.yaml as you type.',
  ),
  UNKNOWN_SERVICE: entry(
    WRONG_INPUT,
    ({ name }: { name: string; known: string[]; similar?: string }) => `no service "${name}" in msx.yaml`,
    ({ known, similar }) => didYouMean({ similar }) || `There are ${known.join(', ')}.`,
  ),
  UNKNOWN_TOPIC: entry(
    WRONG_INPUT,
    ({ name }: { name: string; known: string[]; similar?: string }) => `no topic "${name}" in msx.yaml`,
    ({ known, similar }) => didYouMean({ similar }) || `There are ${known.join(', ') || 'none'}.`,
  ),
  UNKNOWN_ENVIRONMENT: entry(
    WRONG_INPUT,
    ({ name }: { name: string; known: string[]; similar?: string }) => `no environment "${name}" in msx.yaml`,
    ({ known, similar }) =>
      didYouMean({ similar }) ||
      (known.length ? `There are ${known.join(', ')}.` : 'There is none: add it below environments.'),
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
    ({ what }: { what: string }) => `${what} needs a yes, and there is no terminal to ask on`,
    'Pass --yes.',
  ),
  DISK_FULL: entry(
    FAILED,
    ({ file }: { file?: string }) => `no space is left on the disk${file ? ` of ${file}` : ''}`,
    'Free some space, then run the command again.',
  ),
  NO_ACCESS: entry(
    FAILED,
    ({ file }: { file?: string }) => `no permission to read or write ${file ?? 'a file'}`,
    'Make it yours, or writable, then run the command again.',
  ),
  FILE_UNUSABLE: entry(
    FAILED,
    ({ file = 'a file', reason }: { file?: string; reason: string }) => `cannot use ${file}: ${reason}`,
    'Correct the path, or what is there. MSX_DEBUG=1 shows what msx was doing.',
  ),
  FILE_INVALID: entry(
    WRONG_INPUT,
    ({ file, reason }: { file: string; reason: string }) => `${file} is not valid JSON: ${reason}`,
    'Correct the file, or restore it from git.',
  ),
  FOLDER_GONE: entry(
    WRONG_INPUT,
    (_: object) => 'the current folder no longer exists',
    'Change to a folder that exists, then run the command again.',
  ),
  TOOL_MISSING: entry(
    FAILED,
    (f: { tool: string; reason?: string }) => `cannot run ${f.tool}${f.reason ? `: ${f.reason}` : ''}`,
    'Install it and add it to the PATH; what the system itself depends on is installed by npm ci.',
  ),
  INTERRUPTED: entry(INTERRUPTED, (_: object) => 'interrupted'),
  INTERNAL: entry(
    FAILED,
    ({ reason }: { reason: string }) => `unexpected: ${reason}`,
    'This is a defect of msx. MSX_DEBUG=1 shows where it comes from.',
  ),
};
