import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from '../build/build-lock.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { loadSystem } from '../../model/system/load-system.js';
import { parseJson, readBytes, readText } from '../../model/system/read-file.js';
import { recoverChanges } from './changes/apply-changes.js';
import { formatterOf } from './changes/formatter.js';
import { LEDGER_FILE, baseFile, parseLedger, unpackBase } from './ledger/ledger.js';
import { isForSlices } from './projection/project-files.js';
import { readTemplates } from './projection/read-templates.js';
import type { System } from '../../model/system/system.js';
import type { Formatter } from './changes/formatter.js';
import type { ProjectState } from './changes/plan-slice.js';
import type { Template } from './projection/marks.js';

export interface GeneratorContextOptions {
  readonly root: string;
  /** The folder of the templates. */
  readonly templates: string;
  /** Aborted when the user interrupts the run. */
  readonly interrupted: AbortSignal;
  /** Default: by the settings of the system. */
  readonly format?: Formatter;
  /** Whether the names of this request are known to be free in the templates. */
  readonly areNamesFree?: boolean;
}

/**
 * Runs `work` on a system while no other msx process changes or builds it. Incomplete changes of a crashed run are
 * rolled back first. Throws NO_SYSTEM and CONFIG_INVALID.
 */
export function withGeneratorContext<T>(
  options: GeneratorContextOptions,
  work: (context: GeneratorContext) => Promise<T>,
): Promise<T> {
  const { root } = options;
  return withBuildLock(root, () => {
    recoverChanges(root);
    return work(new GeneratorContext(loadSystem(root), options));
  });
}

/** The input of a generator: a system, its ledger, and the templates. */
export class GeneratorContext {
  constructor(
    readonly system: System,
    private readonly options: GeneratorContextOptions,
  ) {}

  get interrupted(): AbortSignal {
    return this.options.interrupted;
  }

  get areNamesFree(): boolean {
    return this.options.areNamesFree ?? false;
  }

  readonly read = (path: string): string | undefined => {
    const file = join(this.system.root, path);
    return existsSync(file) ? readText(file) : undefined;
  };

  /** Throws LEDGER_INVALID. */
  async state(): Promise<ProjectState> {
    const ledger = parseLedger(this.read(LEDGER_FILE));
    const format = this.options.format ?? (await formatterOf(this.system.root));
    return { read: this.read, ledger, format };
  }

  /** Throws TEMPLATE_INVALID. */
  templates(...folders: string[]): Template[] {
    return folders.flatMap((folder) => readTemplates(this.options.templates, folder));
  }

  /** The templates for slices of existing services. Throws TEMPLATE_INVALID. */
  sliceTemplates(): Template[] {
    return this.templates('service', 'gateway').filter(isForSlices);
  }

  /** The text of a file as msx wrote it. Throws LEDGER_INVALID when it is missing. */
  base(hash: string): string {
    const file = baseFile(hash);
    try {
      return unpackBase(readBytes(join(this.system.root, file)));
    } catch (error) {
      throw new MsxError('LEDGER_INVALID', { file, reason: (error as Error).message }, { cause: error });
    }
  }

  /** Whether the lock file (or node_modules, if there is none) contains a package of that name. */
  isInstalled(name: string): boolean {
    const text = this.read('package-lock.json') ?? '{}';
    const { packages } = parseJson<{ packages?: object }>(text, 'package-lock.json');
    if (packages) return Object.hasOwn(packages, `node_modules/${name}`);
    return existsSync(join(this.system.root, 'node_modules', name));
  }

  /** The protobuf packages of the existing contracts. */
  packages(): string[] {
    const { protoFolder } = this.system;
    const files = existsSync(protoFolder) ? readdirSync(protoFolder) : [];
    return files
      .filter((file) => file.endsWith('.proto'))
      .flatMap((file) => /^package ([\w.]+);/m.exec(readText(join(protoFolder, file)))?.[1] ?? []);
  }
}
