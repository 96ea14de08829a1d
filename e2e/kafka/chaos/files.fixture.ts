import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.fixture.js';

/** Of a record batch: the base offset and the length of what follows them, as in Kafka's message format v2. */
const BATCH_PREFIX_BYTES = 12;
const LENGTH_AT = 8;
/** Where a batch says how many offsets it has, less one. */
const LAST_OFFSET_DELTA_AT = 23;

/** The last segment of each partition that has records. */
export function lastSegments(data: string): string[] {
  const topics = join(data, 'topics');
  return readdirSync(topics, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/\d+\/\d{20}\.log$/.test(file))
    .sort()
    .map((file) => join(topics, file))
    .filter((file, n, all) => join(file, '..') !== join(all[n + 1] ?? '', '..') && statSync(file).size > 0);
}

/** The places and bytes of the whole batches in a segment. */
function batchesIn(segment: string): { at: number; bytes: Buffer }[] {
  const bytes = readFileSync(segment);
  const batches = [];
  for (let at = 0; at + BATCH_PREFIX_BYTES < bytes.length;) {
    const end = at + BATCH_PREFIX_BYTES + bytes.readInt32BE(at + LENGTH_AT);
    if (end > bytes.length) break;
    batches.push({ at, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return batches;
}

function nextOffset(batch: Buffer): bigint {
  return batch.readBigInt64BE(0) + BigInt(batch.readInt32BE(LAST_OFFSET_DELTA_AT)) + 1n;
}

/** A copy of the batch at the end of its log: what a broker writes that does not look at sequences. */
function repeated(batch: Buffer): Buffer {
  const copy = Buffer.from(batch);
  copy.writeBigInt64BE(nextOffset(batch), 0);
  return copy;
}

/** What an interrupted write leaves at the end of a file: the beginning of what was to be written, or what was there before. */
export function tear(data: string, random: Random): void {
  for (const segment of lastSegments(data)) {
    const last = batchesIn(segment).at(-1);
    if (!last || random.below(3) === 0) continue;
    const next = repeated(last.bytes);
    const zeros = Buffer.alloc(1 + random.below(100));
    const begun = next.subarray(0, 1 + random.below(next.length - 1));
    appendFileSync(segment, random.of([begun, zeros, Buffer.concat([begun, zeros])]));
  }
  const [line = ''] = readFileSync(join(data, 'state.log'), 'utf8').split('\n').slice(-2);
  appendFileSync(join(data, 'state.log'), line.slice(0, random.below(Math.max(1, line.length))));
}

/** Durability that is broken on purpose, so that a judgement has something to find. */
export const sabotage = {
  /** As if acknowledged records had not been written. */
  dropTail(data: string): void {
    const segment = lastSegments(data)[0]!;
    truncateSync(segment, batchesIn(segment).at(-1)!.at);
  },
  /** As if the last changes of groups had not been written: more of them than a member makes when it leaves. */
  dropState(data: string): void {
    const file = join(data, 'state.log');
    const lines = readFileSync(file, 'utf8').split('\n');
    truncateSync(file, Buffer.byteLength(lines.slice(0, -6).join('\n')) + 1);
  },
  /** As if a retried batch had been accepted a second time. */
  repeatBatch(data: string): void {
    const segment = lastSegments(data)[0]!;
    appendFileSync(segment, repeated(batchesIn(segment).at(-1)!.bytes));
  },
};
