import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import { contractHash, stubFolder } from '../contracts/stub-stamp.js';
import { readBytes } from '../../model/system/read-file.js';
import { inputsOf } from './project-inputs.js';
import type { Service, System } from '../../model/system/system.js';

/**
 * A hash of all hand-written inputs of a service's build: the same before and after a build, unless a file was edited
 * meanwhile.
 */
export function fingerprintOf(system: System, service: Service): string {
  const hash = createHash('sha256').update(contractHash(system, service));
  const generated = stubFolder(service) + sep;
  for (const file of inputsOf(system.root, service.folder).files)
    if (!file.startsWith(generated))
      hash.update(`\0${file}\0`).update(existsSync(file) ? readBytes(file) : '');
  return hash.digest('hex');
}
