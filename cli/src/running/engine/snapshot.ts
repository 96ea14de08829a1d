import { plan } from './plan.js';
import { isDown, versionOf } from './resource.js';
import type { Hold } from './plan.js';
import type { Status, World } from './resource.js';
import type { Spec } from './spec.js';

/** The state of the engine at one moment, as seen from outside. */
export interface Snapshot {
  engine: { pid: number; startedAt: number };
  now: number;
  /** Set if the model of the system has changed since it was sent to the engine. */
  model?: { changed: true; problem?: string };
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
  /** Port for a debugger, on 127.0.0.1. */
  inspectPort?: number;
  url?: string;
  log?: string;
  /** The container that it runs in, if any. */
  container?: string;
  hold?: Hold;
}

/** `started`: the specs of current runs, which may have been redefined since. */
export function snapshotOf(
  world: World,
  specs: ReadonlyMap<string, Spec>,
  started: ReadonlyMap<string, Spec>,
): Pick<Snapshot, 'now' | 'resources'> {
  const { holds } = plan(world);
  const resources = [...specs.values()].map((spec): ResourceView => {
    const { name, kind, needs, calls } = spec;
    const status = world.statuses.get(name)!;
    const { url, run } = (!isDown(status) && started.get(name)) || spec;
    return {
      ...status,
      ...{ name, kind, needs, calls, url, driver: run.driver },
      wanted: world.desired.wanted.has(name),
      target: versionOf(world, spec),
      ports: 'ports' in run ? run.ports : [],
      inspectPort: run.driver === 'process' ? run.inspectPort : undefined,
      container: run.driver === 'container' ? run.container : undefined,
      log: run.driver === 'external' ? undefined : run.log,
      hold: holds.get(name),
    };
  });
  return { now: world.now, resources };
}
