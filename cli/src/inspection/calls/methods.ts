import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import type { DescEnum, DescField, DescMessage, DescMethod, FileRegistry } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import type { Service } from '../../model/system/system.js';

/** The methods of a service, from its generated descriptor. */
export interface Contract {
  readonly service: Service;
  readonly methods: readonly DescMethod[];
  readonly registry: FileRegistry;
}

/** The stubs of the service have to be generated. Throws USAGE for a service without gRPC methods. */
export function contractOf(service: Service): Contract {
  const file = join(service.folder, 'src/gen/descriptor.binpb');
  if (service.proto.length === 0 || !existsSync(file))
    throw new MsxError('USAGE', { reason: `${service.name} has no gRPC methods`, command: 'call' });
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(file)));
  const own = [...registry.files].filter(({ proto }) => service.proto.includes(proto.name));
  const methods = own.flatMap(({ services }) => services.flatMap((one) => one.methods));
  return { service, methods, registry };
}

/** By `GetUser`, `UserService/GetUser` or `shop.user.v1.UserService/GetUser`, case-insensitive. Throws UNKNOWN_METHOD. */
export function methodOf({ service, methods }: Contract, name: string): DescMethod {
  const lowerCase = name.toLowerCase();
  const found = methods.find((method) => namesOf(method).some((one) => one.toLowerCase() === lowerCase));
  if (found) return found;
  const known = methods.map((method) => method.name);
  const similar = closest(name.split('/').at(-1)!, known);
  throw new MsxError('UNKNOWN_METHOD', { service: service.name, name, known, similar });
}

const namesOf = (method: DescMethod): string[] => [
  method.name,
  `${method.parent.name}/${method.name}`,
  `${method.parent.typeName}/${method.name}`,
];

/** The shape of a message as JSON: `{ email: string, roles: UserRole[] }`; with `deep` also of nested messages. */
export function signatureOf({ fields }: DescMessage, deep = false): string {
  if (fields.length === 0) return '{}';
  return `{ ${fields.map((field) => `${field.jsonName}: ${typeOf(field, deep)}`).join(', ')} }`;
}

function typeOf(field: DescField, deep: boolean): string {
  const element = elementOf(field, deep);
  if (field.fieldKind === 'list') return `${element}[]`;
  return field.fieldKind === 'map' ? `map<string, ${element}>` : element;
}

/** Names of google.protobuf.ScalarType, by number. */
const SCALARS = [
  '',
  'double',
  'float',
  'int64',
  'uint64',
  'int32',
  'fixed64',
  'fixed32',
  'bool',
  'string',
  '',
  '',
  'bytes',
  'uint32',
  '',
  'sfixed32',
  'sfixed64',
  'sint32',
  'sint64',
];

function elementOf({ message, enum: values, scalar }: DescField, deep: boolean): string {
  if (message?.typeName.startsWith('google.protobuf.')) return message.name.toLowerCase();
  if (message) return deep ? signatureOf(message) : message.name;
  return values ? namesIn(values, deep) : SCALARS[scalar ?? 0]!;
}

const namesIn = ({ name, values }: DescEnum, deep: boolean) =>
  deep ? values.map((value) => value.name).join(' or ') : name;
