import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE, COMPILED } from './bundling/bundle-file.js';
import { PackageCheck, isBundled, isBundling } from './bundling/bundle-stamp.js';
import { nodeModulesOf } from './bundling/installed-packages.js';
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

/** The services, all up to date, that have no bundle of their dist, if services run from bundles. Read-only. */
export function unbundledServices(system: System, services: readonly Service[]): Service[] {
  if (!isBundling()) return [];
  const check = new PackageCheck(nodeModulesOf(system.root));
  const inputs = new ProjectInputs(system.root);
  return services.filter((service) => !isBundled(service, stampsOf(inputs.closureOf(service.folder)), check));
}

/** The file to run of a service, as it was built last: its bundle, if it has one of that. Relative to its folder. */
export function programFile(system: System, service: Service): string {
  const projects = new ProjectInputs(system.root).closureOf(service.folder);
  const isStamped = projects.every((project) => existsSync(stampOf(project)));
  return isBundling() && isStamped && unbundledServices(system, [service]).length === 0 ? BUNDLE : COMPILED;
}

/** What a service was built from, and to, and where: the stamps of its projects. */
export const stampsOf = (projects: readonly Project[]): string =>
  projects.map((project) => `${project.folder} ${readText(stampOf(project))}`).join('\n');

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
