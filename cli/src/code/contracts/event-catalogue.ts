import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import { deadLetterTopic } from '../../model/system/service-environment.js';
import { compileContractsWithTopics } from './compile-contracts.js';
import { holderOf } from './contract-files.js';
import type { ProtoFile } from './contract-files.js';
import type { Service, System } from '../../model/system/system.js';

/** A topic as a contract: its message, its producers and its consumers. */
export interface EventContract {
  readonly topic: string;
  readonly partitions: number;
  /** The full name of its message; `file` contains it, relative to the proto folder. */
  readonly message: string;
  readonly file: string;
  readonly fields: EventField[];
  readonly producers: string[];
  readonly consumers: string[];
  readonly followers: string[];
  readonly deadLetterTopics: string[];
}

export interface EventField {
  readonly name: string;
  readonly number: number;
  /** `string`, `int64[]`, `map<string, double>`, `shop.user.v1.User`, ... */
  readonly type: string;
}

/** The events of the system, in the order of msx.yaml. Throws PROTO_INVALID. */
export async function eventCatalogue(system: System): Promise<EventContract[]> {
  const all = await compileContractsWithTopics(system);
  return system.topics.map(({ name, message, partitions }) => {
    const servicesThat = (verb: 'publishes' | 'consumes' | 'follows') => namesOf(system.services, verb, name);
    const consumers = servicesThat('consumes');
    return {
      topic: name,
      partitions,
      message,
      ...schemaOf(message, all),
      producers: servicesThat('publishes'),
      consumers,
      followers: servicesThat('follows'),
      deadLetterTopics: consumers.map((consumer) => deadLetterTopic(name, consumer)),
    };
  });
}

const namesOf = (services: Service[], verb: 'publishes' | 'consumes' | 'follows', topic: string) =>
  services.filter((service) => service[verb].includes(topic)).map(({ name }) => name);

function schemaOf(message: string, all: ProtoFile[]): Pick<EventContract, 'file' | 'fields'> {
  const holder = holderOf(message, all)!;
  const own = message.split('.').at(-1);
  const { field = [], nestedType = [] } = holder.messageType!.find(({ name }) => name === own)!;
  const fields = field.map(({ name, number, type, typeName, label }) => {
    const entry = nestedType.find(
      (nested) => nested.options?.mapEntry && typeName?.endsWith(`.${nested.name}`),
    );
    const [key, value] = (entry?.field ?? []).map(typeOf);
    if (key && value) return { name, number, type: `map<${key}, ${value}>` };
    return { name, number, type: typeOf({ type, typeName }) + (label === 'LABEL_REPEATED' ? '[]' : '') };
  });
  return { file: holder.name, fields };
}

/** `TYPE_STRING` becomes string; messages and enums keep their full names. */
const typeOf = ({ type, typeName }: { type?: string; typeName?: string }): string =>
  typeName?.replace(/^\./, '') ?? (type ?? '').replace('TYPE_', '').toLowerCase();

/** Throws UNKNOWN_TOPIC. */
export function chooseEvents(events: EventContract[], topics: readonly string[]): EventContract[] {
  if (topics.length === 0) return events;
  const known = events.map(({ topic }) => topic);
  return topics.map((name) => {
    const event = events.find(({ topic }) => topic === name);
    if (!event) throw new MsxError('UNKNOWN_TOPIC', { name, known, similar: closest(name, known) });
    return event;
  });
}
