/** What a broker can do wrong, by the name under which a judgement reports it. */
export type Fault =
  | 'ACKNOWLEDGED_RECORD_LOST'
  | 'RECORD_DOUBLED'
  | 'RECORDS_REORDERED'
  | 'RECORD_FROM_NOWHERE'
  | 'COMMITTED_OFFSET_WENT_BACK'
  | 'COMMITTED_TRANSACTION_LOST'
  | 'TRANSACTION_TORN'
  | 'ABORTED_TRANSACTION_VISIBLE'
  | 'OFFSET_NOT_OF_ITS_TRANSACTION';

/** What one idempotent producer did: it sends 0, 1, 2 … to its own partition, and never two at a time. */
export interface Writing {
  /** The number of values that it tried to send. */
  readonly attempted: number;
  readonly acknowledged: ReadonlySet<number>;
}

/** @param seen the values in its partition, in the order of their offsets */
export function judgeWriting({ attempted, acknowledged }: Writing, seen: readonly number[]): Fault[] {
  const faults: Fault[] = [];
  const distinct = new Set(seen);
  if ([...acknowledged].some((value) => !distinct.has(value))) faults.push('ACKNOWLEDGED_RECORD_LOST');
  if (distinct.size < seen.length) faults.push('RECORD_DOUBLED');
  if (seen.some((value, n) => n > 0 && value < seen[n - 1]!)) faults.push('RECORDS_REORDERED');
  if (seen.some((value) => !(value >= 0 && value < attempted))) faults.push('RECORD_FROM_NOWHERE');
  return faults;
}

/** Offsets that a group has committed for a partition, in the order of their acknowledgements, and the one found after. */
export function judgeCommits(acknowledged: readonly number[], found: number): Fault[] {
  return found < Math.max(-1, ...acknowledged) ? ['COMMITTED_OFFSET_WENT_BACK'] : [];
}

/**
 * What became of a transaction as far as its client knows. After an error it knows nothing: either is right then, but for
 * all partitions alike.
 */
export type Ending = 'committed' | 'aborted' | 'unknown';

export interface TransactionsSeen {
  /** For each partition, the numbers of the transactions whose record a reader of committed records sees there. */
  readonly partitions: readonly (readonly number[])[];
  /** The offset of the group that each transaction commits its own number to; -1 if there is none. */
  readonly offset: number;
}

/** @param endings by the number of the transaction: each writes that number to every partition, and commits it as an offset */
export function judgeTransactions(
  endings: ReadonlyMap<number, Ending>,
  { partitions, offset }: TransactionsSeen,
): Fault[] {
  const counts = (n: number) => partitions.map((seen) => seen.filter((value) => value === n).length);
  const faults = new Set<Fault>();
  for (const [n, ending] of endings) for (const fault of faultsOf(ending, counts(n))) faults.add(fault);
  const last = Math.max(-1, ...(partitions[0] ?? []));
  if (offset !== last) faults.add('OFFSET_NOT_OF_ITS_TRANSACTION');
  if (partitions.flat().some((n) => !endings.has(n))) faults.add('RECORD_FROM_NOWHERE');
  return [...faults];
}

function faultsOf(ending: Ending, counts: readonly number[]): Fault[] {
  const isAnywhere = counts.some((count) => count > 0);
  const isEverywhere = counts.every((count) => count > 0);
  const faults: Fault[] = [];
  if (counts.some((count) => count > 1)) faults.push('RECORD_DOUBLED');
  if (isAnywhere && !isEverywhere) faults.push('TRANSACTION_TORN');
  if (ending === 'committed' && !isAnywhere) faults.push('COMMITTED_TRANSACTION_LOST');
  if (ending === 'aborted' && isAnywhere) faults.push('ABORTED_TRANSACTION_VISIBLE');
  return faults;
}
