import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MsxError, asMsxError } from '../errors/msx-error.js';
import { packageFolder } from '../installation.js';
import { closest } from '../system/closest.js';
import { usageReason } from './usage-reason.js';
import type { Interfaces } from '@oclif/core';

/** What oclif throws, as an error of the catalogue; nothing when it only wants to exit. */
export function errorOfOclif(thrown: unknown, command?: string): MsxError | undefined {
  if (thrown instanceof MsxError && thrown.code === 'USAGE')
    return new MsxError('USAGE', { command, ...(thrown as MsxError<'USAGE'>).facts });
  if (!(thrown instanceof Error) || thrown instanceof MsxError) return asMsxError(thrown);
  const exit = exitOf(thrown);
  if (exit !== undefined) {
    process.exitCode = exit;
    return undefined;
  }
  const [, unknown] = /^command (.*) not found$/s.exec(thrown.message) ?? [];
  if (unknown !== undefined) return unknownCommand(unknown.replaceAll(':', ' '));
  return 'oclif' in thrown
    ? new MsxError('USAGE', { reason: usageReason(thrown), command })
    : asMsxError(thrown);
}

/**
 * What parsing a command line threw. Some of oclif's checks, such as that of a number among the arguments, throw plain
 * errors: whatever comes from reading a command line, other than a defect, is a mistake in the command line.
 */
export function errorOfParsing(thrown: unknown, args: Interfaces.ArgInput = {}): unknown {
  const isDefect = thrown instanceof TypeError || thrown instanceof ReferenceError;
  if (!(thrown instanceof Error) || thrown instanceof MsxError || isDefect) return thrown;
  if (exitOf(thrown) !== undefined) return thrown;
  return new MsxError('USAGE', { reason: usageReason(thrown, args) }, { cause: thrown });
}

/** The exit code with which `--help` and its like end a command. */
const exitOf = ({ code, oclif }: Error & { code?: string; oclif?: { exit?: number } }): number | undefined =>
  code === 'EEXIT' ? (oclif?.exit ?? 0) : undefined;

function unknownCommand(command: string): MsxError {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, unknown>;
  };
  const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '));
  return new MsxError('UNKNOWN_COMMAND', { command, similar: closest(command, commands) });
}
