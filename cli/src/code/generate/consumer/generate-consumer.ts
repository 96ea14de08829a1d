import { readdirSync } from 'node:fs';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { closest } from '../../../model/system/closest.js';
import { applyPlan, planAndCheck } from '../apply-plan.js';
import { topicWords } from '../event/topic-words.js';
import { pascal } from '../names/words.js';
import { readContract } from '../parts/contract.js';
import { findService } from '../parts/find-service.js';
import { sliceId } from '../service/service-model.js';
import { consumerFiles } from './consumer-files.js';
import type { System } from '../../../model/system/system.js';
import type { AppliedPlan } from '../apply-plan.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { Edit } from '../edits/edit.js';
import type { Slice } from '../slice.js';
import type { ConsumerModel } from './consumer-model.js';
import type { GeneratorContext } from '../generator-context.js';

/** Increased when the generated code changes: msx upgrade then generates it again. */
export const CONSUMER_VERSION = 3;

/** The consumer to generate: a topic and the service that consumes it. */
export interface ConsumerRequest {
  readonly topic: string;
  readonly service: string;
}

export interface GeneratedConsumer extends AppliedPlan {
  readonly service: string;
  readonly topic: string;
}

/**
 * Generates a handler that processes each event exactly once, even after a crash. Throws before anything is written.
 */
export async function generateConsumer(
  context: GeneratorContext,
  request: ConsumerRequest,
  options: { dryRun: boolean },
): Promise<GeneratedConsumer> {
  const state = await context.state();
  const { model, slice } = consumerSlice(context, request, state);
  const { service, topic, words } = model;
  const plan = await planAndCheck(context, [slice], state);
  const handler = `${service.path}/src/${words.join('-')}/${words.join('-')}.consumer.ts`;
  const todo = `${handler}: implement how ${service.name} handles ${topic}; so far it is only logged`;
  const isNew = context.read(handler) === undefined;
  const made = applyPlan(context, { ...plan, byHand: [...plan.byHand, ...(isNew ? [todo] : [])] }, options);
  return { service: service.name, topic, ...made };
}

export function consumerSlice(context: GeneratorContext, request: ConsumerRequest, { ledger }: ProjectState) {
  const model = consumerModel(context.system, request);
  const { service, topic } = model;
  const id = `consumer ${service.name}.${topic}`;
  if (!ledger.slices[id] && service.consumes.includes(topic))
    throw new MsxError('NAME_TAKEN', { what: 'topic', name: topic, by: `a consumer of ${service.name}` });
  const part = sliceId(service.name);
  const slice: Slice = {
    ...{ id, template: 'consumer', version: CONSUMER_VERSION, inputs: { topic, service: service.name } },
    ...(ledger.slices[part] && { part }),
    files: consumerFiles(model, context.sliceTemplates()),
    edits: editsOf(model),
  };
  return { model, slice };
}

function consumerModel(system: System, request: ConsumerRequest): ConsumerModel {
  const service = findService(system, request.service);
  const known = system.topics.map(({ name }) => name);
  const topic = system.topics.find(({ name }) => name === request.topic);
  if (!topic)
    throw new MsxError('UNKNOWN_TOPIC', {
      name: request.topic,
      known,
      similar: closest(request.topic, known),
    });
  const message = topic.message.split('.').at(-1)!;
  const packageName = topic.message.slice(0, -message.length - 1);
  const contract = readdirSync(system.protoFolder)
    .filter((file) => file.endsWith('.proto'))
    .map((file) => readContract(system, file))
    .find((each) => each.packageName === packageName && each.messages.includes(message));
  if (!contract) {
    const reason = `no contract has its message ${topic.message}`;
    throw new MsxError('NAME_INVALID', { what: 'topic', name: topic.name, reason });
  }
  return { topic: topic.name, words: topicWords(topic.name), service, message, stub: contract.stub };
}

function editsOf({ topic, words, service }: ConsumerModel): Edit[] {
  const file = `${service.path}/src/app.module.ts`;
  const name = `${pascal(words)}Consumer`;
  const base = words.join('-');
  const unless = ['services', service.name, 'consumes'];
  const option = { call: 'EventsModule.forRoot', property: 'consumes', before: 'false', unless };
  return [
    { kind: 'item', file: 'msx.yaml', path: unless, value: topic },
    { kind: 'import', file, from: `./${base}/${base}.consumer.js`, names: [name] },
    {
      ...{ kind: 'code', file, text: name },
      where: { at: 'decorator-list', class: 'AppModule', decorator: 'Module', property: 'providers' },
    },
    { kind: 'code', file, where: { at: 'call-option', ...option }, text: 'true' },
  ];
}
