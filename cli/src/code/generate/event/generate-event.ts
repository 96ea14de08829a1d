import { MsxError } from '../../../terminal/errors/msx-error.js';
import { applyPlan, planAndCheck } from '../apply-plan.js';
import { checkInputs } from '../check-inputs.js';
import { pascal } from '../names/words.js';
import { contractOf } from '../parts/contract.js';
import { findService } from '../parts/find-service.js';
import { messageText, plainFields, usesTimestamps } from '../parts/plain-fields.js';
import { findHandler } from '../rpc/find-handler.js';
import { sliceId } from '../service/service-model.js';
import { eventFiles } from './event-files.js';
import { topicWords } from './topic-words.js';
import type { System } from '../../../model/system/system.js';
import type { AppliedPlan } from '../apply-plan.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { Edit } from '../edits/edit.js';
import type { Slice, SliceFile } from '../slice.js';
import type { EventModel } from './event-model.js';
import type { GeneratorContext } from '../generator-context.js';

/** Increased when the generated code changes: msx upgrade then generates it again. */
export const EVENT_VERSION = 2;

/** The event to generate. */
export interface EventRequest {
  readonly topic: string;
  readonly service: string;
  readonly fields: string;
}

export interface GeneratedEvent extends AppliedPlan {
  readonly service: string;
  readonly topic: string;
}

/** Generates an event that a service publishes through its outbox. All errors are thrown before anything is written. */
export async function generateEvent(
  context: GeneratorContext,
  request: EventRequest,
  options: { dryRun: boolean },
): Promise<GeneratedEvent> {
  const state = await context.state();
  const { model, slice } = eventSlice(context, request, state);
  const plan = await planAndCheck(context, [slice], state);
  const { folder, words } = model;
  const publisher = `${folder}/${words.join('-')}.event.ts`;
  const todo = `${publisher}: call publish${pascal(words)} where ${model.topic} happens, in the same transaction`;
  const isNew = context.read(publisher) === undefined;
  const byHand = [...plan.byHand, ...(isNew ? [todo] : [])];
  const made = applyPlan(context, { ...plan, byHand }, options);
  return { service: model.service.name, topic: model.topic, ...made };
}

export function eventSlice(context: GeneratorContext, request: EventRequest, { ledger, read }: ProjectState) {
  const { system } = context;
  const id = `event ${request.topic}`;
  const inputs = {
    topic: request.topic,
    service: findService(system, request.service).name,
    fields: request.fields,
  };
  const known = ledger.slices[id];
  checkInputs(id, inputs, known?.inputs);
  const model = eventModel(system, request);
  const taken = known ? undefined : system.topics.find(({ name }) => name === model.topic);
  if (taken) throw new MsxError('NAME_TAKEN', { what: 'topic', name: taken.name, by: taken.message });
  const part = sliceId(model.service.name);
  const slice: Slice = {
    ...{ id, template: 'event', version: EVENT_VERSION, inputs },
    ...(ledger.slices[part] && { part }),
    files: [
      ...eventFiles(model, context.sliceTemplates()),
      ...(read(model.proto) === undefined ? [contractOfEvents(model)] : []),
    ],
    edits: editsOf(model),
  };
  return { model, slice };
}

function eventModel(system: System, request: EventRequest): EventModel {
  const service = findService(system, request.service);
  const words = topicWords(request.topic);
  const contract = contractOf(system, service);
  const fields = plainFields(request.fields).map((field) => ({
    ...field,
    required: field.required || field.type === 'id',
  }));
  const key = fields.find(({ type }) => type === 'id');
  if (!key) {
    const reason = 'an event needs a key: add the id of its entity, such as orderId:id';
    throw new MsxError('FIELDS_INVALID', { fields: request.fields, column: 1, reason });
  }
  const handler = findHandler(system, service, contract.service!);
  return {
    ...{ topic: request.topic, words, service, fields, key },
    proto: contract.file.replace(/\.proto$/, '_events.proto'),
    stub: `${contract.stub}_events`,
    packageName: contract.packageName,
    folder: handler?.folder ?? `${service.path}/src`,
  };
}

/** The contract file created with the first event of a service. */
const contractOfEvents = ({ proto, packageName }: EventModel): SliceFile => ({
  path: proto,
  template: 'event',
  text: `syntax = "proto3";\n\npackage ${packageName};\n`,
});

function editsOf({ topic, words, service, proto, fields, packageName, folder }: EventModel): Edit[] {
  const file = `${service.path}/src/app.module.ts`;
  const name = words[0]! + pascal(words.slice(1));
  const from = `${folder === `${service.path}/src` ? '.' : `.${folder.slice(`${service.path}/src`.length)}`}/${words.join('-')}.event.js`;
  const timestamps = 'import "google/protobuf/timestamp.proto";';
  return [
    ...(usesTimestamps(fields)
      ? [{ kind: 'proto', file: proto, where: { at: 'imports' }, text: timestamps } as const]
      : []),
    {
      kind: 'proto',
      file: proto,
      where: { at: 'end' },
      text: `// ${topic}\n${messageText(pascal(words), fields)}`,
    },
    {
      ...{ kind: 'set', file: 'msx.yaml', path: ['topics', topic] },
      value: { message: `${packageName}.${pascal(words)}`, partitions: 3 },
    },
    { kind: 'item', file: 'msx.yaml', path: ['services', service.name, 'publishes'], value: topic },
    { kind: 'import', file, from, names: [name] },
    {
      kind: 'code',
      file,
      where: { at: 'call-list', call: 'EventsModule.forRoot', property: 'publishes' },
      text: name,
    },
  ];
}
