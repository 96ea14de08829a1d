import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from '../build/build-lock.js';
import { MsxError } from '../errors/msx-error.js';
import { loadSystem } from '../system/load-system.js';
import { parseJson, readBytes, readText } from '../system/read-file.js';
import { recover } from './changes/apply-changes.js';
import { formatterOf } from './changes/formatter.js';
import { LEDGER_FILE, baseFile, parseLedger, unpackBase } from './ledger/ledger.js';
import { readTemplates } from './projection/read-templates.js';
import type { System } from '../system/system.js';
import type { Formatter } from './changes/formatter.js';
import type { Ground } from './changes/plan-slice.js';
import type { Template } from './projection/marks.js';

export interface WorkshopOptions {
  readonly root: string;
  /** The folder of the templates. */
  readonly templates: string;
  /** Aborted when a person wants no more of it. */
  readonly interrupted: AbortSignal;
  /** By the settings of the system unless given. */
  readonly format?: Formatter;
}

/**
 * Works on a system while no other msx changes or builds it. What a run that died left half done is put back first.
 * Throws NO_SYSTEM and CONFIG_INVALID.
 */
export function inWorkshop<T>(
  options: WorkshopOptions,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  const { root } = options;
  return withBuildLock(root, () => {
    recover(root);
    return work(new Workshop(loadSystem(root), options));
  });
}

/** What generating reads: a system, its ledger, and the templates. */
export class Workshop {
  constructor(
    readonly system: System,
    private readonly options: WorkshopOptions,
  ) {}

  get interrupted(): AbortSignal {
    return this.options.interrupted;
  }

  readonly read = (path: string): string | undefined => {
    const file = join(this.system.root, path);
    return existsSync(file) ? readText(file) : undefined;
  };

  /** Throws LEDGER_INVALID. */
  async ground(): Promise<Ground> {
    const ledger = parseLedger(this.read(LEDGER_FILE));
    const format = this.options.format ?? (await formatterOf(this.system.root));
    return { read: this.read, ledger, format };
  }

  /** Throws TEMPLATE_INVALID. */
  templates(...folders: string[]): Template[] {
    return folders.flatMap((folder) => readTemplates(this.options.templates, folder));
  }

  /** The text of a file as msx wrote it. Throws LEDGER_INVALID when it is gone. */
  base(hash: string): string {
    const file = baseFile(hash);
    try {
      return unpackBase(readBytes(join(this.system.root, file)));
    } catch (error) {
      throw new MsxError('LEDGER_INVALID', { file, reason: (error as Error).message }, { cause: error });
    }
  }

  /** Whether the lock file, or without one node_modules, has a package of that name. */
  isInstalled(name: string): boolean {
    const text = this.read('package-lock.json') ?? '{}';
    const { packages } = parseJson<{ packages?: object }>(text, 'package-lock.json');
    if (packages) return Object.hasOwn(packages, `node_modules/${name}`);
    return existsSync(join(this.system.root, 'node_modules', name));
  }

  /** Of the contracts there are. */
  packages(): string[] {
    const { protoFolder } = this.system;
    const files = existsSync(protoFolder) ? readdirSync(protoFolder) : [];
    return files
      .filter((file) => file.endsWith('.proto'))
      .flatMap((file) => /^package ([\w.]+);/m.exec(readText(join(protoFolder, file)))?.[1] ?? []);
  }
}
