import type { alterUserScramCredentials } from './51-alter-user-scram-credentials.js';
import type { Broker } from '../broker.js';
import {
  credentialOfSalted,
  MAX_ITERATIONS,
  MIN_ITERATIONS,
  scramMechanisms,
  type ScramMechanism,
} from '../security/scram-credential.js';
import type { CredentialChange } from '../security/scram-credentials.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';

type Request = RequestOf<typeof alterUserScramCredentials>;

/**
 * Each user may be altered once per request. A user's first error counts, and then nothing of that user is changed. The
 * checks and texts are those of Apache's ScramControlManager.
 */
export const answerAlterUserScramCredentials: Handler<typeof alterUserScramCredentials> = (
  request,
  context,
) => {
  const { broker } = context;
  const changes = [
    ...request.deletions.map((one) => ({ user: one.name, change: () => deletion(one, broker) })),
    ...request.upsertions.map((one) => ({ user: one.name, change: () => upsertion(one) })),
  ];
  const byUser = new Map<string, { first: () => CredentialChange; isOnly: boolean }>();
  for (const { user, change } of changes)
    byUser.set(user, { first: byUser.get(user)?.first ?? change, isOnly: !byUser.has(user) });
  const results = [...byUser].map(([user, { first, isOnly }]) => ({
    user,
    ...attempt(
      context,
      () => {
        const change = first();
        if (!isOnly) throw new KafkaError(ErrorCode.DUPLICATE_RESOURCE, ALTERED_TWICE);
        broker.scram.apply(change);
        return { errorCode: ErrorCode.NONE, errorMessage: null };
      },
      ({ errorCode, errorMessage }) => ({ errorCode, errorMessage: errorMessage || null }),
    ),
  }));
  return { results };
};

const ALTERED_TWICE = 'A user credential cannot be altered twice in the same request';

const unacceptable = (reason: string): KafkaError =>
  new KafkaError(ErrorCode.UNACCEPTABLE_CREDENTIAL, reason);

const deletion = (
  { name, mechanism: id }: Request['deletions'][number],
  broker: Broker,
): CredentialChange => {
  const mechanism = mechanismOf(name, id);
  if (!broker.scram.get(name, mechanism))
    throw new KafkaError(
      ErrorCode.RESOURCE_NOT_FOUND,
      'Attempt to delete a user credential that does not exist',
    );
  return { user: name, mechanism };
};

const upsertion = (request: Request['upsertions'][number]): CredentialChange => {
  const { name, iterations, salt, saltedPassword } = request;
  const mechanism = mechanismOf(name, request.mechanism);
  if (iterations < MIN_ITERATIONS) throw unacceptable('Too few iterations');
  if (iterations > MAX_ITERATIONS) throw unacceptable('Too many iterations');
  if (saltedPassword.length === 0) throw new KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, '');
  return {
    user: name,
    mechanism,
    credential: credentialOfSalted(mechanism, saltedPassword, { salt, iterations }),
  };
};

const mechanismOf = (user: string, id: number): ScramMechanism => {
  if (user === '') throw unacceptable('Username must not be empty');
  const mechanism = scramMechanisms.find((one) => one.id === id);
  if (mechanism) return mechanism;
  throw new KafkaError(ErrorCode.UNSUPPORTED_SASL_MECHANISM, 'Unknown SCRAM mechanism');
};
