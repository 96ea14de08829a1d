import { dirname, relative } from 'node:path';
import { pascal, snake } from '../names/words.js';
import { projectFiles, serviceSubject } from '../projection/project-files.js';
import { LAUNCH_FILE, launchConfiguration } from './launch-configuration.js';
import { gatewayEdits } from './gateway-edits.js';
import { eventNames, sliceId, topicOf } from './service-model.js';
import { withVendored } from './vendored-packages.js';
import type { System } from '../../../model/system/system.js';
import type { Edit } from '../edits/edit.js';
import type { Template } from '../projection/marks.js';
import type { Slice, SliceFile } from '../slice.js';
import type { ServiceModel } from './service-model.js';
import type { ServiceRequest } from './service-request.js';
import type { VendoredPackages } from './vendored-packages.js';

/** The version of the templates of services, increased when their output changes. */
const VERSION = 3;

/** The contract of money, which is kept when the services that use it are removed. */
export const MONEY_SLICE = 'contract money';

interface ServiceSliceContext {
  readonly system: System;
  readonly templates: readonly Template[];
  readonly has: (path: string) => boolean;
  readonly vendored: VendoredPackages;
}

/**
 * The slices of a service: the contract of money if needed, which is kept when the service is removed, and the service
 * itself with its part of the gateway.
 */
export function serviceSlices(
  model: ServiceModel,
  request: ServiceRequest,
  around: ServiceSliceContext,
): Slice[] {
  const { system, templates, has, vendored } = around;
  const folder = `${dirname(system.services[0]?.path ?? 'services/x')}/${model.name}`;
  const proto = relative(system.root, system.protoFolder);
  const places = { folder, proto, model };
  const files = projectFiles(templates, serviceSubject(model), (file) => placeOf(file, places)).map((file) =>
    file.path === `${folder}/package.json`
      ? { ...file, text: withVendored(file.text, folder, vendored) }
      : file,
  );
  const money = `${proto}/money.proto`;
  const service: Slice = {
    id: sliceId(model.name),
    template: 'service',
    version: VERSION,
    inputs: { ...request, name: model.name, port: model.port },
    files: files.filter(({ path }) => path !== money),
    edits: [
      ...systemEdits(model, folder, request.database ?? driverOf(system)),
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

interface Destination {
  readonly folder: string;
  readonly proto: string;
  readonly model: ServiceModel;
}

function placeOf(file: string, { folder, proto, model }: Destination): string | undefined {
  if (file.startsWith('service/')) return file.replace('service', folder);
  if (file.startsWith('proto/')) return file.replace('proto', proto);
  return model.gateway && file.startsWith('gateway/src/')
    ? file.replace('gateway', model.gateway.path)
    : undefined;
}

type Driver = NonNullable<ServiceRequest['database']>;

/** The database driver of the existing services (default: sqlite). */
const driverOf = ({ services }: System): Driver =>
  services.find(({ database }) => database)?.database?.driver ?? 'sqlite';

/** The entries of the service in msx.yaml. */
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

/** Registers a new workspace with npm, the compiler and the editor; also in the lock file, or `npm ci` would fail. */
function projectEdits({ name, port }: ServiceModel, { folder, files, has }: Project): Edit[] {
  const edits: Edit[] = [];
  const item = (file: string, path: string[], value: object) =>
    has(file) && edits.push({ kind: 'item', file, path, value });
  item('tsconfig.json', ['references'], { path: folder });
  item(LAUNCH_FILE, ['configurations'], launchConfiguration({ name, port }));
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
