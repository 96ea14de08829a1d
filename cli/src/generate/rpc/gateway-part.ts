import { camel, kebab, wordsOf } from '../names/words.js';
import { examplesOf } from '../parts/plain-fields.js';
import { firstMatch, sourcesOf } from '../parts/find-service.js';
import type { Service, System } from '../../system/system.js';
import type { Edit } from '../edits/edit.js';
import type { Field } from '../fields/field.js';
import type { SliceFile } from '../slice.js';
import type { RpcModel } from './rpc-model.js';

/** The client of a service, as a gateway has it. */
interface Client {
  /** The file that has it, as resolvers import it. */
  readonly from: string;
  readonly token: string;
  readonly type: string;
  readonly full: string;
}

export interface GatewayPart {
  readonly files: readonly SliceFile[];
  readonly edits: readonly Edit[];
  readonly byHand: readonly string[];
}

const nothing: GatewayPart = { files: [], edits: [], byHand: [] };

/** Arguments, a resolver and its test in files of their own, made known to the gateway. */
export function gatewayPart(system: System, model: RpcModel): GatewayPart {
  const { gateway, contract, name, output } = model;
  if (!gateway) return nothing;
  const sources = sourcesOf(system, gateway);
  const client = clientOf(sources, contract.service!, contract.packageName);
  const shown = !output || [...sources.keys()].includes(modelFile(gateway, output));
  if (!client || !shown) {
    const what = client ? `a model of ${output}` : `a client of ${contract.service}`;
    const todo = `${gateway.path} has no ${what}: show ${name.pascal} in a resolver of your own`;
    return { ...nothing, byHand: [todo] };
  }
  const file = (path: string, text: string) => ({
    path: `${gateway.path}/src/${path}`,
    template: 'rpc/gateway',
    text,
  });
  return {
    files: [
      ...(model.fields.length > 0 ? [file(`models/${name.kebab}.args.ts`, argsText(model))] : []),
      file(`resolvers/${name.kebab}.resolver.ts`, resolverText(model, client)),
      file(`resolvers/${name.kebab}.resolver.test.ts`, testText(model, client)),
    ],
    edits: [...moduleEdits(model, gateway), ...fixtureEdits(model, sources)],
    byHand: [],
  };
}

const modelFile = ({ path }: Service, output: string) =>
  `${path}/src/models/${kebab(wordsOf(output))}.model.ts`;

function clientOf(
  sources: ReadonlyMap<string, string>,
  service: string,
  packageName: string,
): Client | undefined {
  const client = `${service}Service`;
  const type = firstMatch(sources, new RegExp(`export type (\\w+) = Upstream<${client}>`));
  const token = firstMatch(sources, new RegExp(`token: (\\w+),\\s*client: ${client}\\b`));
  if (!type || !token || type.file !== token.file) return undefined;
  const from = `../${type.file.split('/src/')[1]!.replace(/\.ts$/, '.js')}`;
  return { from, token: token.match[1]!, type: type.match[1]!, full: `${packageName}.${service}` };
}

function argsText({ name, fields }: RpcModel): string {
  const has = (...types: string[]) => fields.some(({ type }) => types.includes(type));
  const graphql = ['ArgsType', 'Field', has('float') && 'Float', has('id') && 'ID', has('int') && 'Int'];
  const defined = fields.some(({ type, required }) => required && !['string', 'id'].includes(type));
  const checks = [
    fields.some(({ required }) => !required) && 'IsGiven',
    has('id') && 'IsId',
    fields.some(({ type, required }) => required && type === 'string') && 'IsText',
  ].filter(Boolean);
  return `import { ${graphql.filter(Boolean).join(', ')} } from '@nestjs/graphql';
${[
  defined && "import { IsDefined } from 'class-validator';",
  checks.length > 0 && `import { ${checks.join(', ')} } from '../validation/text.js';`,
]
  .filter(Boolean)
  .join('\n')}

@ArgsType()
export class ${name.pascal}Args {
${fields.map(argument).join('\n\n')}
}
`;
}

const GRAPHQL = { string: 'String', id: 'ID', int: 'Int', float: 'Float', bool: 'Boolean', datetime: 'Date' };
const TYPESCRIPT = {
  string: 'string',
  id: 'string',
  int: 'number',
  float: 'number',
  bool: 'boolean',
  datetime: 'Date',
};

function argument({ name, type, required }: Field): string {
  const [graphql, typescript] = [
    GRAPHQL[type as keyof typeof GRAPHQL],
    TYPESCRIPT[type as keyof typeof GRAPHQL],
  ];
  const given = { string: '@IsText(200)', id: '@IsId()' }[type as string] ?? '@IsDefined()';
  if (required) return `  @Field(() => ${graphql})\n  ${given}\n  readonly ${name}!: ${typescript};`;
  const check = type === 'id' ? '\n  @IsId()' : '';
  return `  @Field(() => ${graphql}, { nullable: true })\n  @IsGiven()${check}\n  readonly ${name}?: ${typescript} | null;`;
}

function resolverText(model: RpcModel, client: Client): string {
  const { name, fields, output, query } = model;
  const kind = query ? 'Query' : 'Mutation';
  const request = fields.map(
    (field) => `${field.name}: args.${field.name}${field.required ? '' : ' ?? undefined'}`,
  );
  const call = `await this.service.${query ? 'read' : 'call'}('${name.camel}', { ${request.join(', ')} })`;
  const result = output ?? 'Boolean';
  const answer = output ? camel(wordsOf(output)) : '';
  const args = fields.length > 0;
  return `${model.public ? '' : "import { Roles } from '@msx/runtime';"}
import { Inject } from '@nestjs/common';
import { ${[args && 'Args', kind, 'Resolver'].filter(Boolean).join(', ')} } from '@nestjs/graphql';
${[
  output && `import { ${output} } from '../models/${kebab(wordsOf(output))}.model.js';`,
  args && `import { ${name.pascal}Args } from '../models/${name.kebab}.args.js';`,
]
  .filter(Boolean)
  .join('\n')}
import { ${client.token} } from '${client.from}';
import type { ${client.type} } from '${client.from}';

@Resolver(${output ? `() => ${output}` : ''})
export class ${name.pascal}Resolver {
  constructor(@Inject(${client.token}) private readonly service: ${client.type}) {}

  ${model.public ? '' : "@Roles('admin')"}
  @${kind}(() => ${result}, { nullable: true })
  async ${name.camel}(${args ? `@Args() args: ${name.pascal}Args` : ''}): Promise<${output ?? 'boolean'}> {
    ${output ? `const { ${answer} } = ${call};\nreturn new ${output}(${answer}!);` : `${call};\nreturn true;`}
  }
}
`;
}

function testText({ name, fields, contract }: RpcModel, { full }: Client): string {
  const args = fields.length > 0;
  const client = `${contract.service}Service`;
  return `import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, Upstream } from '@msx/runtime';
import { ${client} } from '../gen/${contract.stub}.js';
import { GrpcServer } from '../upstreams/grpc-server.fixture.js';
import { ${name.pascal}Resolver } from './${name.kebab}.resolver.js';

describe('${name.camel}', () => {
  const asked: unknown[] = [];
  const server = new GrpcServer(${client}, {
    ${name.camel}: (request) => {
      asked.push(request);
      throw new DomainError('NOT_TODAY', 'come back tomorrow', { kind: 'precondition' });
    },
  });
  let upstream: Upstream<${client}>;
  beforeAll(async () => {
    await server.start();
    upstream = new Upstream(${client}, '${full}', server.address);
  });
  afterAll(() => {
    upstream?.close();
    server.stop();
  });

  it('passes on what was asked, and what is wrong with it', async () => {
    const resolver = new ${name.pascal}Resolver(upstream);
    ${args ? `const args = ${examplesOf(fields)};` : ''}
    const refused = { reason: 'NOT_TODAY', kind: 'precondition' };
    await expect(resolver.${name.camel}(${args ? 'args' : ''})).rejects.toMatchObject(refused);
    expect(asked).toEqual([${args ? 'args' : '{}'}]);
  });
});
`;
}

function moduleEdits({ name }: RpcModel, { path }: Service): Edit[] {
  const file = `${path}/src/app.module.ts`;
  const resolver = `${name.pascal}Resolver`;
  const where = {
    at: 'decorator-list',
    class: 'AppModule',
    decorator: 'Module',
    property: 'providers',
  } as const;
  return [
    { kind: 'import', file, from: `./resolvers/${name.kebab}.resolver.js`, names: [resolver] },
    { kind: 'code', file, where, text: resolver },
  ];
}

/** Where a test has a whole service of this kind, it must answer the new RPC, too. */
function fixtureEdits(
  { name, contract, key, output }: RpcModel,
  sources: ReadonlyMap<string, string>,
): Edit[] {
  const handlers = new RegExp(`(\\w+)\\(\\): Handlers<${contract.service}Service>`);
  const fixtures = new Map([...sources].filter(([path]) => path.endsWith('.fixture.ts')));
  const found = firstMatch(fixtures, handlers);
  if (!found) return [];
  const member = found.match[1]!;
  const owner = [...found.text.slice(0, found.match.index).matchAll(/class (\w+)/g)].at(-1)?.[1];
  const get = `get${output}`;
  const gets = output !== undefined && key !== undefined && found.text.includes(`${camel(wordsOf(get))}: (`);
  const text = gets
    ? `${name.camel}: ({ ${key.name} }, metadata) => this.${member}().${camel(wordsOf(get))}({ id: ${key.name} }, metadata)`
    : `${name.camel}: () => ({${output ? ` ${camel(wordsOf(output))}: undefined ` : ''}})`;
  if (!owner) return [];
  return [{ kind: 'code', file: found.file, where: { at: 'object', class: owner, member }, text }];
}
