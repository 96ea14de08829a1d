import type { Table } from '../storage/table.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { checkEntity, type QuotaEntity } from './quota-entity.js';
import { checkQuota } from './quota-value.js';

/** Values by the name of the quota. */
export type Quotas = Record<string, number>;

/** Undefined removes the quota. */
export type QuotaChanges = ReadonlyMap<string, number | undefined>;

const MAX_ENTITIES = 10_000;

/** The quotas of all entities. They are kept and shown, but not enforced. */
export class ClientQuotas {
  constructor(private readonly stored: Table<Quotas>) {}

  all(): { entity: QuotaEntity; quotas: Quotas }[] {
    return this.stored.entries().map(([key, quotas]) => ({ entity: entityOf(key), quotas }));
  }

  /** All changes or none. Throws INVALID_REQUEST. */
  alter(entity: QuotaEntity, changes: QuotaChanges, validateOnly: boolean): void {
    checkEntity(entity);
    for (const [name, value] of changes) if (value !== undefined) checkQuota(entity, name, value);
    const key = keyOf(entity);
    const current = this.stored.get(key);
    const quotas = changed(current ?? {}, changes);
    if (!current && Object.keys(quotas).length > 0 && this.stored.size >= MAX_ENTITIES)
      throw new KafkaError(ErrorCode.INVALID_REQUEST, `at most ${MAX_ENTITIES} entities can have quotas`);
    if (validateOnly) return;
    if (Object.keys(quotas).length > 0) this.stored.set(key, quotas);
    else this.stored.delete(key);
  }
}

const changed = (quotas: Quotas, changes: QuotaChanges): Quotas =>
  Object.fromEntries(
    [...Object.entries(quotas).filter(([name]) => !changes.has(name)), ...changes].filter(
      (entry): entry is [string, number] => entry[1] !== undefined,
    ),
  );

/** The same for all orders of the types. */
const keyOf = (entity: QuotaEntity): string => JSON.stringify([...entity].sort());
const entityOf = (key: string): QuotaEntity => new Map(JSON.parse(key) as [string, string | null][]);
