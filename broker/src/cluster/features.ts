import type { Table } from '../storage/table.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** A feature of the cluster (KIP-584): the levels that this broker supports, and the one that a new cluster starts with. */
export interface Feature {
  readonly name: string;
  readonly range: readonly [number, number];
  readonly initial: number;
}

/** At level 1, the voters of the quorum can be changed (KIP-853). It cannot be lowered. */
const KRAFT_VERSION: Feature = { name: 'kraft.version', range: [0, 1], initial: 0 };

/** As Apache Kafka 4.3 reports them: clients choose what they do by the levels, tools show them. */
export const supportedFeatures: readonly Feature[] = [
  { name: 'eligible.leader.replicas.version', range: [0, 1], initial: 1 },
  { name: 'group.version', range: [0, 1], initial: 1 },
  KRAFT_VERSION,
  { name: 'metadata.version', range: [7, 30], initial: 30 },
  { name: 'share.version', range: [0, 1], initial: 1 },
  { name: 'streams.version', range: [0, 1], initial: 1 },
  { name: 'transaction.version', range: [0, 2], initial: 2 },
];

export interface FeatureUpdate {
  readonly feature: string;
  readonly level: number;
  readonly upgradeType: number;
}

interface UpdateOptions {
  readonly validateOnly: boolean;
  /** For messages: this broker is the controller. */
  readonly nodeId: number;
}

/** KIP-778: lowering a level has to be asked for. */
export const UpgradeType = { UPGRADE: 1, SAFE_DOWNGRADE: 2, UNSAFE_DOWNGRADE: 3 } as const;

const FIRST_EPOCH = 1;
/** The key of the epoch, which is not the name of a feature. */
const EPOCH = 'epoch';

/** The finalized levels of the features, which are the levels in use. Each change raises the epoch. */
export class Features {
  constructor(private readonly stored: Table<number>) {}

  get epoch(): number {
    return this.stored.get(EPOCH) ?? FIRST_EPOCH;
  }

  get kraftVersion(): number {
    return this.levelOf(KRAFT_VERSION);
  }

  levelOf({ name, initial }: Feature): number {
    return this.stored.get(name) ?? initial;
  }

  /** All updates or none. Throws INVALID_UPDATE_VERSION. */
  update(updates: readonly FeatureUpdate[], { validateOnly, nodeId }: UpdateOptions): void {
    for (const update of updates) {
      const feature = supportedFeatures.find(({ name }) => name === update.feature);
      const current = feature && { ...feature, level: this.levelOf(feature) };
      const problem = problemWith(update, current)?.replace('NODE', String(nodeId));
      if (problem) throw refusal(update, problem);
    }
    if (validateOnly || updates.length === 0) return;
    this.stored.setAll([
      [EPOCH, this.epoch + 1],
      ...updates.map(({ feature, level }): [string, number] => [feature, level]),
    ]);
  }
}

const refusal = ({ feature, level }: FeatureUpdate, problem: string): KafkaError => {
  const reason = problem.startsWith('Unsupported')
    ? problem
    : `Invalid update version ${level} for feature ${feature}. ${problem}`;
  return new KafkaError(
    ErrorCode.INVALID_UPDATE_VERSION,
    `The update failed for all features since the following feature had an error: ${reason}`,
  );
};

/** The checks of Apache Kafka's FeatureControlManager, in its order; undefined if the update is valid. */
const problemWith = (
  { level, upgradeType }: FeatureUpdate,
  feature: (Feature & { level: number }) | undefined,
): string | undefined => {
  if (!Object.values<number>(UpgradeType).includes(upgradeType))
    return 'The controller does not support the given upgrade type.';
  if (level < 0) return 'A feature version cannot be less than 0.';
  if (!feature) return 'Local controller NODE does not support this feature.';
  const [first, last] = feature.range;
  if (level < first || level > last) return `Local controller NODE only supports versions ${first}-${last}`;
  if (level < feature.level && upgradeType === UpgradeType.UPGRADE)
    return "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.";
  if (feature.name === 'metadata.version' && level < feature.level)
    return `Unsupported metadata.version downgrade from ${feature.level} to ${level}. ${
      upgradeType === UpgradeType.SAFE_DOWNGRADE
        ? 'Refusing to perform the requested downgrade because it might delete metadata information.'
        : 'Unsafe metadata downgrade is not supported in this version.'
    }`;
  if (feature.name === KRAFT_VERSION.name && level < feature.level)
    return "Can't downgrade the version of this feature.";
  return undefined;
};
