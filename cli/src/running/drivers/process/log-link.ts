import { lstatSync, mkdirSync, readlinkSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { replaceWith } from '../../../model/files/replace-file.js';
import { readRunFile } from '../../engine/control/run-file.js';
import { isAlive } from '../../processes/process-table.js';

/**
 * Creates a link to a log in a shared folder. An existing link of another user, or of another running system, is left
 * alone. An own file of that name is renamed to `<link>.old`. Never throws: the log is usable without its link.

 */
export function createLink(link: string, log: string): void {
  try {
    mkdirSync(dirname(link), { recursive: true });
    if (isFree(link, log)) replaceWith(link, (fresh) => symlinkSync(log, fresh));
  } catch {
    // For example, in a folder without write permission.
  }
}

/** Whether the link may be created, and does not exist already. */
function isFree(link: string, log: string): boolean {
  const stat = lstatSync(link, { throwIfNoEntry: false });
  if (!stat) return true;
  if (stat.uid !== process.getuid!() || stat.isDirectory()) return false;
  if (!stat.isSymbolicLink()) return (renameSync(link, `${link}.old`), true);
  const target = resolve(dirname(link), readlinkSync(link));
  return target !== log && !isOfRunningSystem(target);
}

/** Logs that have links are in `<root>/.msx/logs`. */
function isOfRunningSystem(log: string): boolean {
  const run = readRunFile(resolve(dirname(log), '../..'));
  return run !== undefined && isAlive(run.engine);
}
