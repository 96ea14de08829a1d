import type { Topic } from '../../model/system/system.js';
import type { TopicSetting } from './topic-settings.js';

/** How an existing topic differs from its declaration in msx.yaml. */
export interface TopicDrift {
  readonly topic: string;
  /** Kafka can add partitions to a topic, but cannot remove any. */
  readonly partitions?: { readonly declared: number; readonly actual: number };
  readonly configs: readonly { readonly name: string; readonly declared: string; readonly actual: string }[];
}

interface ActualTopic {
  readonly partitions: number;
  readonly settings: readonly TopicSetting[];
}

/** Undefined if the topic is as declared. Settings that msx.yaml does not name are left to others. */
export function driftOf(
  { name: topic, partitions: declared, configs = {} }: Topic,
  { partitions: actual, settings }: ActualTopic,
): TopicDrift | undefined {
  const values = new Map(settings.map(({ name, value }) => [name, value]));
  const differing = Object.entries(configs)
    .map(([name, text]) => ({ name, declared: text, actual: values.get(name) ?? '' }))
    .filter((config) => config.declared !== config.actual);
  if (declared === actual && differing.length === 0) return undefined;
  return { topic, ...(declared !== actual && { partitions: { declared, actual } }), configs: differing };
}

/** Whether `msx topics apply` can change the topic to what is declared, completely. */
export const canApply = ({ partitions }: TopicDrift): boolean =>
  !partitions || partitions.declared > partitions.actual;

/** `1 partition instead of 3, cleanup.policy delete instead of compact` */
export function driftText({ partitions, configs }: TopicDrift): string {
  const count = (n: number) => `${n} ${n === 1 ? 'partition' : 'partitions'}`;
  return [
    ...(partitions ? [`${count(partitions.actual)} instead of ${partitions.declared}`] : []),
    ...configs.map(({ name, declared, actual }) => `${name} ${actual || 'unset'} instead of ${declared}`),
  ].join(', ');
}
