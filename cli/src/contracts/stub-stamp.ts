import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { wantedBy } from './contract-files.js';
import { generatorOptions } from './generator.js';
import { readText } from '../system/read-file.js';
import type { Service, System } from '../system/system.js';

const require = createRequire(import.meta.url);

/** What the stubs of a service were made from; kept beside them. */
export interface Stamp {
  hash: string;
  /** The .proto files, imports included. */
  files: string[];
}

export const stubFolder = ({ folder }: Service): string => join(folder, 'src/gen');
export const stampFile = 'inputs.json';
export const stubOf = (protoFile: string): string => protoFile.replace(/\.proto$/, '.ts');

/** The services that stand on contracts and whose stubs are not those of the contracts as they are now. */
export const staleStubs = (system: System, services: Service[]): Service[] =>
  services.filter((service) => hasContracts(system, service) && !isFresh(system, service));

export function hasContracts(system: System, service: Service): boolean {
  const { files, messages } = wantedBy(system, service);
  return files.length + messages.length > 0;
}

/** None of the files it was made from has changed: then neither has which files it needs. */
function isFresh(system: System, service: Service): boolean {
  const folder = stubFolder(service);
  const stamp = readStamp(join(folder, stampFile));
  if (!stamp || stamp.hash !== inputHash(system, service, stamp.files)) return false;
  return stamp.files.every((file) => existsSync(join(folder, stubOf(file))));
}

function readStamp(file: string): Stamp | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Stamp;
  } catch {
    return undefined;
  }
}

/** Everything that the stubs depend on. Google's own files have the version of buf, which carries them. */
export function inputHash(system: System, service: Service, files: string[]): string {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(JSON.stringify(value) + '\n');
  add([
    wantedBy(system, service),
    generatorOptions(system),
    versionOf('ts-proto'),
    versionOf('@bufbuild/buf'),
  ]);
  for (const file of ['buf.yaml', ...files]) add([file, contentOf(join(system.protoFolder, file))]);
  return hash.digest('hex');
}

const versionOf = (tool: string) => (require(`${tool}/package.json`) as { version: string }).version;
const contentOf = (file: string) => (existsSync(file) ? readText(file) : undefined);
