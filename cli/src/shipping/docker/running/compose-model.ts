import { closest } from '../../../model/system/closest.js';
import { MsxError } from '../../../terminal/errors/msx-error.js';

/** A service of compose: one of the system's, or infrastructure that they depend on. */
export interface ComposeService {
  readonly name: string;
  readonly image: string;
  readonly builds: boolean;
  readonly profiles: readonly string[];
  readonly dependsOn: readonly Dependency[];
  /** Published ports. */
  readonly ports: readonly number[];
}

export interface Dependency {
  readonly on: string;
  readonly until: 'service_started' | 'service_healthy' | 'service_completed_successfully';
}

interface RawService {
  image?: string;
  build?: unknown;
  profiles?: string[];
  depends_on?: string[] | Record<string, { condition?: Dependency['until'] }>;
  ports?: (string | { published?: string | number })[];
}

/** Parses the output of `compose config`, which differs between versions. */
export function composeServices(config: { services?: Record<string, RawService> }): ComposeService[] {
  return Object.entries(config.services ?? {}).map(([name, raw]) => ({
    name,
    image: raw.image ?? '',
    builds: raw.build !== undefined,
    profiles: raw.profiles ?? [],
    dependsOn: dependencies(raw.depends_on),
    ports: (raw.ports ?? []).map(publishedPort).filter((port) => port > 0),
  }));
}

function dependencies(raw: RawService['depends_on'] = {}): Dependency[] {
  if (Array.isArray(raw)) return raw.map((on) => ({ on, until: 'service_started' }));
  return Object.entries(raw).map(([on, { condition }]) => ({ on, until: condition ?? 'service_started' }));
}

/** From `127.0.0.1:3000:3000/tcp`, or from an object. */
function publishedPort(port: string | { published?: string | number }): number {
  if (typeof port !== 'string') return Number(port.published ?? 0);
  return Number(/(\d+):\d+(?:\/\w+)?$/.exec(port)?.[1] ?? 0);
}

export interface ServiceChoice {
  readonly names: readonly string[];
  readonly profiles: readonly string[];
}

/**
 * The services to run: those named and their dependencies, or all that the active profiles include. Throws
 * UNKNOWN_SERVICE, UNKNOWN_PROFILE.
 */
export function chosenServices(all: ComposeService[], { names, profiles }: ServiceChoice): ComposeService[] {
  checkNames(all, names);
  const known = [...new Set(all.flatMap((each) => each.profiles))];
  for (const name of profiles)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_PROFILE', { name, known, similar: closest(name, known) });
  const active = ({ profiles: own }: ComposeService) =>
    own.length === 0 || own.some((each) => profiles.includes(each));
  const chosen = new Set(names.length > 0 ? names : all.filter(active).map(({ name }) => name));
  for (const name of chosen)
    for (const { on } of all.find((each) => each.name === name)?.dependsOn ?? []) chosen.add(on);
  return all.filter(({ name }) => chosen.has(name));
}

/** Throws UNKNOWN_SERVICE. */
export function checkNames(all: ComposeService[], names: readonly string[]): void {
  const known = all.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_SERVICE', { name, known, similar: closest(name, known) });
}

/** Services that others wait to complete: they end up done, not running. */
export const tasksOf = (all: readonly ComposeService[]): Set<string> =>
  new Set(
    all.flatMap(({ dependsOn }) =>
      dependsOn.filter(({ until }) => until === 'service_completed_successfully').map(({ on }) => on),
    ),
  );
