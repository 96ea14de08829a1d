import type { describeUserScramCredentials } from './50-describe-user-scram-credentials.js';
import type { Broker } from '../broker.js';
import { scramMechanisms } from '../security/scram-credential.js';
import type { ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

type Result = NonNullable<ResponseOf<typeof describeUserScramCredentials>['results']>[number];

/** No users at all means every user, as in Apache Kafka. */
export const answerDescribeUserScramCredentials: Handler<typeof describeUserScramCredentials> = (
  { users },
  { broker },
) => {
  const names = users?.length ? users.map(({ name }) => name) : broker.scram.users();
  const requests = new Map<string, number>();
  for (const name of names) requests.set(name, (requests.get(name) ?? 0) + 1);
  return { results: [...requests].map(([user, times]) => describe(broker, user, times)) };
};

const describe = ({ scram }: Broker, user: string, times: number): Result => {
  const credentialInfos = scramMechanisms.flatMap((mechanism) => {
    const credential = scram.get(user, mechanism);
    return credential ? [{ mechanism: mechanism.id, iterations: credential.iterations }] : [];
  });
  if (times > 1)
    return {
      user,
      errorCode: ErrorCode.DUPLICATE_RESOURCE,
      errorMessage: `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`,
    };
  if (credentialInfos.length === 0)
    return {
      user,
      errorCode: ErrorCode.RESOURCE_NOT_FOUND,
      errorMessage: `Attempt to describe a user credential that does not exist: ${user}`,
    };
  return { user, credentialInfos };
};
