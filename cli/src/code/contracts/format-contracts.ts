import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { bufResult, problemsInText } from './buf.js';
import { replaceFile } from '../../model/files/replace-file.js';
import { readBytes, readText } from '../../model/system/read-file.js';
import type { System } from '../../model/system/system.js';

export interface Unformatted {
  /** Relative to the root. */
  readonly file: string;
  /** The text as buf formats it. */
  readonly text: string;
}

/** The contracts that are not formatted as buf formats them. Throws PROTO_INVALID for a file that cannot be parsed. */
export async function unformattedContracts(system: System): Promise<Unformatted[]> {
  const { root, protoFolder } = system;
  const work = mkdtempSync(join(tmpdir(), 'msx-format-'));
  try {
    const { code, stderr } = await bufResult(system, ['format', '--output', work]);
    if (code !== 0) throw failure(system, stderr);
    const files = readdirSync(work, { recursive: true }) as string[];
    return files
      .filter((file) => file.endsWith('.proto') && existsSync(join(protoFolder, file)))
      .map((file) => ({ file, text: withLineFeeds(readText(join(work, file))) }))
      .filter(({ file, text }) => withLineFeeds(readText(join(protoFolder, file))) !== text)
      .map(({ file, text }) => ({ file: relative(root, join(protoFolder, file)), text }))
      .sort((a, b) => (a.file < b.file ? -1 : 1));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

export function writeFormatted({ root }: System, files: readonly Unformatted[]): void {
  for (const { file, text } of files) replaceFile(join(root, file), writtenLike(join(root, file), text));
}

/** Line endings and the byte order mark are not part of the formatting: git and editors manage them. */
function writtenLike(file: string, text: string): string {
  const before = readBytes(file).toString('utf8');
  const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  return mark + (before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text);
}

const withLineFeeds = (text: string): string => text.replaceAll('\r\n', '\n');

function failure(system: System, stderr: string): MsxError {
  const problems = problemsInText(stderr, system);
  if (problems.length > 0) return new MsxError('PROTO_INVALID', { problems });
  return new MsxError('TOOL_MISSING', { tool: 'buf', reason: stderr.trim() });
}
