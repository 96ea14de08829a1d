import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { staleStubs } from '../contracts/stub-stamp.js';
import { outputHash } from './outputs.js';
import { buildFaultOf } from './project-fault.js';
import { ProjectInputs } from './project-inputs.js';
import { readText } from '../../model/system/read-file.js';
import type { Project } from './project-inputs.js';
import type { Service, System } from '../../model/system/system.js';

/** The file with the hashes of the inputs and outputs of the last build, stored in dist. */
export const stampOf = ({ folder }: { folder: string }): string => join(folder, 'dist/.stamp');

/** The content of the stamp after a build with these inputs. */
export const stampText = (inputs: string, project: Project): string =>
  `${inputs} ${outputHash(project.folder)}`;

/** The services whose dist does not match their contracts, sources and settings. Read-only. */
export function staleServices(system: System, services = system.services): Service[] {
  const inputs = new ProjectInputs(system.root);
  const fresh = new Map<Project, boolean>();
  const isFresh = (project: Project) => {
    if (!fresh.has(project)) fresh.set(project, isBuilt(project, inputs));
    return fresh.get(project)!;
  };
  const withStaleStubs = new Set(staleStubs(system, services));
  return services.filter(
    (service) => withStaleStubs.has(service) || !inputs.closureOf(service.folder).every(isFresh),
  );
}

/** The outputs in dist are checked as well: they may have been edited, deleted or partly replaced since. */
function isBuilt(project: Project, inputs: ProjectInputs): boolean {
  const stamp = stampOf(project);
  if (buildFaultOf(inputs.root, project) || !existsSync(stamp)) return false;
  return readText(stamp) === stampText(inputs.hashOf(project.folder), project);
}

/** Whether dist still holds the output of the last build; otherwise its .tsbuildinfo is wrong. */
export function isUnchangedSinceBuild(project: Project): boolean {
  const stamp = stampOf(project);
  return existsSync(stamp) && readText(stamp).endsWith(` ${outputHash(project.folder)}`);
}
