import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileRegistry, fromBinary, fromJson } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { MsxError } from '../../terminal/errors/msx-error.js';
import type { DescMessage, JsonValue } from '@bufbuild/protobuf';
import type { System } from '../../model/system/system.js';

/** The message that the events of a topic carry as JSON. */
export interface EventMessage {
  readonly topic: string;
  /** The full name, such as shop.order.v1.OrderCreated. */
  readonly name: string;
  readonly message: DescMessage;
}

/** From the stubs of a service that uses the topic; undefined if the system does not declare it, or has no stubs. */
export function eventMessageOf(system: System | undefined, topic: string): EventMessage | undefined {
  const declared = system?.topics.find(({ name }) => name === topic);
  if (!system || !declared) return undefined;
  for (const { folder } of system.services) {
    const file = join(folder, 'src/gen/descriptor.binpb');
    if (!existsSync(file)) continue;
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(file)));
    const message = registry.getMessage(declared.message);
    if (message) return { topic, name: declared.message, message };
  }
  return undefined;
}

/**
 * Why a value is not the JSON of the message; undefined if it is. A consumer ignores fields that it does not know, since
 * a newer producer may have added them; a producer has to spell them right.
 */
export function eventProblem(
  { message }: EventMessage,
  value: string | null,
  { ignoreUnknownFields }: { ignoreUnknownFields: boolean },
): string | undefined {
  if (value === null) return 'it has no value';
  try {
    const json = JSON.parse(value) as JsonValue;
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'it is not a JSON object';
    fromJson(message, json, { ignoreUnknownFields });
    return undefined;
  } catch (error) {
    const text = (error as Error).message;
    return text.replace(`cannot decode message ${message.typeName} from JSON: `, '');
  }
}

/** Throws EVENT_INVALID. */
export function checkEvent(event: EventMessage, value: string | null): void {
  const reason = eventProblem(event, value, { ignoreUnknownFields: false });
  if (reason === undefined) return;
  const fields = event.message.fields.map(({ jsonName }) => jsonName);
  throw new MsxError('EVENT_INVALID', { topic: event.topic, message: event.name, reason, fields });
}
