import { readdirSync } from 'node:fs';
import { MsxError } from '../../errors/msx-error.js';
import { closest } from '../../system/closest.js';
import { carryOut } from '../carry-out.js';
import { planSlices } from '../changes/plan-slices.js';
import { topicWords } from '../event/topic-words.js';
import { pascal } from '../names/words.js';
import { readContract } from '../parts/contract.js';
import { findService } from '../parts/find-service.js';
import { sliceId } from '../service/service-model.js';
import { consumerTest, consumerText } from './consumer-text.js';
import type { Service, System } from '../../system/system.js';
import type { CarriedOut } from '../carry-out.js';
import type { Ground } from '../changes/plan-slice.js';
import type { Edit } from '../edits/edit.js';
import type { Slice } from '../slice.js';
import type { Workshop } from '../workshop.js';

/** Counted up when what is made of a wish changes: msx upgrade then makes it anew. */
export const CONSUMER_VERSION = 2;

/** Who is to hear of what. */
export interface ConsumerWish {
  readonly topic: string;
  readonly service: string;
}

export interface ConsumerModel {
  readonly topic: string;
  readonly words: readonly string[];
  readonly service: Service;
  /** The message of the topic, and the stub that has it. */
  readonly message: string;
  readonly stub: string;
}

export interface ConsumerMade extends CarriedOut {
  readonly service: string;
  readonly topic: string;
}

/** A handler of an event, once per event whatever is killed when. Throws before anything is written. */
export async function generateConsumer(
  workshop: Workshop,
  wish: ConsumerWish,
  options: { dryRun: boolean },
): Promise<ConsumerMade> {
  const ground = await workshop.ground();
  const { model, slice } = consumerSlice(workshop, wish, ground);
  const { service, topic, words } = model;
  const plan = await planSlices([slice], ground);
  const handler = `${service.path}/src/${words.join('-')}/${words.join('-')}.consumer.ts`;
  const todo = `${handler}: say what ${topic} means to ${service.name}: it is only logged yet`;
  const isNew = workshop.read(handler) === undefined;
  const made = carryOut(workshop, { ...plan, byHand: [...plan.byHand, ...(isNew ? [todo] : [])] }, options);
  return { service: service.name, topic, ...made };
}

export function consumerSlice({ system }: Workshop, wish: ConsumerWish, { ledger }: Ground) {
  const model = consumerModel(system, wish);
  const { service, topic, words } = model;
  const id = `consumer ${service.name}.${topic}`;
  if (!ledger.slices[id] && service.consumes.includes(topic))
    throw new MsxError('NAME_TAKEN', { what: 'topic', name: topic, by: `a consumer of ${service.name}` });
  const folder = `${service.path}/src/${words.join('-')}`;
  const file = (end: string, text: string) => ({
    path: `${folder}/${words.join('-')}.consumer${end}`,
    template: 'consumer',
    text,
  });
  const part = sliceId(service.name);
  const slice: Slice = {
    ...{ id, template: 'consumer', version: CONSUMER_VERSION, inputs: { topic, service: service.name } },
    ...(ledger.slices[part] && { part }),
    files: [file('.ts', consumerText(model)), file('.test.ts', consumerTest(model))],
    edits: editsOf(model),
  };
  return { model, slice };
}

function consumerModel(system: System, wish: ConsumerWish): ConsumerModel {
  const service = findService(system, wish.service);
  const known = system.topics.map(({ name }) => name);
  const topic = system.topics.find(({ name }) => name === wish.topic);
  if (!topic)
    throw new MsxError('UNKNOWN_TOPIC', { name: wish.topic, known, similar: closest(wish.topic, known) });
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
