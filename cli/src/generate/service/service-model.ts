import { basename } from 'node:path';
import { MsxError } from '../../errors/msx-error.js';
import { closest } from '../../system/closest.js';
import { parseFields } from '../fields/parse-fields.js';
import { checkedWords, nounOf } from '../names/noun.js';
import { kebab, wordsOf } from '../names/words.js';
import { choosePort } from './choose-port.js';
import type { Service, System } from '../../system/system.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Model } from '../projection/model.js';
import type { ServiceWish } from './service-wish.js';

/** Something to be generated: what it is about, and which services it concerns. */
export interface ServiceModel extends Model {
  readonly name: string;
  readonly gateway: Service | undefined;
}

export const sliceId = (name: string): string => `service ${name}`;
export const eventNames = ['created', 'updated', 'deleted'] as const;
export const topicOf = ({ entity }: Model, event: string): string => `${kebab(entity.words)}.${event}`;

export interface Known {
  readonly ledger: Ledger;
  /** Of the contracts there are. */
  readonly packages: readonly string[];
  /** Whether npm has a package of that name here, which a workspace would hide. */
  readonly isInstalled: (name: string) => boolean;
}

/**
 * A wish, checked against the system. Throws NAME_INVALID, NAME_TAKEN, FIELDS_INVALID and UNKNOWN_SERVICE.
 */
export function serviceModel(
  system: System,
  wish: ServiceWish,
  { ledger, packages, isInstalled }: Known,
): ServiceModel {
  const words = checkedWords(wish.name, 'service');
  const name = kebab(words);
  const known = system.services.find((service) => service.name === name);
  const earlier = ledger.slices[sliceId(name)];
  const ours = earlier !== undefined;
  if (ours) checkInputs(name, wish, earlier.inputs);
  if (known && !ours) throw new MsxError('NAME_TAKEN', { what: 'service', name, by: basename(known.folder) });
  if (!ours && isInstalled(name))
    throw new MsxError('NAME_TAKEN', { what: 'package', name, by: 'one that is installed' });
  const ports = known ?? choosePort(system, wish.port);
  const model: ServiceModel = {
    name,
    service: words,
    entity: nounOf(wish.entity, wish.plural),
    system: wordsOf(prefixOf(packages) ?? system.name),
    port: ports.port,
    healthPort: ports.healthPort,
    fields: parseFields(wish.fields),
    gateway: gatewayOf(system, wish.gateway),
  };
  if (!ours) checkTopics(system, model);
  return model;
}

/** The same again is fine, and brings back what is gone; something else would leave half of what was there. */
function checkInputs(name: string, wish: ServiceWish, before: Readonly<Record<string, unknown>>): void {
  const asked = Object.entries({ ...wish, name });
  const other = asked.find(([key, value]) => value !== undefined && value !== before[key]);
  if (!other) return;
  const [input, value] = other;
  throw new MsxError('GENERATED_OTHERWISE', {
    what: sliceId(name),
    input,
    before: before[input],
    now: value,
  });
}

function checkTopics({ topics }: System, model: Model): void {
  const wanted = eventNames.map((event) => topicOf(model, event));
  const taken = topics.find(({ name }) => wanted.includes(name));
  if (taken) throw new MsxError('NAME_TAKEN', { what: 'topic', name: taken.name, by: taken.message });
}

function gatewayOf({ services }: System, wished: string | false | undefined): Service | undefined {
  if (wished === false) return undefined;
  const gateways = services.filter(({ kind }) => kind === 'graphql');
  if (wished === undefined) return gateways[0];
  const known = gateways.map(({ name }) => name);
  const found = gateways.find(({ name }) => name === wished);
  if (!found) throw new MsxError('UNKNOWN_SERVICE', { name: wished, known, similar: closest(wished, known) });
  return found;
}

/** What most packages begin with: `shop` of `shop.user.v1`. */
function prefixOf(packages: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const each of packages) {
    const [first = ''] = each.split('.');
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
