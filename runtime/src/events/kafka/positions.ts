/** The positions in some topics: the offset of the next message of each partition, in Kafka's notation. */
export class Positions {
  private readonly next = new Map<string, Map<number, string>>();

  set(topic: string, partition: number, offset: string): void {
    const partitions = this.next.get(topic) ?? new Map<number, string>();
    this.next.set(topic, partitions.set(partition, offset));
  }

  /** Moves past the message at this offset. */
  advance(topic: string, partition: number, offset: string): void {
    this.set(topic, partition, String(BigInt(offset) + 1n));
  }

  *[Symbol.iterator](): Generator<{ topic: string; partition: number; offset: string }> {
    for (const [topic, partitions] of this.next) {
      for (const [partition, offset] of partitions) yield { topic, partition, offset };
    }
  }
}
