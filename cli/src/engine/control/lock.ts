import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^engine\.(\d+)\.lock$/;

export type Lock = { release: () => void } | { heldBy: string };

/**
 * Lets one engine live in a folder. Locks are numbered: whoever finds the highest to be a dead engine's makes the
 * next, which only one can, and the highest is never deleted, so that none can be stolen. Answers what releases the
 * lock when it is now ours, else what the engine that lives has written into its own.
 */
export function takeLock(folder: string, mine: string, lives: (holder: string) => boolean): Lock {
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `engine.lock.${randomUUID()}`);
  writeFileSync(draft, mine);
  try {
    for (;;) {
      const highest = Math.max(0, ...numbersIn(folder));
      const holder = contentOf(fileOf(folder, highest));
      if (holder && lives(holder)) return { heldBy: holder };
      if (!linked(draft, fileOf(folder, highest + 1))) continue;
      for (const older of numbersIn(folder))
        if (older <= highest) rmSync(fileOf(folder, older), { force: true });
      return { release: () => writeFileSync(fileOf(folder, highest + 1), '') };
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

const fileOf = (folder: string, number: number) => join(folder, `engine.${number}.lock`);

/** Of none, or of one that has just made way for a higher, nothing. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

const numbersIn = (folder: string): number[] =>
  readdirSync(folder).flatMap((name) => (NAME.test(name) ? [Number(NAME.exec(name)![1])] : []));

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
