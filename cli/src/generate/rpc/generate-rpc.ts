import { carryOut } from '../carry-out.js';
import { planSlices } from '../changes/plan-slices.js';
import { checkInputs } from '../check-inputs.js';
import { snake, wordsOf } from '../names/words.js';
import { messageText, usesTimestamps } from '../parts/plain-fields.js';
import { sliceId } from '../service/service-model.js';
import { gatewayPart } from './gateway-part.js';
import { rpcModel } from './rpc-model.js';
import { controllerEdits, findsEntity, serviceFiles } from './service-part.js';
import type { CarriedOut } from '../carry-out.js';
import type { Ground } from '../changes/plan-slice.js';
import type { Edit } from '../edits/edit.js';
import type { Slice } from '../slice.js';
import type { Workshop } from '../workshop.js';
import type { RpcModel } from './rpc-model.js';
import type { RpcWish } from './rpc-wish.js';

/** Counted up when what is made of a wish changes: msx upgrade then makes it anew. */
export const RPC_VERSION = 1;

export interface RpcMade extends CarriedOut {
  readonly service: string;
  readonly rpc: string;
}

/** An RPC from the contract to the gateway. Throws all that can be wrong with a wish, before anything is written. */
export async function generateRpc(
  workshop: Workshop,
  wish: RpcWish,
  options: { dryRun: boolean },
): Promise<RpcMade> {
  const ground = await workshop.ground();
  const { model, slice, byHand } = rpcSlice(workshop, wish, ground);
  const plan = await planSlices([slice], ground);
  const isNew = ground.ledger.slices[model.id] === undefined;
  const todo = [...plan.byHand, ...(isNew ? leftToDo(model) : []), ...byHand];
  const made = carryOut(workshop, { ...plan, byHand: todo }, options);
  return { service: model.service.name, rpc: model.name.pascal, ...made };
}

/** The same wish makes the same slice, as long as what it is about has not changed. */
export function rpcSlice({ system }: Workshop, wish: RpcWish, { ledger }: Ground) {
  const model = rpcModel(system, wish, ledger);
  const inputs = inputsOf(wish);
  checkInputs(model.id, inputs, ledger.slices[model.id]?.inputs);
  const { handler } = model;
  const gateway = gatewayPart(system, model);
  const part = sliceId(model.service.name);
  const slice: Slice = {
    id: model.id,
    template: 'rpc',
    version: RPC_VERSION,
    inputs,
    ...(ledger.slices[part] && { part }),
    files: [...(handler ? serviceFiles(model, handler) : []), ...gateway.files],
    edits: [...contractEdits(model), ...(handler ? controllerEdits(model, handler) : []), ...gateway.edits],
  };
  return { model, slice, byHand: gateway.byHand };
}

const inputsOf = ({ target, ...wish }: RpcWish) => ({
  target: target.split('.')[1]!,
  ...Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined && value !== false)),
});

function contractEdits({ contract, name, fields, output }: RpcModel): Edit[] {
  const { file } = contract;
  const response = output ? `{\n  ${output} ${snake(wordsOf(output))} = 1;\n}` : '{}';
  const end = (text: string): Edit => ({ kind: 'proto', file, where: { at: 'end' }, text });
  const timestamps = 'import "google/protobuf/timestamp.proto";';
  const rpc = `rpc ${name.pascal}(${name.pascal}Request) returns (${name.pascal}Response);`;
  return [
    ...(usesTimestamps(fields)
      ? [{ kind: 'proto', file, where: { at: 'imports' }, text: timestamps } as const]
      : []),
    { kind: 'proto', file, where: { at: 'service', name: contract.service! }, text: rpc },
    end(messageText(`${name.pascal}Request`, fields)),
    end(`message ${name.pascal}Response ${response}`),
  ];
}

function leftToDo(model: RpcModel): string[] {
  const { handler, service, name, contract } = model;
  if (!handler)
    return [
      `${service.path}: answer ${name.pascal} in the class that implements ${contract.service}, which was not found`,
    ];
  const what = findsEntity(model)
    ? 'to the one that it finds'
    : 'at all: until then it answers NOT_IMPLEMENTED';
  return [`${handler.folder}/${name.kebab}.ts: say what ${name.pascal} does ${what}`];
}
