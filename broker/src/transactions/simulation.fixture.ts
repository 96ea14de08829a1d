import { ErrorCode } from '../wire/error-code.js';
import type { Event } from './event.js';
import { step } from './step.js';
import { isPrepared, isTimedOut, type Place, type Producer, type Transaction } from './transaction.js';

export const PARTITIONS = 3;
export const TIMEOUT_MS = 1000;

interface Entry {
  readonly producer: Producer;
  /** The number of the transaction in the test; undefined for a marker. */
  readonly transaction: number | undefined;
  readonly committed?: boolean;
}

/** What a client believes of its transaction. */
type Outcome = 'open' | 'committed' | 'aborted' | 'unknown';

export class Client {
  producer: Producer | undefined;
  /** The number of the open transaction; undefined if there is none. */
  transaction: number | undefined;

  constructor(readonly version: number) {}
}

/** One transactional id, its clients, of which all but the last are zombies, and the logs of its partitions. */
export class Simulation {
  transaction: Transaction | undefined;
  now = 0;
  readonly logs: Entry[][] = Array.from({ length: PARTITIONS }, () => []);
  readonly outcomes: Outcome[] = [];
  readonly clients: Client[] = [];
  private ids = 0;

  start(version: number): void {
    const client = new Client(version);
    this.clients.push(client);
    const init = (): ErrorCode =>
      this.submit({ kind: 'init', timeoutMs: TIMEOUT_MS, newProducerId: this.ids });
    while (init() === ErrorCode.CONCURRENT_TRANSACTIONS) this.complete();
    client.producer = this.current();
  }

  write(client: Client, index: number): void {
    const { producer, version } = client;
    if (!producer) return;
    const place: Place = ['a', index];
    if (this.submit({ kind: 'add', producer, partitions: [place], version }) !== ErrorCode.NONE) return;
    client.transaction ??= this.outcomes.push('open') - 1;
    this.logs[index]!.push({ producer, transaction: client.transaction });
  }

  end(client: Client, committed: boolean): void {
    const { producer, version, transaction } = client;
    if (!producer || transaction === undefined) return;
    const error = this.submit({ kind: 'end', producer, committed, version, newProducerId: this.ids });
    client.transaction = undefined;
    if (error !== ErrorCode.NONE) {
      client.producer = undefined;
      this.outcomes[transaction] = 'aborted';
      return;
    }
    this.outcomes[transaction] = committed ? 'committed' : 'aborted';
    this.complete();
    client.producer = this.current();
  }

  /** The broker is killed while it writes markers, after those of the first `written` partitions. */
  endWithCrash(client: Client, committed: boolean, written: number): void {
    const { producer, version, transaction } = client;
    if (!producer || transaction === undefined) return;
    const error = this.submit({ kind: 'end', producer, committed, version, newProducerId: this.ids });
    client.transaction = undefined;
    client.producer = undefined;
    this.outcomes[transaction] = error === ErrorCode.NONE && committed ? 'committed' : 'unknown';
    this.writeMarkers(written);
    this.complete();
  }

  pass(time: number): void {
    this.now += time;
    if (!this.transaction || !isTimedOut(this.transaction, this.now)) return;
    this.submit({ kind: 'fence', newProducerId: this.ids });
    this.complete();
  }

  /** The records of committed transactions in a partition, as a consumer with read_committed sees them. */
  committedIn(index: number): number[] {
    const log = this.logs[index]!;
    return log.flatMap(({ producer, transaction }, at) => {
      const marker = log
        .slice(at)
        .find(
          (entry) => entry.transaction === undefined && entry.producer.producerId === producer.producerId,
        );
      return transaction !== undefined && marker?.committed ? [transaction] : [];
    });
  }

  private complete(): void {
    if (!this.transaction || !isPrepared(this.transaction)) return;
    this.writeMarkers(Infinity);
    this.submit({ kind: 'completed' });
  }

  private writeMarkers(count: number): void {
    const { transaction } = this;
    if (!transaction || !isPrepared(transaction)) return;
    const committed = transaction.state === 'PrepareCommit';
    for (const [, index] of transaction.partitions.slice(0, count))
      this.logs[index]!.push({ producer: this.current(), transaction: undefined, committed });
  }

  private current(): Producer {
    const { producerId, epoch } = this.transaction!;
    return { producerId, epoch };
  }

  private submit(event: Event): ErrorCode {
    const { transaction, error } = step(this.transaction, event, this.now);
    if ([transaction?.producerId, transaction?.nextProducerId].includes(this.ids)) this.ids++;
    this.transaction = transaction;
    return error;
  }
}
