import { camel, kebab, wordsOf } from '../names/words.js';
import { checksOf, examplesOf } from '../parts/plain-fields.js';
import type { Edit } from '../edits/edit.js';
import type { SliceFile } from '../slice.js';
import type { Handler } from './find-handler.js';
import type { RpcModel } from './rpc-model.js';

/** Whether the generated code can do more than refuse: it finds the entity that it is about. */
export const findsEntity = ({ handler, key, output }: RpcModel): boolean =>
  handler?.canGet === true && key !== undefined && (output === undefined || output === handler.entity);

const fileBase = ({ folder, entity }: Handler) => `${folder}/${kebab(wordsOf(entity))}`;

/** What the RPC does, in a file of its own, and its test. */
export function serviceFiles(model: RpcModel, handler: Handler): SliceFile[] {
  const { name } = model;
  const file = (path: string, text: string) => ({
    path: `${handler.folder}/${path}`,
    template: 'rpc/service',
    text,
  });
  return [
    file(`${name.kebab}.ts`, ruleText(model, handler)),
    file(`${name.kebab}.test.ts`, testText(model, handler)),
  ];
}

function ruleText(model: RpcModel, { entity, folder }: Handler): string {
  const { name, contract, key, output, fields } = model;
  const base = kebab(wordsOf(entity));
  const finds = findsEntity(model);
  const checks = checksOf(fields, 'request');
  const imports = [finds ? '' : 'DomainError', checks.length > 0 ? 'Validation' : ''].filter(Boolean);
  const missing = `${name.camel} says nothing yet`;
  return `${imports.length > 0 ? `import { ${imports.join(', ')} } from '@msx/runtime';` : ''}
import type { ${name.pascal}Request } from '${gen(folder)}/${contract.stub}.js';
${finds ? `import type { ${entity} } from './${base}.entity.js';\nimport type { ${entity}Service } from './${base}.service.js';` : output ? `import type { ${output} } from '${gen(folder)}/${contract.stub}.js';` : ''}

/**
 * ${finds ? `Checks what is asked and finds what it is about: what ${name.pascal} does to it is said here.` : `What ${name.pascal} does is said here.`}
 * @throws DomainError VALIDATION_FAILED${finds ? `, ${notFound(entity)}` : ', NOT_IMPLEMENTED'}
 */
export async function ${name.camel}(${finds ? `service: ${entity}Service, ` : ''}request: ${name.pascal}Request): Promise<${finds ? entity : (output ?? 'void')}> {
  ${checks.length > 0 ? `const validation = new Validation();\n${checks.join('\n')}\nvalidation.done();` : ''}
  ${finds ? `return service.get(request.${key!.name});` : `throw new DomainError('NOT_IMPLEMENTED', '${missing}', { kind: 'internal' });`}
}
`;
}

const gen = (folder: string) => (folder.endsWith('/src') ? './gen' : '../gen');
const notFound = (entity: string) => `${wordsOf(entity).join('_').toUpperCase()}_NOT_FOUND`;

function testText(model: RpcModel, handler: Handler): string {
  return findsEntity(model) ? findingTest(model, handler) : refusingTest(model);
}

const refusingTest = ({
  name,
  fields,
}: RpcModel): string => `import { describe, expect, it } from '@jest/globals';
import { ${name.camel} } from './${name.kebab}.js';

describe('${name.camel}', () => {
  it('says that it does nothing yet', async () => {
    await expect(${name.camel}(${examplesOf(fields)})).rejects.toMatchObject({ reason: 'NOT_IMPLEMENTED' });
  });
});
`;

function findingTest(model: RpcModel, { entity, fixture }: Handler): string {
  const { name, fields, key, service } = model;
  const base = kebab(wordsOf(entity));
  const found = `
  it('finds what it is about', async () => {
    const { id } = await service.get(${entity}Service).create(${fixture}());
    const answer = await ${name.camel}(service.get(${entity}Service), { ...request, ${key!.name}: id });
    expect(answer.id).toBe(id);
  });
`;
  return `import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import type { ${name.pascal}Request } from '../gen/${model.contract.stub}.js';
${fixture ? `import { ${fixture} } from './${base}.fixture.js';\n` : ''}import { ${entity}Service } from './${base}.service.js';
import { ${name.camel} } from './${name.kebab}.js';

const request: ${name.pascal}Request = ${examplesOf(fields)};

describe('${name.camel}', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start({ name: '${service.name}', module: AppModule, driver: 'sqlite' });
  });
  afterAll(() => service?.stop());
${fixture ? found : ''}
  it('refuses what it cannot be about', async () => {
    const ask = (${key!.name}: string) => ${name.camel}(service.get(${entity}Service), { ...request, ${key!.name} });
    await expect(ask('')).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
    await expect(ask('nothing')).rejects.toMatchObject({ reason: '${notFound(entity)}' });
  });
});
`;
}

/** How the controller answers it. */
export function controllerEdits(model: RpcModel, handler: Handler): Edit[] {
  const { name, contract, output } = model;
  const { file, member } = handler;
  const finds = findsEntity(model);
  const call = `await ${name.camel}(${finds ? `this.${member}, ` : ''}request)`;
  const base = fileBase(handler).slice(handler.folder.length + 1);
  const answer = output
    ? `return { ${camel(wordsOf(output))}: ${finds ? `toMessage(${call})` : call} };`
    : `${call};\nreturn {};`;
  const imported = (from: string, ...names: string[]): Edit => ({ kind: 'import', file, from, names });
  return [
    ...(model.public ? [] : [imported('@msx/runtime', 'Roles')]),
    ...(finds && output ? [imported(`./${base}.message.js`, 'toMessage')] : []),
    imported(`./${name.kebab}.js`, name.camel),
    {
      kind: 'code',
      file,
      where: { at: 'methods', class: handler.class },
      text: `${model.public ? '' : "@Roles('admin')\n"}@GrpcMethod('${contract.service}')
async ${name.camel}(request: proto.${name.pascal}Request): Promise<proto.${name.pascal}Response> {
  ${answer}
}`,
    },
  ];
}
