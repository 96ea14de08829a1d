import { BinaryReader } from '@bufbuild/protobuf/wire';

/** The last value of field 1 with this wire type, in a protobuf message that is too small to warrant a .proto file. */
export function firstField<T>(
  bytes: Uint8Array,
  type: number,
  value: (reader: BinaryReader) => T,
): T | undefined {
  const reader = new BinaryReader(bytes);
  let found: T | undefined;
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1 && wireType === type) found = value(reader);
    else reader.skip(wireType);
  }
  return found;
}
