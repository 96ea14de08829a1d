import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import { ProjectInputs, sourcesOf } from './project-inputs.js';
import { isCompiled, missingOutputs, stampOf, staleServices } from './stale.js';
import type { Service, System } from '../system/system.js';

/**
 * Brings the dist of the services up to date, stubs first, and answers the services that were not, even if somebody
 * else has built them meanwhile: who asks may run what they were before. Throws PROTO_INVALID and BUILD_FAILED. What is
 * up to date costs reading it and nothing else.
 */
export async function buildStale(system: System, services = system.services): Promise<Service[]> {
  const asked = staleServices(system, services);
  if (asked.length === 0) return [];
  const { withBuildLock } = await import('./build-lock.js');
  return withBuildLock(system.root, async () => {
    const stale = staleServices(system, services);
    if (stale.length > 0) await build(system, stale);
    return services.filter((service) => asked.includes(service) || stale.includes(service));
  });
}

async function build(system: System, services: Service[]): Promise<void> {
  const [{ generateStubs }, { compile }] = await Promise.all([
    import('../contracts/generate-stubs.js'),
    import('./compiler.js'),
  ]);
  await generateStubs(system, services);
  // Taken before compiling: an edit made meanwhile makes the service stale again.
  const inputs = new ProjectInputs(system.root);
  const hashes = new Map(services.map((service) => [service, inputs.hashOf(service.folder)]));
  for (const service of services) {
    makeCompilerLookAgain(service);
    // The compiler writes what has errors, too: until it has succeeded, dist is not what any sources make.
    rmSync(stampOf(service), { force: true });
  }
  const { failed, output } = await compile(system, services);
  const done = services.filter((service) => !failed.includes(service));
  for (const service of done) {
    removeOrphans(service);
    copyOthers(service);
    writeFileSync(stampOf(service), hashes.get(service)!);
  }
  if (failed.length > 0)
    throw new MsxError('BUILD_FAILED', { services: namesOf(failed), built: namesOf(done), output });
}

const namesOf = (services: Service[]) => services.map(({ name }) => name);

/** The compiler trusts its notes on what it wrote; what has gone since it would not write again. */
function makeCompilerLookAgain(service: Service): void {
  if (missingOutputs(service).some((file) => file.endsWith('.js')))
    rmSync(join(service.folder, 'dist/.tsbuildinfo'), { force: true });
}

/** What sources that are no more were compiled to. */
function removeOrphans({ folder }: Service): void {
  const dist = join(folder, 'dist');
  const modules = new Set(
    sourcesOf(folder)
      .filter(isCompiled)
      .map((source) => source.replace(/\.ts$/, '')),
  );
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const file = relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/');
    const [, module] = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(file) ?? [];
    if (entry.isFile() && module !== undefined && !modules.has(module)) rmSync(join(dist, file));
  }
}

/** What is read beside the code at run time: descriptors, pages. */
function copyOthers({ folder }: Service): void {
  for (const source of sourcesOf(folder).filter((source) => !isCompiled(source)))
    cpSync(join(folder, 'src', source), join(folder, 'dist', source));
}
