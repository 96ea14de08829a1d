import { setImmediate } from 'node:timers/promises';
import type { alterClientQuotas } from './49-alter-client-quotas.js';
import type { QuotaChanges } from '../cluster/client-quotas.js';
import type { QuotaEntity } from '../cluster/quota-entity.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';

type Entry = RequestOf<typeof alterClientQuotas>['entries'][number];

interface Result {
  readonly entity: QuotaEntity;
  readonly errorCode?: ErrorCode;
  readonly errorMessage: string | null;
}

/** Each change is written to the disk: other requests have their turn after this many. */
const ENTITIES_PER_TURN = 200;

/** Each entity on its own. One that is named twice is changed the first time, and reported as a duplicate. */
export const answerAlterClientQuotas: Handler<typeof alterClientQuotas> = async (request, context) => {
  const { quotas } = context.broker;
  const results = new Map<string, Result>();
  for (const [index, { ops, ...entry }] of request.entries.entries()) {
    if (index % ENTITIES_PER_TURN === ENTITIES_PER_TURN - 1) await setImmediate();
    const entity: QuotaEntity = new Map(entry.entity.map((part) => [part.entityType, part.entityName]));
    const key = JSON.stringify([...entity].sort());
    const alter = () => {
      if (results.has(key)) throw duplicate(entity);
      quotas.alter(entity, changesIn(ops, entity), request.validateOnly);
      return { entity, errorMessage: null };
    };
    const result = attempt<Result, Result>(context, alter, (failure) => ({ entity, ...failure }));
    results.set(key, result);
  }
  return {
    entries: [...results.values()].map(({ entity, ...result }) => ({
      ...result,
      entity: [...entity].map(([entityType, entityName]) => ({ entityType, entityName })),
    })),
  };
};

const changesIn = (ops: Entry['ops'], entity: QuotaEntity): QuotaChanges => {
  const changes = new Map(ops.map(({ key, value, remove }) => [key, remove ? undefined : value]));
  if (changes.size < ops.length) throw duplicate(entity);
  return changes;
};

const duplicate = (entity: QuotaEntity): KafkaError => {
  const parts = [...entity].map(([type, name]) => `${type}=${name}`);
  return new KafkaError(
    ErrorCode.INVALID_REQUEST,
    `Ignoring duplicate entity ClientQuotaEntity(entries={${parts.join(', ')}})`,
  );
};
