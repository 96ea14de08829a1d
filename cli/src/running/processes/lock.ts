import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFile } from '../../model/files/replace-file.js';
import { homeOf, isHome } from './home.js';
import { identityOf, isAlive } from './process-table.js';
import type { Home } from './home.js';
import type { Identity } from './process-table.js';

export type Lock = { release: () => unknown } | { heldBy: Identity };

/** The holder of a lock: the identity of a process, and the folder it works on. */
interface Holder extends Identity {
  home?: Home;
}

/**
 * Lets one process at a time do something with a system. A dead process holds nothing, even if another one has its pid by
 * now; nor does a process that holds the folder which this one was copied from. @returns a function that releases the
 * lock, or else its holder. Throws errno errors.
 */
export function takeLock(root: string, name: 'engine' | 'build'): Lock {
  const mine: Holder = { ...identityOf(process.pid)!, home: homeOf(root) };
  return new Locks(join(root, '.msx'), name).take(mine, (holder) => {
    return isAlive(holder) && (!holder.home || isHome(holder.home, root));
  });
}

/**
 * The files of a lock are numbered: a process that finds the highest one without a live holder creates the next, which
 * only one can. The highest is never deleted, so that no lock can be stolen.
 */
export class Locks {
  readonly #pattern: RegExp;

  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {
    this.#pattern = new RegExp(`^${name}\\.(\\d+)\\.lock$`);
  }

  take(mine: Holder, isHeldBy: (holder: Holder) => boolean): Lock {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    for (;;) {
      const highest = Math.max(0, ...this.#numbers());
      const holder = this.#holderOf(highest);
      // Checked before anything is written, which may be impossible on a full disk.
      if (holder && isHeldBy(holder)) return { heldBy: holder };
      const file = this.#fileOf(highest + 1);
      if (!claimFile(file, JSON.stringify(mine), 0o600)) continue;
      for (const older of this.#numbers()) if (older <= highest) rmSync(this.#fileOf(older), { force: true });
      return { release: () => existsSync(file) && writeFileSync(file, '') };
    }
  }

  #fileOf(number: number): string {
    return join(this.folder, `${this.name}.${number}.lock`);
  }

  #numbers(): number[] {
    return readdirSync(this.folder).flatMap((file) => this.#pattern.exec(file)?.slice(1).map(Number) ?? []);
  }

  /** Undefined if there is no such file, if it was released, and if it has just been replaced by a higher one. */
  #holderOf(number: number): Holder | undefined {
    try {
      return JSON.parse(readFileSync(this.#fileOf(number), 'utf8') || 'null') as Holder | undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
