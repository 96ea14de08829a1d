import { tasksOf } from './compose-model.js';
import type { ComposeService } from './compose-model.js';
import type { ContainerView } from './containers.js';

/** The progress of a service that is starting. */
export type Readiness =
  | { readonly state: 'done'; readonly text: string }
  | { readonly state: 'pending'; readonly text: string }
  | { readonly state: 'failed'; readonly text: string; readonly culprit: ContainerView };

/** The engine restarts containers that exit; after this many restarts they count as failed. */
const MAX_RESTARTS = 3;

export interface ExpectedState {
  readonly services: readonly ComposeService[];
  /** Number of containers per service (default: 1). */
  readonly scale: Readonly<Record<string, number>>;
}

/** The readiness of each service, as a pure function of the containers. */
export function readinessOf(
  { services, scale }: ExpectedState,
  containers: readonly ContainerView[],
): Map<string, Readiness> {
  const tasks = tasksOf(services);
  const own = (name: string) => containers.filter(({ service }) => service === name);
  const done = (name: string) => isDone(own(name), { task: tasks.has(name), replicas: scale[name] ?? 1 });
  const readiness = ({ name, dependsOn }: ComposeService): Readiness => {
    if (done(name)) return { state: 'done', text: doneText(name, { task: tasks.has(name), scale }) };
    const culprit = own(name).find((each) => hasFailed(each, tasks.has(name)));
    if (culprit) return { state: 'failed', text: `${name} ${conditionOf(culprit)}`, culprit };
    const waits = dependsOn.filter(({ on }) => !done(on)).map(({ on }) => on);
    const started = own(name).some(({ startedAt }) => startedAt > 0);
    return { state: 'pending', text: pendingText(name, { own: own(name), waits: started ? [] : waits }) };
  };
  return new Map(services.map((service) => [service.name, readiness(service)]));
}

function isDone(own: ContainerView[], { task, replicas }: { task: boolean; replicas: number }): boolean {
  if (task) return own.length > 0 && own.every(({ state, exitCode }) => state === 'exited' && exitCode === 0);
  return own.length === replicas && own.every(isUp);
}

/** A container without a health check is up while it runs. */
export const isUp = ({ state, health }: ContainerView): boolean =>
  state === 'running' && (health === undefined || health === 'healthy');

/** The engine calls exited containers unhealthy as well. */
export const isUnhealthy = ({ state, health }: ContainerView): boolean =>
  state === 'running' && health === 'unhealthy';

function hasFailed(view: ContainerView, task: boolean): boolean {
  const { state, restarts, exitCode } = view;
  // The restarts of a running container may have been long ago.
  if (state === 'running') return isUnhealthy(view);
  if (state === 'restarting') return restarts >= MAX_RESTARTS;
  if (state === 'dead') return true;
  return task && state === 'exited' && exitCode !== 0;
}

/** The state of a container in a few words. */
export function conditionOf({ state, health, restarts }: ContainerView): string {
  const again = restarts > 0 ? `, restarted ${restarts} times` : '';
  if (state === 'running')
    return `is ${health === 'starting' ? 'up, not yet healthy' : (health ?? 'up')}${again}`;
  return `is ${state}${again}`;
}

function doneText(name: string, { task, scale }: { task: boolean; scale: ExpectedState['scale'] }): string {
  const replicas = scale[name] ?? 1;
  if (task) return `${name} is done`;
  return replicas === 1 ? `${name} is up` : `${name} is up (${replicas} replicas)`;
}

function pendingText(name: string, { own, waits }: { own: ContainerView[]; waits: string[] }): string {
  if (waits.length > 0) return `${name} is waiting for ${waits.join(', ')}`;
  const slow = own.find((each) => !isUp(each) && each.state !== 'created');
  return slow ? `${name} ${conditionOf(slow)}` : `${name} is about to start`;
}

/** How a container exited. */
export function exitText({ exitCode, outOfMemory, restarts }: ContainerView): string {
  const how = outOfMemory ? 'out of memory' : `exit code ${exitCode}`;
  return restarts > 0 ? `${how}, ${restarts} restarts` : how;
}
