import { plan } from './plan.js';
import { versionOf } from './resource.js';
import type { Hold } from './plan.js';
import type { Status, World } from './resource.js';
import type { Spec } from './spec.js';

/** The engine at one moment, as everyone outside sees it. */
export interface Snapshot {
  engine: { pid: number; startedAt: number };
  now: number;
  resources: ResourceView[];
}

export interface ResourceView extends Status {
  name: string;
  kind: Spec['kind'];
  driver: Spec['run']['driver'];
  wanted: boolean;
  /** The version it should run. */
  target: number;
  needs: Spec['needs'];
  calls: string[];
  ports: number[];
  url?: string;
  log?: string;
  /** What it runs in, if that is a container. */
  container?: string;
  hold?: Hold;
}

export function snapshotOf(world: World, specs: ReadonlyMap<string, Spec>): Omit<Snapshot, 'engine'> {
  const { holds } = plan(world);
  const resources = [...specs.values()].map((spec): ResourceView => {
    const { name, kind, needs, calls, url, run } = spec;
    return {
      ...world.statuses.get(name)!,
      ...{ name, kind, needs, calls, url, driver: run.driver },
      wanted: world.desired.wanted.has(name),
      target: versionOf(world, spec),
      ports: 'ports' in run ? run.ports : [],
      container: run.driver === 'container' ? run.container : undefined,
      log: run.driver === 'external' ? undefined : run.log,
      hold: holds.get(name),
    };
  });
  return { now: world.now, resources };
}
