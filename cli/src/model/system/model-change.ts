import { join } from 'node:path';
import { SYSTEM_FILE } from './find-root.js';
import { isolatedSystem } from './isolated-system.js';
import { loadSystem } from './load-system.js';
import { readText } from './read-file.js';
import type { System } from './system.js';

/** A change to msx.yaml since it was loaded; `problem` says why it can no longer be loaded. */
export interface ModelChange {
  changed: true;
  problem?: string;
}

/** Compares msx.yaml with the loaded system. It is only parsed when its text has changed. */
export class ModelWatch {
  #text: string | undefined;
  #change: ModelChange | undefined;

  constructor(private readonly loaded: System) {}

  check(): ModelChange | undefined {
    const text = textOf(this.loaded.root);
    if (text !== this.#text) this.#change = changeFrom(this.loaded);
    this.#text = text;
    return this.#change;
  }
}

function textOf(root: string): string {
  try {
    return readText(join(root, SYSTEM_FILE));
  } catch {
    return '';
  }
}

/** Comments and formatting do not count as changes, only the resulting model. */
function changeFrom(loaded: System): ModelChange | undefined {
  try {
    const declared = loadSystem(loaded.root);
    const now = loaded.isolated ? isolatedSystem(declared, loaded.isolated) : declared;
    return JSON.stringify(now) === JSON.stringify(loaded) ? undefined : { changed: true };
  } catch (error) {
    return { changed: true, problem: problemOf(error) };
  }
}

function problemOf(error: unknown): string {
  return (error as Error).message.split('\n')[0]!;
}
