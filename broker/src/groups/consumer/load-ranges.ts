/**
 * Members in the order of what they have, of which those with the least and those with the most are gone through in
 * turn: when each of a range has got one, or given one up, the range has another level, and is extended by the members that
 * are at that level already.
 *
 * ```text
 *              | least |      | most |
 *   partitions |       |    ##|######|
 *              |       |######|######|
 * ```
 */
export class LoadRanges {
  private readonly members: number[];
  private leastEnd = 0;
  private leastLevel: number;
  private nextLeast = 0;
  private mostStart: number;
  private mostEnd: number;
  private mostLevel: number;
  private nextMost: number;

  /** `sizes` has the number of partitions of each member, and changes while they are moved. */
  constructor(
    members: readonly number[],
    private readonly sizes: readonly number[],
  ) {
    this.members = members.toSorted((a, b) => sizes[a]! - sizes[b]! || a - b);
    this.mostStart = this.mostEnd = members.length;
    this.leastLevel = this.sizeAt(0) - 1;
    this.mostLevel = this.sizeAt(members.length - 1) + 1;
    this.nextMost = members.length - 1;
  }

  /** Whether nobody has at least two more than another. */
  get isLevel(): boolean {
    return this.mostLevel - this.leastLevel <= 1;
  }

  /** The member that should get the next partition. */
  least(): number {
    if (this.nextLeast >= this.leastEnd) {
      this.leastLevel++;
      while (this.leastEnd < this.members.length && this.sizeAt(this.leastEnd) === this.leastLevel)
        this.leastEnd++;
      this.nextLeast = 0;
    }
    return this.members[this.nextLeast++]!;
  }

  /** The member that should give up a partition, if it has one that it can; undefined if nobody is left. */
  most(canGive: (member: number) => boolean): number | undefined {
    for (;;) {
      if (this.nextMost < this.mostStart) this.lowerMost();
      if (this.nextMost < 0) return undefined;
      const member = this.members[this.nextMost--]!;
      if (canGive(member)) return member;
      this.exclude(this.nextMost + 1);
    }
  }

  private lowerMost(): void {
    const isEmpty = this.mostEnd <= this.mostStart && this.mostStart > 0;
    this.mostLevel = isEmpty ? this.sizeAt(this.mostStart - 1) : this.mostLevel - 1;
    while (this.mostStart > 0 && this.sizeAt(this.mostStart - 1) === this.mostLevel) this.mostStart--;
    this.nextMost = this.mostEnd - 1;
  }

  /** Moves a member behind the range of those that have the most. */
  private exclude(at: number): void {
    const last = --this.mostEnd;
    [this.members[at], this.members[last]] = [this.members[last]!, this.members[at]!];
  }

  private sizeAt(at: number): number {
    return this.sizes[this.members[at]!]!;
  }
}
