import type { DescField, DescMessage, JsonValue } from '@bufbuild/protobuf';

/** The date at the start of an RFC 3339 timestamp. */
const DAY = /^\d{4}-\d\d-\d\d(?=T)/;

/**
 * The first text in the JSON of a message with a date that does not exist, such as 2024-02-30. The decoder of protobuf-es
 * takes it for another day, as Date does, whereas services refuse it.
 */
export function impossibleDate(message: DescMessage, json: JsonValue): string | undefined {
  if (message.typeName === 'google.protobuf.Timestamp') return isImpossible(json) ? String(json) : undefined;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  for (const field of message.fields) {
    const value = json[field.jsonName] ?? json[field.name];
    const found = messagesIn(field, value).map((item) => impossibleDate(field.message!, item));
    const first = found.find((text) => text !== undefined);
    if (first !== undefined) return first;
  }
  return undefined;
}

/** The messages in a field: a single one, the items of a list, or the values of a map. */
function messagesIn({ message, fieldKind }: DescField, value: JsonValue | undefined): JsonValue[] {
  if (!message || value === undefined || value === null) return [];
  if (fieldKind === 'message') return [value];
  return typeof value === 'object' ? Object.values(value) : [];
}

function isImpossible(json: JsonValue): boolean {
  const day = typeof json === 'string' ? DAY.exec(json)?.[0] : undefined;
  const date = new Date(`${day}T00:00:00Z`);
  return day !== undefined && (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day));
}
