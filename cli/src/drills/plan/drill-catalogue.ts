/** What the drills use of a system. */
export interface SystemFacts {
  /** Services whose verification makes changes. */
  readonly changing: readonly string[];
  /** Services that publish events, and have the database for an outbox. */
  readonly publishing: readonly string[];
  /** Services that consume topics. */
  readonly consuming: readonly string[];
  readonly databases: readonly string[];
}

/** The services that a drill may do something to. */
type Target = keyof SystemFacts;

/** A fault that can be brought about in any system that has what it takes. */
export interface DrillEntry {
  readonly name: string;
  readonly description: string;
  readonly target: Target;
  /** Changes that are made meanwhile. */
  readonly changes: number;
}

/** A drill, and why it does not apply to the system. */
export interface ListedDrill extends DrillEntry {
  readonly absence?: string;
}

const ABSENCES: Readonly<Record<Target, string>> = {
  changing: 'no service has a verification with changes',
  publishing: 'no service publishes events',
  consuming: 'no service consumes a topic',
  databases: 'no service has a database',
};

export const DRILLS = [
  {
    name: 'killed-before-publishing',
    description: 'a service is killed after its changes are committed, before their events are published',
    ...{ target: 'publishing', changes: 20 },
  },
  {
    name: 'killed-under-load',
    description: 'services are killed while clients make changes',
    ...{ target: 'databases', changes: 60 },
  },
  {
    name: 'delivered-again',
    description: 'all events are delivered again, in another order, and again after a restart',
    ...{ target: 'consuming', changes: 20 },
  },
  {
    name: 'poison',
    description: 'messages that cannot be read arrive between the others',
    ...{ target: 'consuming', changes: 20 },
  },
  {
    name: 'broker-away',
    description: 'the broker is away while clients make changes',
    ...{ target: 'publishing', changes: 20 },
  },
  {
    name: 'database-locked',
    description: 'another process holds the database of a service while clients make changes',
    ...{ target: 'databases', changes: 20 },
  },
  {
    name: 'paused',
    description: 'a service is paused while clients make changes',
    ...{ target: 'databases', changes: 20 },
  },
  {
    name: 'clock-off',
    description: 'the clock of a service is an hour ahead, and then an hour behind',
    ...{ target: 'databases', changes: 20 },
  },
] as const satisfies readonly DrillEntry[];

export type DrillName = (typeof DRILLS)[number]['name'];

/** Why a drill cannot show anything in this system; undefined if it can. */
export function absenceOf({ target }: DrillEntry, facts: SystemFacts): string | undefined {
  if (facts.changing.length === 0) return ABSENCES.changing;
  return facts[target].length === 0 ? ABSENCES[target] : undefined;
}
