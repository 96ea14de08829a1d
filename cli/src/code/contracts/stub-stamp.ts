import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { contractNeedsOf } from './contract-files.js';
import { correctionsText } from './correct-stubs.js';
import { generatorOptions } from './generator.js';
import { hashFolder } from '../../model/system/hash-folder.js';
import { readText } from '../../model/system/read-file.js';
import type { Service, System } from '../../model/system/system.js';

const require = createRequire(import.meta.url);

/** The inputs that the stubs of a service were generated from; stored beside them. */
export interface Stamp {
  hash: string;
  /** The .proto files, imports included. */
  files: string[];
  /** The hash of the generated folder. */
  made: string;
}

export const stubFolder = ({ folder }: Service): string => join(folder, 'src/gen');
export const stampFile = 'inputs.json';
export const stubOf = (protoFile: string): string => protoFile.replace(/\.proto$/, '.ts');

/** The services with contracts whose stubs do not match the current contracts. */
export const staleStubs = (system: System, services: Service[]): Service[] =>
  services.filter((service) => hasContracts(system, service) && !isFresh(system, service));

function hasContracts(system: System, service: Service): boolean {
  const { files, messages } = contractNeedsOf(system, service);
  return files.length + messages.length > 0;
}

/**
 * Whether neither the inputs nor the stubs have changed. Unchanged inputs also mean that the same files are needed; the
 * stubs are checked because a branch switch, a merge or an editor can leave others behind.
 */
function isFresh(system: System, service: Service): boolean {
  const folder = stubFolder(service);
  const stamp = readStamp(join(folder, stampFile));
  if (!stamp || stamp.hash !== inputHash(system, service, stamp.files)) return false;
  return stamp.made === hashOfStubs(folder);
}

export const hashOfStubs = (folder: string): string => hashFolder(folder, [stampFile]);

function readStamp(file: string): Stamp | undefined {
  try {
    return JSON.parse(readText(file)) as Stamp;
  } catch {
    return undefined;
  }
}

/** The hash of the contracts that the stubs of a service are, or will be, generated from. */
export function contractHash(system: System, service: Service): string {
  const { files } = readStamp(join(stubFolder(service), stampFile)) ?? contractNeedsOf(system, service);
  return inputHash(system, service, files);
}

/**
 * The hash of everything that the stubs depend on. Google's own files are covered by the version of buf, which bundles
 * them.
 */
export function inputHash(system: System, service: Service, files: string[]): string {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(JSON.stringify(value) + '\n');
  add([
    contractNeedsOf(system, service),
    generatorOptions(system),
    correctionsText,
    versionOf('ts-proto'),
    versionOf('@bufbuild/buf'),
  ]);
  for (const file of ['buf.yaml', ...files]) add([file, contentOf(join(system.protoFolder, file))]);
  return hash.digest('hex');
}

const versionOf = (tool: string) => (require(`${tool}/package.json`) as { version: string }).version;
const contentOf = (file: string) => (existsSync(file) ? readText(file) : undefined);
