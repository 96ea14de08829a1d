import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { parseFields } from '../fields/parse-fields.js';
import { isForSlices } from '../projection/project-files.js';
import { readTemplates } from '../projection/read-templates.js';
import type { Template } from '../projection/marks.js';
import { checkNames, checkTypesOf } from './check-names.js';
import { nounOf } from './noun.js';
import { wordsOf } from './words.js';

const folder = fileURLToPath(new URL('../../../../../templates', import.meta.url));
const templates = ['service', 'proto', 'gateway']
  .flatMap((each) => readTemplates(folder, each))
  .filter((template) => !isForSlices(template));
const model = (entity: string, { fields = 'a:string', service = 'keeper' } = {}) => ({
  ...{
    entity: nounOf(entity),
    service: wordsOf(service),
    system: ['shop'],
    port: 50_054,
    healthPort: 51_054,
  },
  fields: parseFields(fields),
});

describe('the names of a service', () => {
  it.each([
    ['Buffer', '"Buffer" already means something in its contract'],
    ['Timestamp', '"Timestamp" already means something in its contract'],
    ['Struct', '"Struct" already means something in its contract'],
    ['Subscription', '"Subscription" already means something in its contract or schema'],
    ['Number', '"Number" already means something in'],
    ['Column', '"Column" already means something in service/src/garden-gnome/garden-gnome.entity.ts'],
    ['Test', '"TestService" already means something in'],
    ['Channel', '"getChannel" already means something in every gRPC client'],
    ['Missing', '"missing" already means something in'],
  ])('cannot be derived from %s', (entity, reason) => {
    expect(() => checkNames(model(entity), templates)).toThrow(reason);
  });

  it('cannot be derived from conflicting field or service names, either', () => {
    expect(() => checkNames(model('crate', { fields: 'decimal:enum(a|b),price:money' }), templates)).toThrow(
      '"decimal" cannot be the name of the field: "toDecimal" already means something',
    );
    const text = "import { GrpcServer } from 'grpc';\nexport class ToolShedServer extends GrpcServer {}\n";
    const template: Template = {
      file: 'server.ts',
      condition: undefined,
      pieces: [{ kind: 'text', line: 1, text }],
    };
    expect(() => checkNames(model('crate', { service: 'grpc' }), [template])).toThrow(
      '"grpc" cannot be the name of the service: "GrpcServer" already means something',
    );
  });

  it.each(['Order', 'Event', 'Option', 'Basket', 'Type', 'Node', 'Item', 'Message', 'Error'])(
    'can be derived from %s',
    (entity) => {
      expect(() => checkNames(model(entity, { fields: 'kind:enum(a|b)' }), templates)).not.toThrow();
    },
  );

  it('do not repeat types of the schema', () => {
    const sources = new Map([['models/connection.ts', '@ObjectType()\nexport class PageInfo {}']]);
    expect(() => checkTypesOf(sources, model('pageInfo'))).toThrow(
      'type PageInfo is taken by models/connection.ts',
    );
    expect(() => checkTypesOf(sources, model('page', { fields: 'info:enum(a|b)' }))).toThrow('PageInfo');
  });
});
