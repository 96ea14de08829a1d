import { Writer } from '../wire/writer.js';
import { writeAssignment, type ConsumerSubscription } from './consumer-protocol.js';

/** The metadata with which a consumer joins a classic group. */
export const metadataFor = ({
  version = 1,
  topicNames = [],
  owned = [],
}: Partial<ConsumerSubscription>): Buffer => {
  const writer = new Writer();
  writer.int16(version);
  writer.int32(topicNames.length);
  for (const name of topicNames) {
    writer.int16(name.length);
    writer.raw(Buffer.from(name));
  }
  writer.int32(-1);
  const body = Buffer.concat(writer.chunks());
  // An assignment is a version, the same list of topics and partitions, and user data.
  const list = writeAssignment(version, owned).subarray(2, -4);
  return version >= 1 ? Buffer.concat([body, list]) : body;
};
