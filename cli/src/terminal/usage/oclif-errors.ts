import { join } from 'node:path';
import { MsxError, asMsxError } from '../errors/msx-error.js';
import { packageFolder } from '../../installation.js';
import { closest } from '../../model/system/closest.js';
import { usageReason } from './usage-reason.js';
import { readText } from '../../model/system/read-file.js';
import type { Interfaces } from '@oclif/core';

/** An error thrown by oclif as an error of the catalogue, or undefined if it only means to exit. */
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
 * An error thrown while a command line is parsed. Some checks of oclif, such as that for integer arguments, throw plain
 * errors: unless it is a bug, every error at this stage is a mistake in the command line.
 */
export function errorOfParsing(thrown: unknown, args: Interfaces.ArgInput = {}): unknown {
  const isBug = thrown instanceof TypeError || thrown instanceof ReferenceError;
  if (!(thrown instanceof Error) || thrown instanceof MsxError || isBug) return thrown;
  if (exitOf(thrown) !== undefined) return thrown;
  return new MsxError('USAGE', { reason: usageReason(thrown, args) }, { cause: thrown });
}

/** The exit code with which `--help` and similar flags end a command. */
const exitOf = ({ code, oclif }: Error & { code?: string; oclif?: { exit?: number } }): number | undefined =>
  code === 'EEXIT' ? (oclif?.exit ?? 0) : undefined;

function unknownCommand(command: string): MsxError {
  const manifest = JSON.parse(readText(join(packageFolder, 'oclif.manifest.json'))) as {
    commands: Record<string, unknown>;
  };
  const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '));
  const similar = closest(command, commands) ?? closestInTopic(command, commands);
  return new MsxError('UNKNOWN_COMMAND', { command, similar });
}

/** `msx strat` probably means `msx dev start`: the most common commands come first. */
function closestInTopic(command: string, commands: readonly string[]): string | undefined {
  const ordered = [...commands].sort((a, b) => Number(b.startsWith('dev ')) - Number(a.startsWith('dev ')));
  const verbs = ordered.map((each) => each.split(' ').at(-1)!);
  const found = closest(command, verbs);
  return found && ordered[verbs.indexOf(found)];
}
