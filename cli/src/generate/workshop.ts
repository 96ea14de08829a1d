import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import { recover } from './changes/apply-changes.js';
import { formatterOf } from './changes/formatter.js';
import { LEDGER_FILE, baseFile, parseLedger, unpackBase } from './ledger/ledger.js';
import { readTemplates } from './projection/read-templates.js';
import { serviceModel } from './service/service-model.js';
import { serviceSlices } from './service/service-slice.js';
import type { System } from '../system/system.js';
import type { Ground } from './changes/plan-slice.js';
import type { Slice } from './slice.js';
import type { ServiceWish } from './service/service-wish.js';

/** Where generating reads: a system, its ledger, and the templates. Writes nothing but what `recover` puts back. */
export class Workshop {
  constructor(
    private readonly system: System,
    private readonly templates: string,
  ) {
    recover(system.root);
  }

  readonly read = (path: string): string | undefined => {
    const file = join(this.system.root, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };

  /** Throws LEDGER_INVALID. */
  async ground(): Promise<Ground> {
    const format = await formatterOf(this.system.root);
    return { read: this.read, ledger: parseLedger(this.read(LEDGER_FILE)), format };
  }

  /** What a wish for a service comes down to. Throws all that is wrong with it. */
  service(wish: ServiceWish, { ledger }: Ground): Slice[] {
    const model = serviceModel(this.system, wish, { ledger, packages: this.packages() });
    const templates = ['service', 'proto', 'gateway'].flatMap((folder) =>
      readTemplates(this.templates, folder),
    );
    return serviceSlices(model, wish, {
      system: this.system,
      templates: templates.filter(({ file }) => file !== 'proto/buf.yaml'),
      has: (path) => existsSync(join(this.system.root, path)),
    });
  }

  /** The text of a file as msx wrote it. Throws LEDGER_INVALID when it is gone. */
  base(hash: string): string {
    const file = baseFile(hash);
    try {
      return unpackBase(readFileSync(join(this.system.root, file)));
    } catch (error) {
      throw new MsxError('LEDGER_INVALID', { file, reason: (error as Error).message }, { cause: error });
    }
  }

  private packages(): string[] {
    const { protoFolder } = this.system;
    const files = existsSync(protoFolder)
      ? readdirSync(protoFolder).filter((file) => file.endsWith('.proto'))
      : [];
    return files.flatMap(
      (file) => /^package ([\w.]+);/m.exec(readFileSync(join(protoFolder, file), 'utf8'))?.[1] ?? [],
    );
  }
}
