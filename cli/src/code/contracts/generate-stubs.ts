import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from '../../model/system/read-file.js';
import { buf } from './buf.js';
import { checkTopics } from './compile-contracts.js';
import { filesFor, contractNeedsOf } from './contract-files.js';
import { correctStub } from './correct-stubs.js';
import { describeContracts } from './describe-contracts.js';
import { filesOfSet, setOf } from './descriptor-set.js';
import { checkOptions, generatorTemplate } from './generator.js';
import { replaceFolder } from '../../model/files/replace-folder.js';
import { hashOfStubs, inputHash, staleStubs, stampFile, stubFolder, stubOf } from './stub-stamp.js';
import type { DescribedFile } from './descriptor-set.js';
import type { Stamp } from './stub-stamp.js';
import type { Service, System } from '../../model/system/system.js';

const DESCRIPTOR = 'descriptor.binpb';

/**
 * Brings the typed stubs and the descriptor in `src/gen` of the services up to date with the contracts. Returns the
 * services whose stubs were regenerated. Throws PROTO_INVALID without changing anything.
 */
export async function generateStubs(system: System, services = system.services): Promise<Service[]> {
  const stale = staleStubs(system, services);
  if (stale.length === 0) return [];
  checkOptions(system);
  // In the folder of the system, so that moving the output into place is a rename on the same disk.
  mkdirSync(join(system.root, '.msx'), { recursive: true, mode: 0o700 });
  const work = mkdtempSync(join(system.root, '.msx/gen-'));
  try {
    const template = generatorTemplate(system, join(work, 'all'));
    const [compiled, generated] = await Promise.allSettled([
      describe(system, work),
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
async function describe(system: System, work: string): Promise<DescribedFile[]> {
  const all = filesOfSet(await describeContracts(system, work));
  checkTopics(system, all);
  return all;
}

function generateFor(
  service: Service,
  { system, all, work }: { system: System; all: DescribedFile[]; work: string },
): void {
  const files = filesFor(contractNeedsOf(system, service), all);
  const hash = inputHash(system, service, files);
  const fresh = join(work, service.name);
  for (const file of files) {
    const stub = join(fresh, stubOf(file));
    mkdirSync(dirname(stub), { recursive: true });
    writeFileSync(stub, correctStub(readText(join(work, 'all', stubOf(file)))));
  }
  writeFileSync(join(fresh, DESCRIPTOR), setOf(all.filter(({ name }) => files.includes(name))));
  const stamp: Stamp = { hash, files, made: hashOfStubs(fresh) };
  writeFileSync(join(fresh, stampFile), JSON.stringify(stamp, null, 2) + '\n');
  const target = stubFolder(service);
  mkdirSync(dirname(target), { recursive: true });
  replaceFolder(fresh, target);
}
