import { rmSync, writeFileSync } from 'node:fs';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { isBundling } from './bundling/bundle-stamp.js';
import { missingOutputs, tidyOutputs } from './outputs.js';
import { buildFaultOf } from './project-fault.js';
import { ProjectInputs } from './project-inputs.js';
import {
  isUnchangedSinceBuild,
  stampOf,
  stampText,
  stampsOf,
  staleServices,
  unbundledServices,
} from './stale.js';
import type { Compilation } from './compiler.js';
import type { Project } from './project-inputs.js';
import type { Service, System } from '../../model/system/system.js';

/**
 * Brings the stubs and the dist of the services up to date. Returns the services that were stale, even if another
 * process has built them meanwhile, as the caller may still run their old code. A project whose build fails keeps its
 * dist. Services that are up to date are only read. Throws PROTO_INVALID, TSCONFIG_INVALID, FILE_INVALID,
 * SOURCES_REFUSED and BUILD_FAILED.
 */
export async function buildStale(system: System, services = system.services): Promise<Service[]> {
  const before = statesOf(system, services);
  if (before.stale.length + before.unbundled.length === 0) return [];
  const { withBuildLock } = await import('./build-lock.js');
  return withBuildLock(system.root, async (waited) => {
    const { stale, unbundled } = waited ? statesOf(system, services) : before;
    if (stale.length > 0) await build(system, stale);
    if (unbundled.length > 0) await bundle(system, unbundled);
    return services.filter((service) => before.stale.includes(service) || stale.includes(service));
  });
}

function statesOf(system: System, services: Service[]) {
  const stale = staleServices(system, services);
  const fresh = services.filter((service) => !stale.includes(service));
  return { stale, unbundled: unbundledServices(system, fresh) };
}

/** The services without a program of their present sources, in the form in which it runs. */
export function withoutProgram(system: System, services: Service[]): Service[] {
  const { stale, unbundled } = statesOf(system, services);
  return services.filter((service) => stale.includes(service) || unbundled.includes(service));
}

async function build(system: System, services: Service[]): Promise<void> {
  const [{ generateStubs }, { compile }] = await Promise.all([
    import('../contracts/generate-stubs.js'),
    import('./compiler.js'),
  ]);
  await generateStubs(system, services);
  // Hashed before compiling: an edit made meanwhile makes the project stale again.
  const inputs = new ProjectInputs(system.root);
  const projects = projectsOf(inputs, services);
  for (const project of projects) {
    const fault = buildFaultOf(system.root, project);
    if (fault) throw fault;
  }
  const hashes = new Map(projects.map((project) => [project, inputs.hashOf(project.folder)]));
  // The compiler trusts its .tsbuildinfo and would not rewrite outputs that have changed since.
  for (const project of projects)
    if (!isUnchangedSinceBuild(project)) rmSync(project.buildInfo, { force: true });
  void prepareBundling().catch(() => undefined);
  const { failed, output } = finish(projects, await compile(system, { services, projects }));
  for (const project of projects)
    if (!failed.includes(project)) writeFileSync(stampOf(project), stampText(hashes.get(project)!, project));
  const isDone = ({ folder }: Service) => !inputs.closureOf(folder).some((each) => failed.includes(each));
  const names = (of: Service[]) => of.map(({ name }) => name);
  const done = services.filter(isDone);
  await bundle(system, done);
  if (done.length < services.length)
    throw new MsxError('BUILD_FAILED', {
      services: names(services.filter((service) => !isDone(service))),
      built: names(done),
      output,
    });
}

async function bundle(system: System, services: Service[]): Promise<void> {
  if (!isBundling()) return;
  const { bundleServices } = await import('./bundling/bundle-services.js');
  const inputs = new ProjectInputs(system.root);
  const stamps = services.map((service) => [service, stampsOf(inputs.closureOf(service.folder))] as const);
  await bundleServices(system, new Map(stamps));
}

/** Loads the bundler and starts its process, which takes as long as a bundle; without effect if that fails. */
async function prepareBundling(): Promise<void> {
  if (!isBundling()) return;
  const { startBundler } = await import('./bundling/bundle-services.js');
  await startBundler();
}

/** The projects of the services and all that they reference, without duplicates. */
const projectsOf = (inputs: ProjectInputs, services: Service[]): Project[] => [
  ...new Set(services.flatMap(({ folder }) => inputs.closureOf(folder))),
];

/** Checks the output of the compiler: a project with missing outputs has failed. */
function finish(projects: Project[], { failed, output }: Compilation): Compilation {
  const compiled = projects.filter((project) => !failed.includes(project));
  for (const { folder } of compiled) tidyOutputs(folder);
  const without = compiled
    .map((project) => ({ project, missing: missingOutputs(project.folder) }))
    .filter(({ missing }) => missing.length > 0);
  const messages = without.map(
    ({ project, missing }) => `${project.folder}/dist: the compiler did not write ${missing.join(', ')}`,
  );
  return {
    failed: [...failed, ...without.map(({ project }) => project)],
    output: [output, ...messages].filter(Boolean).join('\n'),
  };
}
