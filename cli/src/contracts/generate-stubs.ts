import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buf } from './buf.js';
import { compileWithTopics } from './compile.js';
import { filesFor, wantedBy } from './contract-files.js';
import { checkOptions, generatorTemplate } from './generator.js';
import { replaceFolder } from './replace-folder.js';
import { inputHash, staleStubs, stampFile, stubFolder, stubOf } from './stub-stamp.js';
import type { ProtoFile } from './contract-files.js';
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
  const all = await compileWithTopics(system);
  // Beside the system, so that moving what is made into place is a rename on the same disk.
  mkdirSync(join(system.root, '.msx'), { recursive: true });
  const work = mkdtempSync(join(system.root, '.msx/gen-'));
  try {
    const template = generatorTemplate(system, join(work, 'all'));
    await buf(system, ['generate', '--template', template, ...WITH_IMPORTS]);
    await Promise.all(stale.map((service) => generateFor(service, { system, all, work })));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return stale;
}

const WITH_IMPORTS = ['--include-imports', '--include-wkt', '--error-format', 'json'];

async function generateFor(
  service: Service,
  { system, all, work }: { system: System; all: ProtoFile[]; work: string },
): Promise<void> {
  const files = filesFor(wantedBy(system, service), all);
  const stamp: Stamp = { hash: inputHash(system, service, files), files };
  const fresh = join(work, service.name);
  for (const file of files) cpSync(join(work, 'all', stubOf(file)), join(fresh, stubOf(file)));
  await buf(system, ['build', '--as-file-descriptor-set', '-o', join(fresh, DESCRIPTOR), ...pathsOf(files)]);
  writeFileSync(join(fresh, stampFile), JSON.stringify(stamp, null, 2) + '\n');
  const target = stubFolder(service);
  mkdirSync(dirname(target), { recursive: true });
  replaceFolder(fresh, target);
}

/** Google's files come along as imports; buf knows no paths for them. */
const pathsOf = (files: string[]) =>
  files.filter((file) => !file.startsWith('google/protobuf/')).flatMap((file) => ['--path', file]);
