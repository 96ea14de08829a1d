import { dirname, relative } from 'node:path';
import { pascal, snake } from '../names/words.js';
import { projectFiles } from '../projection/project-files.js';
import { gatewayEdits } from './gateway-edits.js';
import { eventNames, sliceId, topicOf } from './service-model.js';
import type { System } from '../../system/system.js';
import type { Edit } from '../edits/edit.js';
import type { Template } from '../projection/marks.js';
import type { Slice, SliceFile } from '../slice.js';
import type { ServiceModel } from './service-model.js';
import type { ServiceWish } from './service-wish.js';

/** Of the templates of services, counted up when what they make changes. */
const VERSION = 1;

/** The contract of money, which stays whatever becomes of the services that use it. */
export const MONEY_SLICE = 'contract money';

interface Surroundings {
  readonly system: System;
  readonly templates: readonly Template[];
  readonly has: (path: string) => boolean;
}

/**
 * What generating a service brings: the contract of money first, which then stays whatever becomes of the service,
 * and the service itself with its slice of the gateway.
 */
export function serviceSlices(model: ServiceModel, wish: ServiceWish, around: Surroundings): Slice[] {
  const { system, templates, has } = around;
  const folder = `${dirname(system.services[0]?.path ?? 'services/x')}/${model.name}`;
  const proto = relative(system.root, system.protoFolder);
  const files = projectFiles(templates, model, (file) => placeOf(file, { folder, proto, model }));
  const money = `${proto}/money.proto`;
  const service: Slice = {
    id: sliceId(model.name),
    template: 'service',
    version: VERSION,
    inputs: { ...wish, name: model.name, port: model.port },
    files: files.filter(({ path }) => path !== money),
    edits: [
      ...systemEdits(model, folder, wish.database ?? driverOf(system)),
      ...projectEdits(model, { folder, files, has }),
      ...(model.gateway ? gatewayEdits(model, model.gateway.path) : []),
    ],
  };
  if (has(money) || !model.fields.some(({ type }) => type === 'money')) return [service];
  const contract = files.filter(({ path }) => path === money);
  return [
    { id: MONEY_SLICE, template: 'proto', version: VERSION, inputs: {}, files: contract, edits: [] },
    service,
  ];
}

interface Places {
  readonly folder: string;
  readonly proto: string;
  readonly model: ServiceModel;
}

function placeOf(file: string, { folder, proto, model }: Places): string | undefined {
  if (file.startsWith('service/')) return file.replace('service', folder);
  if (file.startsWith('proto/')) return file.replace('proto', proto);
  return model.gateway && file.startsWith('gateway/src/')
    ? file.replace('gateway', model.gateway.path)
    : undefined;
}

type Driver = NonNullable<ServiceWish['database']>;

/** A system keeps its data in one kind of database, as far as it goes. */
const driverOf = ({ services }: System): Driver =>
  services.find(({ database }) => database)?.database?.driver ?? 'sqlite';

/** What msx.yaml says of it. */
function systemEdits(model: ServiceModel, folder: string, driver: Driver): Edit[] {
  const { name, port, entity, system, gateway } = model;
  const set = (path: string[], value: unknown): Edit => ({ kind: 'set', file: 'msx.yaml', path, value });
  const proto = snake(entity.words);
  const messages = `${snake(system)}.${proto}.v1.${pascal(entity.words)}`;
  const topics = eventNames.map((event) => topicOf(model, event));
  return [
    ...eventNames.map((event, n) => {
      const message = messages + pascal([event]);
      return set(['topics', topics[n]!], { message, partitions: 3 });
    }),
    set(['services', name], {
      path: folder,
      kind: 'grpc',
      port,
      proto: [`${proto}.proto`],
      database: { driver, file: `${entity.plural.join('-')}.db` },
      publishes: topics,
    }),
    ...(gateway
      ? [{ kind: 'item' as const, file: 'msx.yaml', path: ['services', gateway.name, 'calls'], value: name }]
      : []),
  ];
}

interface Project {
  readonly folder: string;
  readonly files: readonly SliceFile[];
  readonly has: (path: string) => boolean;
}

/** What npm and the compiler are told of a new workspace; the lock file too, or `npm ci` would refuse. */
function projectEdits({ name }: ServiceModel, { folder, files, has }: Project): Edit[] {
  const edits: Edit[] = [];
  if (has('tsconfig.json'))
    edits.push({ kind: 'item', file: 'tsconfig.json', path: ['references'], value: { path: folder } });
  if (!has('package-lock.json')) return edits;
  const manifest = files.find(({ path }) => path === `${folder}/package.json`)!;
  const { version, license, dependencies, devDependencies, engines } = JSON.parse(manifest.text) as Record<
    string,
    unknown
  >;
  const lock = (path: string, value: unknown): Edit => ({
    kind: 'set',
    file: 'package-lock.json',
    path: ['packages', path],
    value,
  });
  return [
    ...edits,
    lock(`node_modules/${name}`, { resolved: folder, link: true }),
    lock(folder, { version, license, dependencies, devDependencies, engines }),
  ];
}
