import { filesFor, holderOf } from './contract-files.js';
import type { ProtoFile } from './contract-files.js';
import type { Service, System } from '../../model/system/system.js';

/** A service that depends on a contract, and why. */
export interface Stake {
  readonly service: string;
  /** `serves it`, `calls user-service`, `consumes user.created`, ... */
  readonly because: string[];
}

/** The services that depend on a contract file, directly or through imports. */
export function stakesIn(file: string, system: System, all: ProtoFile[]): Stake[] {
  const isIn = (files: string[]) => filesFor({ files, messages: [] }, all).includes(file);
  return system.services.flatMap((service) => {
    const because = [
      ...(isIn(service.proto) ? ['serves it'] : []),
      ...system.services
        .filter(({ name, proto }) => service.calls.includes(name) && isIn(proto))
        .map(({ name }) => `calls ${name}`),
      ...eventStakes(service, system, (message) => isIn(fileOf(message, all))),
    ];
    return because.length > 0 ? [{ service: service.name, because }] : [];
  });
}

const fileOf = (message: string, all: ProtoFile[]) => {
  const holder = holderOf(message, all);
  return holder ? [holder.name] : [];
};

/** How a service uses the topics whose message is affected. */
function eventStakes(
  service: Service,
  { topics }: System,
  isAffected: (message: string) => boolean,
): string[] {
  const affected = new Set(topics.filter(({ message }) => isAffected(message)).map(({ name }) => name));
  return (['publishes', 'consumes', 'follows'] as const).flatMap((verb) =>
    service[verb].filter((topic) => affected.has(topic)).map((topic) => `${verb} ${topic}`),
  );
}

/** Merges the stakes into one per service, with all its reasons. */
export function mergeStakes(...lists: Stake[][]): Stake[] {
  const merged = new Map<string, string[]>();
  for (const { service, because } of lists.flat())
    merged.set(service, [...new Set([...(merged.get(service) ?? []), ...because])]);
  return [...merged].map(([service, because]) => ({ service, because }));
}
