import { basename } from 'node:path';
import { camel, kebab, wordsOf } from '../names/words.js';
import { pathToSources } from '../parts/find-service.js';
import { projectFiles } from '../projection/project-files.js';
import { findsEntity, rpcSubject } from './rpc-subject.js';
import type { Edit } from '../edits/edit.js';
import type { Template } from '../projection/marks.js';
import type { SliceFile } from '../slice.js';
import type { Handler } from './find-handler.js';
import type { RpcModel } from './rpc-model.js';

/** The implementation of the RPC in its own file, and its test. */
export function serviceFiles(model: RpcModel, handler: Handler, templates: readonly Template[]): SliceFile[] {
  const { service, output } = model;
  const { entity, folder, fixture } = handler;
  const finds = findsEntity(model);
  const subject = rpcSubject(model, finds ? entity : (output ?? entity), [
    ["'../", `'${pathToSources(service, folder)}`],
    ["'tool-shed'", `'${service.name}'`],
    ...(finds || output ? [] : [['Promise<GardenGnome>', 'Promise<void>'] as const]),
    ...(fixture
      ? ([
          ['{ gardenGnome }', `{ ${fixture} }`],
          ['gardenGnome()', `${fixture}()`],
        ] as const)
      : []),
  ]);
  return projectFiles(templates, subject, (file) =>
    file.startsWith('service/') ? `${folder}/${basename(file)}` : undefined,
  );
}

/** The edits that add the RPC to the controller. */
export function controllerEdits(model: RpcModel, handler: Handler): Edit[] {
  const { name, contract, output } = model;
  const { file, member } = handler;
  const finds = findsEntity(model);
  const call = `await ${name.camel}(${finds ? `this.${member}, ` : ''}request)`;
  const base = kebab(wordsOf(handler.entity));
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
