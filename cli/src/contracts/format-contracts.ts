import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import { bufResult, problemsInText } from './buf.js';
import { replaceFile } from './replace-file.js';
import type { System } from '../system/system.js';

export interface Unformatted {
  /** Relative to the root. */
  readonly file: string;
  /** As buf would have it. */
  readonly text: string;
}

/** The contracts that are not laid out as buf does it. Throws PROTO_INVALID for what cannot be read as one. */
export async function unformattedContracts(system: System): Promise<Unformatted[]> {
  const { root, protoFolder } = system;
  const work = mkdtempSync(join(tmpdir(), 'msx-format-'));
  try {
    const { code, stderr } = await bufResult(system, ['format', '--output', work]);
    if (code !== 0) throw failure(system, stderr);
    const files = readdirSync(work, { recursive: true }) as string[];
    return files
      .filter((file) => file.endsWith('.proto') && existsSync(join(protoFolder, file)))
      .map((file) => ({ file, text: readFileSync(join(work, file), 'utf8') }))
      .filter(({ file, text }) => readFileSync(join(protoFolder, file), 'utf8') !== text)
      .map(({ file, text }) => ({ file: relative(root, join(protoFolder, file)), text }))
      .sort((a, b) => (a.file < b.file ? -1 : 1));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

export function writeFormatted({ root }: System, files: readonly Unformatted[]): void {
  for (const { file, text } of files) replaceFile(join(root, file), text);
}

function failure(system: System, stderr: string): MsxError {
  const problems = problemsInText(stderr, system);
  if (problems.length > 0) return new MsxError('PROTO_INVALID', { problems });
  return new MsxError('TOOL_MISSING', { tool: 'buf', reason: stderr.trim() });
}
