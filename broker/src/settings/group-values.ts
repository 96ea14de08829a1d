import { assignorsIn } from './assignors.js';
import { ConfigSource, ResourceType } from './config-source.js';
import type { ConfiguredResources } from './configured-resources.js';

/** The broker setting that limits a group's setting: `group.consumer.min.session.timeout.ms`. */
export const limitNameOf = (name: string, bound: 'min' | 'max'): string => {
  const [kind, ...rest] = name.split('.');
  return `group.${kind}.${bound}.${rest.join('.').replace('num.', '')}`;
};

/**
 * The settings of groups that are in force: those of the group itself, within the limits that the broker has now, and
 * otherwise those of the broker (Kafka's GroupConfigManager).
 */
export class GroupValues {
  /** The assignors of the consumer protocol, the default first. */
  readonly assignors: readonly string[];

  constructor(private readonly resources: ConfiguredResources) {
    this.assignors = assignorsIn(resources.valueOf('group.consumer.assignors')!);
  }

  /** A number that both groups and the broker have a setting for, such as `consumer.session.timeout.ms`. */
  number(groupId: string, name: string): number {
    const own = this.resources.get(ResourceType.group, groupId)[name];
    if (own === undefined) return this.ofBroker(`group.${name}`);
    const [min, max] = (['min', 'max'] as const).map((bound) => this.ofBroker(limitNameOf(name, bound)));
    return Math.min(max!, Math.max(min!, Number(own)));
  }

  ofBroker(name: string): number {
    return this.resources.numberOf(name);
  }

  /** Classic members may have much shorter sessions than Kafka's, because developers restart services often. */
  minSessionTimeoutMs(): number {
    return this.given('group.min.session.timeout.ms') ?? 100;
  }

  /** Each heartbeat of a group of the consumer protocol is work for all its members. */
  maxConsumers(): number {
    return this.given('group.consumer.max.size') ?? 1000;
  }

  /** A group is assigned at once, where Kafka waits a second, unless it or the broker is set to wait. */
  assignmentIntervalMs(groupId: string): number {
    const name = 'consumer.assignment.interval.ms';
    const [inForce] = this.resources.synonymsOf(`group.${name}`);
    const isSet = inForce!.source !== ConfigSource.default;
    return isSet || name in this.resources.get(ResourceType.group, groupId) ? this.number(groupId, name) : 0;
  }

  /** The value that the broker was started with. */
  private given(name: string): number | undefined {
    const value = this.resources.atStart[name];
    return value === undefined ? undefined : Number(value);
  }
}
