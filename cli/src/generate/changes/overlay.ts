import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Changes } from './changes.js';

/**
 * Calls back with a folder that looks like the system with the changes made: whatever does not change is linked. So
 * what follows from files can be asked before any of them is written.
 */
export function withOverlay<T>(root: string, changes: Changes, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'msx-overlay-'));
  try {
    lay(
      root,
      folder,
      [...changes].map(([path, content]) => ({ parts: path.split('/'), content })),
    );
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Change {
  readonly parts: readonly string[];
  readonly content: string | Buffer | null;
}

function lay(from: string, to: string, changes: readonly Change[]): void {
  const touched = new Map<string, Change[]>();
  for (const { parts, content } of changes) {
    const [name = '', ...rest] = parts;
    touched.set(name, [...(touched.get(name) ?? []), { parts: rest, content }]);
  }
  for (const name of existsSync(from) ? readdirSync(from) : [])
    if (!touched.has(name)) symlinkSync(join(from, name), join(to, name));
  for (const [name, inside] of touched) layOne(join(from, name), join(to, name), inside);
}

function layOne(from: string, to: string, changes: readonly Change[]): void {
  const [file] = changes.filter(({ parts }) => parts.length === 0);
  if (file) return void (file.content !== null && writeFileSync(to, file.content));
  mkdirSync(to);
  lay(from, to, changes);
  // A folder that loses its last file goes with it.
  if (readdirSync(to).length === 0) rmSync(to, { recursive: true });
}
