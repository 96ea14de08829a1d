/** A contract with a field of every kind in proto3. */
export function contractOfAllKinds(): string {
  const scalars = [
    ...['double', 'float', 'int32', 'int64', 'uint32', 'uint64', 'sint32', 'sint64', 'fixed32', 'fixed64'],
    ...['sfixed32', 'sfixed64', 'bool', 'string', 'bytes'],
  ];
  const known = ['Timestamp', 'Duration', 'FieldMask', 'Struct', 'Value', 'ListValue', 'Empty'];
  const wrappers = ['Double', 'Float', 'Int32', 'Int64', 'UInt32', 'UInt64', 'Bool', 'String'];
  const google = [...known, ...wrappers.map((name) => `${name}Value`)].map(
    (name) => `google.protobuf.${name}`,
  );
  const values = [...scalars, 'Way', 'Label', ...google];
  const keys = scalars.filter((type) => !/double|float|bytes/.test(type));
  const types = [
    ...values,
    ...[...scalars, 'Way', 'Label'].map((type) => `optional ${type}`),
    ...values.map((type) => `repeated ${type}`),
    ...keys.flatMap((key) => [`map<${key}, string>`, `map<${key}, Label>`]),
    ...values.map((type) => `map<string, ${type}>`),
  ];
  const fields = types.map((type, n) => `  ${type} field_${n + 1} = ${n + 1};`);
  const choices = values.map((type, n) => `    ${type} choice_${n} = ${1000 + n};`);
  const imports = ['timestamp', 'duration', 'field_mask', 'struct', 'empty', 'wrappers'];
  return [
    'syntax = "proto3";',
    'package shop.kinds.v1;',
    ...imports.map((name) => `import "google/protobuf/${name}.proto";`),
    'enum Way { WAY_UNSPECIFIED = 0; WAY_ONE = 1; WAY_BACK = -1; }',
    'message Label { string text = 1; Label inner = 2; string odd_name = 3 [json_name = "strange"]; }',
    'message Kinds {',
    ...fields,
    '  oneof choice {',
    ...choices,
    '  }',
    '}\n',
  ].join('\n');
}
