import type { Shape } from './shape.js';

/** The JSON Schema (draft 2020-12) of a shape, for editors. */
export function jsonSchema(shape: Shape): Record<string, unknown> {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'msx.yaml', ...schemaOf(shape) };
}

function schemaOf(shape: Shape): Record<string, unknown> {
  const { description } = shape;
  const stated = 'default' in shape ? { default: shape.default } : {};
  return { ...(description && { description }), ...bodyOf(shape), ...stated };
}

function bodyOf(shape: Shape): Record<string, unknown> {
  switch (shape.type) {
    case 'string':
      return { type: 'string', minLength: 1, ...(shape.pattern && { pattern: shape.pattern.source }) };
    case 'integer':
      return { type: 'integer', minimum: shape.minimum, maximum: shape.maximum };
    case 'choice':
      return { enum: shape.of };
    case 'boolean':
      return { type: 'boolean' };
    case 'list':
      return { type: 'array', items: schemaOf(shape.of) };
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: shape.keys.source },
        additionalProperties: schemaOf(shape.of),
      };
    case 'object': {
      const properties = Object.entries(shape.properties).map(([key, value]) => [key, schemaOf(value)]);
      return {
        type: 'object',
        properties: Object.fromEntries(properties),
        required: shape.required,
        additionalProperties: false,
      };
    }
  }
}
