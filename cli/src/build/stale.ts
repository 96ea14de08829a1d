import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { staleStubs } from '../contracts/stub-stamp.js';
import { ProjectInputs, sourcesOf } from './project-inputs.js';
import type { Service, System } from '../system/system.js';

/** What a service was built from; kept beside what it was built into. */
export const stampOf = ({ folder }: Service): string => join(folder, 'dist/.inputs');

/** The services whose dist is not what their contracts, sources and settings make. Reads, changes nothing. */
export function staleServices(system: System, services = system.services): Service[] {
  const inputs = new ProjectInputs(system.root);
  const withStaleStubs = new Set(staleStubs(system, services));
  return services.filter((service) => withStaleStubs.has(service) || !isBuilt(service, inputs));
}

function isBuilt(service: Service, inputs: ProjectInputs): boolean {
  const stamp = stampOf(service);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== inputs.hashOf(service.folder)) return false;
  return missingOutputs(service).length === 0;
}

/** What should be in dist and is not. */
export const missingOutputs = ({ folder }: Service): string[] =>
  sourcesOf(folder)
    .map((source) => join(folder, 'dist', outputOf(source)))
    .filter((output) => !existsSync(output));

export const isCompiled = (source: string): boolean => source.endsWith('.ts') && !source.endsWith('.d.ts');

/** What is not compiled is copied as it is. */
const outputOf = (source: string) => (isCompiled(source) ? source.replace(/\.ts$/, '.js') : source);
