import type { KubeObject, PodTrouble } from './workload.js';

interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly started?: boolean;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: Termination;
  };
  readonly lastState?: { readonly terminated?: Termination };
}

interface Termination {
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode: number;
}

/** Reasons that do not resolve themselves, however long one waits. */
const IMAGE_ERRORS = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'];
const CREATION_ERRORS = ['CreateContainerError', 'RunContainerError'];
/** How runtimes report a container that exited before it started. */
const NEVER_RAN = ['StartError', 'ContainerCannotRun'];

/** Restarts after which a container counts as broken: fewer may mean that a dependency came up late. */
const MAX_RESTARTS = 3;

/** What keeps a pod from being ready; nothing if it is ready. */
export function troubleOf(pod: KubeObject, objects: readonly KubeObject[]): PodTrouble | undefined {
  const { status = {}, metadata } = pod;
  const ready = (status['conditions'] ?? []).find((one: { type: string }) => one.type === 'Ready');
  if (ready?.status === 'True' || status['phase'] === 'Succeeded') return undefined;
  const trouble = (reason: string, hopeless = false): PodTrouble => ({
    pod: metadata.name,
    reason,
    hopeless,
  });
  const [container] = [
    ...((status['initContainerStatuses'] ?? []) as ContainerStatus[]),
    ...((status['containerStatuses'] ?? []) as ContainerStatus[]),
  ].filter((one) => !one.ready);
  const unscheduled = (status['conditions'] ?? []).find(
    (one: { type: string; status: string }) => one.type === 'PodScheduled' && one.status === 'False',
  );
  if (unscheduled) return trouble(`the pod cannot be scheduled: ${unscheduled.message}`);
  if (!container) return trouble(lastWarning(pod, objects) ?? 'the pod is not scheduled yet');
  return ofContainer(container, { trouble, warning: lastWarning(pod, objects) });
}

interface PodContext {
  readonly trouble: (reason: string, hopeless?: boolean) => PodTrouble;
  readonly warning?: string;
}

function ofContainer(container: ContainerStatus, { trouble, warning }: PodContext): PodTrouble {
  const { image, state, lastState, restartCount } = container;
  const { reason = '', message = '' } = state?.waiting ?? {};
  if (IMAGE_ERRORS.includes(reason))
    return trouble(`the image ${image} cannot be pulled: ${tailOf(message || reason)}`, true);
  if (CREATION_ERRORS.includes(reason))
    return trouble(`its container cannot be created: ${tailOf(message)}`, true);
  if (reason === 'CreateContainerConfigError') return trouble(message || reason);
  const ended = state?.terminated ?? (reason === 'CrashLoopBackOff' ? lastState?.terminated : undefined);
  if (ended?.exitCode === 0 && restartCount < MAX_RESTARTS)
    return trouble('its container exited with code 0');
  if (ended && NEVER_RAN.includes(ended.reason ?? ''))
    return trouble(
      `its container cannot be created: ${tailOf(ended.message ?? `exit ${ended.exitCode}`)}`,
      true,
    );
  if (ended)
    return trouble(
      `it exited (${ended.reason === 'OOMKilled' ? 'out of memory' : `code ${ended.exitCode}`}), restarts: ${restartCount}`,
      restartCount >= MAX_RESTARTS,
    );
  if (reason === 'ContainerCreating' || reason === 'PodInitializing')
    return trouble(warning ?? 'its container is being created');
  if (restartCount >= MAX_RESTARTS)
    return trouble(`restarts: ${restartCount}; ${warning ?? 'it keeps exiting'}`, true);
  return trouble(warning ?? (container.started ? 'it is not ready yet' : 'it has not started yet'));
}

/** The end of a runtime's message is the cause; what comes before is only the call stack. */
const tailOf = (message: string): string => (message.length > 160 ? `… ${message.slice(-160)}` : message);

/** The last warning event about an object; events of a deleted object with the same name do not count. */
export function lastWarning({ metadata }: KubeObject, objects: readonly KubeObject[]): string | undefined {
  const events = objects.filter((one) => {
    const { type, involvedObject } = eventOf(one);
    return one.kind === 'Event' && type === 'Warning' && involvedObject?.uid === metadata.uid;
  });
  const last = events.sort((a, b) => timeOf(a).localeCompare(timeOf(b))).at(-1);
  return last && eventOf(last).message?.split('\n')[0];
}

interface EventParts {
  readonly type?: string;
  readonly message?: string;
  readonly lastTimestamp?: string;
  readonly involvedObject?: { readonly uid: string };
}

const eventOf = (object: KubeObject) => object as unknown as EventParts;
const timeOf = (object: KubeObject): string =>
  eventOf(object).lastTimestamp ?? object.metadata.creationTimestamp ?? '';
