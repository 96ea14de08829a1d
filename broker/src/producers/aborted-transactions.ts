/** A transaction whose records consumers with read_committed skip, from its first offset to that of its marker. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
}

/** The aborted transactions of one partition, in the order of their markers (Kafka's transaction index). */
export class AbortedTransactions {
  private list: AbortedTransaction[] = [];

  add(transaction: AbortedTransaction): void {
    this.list.push(transaction);
  }

  /** Those with records from offset `from` up to, not including, `to`. */
  between(from: number, to: number): AbortedTransaction[] {
    const found: AbortedTransaction[] = [];
    for (let i = this.firstEndingAt(from); i < this.list.length; i++)
      if (this.list[i]!.firstOffset < to) found.push(this.list[i]!);
    return found;
  }

  /** Forgets those whose records have all been deleted. */
  dropBefore(offset: number): void {
    this.list = this.list.slice(this.firstEndingAt(offset));
  }

  toJSON(): AbortedTransaction[] {
    return this.list;
  }

  restore(saved: AbortedTransaction[]): void {
    this.list = [...saved];
  }

  /** The index of the first transaction whose marker is at or after `offset`. */
  private firstEndingAt(offset: number): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.list[middle]!.lastOffset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
