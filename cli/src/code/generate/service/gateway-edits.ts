import { camel, constant, kebab, pascal } from '../names/words.js';
import type { CodeEdit, Edit, ImportEdit, Where } from '../edits/edit.js';
import type { ServiceModel } from './service-model.js';

/** The edits that register the parts of a slice in the gateway. */
export function gatewayEdits(model: ServiceModel, gateway: string): Edit[] {
  return [
    ...upstreamEdits(model, `${gateway}/src/upstreams`),
    ...entityEdits(model, `${gateway}/src/entities/entities.ts`),
    ...resolverEdits(model, `${gateway}/src/app.module.ts`),
    ...playgroundEdits(model, `${gateway}/src/playground/examples.ts`),
  ];
}

const imported = (file: string, from: string, ...names: string[]): ImportEdit => ({
  kind: 'import',
  file,
  from,
  names,
});
const code = (file: string, where: Where, text: string): CodeEdit => ({ kind: 'code', file, where, text });

function upstreamEdits({ service }: ServiceModel, folder: string): Edit[] {
  const list = `${folder}/upstreams.ts`;
  const fixture = `${folder}/services.fixture.ts`;
  const [name, server] = [camel(service), `${pascal(service)}Server`];
  return [
    imported(list, `./${kebab(service)}.upstream.js`, name),
    code(list, { at: 'list', variable: 'upstreams' }, name),
    imported(fixture, `./${kebab(service)}.fixture.js`, server),
    code(
      fixture,
      { at: 'object', class: 'Services', member: 'servers' },
      `${constant(service)}_URL: new ${server}().server`,
    ),
  ];
}

function entityEdits({ entity }: ServiceModel, file: string): Edit[] {
  const loaded = `${camel(entity.words)}Entity`;
  return [
    imported(file, `./${kebab(entity.words)}.entity.js`, loaded),
    code(file, { at: 'properties', variable: 'entities' }, `${pascal(entity.words)}: ${loaded}`),
  ];
}

function resolverEdits({ entity }: ServiceModel, module: string): Edit[] {
  const resolver = `${pascal(entity.words)}Resolver`;
  return [
    imported(module, `./resolvers/${kebab(entity.words)}.resolver.js`, resolver),
    code(
      module,
      { at: 'decorator-list', class: 'AppModule', decorator: 'Module', property: 'providers' },
      resolver,
    ),
  ];
}

function playgroundEdits({ entity }: ServiceModel, file: string): Edit[] {
  const examples = `${camel(entity.words)}Examples`;
  return [
    imported(file, `./${kebab(entity.words)}.examples.js`, examples),
    code(file, { at: 'list', variable: 'examples' }, `...${examples}`),
  ];
}
