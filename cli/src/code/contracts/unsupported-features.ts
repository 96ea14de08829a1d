import { fromBinary } from '@bufbuild/protobuf';
import {
  Edition,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';
import type {
  DescriptorProto,
  FeatureSet,
  FieldDescriptorProto,
  FileDescriptorProto,
} from '@bufbuild/protobuf/wkt';
import { problemAt } from './buf.js';
import type { ProtoProblem } from './buf.js';
import type { System } from '../../model/system/system.js';

const { DOUBLE, FLOAT, INT64, UINT64, INT32, FIXED64, FIXED32, BOOL, STRING, MESSAGE, BYTES, UINT32, ENUM } =
  FieldDescriptorProto_Type;
const { SFIXED32, SFIXED64, SINT32, SINT64 } = FieldDescriptorProto_Type;

/** The features for which the stub generator produces correct code; it would misinterpret all others. */
const IMPLEMENTED = {
  syntax: new Set(['proto3']),
  labels: new Set([FieldDescriptorProto_Label.OPTIONAL, FieldDescriptorProto_Label.REPEATED]),
  types: new Set([
    ...[DOUBLE, FLOAT, INT64, UINT64, INT32, FIXED64, FIXED32, BOOL, STRING, MESSAGE, BYTES, UINT32, ENUM],
    ...[SFIXED32, SFIXED64, SINT32, SINT64],
  ]),
  /** Google's own messages, without BytesValue: its JSON would be that of a Buffer. */
  google: new Set([
    ...['Any', 'Duration', 'Empty', 'FieldMask', 'ListValue', 'NullValue', 'Struct', 'Timestamp', 'Value'],
    ...['BoolValue', 'DoubleValue', 'FloatValue', 'Int32Value', 'Int64Value', 'StringValue'],
    ...['UInt32Value', 'UInt64Value'],
  ]),
  /** Custom options are only read by tools and need no code. */
  extended: /^\.google\.protobuf\.\w+Options$/,
};

/** Google's own files, bundled with buf: some are proto2 and are only imported for options. */
const BUNDLED_WITH_BUF = /^google\/protobuf\//;

/** A path in a file as in google.protobuf.SourceCodeInfo: field numbers and list indexes. */
type Path = readonly number[];
interface UnsupportedFeature {
  readonly path: Path;
  readonly feature: string;
}

/** The features used by a google.protobuf.FileDescriptorSet that the generator does not implement. */
export function unsupportedFeatures(system: System, set: Uint8Array): ProtoProblem[] {
  const { file: files } = fromBinary(FileDescriptorSetSchema, set);
  return files
    .filter(({ name }) => !BUNDLED_WITH_BUF.test(name))
    .flatMap((file) =>
      featuresOf(file).map(({ path, feature }) =>
        problemAt(system, file.name, {
          ...placeOf(file, path),
          message: `${feature} is not implemented`,
        }),
      ),
    );
}

function featuresOf(file: FileDescriptorProto): UnsupportedFeature[] {
  return [
    ...syntaxOf(file),
    ...overridden(file.options?.features, [8]),
    ...file.messageType.flatMap((message, n) => inMessage(message, [4, n])),
    ...file.enumType.flatMap(({ options }, n) => overridden(options?.features, [5, n])),
    ...file.extension.flatMap((field, n) => inField(field, [7, n])),
  ];
}

/** Files without a syntax are proto2. */
function syntaxOf({ syntax, edition }: FileDescriptorProto): UnsupportedFeature[] {
  if (IMPLEMENTED.syntax.has(syntax)) return [];
  if (syntax !== 'editions') return [{ path: [12], feature: `syntax "${syntax || 'proto2'}"` }];
  return [{ path: [14], feature: `edition "${(Edition[edition] ?? '').replace('EDITION_', '')}"` }];
}

function inMessage(message: DescriptorProto, path: Path): UnsupportedFeature[] {
  return [
    ...overridden(message.options?.features, path),
    ...message.field.flatMap((field, n) => inField(field, [...path, 2, n])),
    ...message.nestedType.flatMap((nested, n) => inMessage(nested, [...path, 3, n])),
    ...message.enumType.flatMap(({ options }, n) => overridden(options?.features, [...path, 4, n])),
    ...message.extensionRange.map((_, n) => ({ path: [...path, 5, n], feature: 'a range of extensions' })),
    ...message.extension.flatMap((field, n) => inField(field, [...path, 6, n])),
  ];
}

function inField(field: FieldDescriptorProto, path: Path): UnsupportedFeature[] {
  const { name, label, type, typeName, extendee, defaultValue, options } = field;
  const google = /^\.google\.protobuf\.([\w.]+)$/.exec(typeName)?.[1];
  const found = (wrong: boolean, feature: string) => (wrong ? [{ path, feature }] : []);
  return [
    ...found(!IMPLEMENTED.labels.has(label), `"required" of ${name}`),
    ...found(!IMPLEMENTED.types.has(type), `the group ${name}`),
    ...found(defaultValue !== '', `the default of ${name}`),
    ...found(
      extendee !== '' && !IMPLEMENTED.extended.test(extendee),
      `the extension ${name} of ${extendee.slice(1)}`,
    ),
    ...found(google !== undefined && !IMPLEMENTED.google.has(google), `google.protobuf.${google}`),
    ...overridden(options?.features, path),
  ];
}

/** `features.field_presence`, ...: features that an edition sets explicitly, even to the values of proto3. */
function overridden(features: FeatureSet | undefined, path: Path): UnsupportedFeature[] {
  const { $typeName: _, $unknown: __, ...explicit } = features ?? ({} as Partial<FeatureSet>);
  return Object.entries(explicit)
    .filter(([, value]) => value !== 0)
    .map(([name]) => ({ path, feature: `features.${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}` }));
}

/** Counted from 1; the beginning of the file when the compiler reports no position. */
function placeOf({ sourceCodeInfo }: FileDescriptorProto, path: Path): { line: number; column: number } {
  const found = sourceCodeInfo?.location.find((location) => location.path.join() === path.join());
  const [line = 0, column = 0] = found?.span ?? [];
  return { line: line + 1, column: column + 1 };
}
