import type { Table } from '../storage/table.js';
import { brokerSettings, unitsOf } from './broker-settings.js';
import { ConfigSource, ResourceType } from './config-source.js';
import type { Config } from './setting.js';

/** A value that a setting has or would have, and where it comes from. */
export interface Synonym {
  readonly name: string;
  readonly value: string;
  readonly source: number;
}

/** The resource whose settings are the defaults of all brokers. */
export const CLUSTER = '';

/** The settings of all resources other than topics: brokers, groups and client metrics subscriptions. */
export class ConfiguredResources {
  /** Counts the changes, so that what is derived from settings is computed once. */
  changes = 0;
  private readonly watchers: (() => void)[] = [];
  private readonly synonyms = new Map<string, readonly Synonym[]>();

  constructor(
    private readonly stored: Table<Record<string, string>>,
    readonly nodeId: number,
    /** The settings that the broker was started with. */
    readonly atStart: Config,
  ) {
    if (!stored.get(keyOf(ResourceType.broker, CLUSTER)))
      this.set(ResourceType.broker, CLUSTER, CLUSTER_DEFAULTS);
  }

  get(type: number, name: string): Config {
    return this.stored.get(keyOf(type, name)) ?? {};
  }

  /** The names of the resources of a type that have settings. */
  names(type: number): string[] {
    const prefix = keyOf(type, '');
    return this.stored
      .entries()
      .flatMap(([key]) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  }

  set(type: number, name: string, config: Config): void {
    if (Object.keys(config).length === 0) this.stored.delete(keyOf(type, name));
    else this.stored.set(keyOf(type, name), { ...config });
    this.changes++;
    this.synonyms.clear();
    for (const changed of this.watchers) changed();
  }

  /** Calls a function after each change of a setting. */
  onChange(changed: () => void): void {
    this.watchers.push(changed);
  }

  /** The broker settings that were changed while a broker was running. */
  changedNames(): string[] {
    return [CLUSTER, String(this.nodeId)].flatMap((name) => Object.keys(this.get(ResourceType.broker, name)));
  }

  /** The values of a broker setting, from the one in force to the default (KIP-226). */
  synonymsOf(name: string): readonly Synonym[] {
    const known = this.synonyms.get(name);
    if (known) return known;
    const found = this.computeSynonyms(name);
    this.synonyms.set(name, found);
    return found;
  }

  /** The value of a broker setting that is in force. */
  valueOf(name: string): string | null {
    return this.synonymsOf(name)[0]?.value ?? null;
  }

  /** The value of a broker setting that is a number, and has a default. */
  numberOf(name: string): number {
    return Number(this.valueOf(name));
  }

  private computeSynonyms(name: string): Synonym[] {
    const { broker } = ResourceType;
    const layers: [number, Config][] = [
      [ConfigSource.broker, this.get(broker, String(this.nodeId))],
      [ConfigSource.clusterDefault, this.get(broker, CLUSTER)],
      [ConfigSource.staticBroker, this.atStart],
      [ConfigSource.default, defaults],
    ];
    const found = layers.flatMap(([source, config]) =>
      unitsOf(name).flatMap((unit) => (unit in config ? [{ name: unit, value: config[unit]!, source }] : [])),
    );
    return found.slice(Math.max(0, indexOfName(found, name)));
  }
}

/** Without a value in the most precise unit, Kafka shows no synonyms. */
const indexOfName = (synonyms: Synonym[], name: string): number => {
  const index = synonyms.findIndex((synonym) => synonym.name === name);
  return index < 0 ? synonyms.length : index;
};

const defaults: Config = Object.fromEntries(
  Object.entries(brokerSettings).flatMap(([name, setting]) =>
    setting.default === null ? [] : [[name, setting.default]],
  ),
);

/** A cluster with eligible leader replicas (KIP-966) is formatted with this setting. */
const CLUSTER_DEFAULTS: Config = { 'min.insync.replicas': '1' };

const keyOf = (type: number, name: string): string => `${type}:${name}`;
