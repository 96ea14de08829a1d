/**
 * The partitions in a member's assignment, as `topic/partition` (ConsumerProtocolAssignment: a version, and topics with
 * partitions). None in an assignment of another format, which a group that is not of consumers has.
 */
export function assignedPartitions(assignment: Buffer): string[] {
  try {
    return partitionsIn(assignment);
  } catch (error) {
    if ((error as Error).name === 'RangeError') return [];
    throw error;
  }
}

/** The methods of Buffer throw a RangeError beyond the end. */
function partitionsIn(bytes: Buffer): string[] {
  if (bytes.length === 0) return [];
  const keys: string[] = [];
  let at = 2;
  const int32 = () => bytes.readInt32BE((at += 4) - 4);
  for (let topics = int32(); topics > 0; topics--) {
    const length = bytes.readInt16BE((at += 2) - 2);
    if (length < 0) throw new RangeError('a topic without a name');
    const topic = bytes.toString('utf8', at, (at += length));
    for (let partitions = int32(); partitions > 0; partitions--) keys.push(`${topic}/${int32()}`);
  }
  return keys;
}
