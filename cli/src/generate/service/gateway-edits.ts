import { camel, constant, kebab, pascal } from '../names/words.js';
import type { CodeEdit, Edit, ImportEdit, Where } from '../edits/edit.js';
import type { ServiceModel } from './service-model.js';

/** How the parts of a slice of the gateway are made known to the rest of it. */
export function gatewayEdits(model: ServiceModel, gateway: string): Edit[] {
  return [
    ...upstreamEdits(model, `${gateway}/src/upstreams`),
    ...loaderEdits(model, `${gateway}/src/loaders/loaders.ts`),
    ...resolverEdits(model, `${gateway}/src`),
    ...playgroundEdits(model, `${gateway}/src/playground/examples.ts`),
  ];
}

const imported = (file: string, from: string, ...names: string[]): ImportEdit => ({
  kind: 'import',
  file,
  from,
  names,
});
const typeOnly = (edit: ImportEdit): ImportEdit => ({ ...edit, typeOnly: true });
const code = (file: string, where: Where, text: string): CodeEdit => ({ kind: 'code', file, where, text });

function upstreamEdits({ service }: ServiceModel, folder: string): Edit[] {
  const module = `${folder}/upstreams.module.ts`;
  const fixture = `${folder}/shop.fixture.ts`;
  const [name, server] = [camel(service), `${pascal(service)}Server`];
  return [
    imported(module, `./${kebab(service)}.upstream.js`, name),
    code(module, { at: 'list', variable: 'upstreams' }, name),
    imported(fixture, `./${kebab(service)}.fixture.js`, server),
    code(
      fixture,
      { at: 'object', class: 'Shop', member: 'servers' },
      `${constant(service)}_URL: new ${server}().server`,
    ),
  ];
}

function loaderEdits({ service, entity }: ServiceModel, file: string): Edit[] {
  const upstream = `../upstreams/${kebab(service)}.upstream.js`;
  const [one, many] = [pascal(entity.words), camel(entity.plural)];
  const [token, loader] = [constant(entity.plural), `${camel(entity.words)}Loader`];
  return [
    typeOnly(imported(file, `../models/${kebab(entity.words)}.model.js`, one)),
    imported(file, '@nestjs/common', 'Inject'),
    imported(file, upstream, token),
    typeOnly(imported(file, upstream, pascal(entity.plural))),
    typeOnly(imported(file, './batched.js', 'EntityLoader')),
    imported(file, `./${kebab(entity.words)}.loader.js`, loader),
    code(file, { at: 'interface', name: 'Loaders' }, `readonly ${one}: EntityLoader<${one}>;`),
    code(
      file,
      { at: 'class', name: 'LoadersFactory' },
      `@Inject(${token}) private readonly ${many}!: ${pascal(entity.plural)};`,
    ),
    code(
      file,
      { at: 'object', class: 'LoadersFactory', member: 'create' },
      `${one}: ${loader}(this.${many})`,
    ),
  ];
}

function resolverEdits({ entity }: ServiceModel, src: string): Edit[] {
  const [module, federation] = [`${src}/app.module.ts`, `${src}/federation/federation.resolver.ts`];
  const [one, resolver] = [pascal(entity.words), `${pascal(entity.words)}Resolver`];
  return [
    imported(module, `./resolvers/${kebab(entity.words)}.resolver.js`, resolver),
    code(
      module,
      { at: 'decorator-list', class: 'AppModule', decorator: 'Module', property: 'providers' },
      resolver,
    ),
    imported(federation, `../models/${kebab(entity.words)}.model.js`, one),
    code(federation, { at: 'list', variable: 'Entity' }, one),
  ];
}

function playgroundEdits({ entity }: ServiceModel, file: string): Edit[] {
  const examples = `${camel(entity.words)}Examples`;
  return [
    imported(file, `./${kebab(entity.words)}.examples.js`, examples),
    code(file, { at: 'list', variable: 'examples' }, `...${examples}`),
  ];
}
