import { applyPlan, planAndCheck } from '../apply-plan.js';
import { checkInputs } from '../check-inputs.js';
import { snake, wordsOf } from '../names/words.js';
import { messageText, usesTimestamps } from '../parts/plain-fields.js';
import { sliceId } from '../service/service-model.js';
import { gatewayPart } from './gateway-part.js';
import { rpcModel } from './rpc-model.js';
import { findsEntity } from './rpc-subject.js';
import { controllerEdits, serviceFiles } from './service-part.js';
import type { AppliedPlan } from '../apply-plan.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { Edit } from '../edits/edit.js';
import type { Slice } from '../slice.js';
import type { GeneratorContext } from '../generator-context.js';
import type { RpcModel } from './rpc-model.js';
import type { RpcRequest } from './rpc-request.js';

/** Increased when the generated code changes: msx upgrade then generates it again. */
export const RPC_VERSION = 2;

export interface GeneratedRpc extends AppliedPlan {
  readonly service: string;
  readonly rpc: string;
}

/** Generates an RPC from the contract to the gateway. All errors are thrown before anything is written. */
export async function generateRpc(
  context: GeneratorContext,
  request: RpcRequest,
  options: { dryRun: boolean },
): Promise<GeneratedRpc> {
  const state = await context.state();
  const { model, slice, byHand } = rpcSlice(context, request, state);
  const plan = await planAndCheck(context, [slice], state);
  const isNew = state.ledger.slices[model.id] === undefined;
  const todo = [...plan.byHand, ...(isNew ? manualSteps(model) : []), ...byHand];
  const made = applyPlan(context, { ...plan, byHand: todo }, options);
  return { service: model.service.name, rpc: model.name.pascal, ...made };
}

/** The same request produces the same slice, as long as the surrounding code has not changed. */
export function rpcSlice(context: GeneratorContext, request: RpcRequest, { ledger }: ProjectState) {
  const { system } = context;
  const model = rpcModel(system, request, ledger);
  const inputs = inputsOf(request);
  checkInputs(model.id, inputs, ledger.slices[model.id]?.inputs);
  const { handler } = model;
  const templates = context.sliceTemplates();
  const gateway = gatewayPart(system, model, templates);
  const part = sliceId(model.service.name);
  const slice: Slice = {
    id: model.id,
    template: 'rpc',
    version: RPC_VERSION,
    inputs,
    ...(ledger.slices[part] && { part }),
    files: [...(handler ? serviceFiles(model, handler, templates) : []), ...gateway.files],
    edits: [...contractEdits(model), ...(handler ? controllerEdits(model, handler) : []), ...gateway.edits],
  };
  return { model, slice, byHand: gateway.byHand };
}

const inputsOf = ({ target, ...request }: RpcRequest) => ({
  target: target.split('.')[1]!,
  ...Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined && value !== false),
  ),
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

function manualSteps(model: RpcModel): string[] {
  const { handler, service, name, contract } = model;
  if (!handler)
    return [
      `${service.path}: implement ${name.pascal} in the class that implements ${contract.service}, which was not found`,
    ];
  const what = findsEntity(model)
    ? ' for the entity that it loads'
    : '; until then it returns NOT_IMPLEMENTED';
  return [`${handler.folder}/${name.kebab}.ts: implement ${name.pascal}${what}`];
}
