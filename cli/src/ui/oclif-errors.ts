import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MsxError, asMsxError } from '../errors/msx-error.js';
import { packageFolder } from '../installation.js';
import { closest } from '../system/closest.js';

/** What oclif throws about a command line, as an error of the catalogue; nothing when it only wants to exit. */
export function errorOfOclif(thrown: unknown, command?: string): MsxError | undefined {
  if (thrown instanceof MsxError && thrown.code === 'USAGE')
    return new MsxError('USAGE', { command, ...(thrown as MsxError<'USAGE'>).facts });
  if (!(thrown instanceof Error) || thrown instanceof MsxError) return asMsxError(thrown);
  const { code, oclif } = thrown as Error & { code?: string; oclif?: { exit?: number } };
  if (code === 'EEXIT') {
    process.exitCode = oclif?.exit ?? 0;
    return undefined;
  }
  const [, unknown] = /^command (.*) not found$/.exec(thrown.message) ?? [];
  if (unknown !== undefined) return unknownCommand(unknown.replaceAll(':', ' '));
  return oclif ? new MsxError('USAGE', { reason: usageText(thrown), command }) : asMsxError(thrown);
}

function unknownCommand(command: string): MsxError {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, unknown>;
  };
  const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '));
  return new MsxError('UNKNOWN_COMMAND', { command, similar: closest(command, commands) });
}

/** oclif puts its own hint about --help behind the reason. */
const usageText = ({ message }: Error) =>
  message
    .replace(/\n?See more help with --help/, '')
    .replace(/^Parsing (--[\w-]+)\s+Expected/, '$1: expected')
    .replace(/^Parsing --/, '--')
    .trim();
