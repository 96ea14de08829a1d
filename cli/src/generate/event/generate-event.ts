import { MsxError } from '../../errors/msx-error.js';
import { carryOut } from '../carry-out.js';
import { planSlices } from '../changes/plan-slices.js';
import { checkInputs } from '../check-inputs.js';
import { pascal } from '../names/words.js';
import { contractOf } from '../parts/contract.js';
import { findService } from '../parts/find-service.js';
import { messageText, plainFields, usesTimestamps } from '../parts/plain-fields.js';
import { findHandler } from '../rpc/find-handler.js';
import { sliceId } from '../service/service-model.js';
import { eventTest, eventText } from './event-text.js';
import { topicWords } from './topic-words.js';
import type { Service, System } from '../../system/system.js';
import type { CarriedOut } from '../carry-out.js';
import type { Ground } from '../changes/plan-slice.js';
import type { Edit } from '../edits/edit.js';
import type { Field } from '../fields/field.js';
import type { Slice, SliceFile } from '../slice.js';
import type { Workshop } from '../workshop.js';

/** Counted up when what is made of a wish changes: msx upgrade then makes it anew. */
export const EVENT_VERSION = 1;

/** What a person wants an event to be. */
export interface EventWish {
  readonly topic: string;
  readonly service: string;
  readonly fields: string;
}

export interface EventModel {
  readonly topic: string;
  readonly words: readonly string[];
  readonly service: Service;
  /** Relative to the root. */
  readonly proto: string;
  readonly stub: string;
  readonly packageName: string;
  readonly fields: readonly Field[];
  /** Events about the same thing stay in order. */
  readonly key: Field;
  readonly folder: string;
}

export interface EventMade extends CarriedOut {
  readonly service: string;
  readonly topic: string;
}

/** An event that a service publishes through its outbox. Throws all that can be wrong, before anything is written. */
export async function generateEvent(
  workshop: Workshop,
  wish: EventWish,
  options: { dryRun: boolean },
): Promise<EventMade> {
  const ground = await workshop.ground();
  const { model, slice } = eventSlice(workshop, wish, ground);
  const made = carryOut(workshop, await planSlices([slice], ground), options);
  return { service: model.service.name, topic: model.topic, ...made };
}

export function eventSlice({ system }: Workshop, wish: EventWish, { ledger, read }: Ground) {
  const id = `event ${wish.topic}`;
  const inputs = { topic: wish.topic, service: findService(system, wish.service).name, fields: wish.fields };
  const known = ledger.slices[id];
  checkInputs(id, inputs, known?.inputs);
  const model = eventModel(system, wish);
  const taken = known ? undefined : system.topics.find(({ name }) => name === model.topic);
  if (taken) throw new MsxError('NAME_TAKEN', { what: 'topic', name: taken.name, by: taken.message });
  const part = sliceId(model.service.name);
  const slice: Slice = {
    ...{ id, template: 'event', version: EVENT_VERSION, inputs },
    ...(ledger.slices[part] && { part }),
    files: filesOf(model, read(model.proto) === undefined),
    edits: editsOf(model),
  };
  return { model, slice };
}

function eventModel(system: System, wish: EventWish): EventModel {
  const service = findService(system, wish.service);
  const words = topicWords(wish.topic);
  const contract = contractOf(system, service);
  const fields = plainFields(wish.fields).map((field) => ({
    ...field,
    required: field.required || field.type === 'id',
  }));
  const key = fields.find(({ type }) => type === 'id');
  if (!key) {
    const reason = 'an event has a key: give the id of what it is about, as orderId:id';
    throw new MsxError('FIELDS_INVALID', { fields: wish.fields, column: 1, reason });
  }
  const handler = findHandler(system, service, contract.service!);
  return {
    ...{ topic: wish.topic, words, service, fields, key },
    proto: contract.file.replace(/\.proto$/, '_events.proto'),
    stub: `${contract.stub}_events`,
    packageName: contract.packageName,
    folder: handler?.folder ?? `${service.path}/src`,
  };
}

function filesOf(model: EventModel, isFirst: boolean): SliceFile[] {
  const base = `${model.folder}/${model.words.join('-')}`;
  const file = (path: string, text: string) => ({ path, template: 'event', text });
  const header = `syntax = "proto3";\n\npackage ${model.packageName};\n`;
  return [
    file(`${base}.event.ts`, eventText(model)),
    file(`${base}.event.test.ts`, eventTest(model)),
    ...(isFirst ? [file(model.proto, header)] : []),
  ];
}

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
