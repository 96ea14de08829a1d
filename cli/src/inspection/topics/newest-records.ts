import type { TopicRecord } from './topic-record.js';

/** Records that are larger together are dropped, the oldest first. */
const MAX_BYTES = 64 << 20;

/** The newest records of those added, by timestamp, in bounded memory. */
export class NewestRecords {
  #records: TopicRecord[] = [];
  #bytes = 0;

  constructor(
    private readonly count: number,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  add(record: TopicRecord): void {
    this.#records.push(record);
    this.#bytes += sizeOf(record);
    if (this.#records.length > 2 * this.count + 1 || this.#bytes > this.maxBytes) this.#trim();
  }

  inOrder(): readonly TopicRecord[] {
    this.#trim();
    return this.#records;
  }

  #trim(): void {
    const sorted = this.#records.sort(byTime);
    let bytes = 0;
    let kept = 0;
    while (kept < Math.min(this.count, sorted.length)) {
      bytes += sizeOf(sorted.at(-1 - kept)!);
      if (bytes > this.maxBytes && kept > 0) break;
      kept++;
    }
    this.#records = sorted.slice(sorted.length - kept);
    this.#bytes = this.#records.reduce((sum, record) => sum + sizeOf(record), 0);
  }
}

const sizeOf = ({ key, value }: TopicRecord): number => (key?.length ?? 0) + (value?.length ?? 0);

/** Records of one partition with the same timestamp keep their order. */
const byTime = (a: TopicRecord, b: TopicRecord): number =>
  a.timestamp - b.timestamp || a.partition - b.partition || a.offset - b.offset;
