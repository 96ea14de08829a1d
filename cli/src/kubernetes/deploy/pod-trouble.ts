import type { KubeObject, PodTrouble } from './workload.js';

interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly started?: boolean;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: Ended;
  };
  readonly lastState?: { readonly terminated?: Ended };
}

interface Ended {
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode: number;
}

/** These do not pass by themselves, however long one waits. */
const IMAGE = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'];
const REFUSED = ['CreateContainerError', 'RunContainerError'];
/** How runtimes say that a container ended before it began. */
const NEVER_RAN = ['StartError', 'ContainerCannotRun'];

/** So often may a container end before it is taken for broken: what it needs may have come late. */
const CRASHES = 3;

/** What keeps a pod from being ready; nothing when it is. */
export function troubleOf(pod: KubeObject, objects: readonly KubeObject[]): PodTrouble | undefined {
  const { status = {}, metadata } = pod;
  const ready = (status['conditions'] ?? []).find((one: { type: string }) => one.type === 'Ready');
  if (ready?.status === 'True' || status['phase'] === 'Succeeded') return undefined;
  const said = (reason: string, hopeless = false): PodTrouble => ({ pod: metadata.name, reason, hopeless });
  const [container] = [
    ...((status['initContainerStatuses'] ?? []) as ContainerStatus[]),
    ...((status['containerStatuses'] ?? []) as ContainerStatus[]),
  ].filter((one) => !one.ready);
  const unscheduled = (status['conditions'] ?? []).find(
    (one: { type: string; status: string }) => one.type === 'PodScheduled' && one.status === 'False',
  );
  if (unscheduled) return said(`no node has room for it: ${unscheduled.message}`);
  if (!container) return said(lastWarning(pod, objects) ?? 'it is not on a node yet');
  return ofContainer(container, { said, warning: lastWarning(pod, objects) });
}

interface Telling {
  readonly said: (reason: string, hopeless?: boolean) => PodTrouble;
  readonly warning?: string;
}

function ofContainer(container: ContainerStatus, { said, warning }: Telling): PodTrouble {
  const { image, state, lastState, restartCount } = container;
  const { reason = '', message = '' } = state?.waiting ?? {};
  if (IMAGE.includes(reason))
    return said(`the image ${image} cannot be pulled: ${briefly(message || reason)}`, true);
  if (REFUSED.includes(reason)) return said(`its container cannot be made: ${briefly(message)}`, true);
  if (reason === 'CreateContainerConfigError') return said(message || reason);
  const ended = state?.terminated ?? (reason === 'CrashLoopBackOff' ? lastState?.terminated : undefined);
  if (ended?.exitCode === 0 && restartCount < CRASHES) return said('it is about to end');
  if (ended && NEVER_RAN.includes(ended.reason ?? ''))
    return said(`its container cannot be made: ${briefly(ended.message ?? `exit ${ended.exitCode}`)}`, true);
  if (ended)
    return said(
      `it ended (${ended.reason === 'OOMKilled' ? 'out of memory' : `exit ${ended.exitCode}`}), ${restartCount} times started again`,
      restartCount >= CRASHES,
    );
  if (reason === 'ContainerCreating' || reason === 'PodInitializing')
    return said(warning ?? 'its container is being made');
  if (restartCount >= CRASHES)
    return said(`started again ${restartCount} times: ${warning ?? 'it ends'}`, true);
  return said(warning ?? (container.started ? 'it is not ready yet' : 'it has not started yet'));
}

/** The end of what a runtime says is the cause; all before it says where it was met. */
const briefly = (message: string): string => (message.length > 160 ? `… ${message.slice(-160)}` : message);

/** What the cluster last complained of about an object; one of the same name that is gone is another. */
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
