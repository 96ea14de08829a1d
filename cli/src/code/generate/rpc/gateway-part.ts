import { camel, kebab, wordsOf } from '../names/words.js';
import { firstMatch, sourceTextsOf } from '../parts/find-service.js';
import { projectFiles } from '../projection/project-files.js';
import { rpcSubject } from './rpc-subject.js';
import type { Service, System } from '../../../model/system/system.js';
import type { Edit } from '../edits/edit.js';
import type { Template } from '../projection/marks.js';
import type { SliceFile } from '../slice.js';
import type { RpcModel } from './rpc-model.js';

/** The client of a service in a gateway. */
interface UpstreamClient {
  /** The file that exports it, as resolvers import it. */
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

/** Generates arguments, a resolver and its test in their own files, and registers the resolver in the gateway. */
export function gatewayPart(system: System, model: RpcModel, templates: readonly Template[]): GatewayPart {
  const { gateway, contract, name, output } = model;
  if (!gateway) return nothing;
  const sources = sourceTextsOf(system, gateway);
  const client = clientOf(sources, contract.service!, contract.packageName);
  const hasModel = !output || [...sources.keys()].includes(modelFile(gateway, output));
  if (!client || !hasModel) {
    const what = client ? `a model of ${output}` : `a client of ${contract.service}`;
    const todo = `${gateway.path} has no ${what}: expose ${name.pascal} in a resolver of your own`;
    return { ...nothing, byHand: [todo] };
  }
  return {
    files: gatewayFiles(model, { client, gateway, templates }),
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
): UpstreamClient | undefined {
  const client = `${service}Service`;
  const type = firstMatch(sources, new RegExp(`export type (\\w+) = Upstream<${client}>`));
  const token = firstMatch(sources, new RegExp(`token: (\\w+),\\s*client: ${client}\\b`));
  if (!type || !token || type.file !== token.file) return undefined;
  const from = `../${type.file.split('/src/')[1]!.replace(/\.ts$/, '.js')}`;
  return { from, token: token.match[1]!, type: type.match[1]!, full: `${packageName}.${service}` };
}

/** The garden gnome of the exemplar stands for the output, and its upstream for the client of the service. */
function gatewayFiles(
  model: RpcModel,
  {
    client,
    gateway,
    templates,
  }: { client: UpstreamClient; gateway: Service; templates: readonly Template[] },
): SliceFile[] {
  const { contract, output, query } = model;
  const subject = rpcSubject(model, output, [
    ['../upstreams/tool-shed.upstream.js', client.from],
    ['GARDEN_GNOMES', client.token],
    ['GardenGnomes', client.type],
    ['GardenGnomeServiceService', `${contract.service}Service`],
    ['village.garden_gnome.v1.GardenGnomeService', client.full],
    ...(output ? [] : [['@Resolver(() => GardenGnome)', '@Resolver()'] as const]),
    ...(query ? QUERY : []),
  ]);
  return projectFiles(templates, subject, (file) =>
    file.startsWith('gateway/') ? file.replace('gateway', gateway.path) : undefined,
  );
}

/** The exemplar is a mutation; a query differs in two words. */
const QUERY = [
  ['Mutation', 'Query'],
  ['.call(', '.read('],
] as const;

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

/** Fixtures that implement a whole service must also implement the new RPC. */
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
