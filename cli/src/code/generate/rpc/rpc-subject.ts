import { exemplar } from '../projection/exemplar.js';
import { wordNames } from '../projection/rename.js';
import { wordsOf } from '../names/words.js';
import type { Feature, Subject } from '../projection/subject.js';
import type { RpcModel } from './rpc-model.js';

/** Whether the generated code loads the entity; otherwise it only returns an error. */
export const findsEntity = ({ handler, key, output }: RpcModel): boolean =>
  handler?.canGet === true && key !== undefined && (output === undefined || output === handler.entity);

/** The RPCs of the exemplar: the first loads a garden gnome, the second is not implemented yet. */
const RPCS = [
  ['polish', 'boots'],
  ['sweep', 'yard'],
];

/**
 * The subject of an RPC for templates. The garden gnome stands for the message or entity `about`; `more` are names of
 * the exemplar that are specific to the service or the gateway.
 */
export function rpcSubject(
  model: RpcModel,
  about: string | undefined,
  more: readonly (readonly [string, string])[],
): Subject {
  const { name, contract, fields, output, handler } = model;
  const rpcs = RPCS.flatMap((words) => wordNames(words, wordsOf(name.kebab)));
  const entity = about === undefined ? [] : wordNames(exemplar.entity.words, wordsOf(about));
  const features: Feature[] = [
    'rpc',
    findsEntity(model) ? 'finding' : 'refusing',
    output ? 'answering' : 'silent',
    model.public ? 'public' : 'guarded',
    ...(handler?.fixture ? (['fixture'] as const) : []),
  ];
  return {
    names: new Map([
      ...rpcs,
      ...entity,
      ...(about === undefined ? [] : [['GardenGnome', about] as const]),
      ['gen/garden_gnome.js', `gen/${contract.stub}.js`],
      ...more,
    ]),
    fields,
    features: new Set(features),
  };
}
