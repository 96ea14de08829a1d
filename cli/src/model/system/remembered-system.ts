import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SYSTEM_FILE } from './find-root.js';
import { readText } from './read-file.js';
import type { System } from './system.js';

/** A system, and what it was loaded from: the text of msx.yaml, and which paths existed. */
export interface LoadedFrom {
  readonly text: string;
  readonly paths: Readonly<Record<string, boolean>>;
  readonly system: System;
}

export interface Memory extends LoadedFrom {
  /** The build of msx that loaded it: another one may do so differently. */
  readonly build: string;
}

const memoryFile = (root: string): string => join(root, '.msx/system.json');

/**
 * The system in a folder as it was loaded before, if it would be loaded as the same again. YAML and its checks take longer
 * than all else that a short command does. A memory that cannot be read, or is being written, counts as none.
 */
export function rememberedSystem(root: string, build: string): System | undefined {
  try {
    const { text, paths, system, ...memory } = JSON.parse(readText(memoryFile(root))) as Memory;
    const isAsBefore =
      text === readText(join(root, SYSTEM_FILE)) &&
      memory.build === build &&
      system.root === root &&
      Object.entries(paths).every(([path, existed]) => existsSync(path) === existed);
    return isAsBefore ? system : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a loaded system for `rememberedSystem`, where msx keeps its files already. */
export function rememberSystem(root: string, memory: Memory): void {
  try {
    writeFileSync(memoryFile(root), JSON.stringify(memory), {
      mode: 0o600,
    });
  } catch {
    // A folder that is not there or that belongs to somebody else.
  }
}
