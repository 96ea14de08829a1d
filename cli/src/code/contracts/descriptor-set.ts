import { BinaryReader } from '@bufbuild/protobuf/wire';
import type { ProtoFile } from './contract-files.js';

/** A file of a google.protobuf.FileDescriptorSet: its parsed parts and its bytes in the set. */
export interface DescribedFile extends ProtoFile {
  readonly bytes: Uint8Array;
}

/**
 * The files of a set. The set of each service is assembled from their bytes, so that the contracts are compiled once
 * for all services; only the fields that determine which services need a file are parsed.
 */
export function filesOfSet(set: Uint8Array): DescribedFile[] {
  const reader = new BinaryReader(set);
  const files: DescribedFile[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    reader.tag();
    const file = fileOf(reader.bytes());
    files.push({ ...file, bytes: set.subarray(start, reader.pos) });
  }
  return files;
}

export const setOf = (files: readonly DescribedFile[]): Buffer =>
  Buffer.concat(files.map(({ bytes }) => bytes));

/** Parses the name, package, dependencies and messages of a google.protobuf.FileDescriptorProto. */
function fileOf(bytes: Uint8Array): ProtoFile {
  const file = { name: '', package: '', dependency: [] as string[], messageType: [] as { name: string }[] };
  eachField(bytes, (reader, field) => {
    if (field === 1) file.name = reader.string();
    else if (field === 2) file.package = reader.string();
    else if (field === 3) file.dependency.push(reader.string());
    else if (field === 4) file.messageType.push({ name: nameOf(reader.bytes()) });
    else return false;
    return true;
  });
  return file;
}

/** Of a google.protobuf.DescriptorProto. */
function nameOf(bytes: Uint8Array): string {
  let name = '';
  eachField(bytes, (reader, field) => {
    if (field === 1) name = reader.string();
    return field === 1;
  });
  return name;
}

/** Calls `read` for each field, and skips the fields that it does not read. */
function eachField(bytes: Uint8Array, read: (reader: BinaryReader, field: number) => boolean): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (!read(reader, field)) reader.skip(wireType, field);
  }
}
