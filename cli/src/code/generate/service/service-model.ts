import { basename } from 'node:path';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { closest } from '../../../model/system/closest.js';
import { parseFields } from '../fields/parse-fields.js';
import { checkedWords, nounOf } from '../names/noun.js';
import { kebab, wordsOf } from '../names/words.js';
import { choosePort } from './choose-port.js';
import type { Service, System } from '../../../model/system/system.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Model } from '../projection/model.js';
import type { ServiceRequest } from './service-request.js';

/** The model of a service to generate, and its gateway. */
export interface ServiceModel extends Model {
  readonly name: string;
  readonly gateway: Service | undefined;
}

export const sliceId = (name: string): string => `service ${name}`;
export const eventNames = ['created', 'updated', 'deleted'] as const;
export const topicOf = ({ entity }: Model, event: string): string => `${kebab(entity.words)}.${event}`;

export interface ServiceModelContext {
  readonly ledger: Ledger;
  /** The protobuf packages of the existing contracts. */
  readonly packages: readonly string[];
  /** Whether a package of that name is installed, which a workspace would shadow. */
  readonly isInstalled: (name: string) => boolean;
}

/** Checks a request against the system. Throws NAME_INVALID, NAME_TAKEN, FIELDS_INVALID and UNKNOWN_SERVICE. */
export function serviceModel(
  system: System,
  request: ServiceRequest,
  { ledger, packages, isInstalled }: ServiceModelContext,
): ServiceModel {
  const words = checkedWords(request.name, 'service');
  const name = kebab(words);
  const known = system.services.find((service) => service.name === name);
  const earlier = ledger.slices[sliceId(name)];
  const ours = earlier !== undefined;
  if (ours) checkInputs(name, request, earlier.inputs);
  if (known && !ours) throw new MsxError('NAME_TAKEN', { what: 'service', name, by: basename(known.folder) });
  if (!ours && isInstalled(name))
    throw new MsxError('NAME_TAKEN', { what: 'package', name, by: 'an installed package' });
  const ports = known ?? choosePort(system, request.port);
  const model: ServiceModel = {
    name,
    service: words,
    entity: nounOf(request.entity, request.plural ?? pluralIn(ledger, name)),
    system: wordsOf(prefixOf(packages) ?? system.name),
    port: ports.port,
    healthPort: ports.healthPort,
    fields: parseFields(request.fields),
    gateway: gatewayOf(system, request.gateway),
  };
  if (!ours) checkTopics(system, model);
  return model;
}

/**
 * The plural used when the service was generated, maybe by an msx with other plural rules: its migration is named after
 * it.
 */
export function pluralIn({ files }: Ledger, name: string): string | undefined {
  const paths = Object.keys(files).filter((path) => files[path]!.slice === sliceId(name));
  return paths.map((path) => /\/migrations\/create-(.+)\.ts$/.exec(path)?.[1]).find((plural) => plural);
}

/**
 * Generating again with the same inputs is allowed and restores missing files; other inputs would leave half of the old
 * files behind.
 */
function checkInputs(name: string, request: ServiceRequest, before: Readonly<Record<string, unknown>>): void {
  const inputs = Object.entries({ ...request, name });
  const other = inputs.find(([key, value]) => value !== undefined && value !== before[key]);
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
  const generated = eventNames.map((event) => topicOf(model, event));
  const taken = topics.find(({ name }) => generated.includes(name));
  if (taken) throw new MsxError('NAME_TAKEN', { what: 'topic', name: taken.name, by: taken.message });
}

function gatewayOf({ services }: System, requested: string | false | undefined): Service | undefined {
  if (requested === false) return undefined;
  const gateways = services.filter(({ kind }) => kind === 'graphql');
  if (requested === undefined) return gateways[0];
  const known = gateways.map(({ name }) => name);
  const found = gateways.find(({ name }) => name === requested);
  if (!found)
    throw new MsxError('UNKNOWN_SERVICE', { name: requested, known, similar: closest(requested, known) });
  return found;
}

/** The most common first segment of the packages: `shop` of `shop.user.v1`. */
function prefixOf(packages: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const each of packages) {
    const [first = ''] = each.split('.');
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
