import { create, createFileRegistry, fromBinary, toJson } from '@bufbuild/protobuf';

import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  anyUnpack,
  file_google_protobuf_any,
} from '@bufbuild/protobuf/wkt';
import type { Any } from '@bufbuild/protobuf/wkt';
import type { Metadata } from '@grpc/grpc-js';

/** google.rpc.ErrorInfo, which a server sends along with the status. */
export interface ErrorInfo {
  /** UPPER_SNAKE: USER_NOT_FOUND */
  readonly code?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

const text = (name: string, number: number) => ({
  name,
  jsonName: name,
  number,
  type: Type.STRING,
  label: Label.OPTIONAL,
});

/** The parts of google/rpc/status.proto and error_details.proto that are used. */
const file = create(FileDescriptorProtoSchema, {
  name: 'google/rpc/status.proto',
  package: 'google.rpc',
  syntax: 'proto3',
  dependency: ['google/protobuf/any.proto'],
  messageType: [
    {
      name: 'Status',
      field: [
        {
          name: 'details',
          jsonName: 'details',
          number: 3,
          type: Type.MESSAGE,
          typeName: '.google.protobuf.Any',
          label: Label.REPEATED,
        },
      ],
    },
    {
      name: 'ErrorInfo',
      field: [
        text('reason', 1),
        {
          name: 'metadata',
          jsonName: 'metadata',
          number: 3,
          type: Type.MESSAGE,
          typeName: '.google.rpc.ErrorInfo.MetadataEntry',
          label: Label.REPEATED,
        },
      ],
      nestedType: [
        { name: 'MetadataEntry', field: [text('key', 1), text('value', 2)], options: { mapEntry: true } },
      ],
    },
  ],
});

/** Empty if the server sent no details, or invalid ones. */
export function errorInfoIn(metadata: Metadata | undefined): ErrorInfo {
  const [bytes] = metadata?.get('grpc-status-details-bin') ?? [];
  if (!Buffer.isBuffer(bytes)) return {};
  try {
    const registry = createFileRegistry(
      create(FileDescriptorSetSchema, { file: [file_google_protobuf_any.proto, file] }),
    );
    const status = fromBinary(registry.getMessage('google.rpc.Status')!, bytes) as unknown as Status;
    const info = status.details.map((detail) => anyUnpack(detail, registry)).find((one) => one !== undefined);
    if (!info) return {};
    const { reason, ...rest } = toJson(registry.getMessage('google.rpc.ErrorInfo')!, info) as Info;
    return { code: reason, ...rest };
  } catch {
    // Details are optional; broken ones must not hide the error that they belong to.
    return {};
  }
}

interface Status {
  readonly details: Any[];
}

type Info = { reason?: string; metadata?: Record<string, string> };
