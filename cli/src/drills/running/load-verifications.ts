import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MsxError } from '../../terminal/errors/msx-error.js';
import type { Verification } from '@msx/runtime';
import type { Service, System } from '../../model/system/system.js';

/** Where a service declares how it is verified; in `src`, with `.ts`. */
const FILE = 'verification/verification.js';

export interface ServiceVerification {
  readonly service: Service;
  readonly verification: Verification;
}

/** What built services declare about their verification. Throws VERIFICATION_INVALID. */
export async function loadVerifications({ services }: System): Promise<ServiceVerification[]> {
  const loaded = await Promise.all(services.map(loadVerification));
  return loaded.filter((each) => each !== undefined);
}

async function loadVerification(service: Service): Promise<ServiceVerification | undefined> {
  const file = join(service.folder, 'dist', FILE);
  if (!existsSync(file)) return undefined;
  const facts = { service: service.name, file: join(service.path, 'src', FILE.replace(/js$/, 'ts')) };
  try {
    const { verification } = (await import(pathToFileURL(file).href)) as { verification?: Verification };
    if (verification) return { service, verification };
  } catch (error) {
    throw new MsxError('VERIFICATION_INVALID', { ...facts, reason: (error as Error).message });
  }
  throw new MsxError('VERIFICATION_INVALID', { ...facts, reason: 'it has no export named verification' });
}
