import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buf } from './buf.js';
import { checkTopics } from './compile.js';
import { filesFor, wantedBy } from './contract-files.js';
import { filesOfSet, setOf } from './descriptor-set.js';
import { checkOptions, generatorTemplate } from './generator.js';
import { replaceFolder } from './replace-folder.js';
import { inputHash, staleStubs, stampFile, stubFolder, stubOf } from './stub-stamp.js';
import type { DescribedFile } from './descriptor-set.js';
import type { Stamp } from './stub-stamp.js';
import type { Service, System } from '../system/system.js';

const DESCRIPTOR = 'descriptor.binpb';

/**
 * Brings the typed stubs and the descriptor in `src/gen` of the services up to date with the contracts, and
 * answers the services it wrote anew. Throws PROTO_INVALID, and then has changed nothing.
 */
export async function generateStubs(system: System, services = system.services): Promise<Service[]> {
  const stale = staleStubs(system, services);
  if (stale.length === 0) return [];
  checkOptions(system);
  // Beside the system, so that moving what is made into place is a rename on the same disk.
  mkdirSync(join(system.root, '.msx'), { recursive: true });
  const work = mkdtempSync(join(system.root, '.msx/gen-'));
  try {
    const template = generatorTemplate(system, join(work, 'all'));
    const [compiled, generated] = await Promise.allSettled([
      describe(system, join(work, DESCRIPTOR)),
      buf(system, ['generate', '--template', template, '--include-imports', '--include-wkt', ...AS_JSON]),
    ]);
    if (compiled.status === 'rejected') throw compiled.reason;
    if (generated.status === 'rejected') throw generated.reason;
    for (const service of stale) generateFor(service, { system, all: compiled.value, work });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return stale;
}

const AS_JSON = ['--error-format', 'json'];

/** All contracts, compiled. Throws PROTO_INVALID. */
async function describe(system: System, file: string): Promise<DescribedFile[]> {
  await buf(system, ['build', '--as-file-descriptor-set', '-o', file, ...AS_JSON]);
  const all = filesOfSet(readFileSync(file));
  checkTopics(system, all);
  return all;
}

function generateFor(
  service: Service,
  { system, all, work }: { system: System; all: DescribedFile[]; work: string },
): void {
  const files = filesFor(wantedBy(system, service), all);
  const stamp: Stamp = { hash: inputHash(system, service, files), files };
  const fresh = join(work, service.name);
  for (const file of files) cpSync(join(work, 'all', stubOf(file)), join(fresh, stubOf(file)));
  writeFileSync(join(fresh, DESCRIPTOR), setOf(all.filter(({ name }) => files.includes(name))));
  writeFileSync(join(fresh, stampFile), JSON.stringify(stamp, null, 2) + '\n');
  const target = stubFolder(service);
  mkdirSync(dirname(target), { recursive: true });
  replaceFolder(fresh, target);
}
