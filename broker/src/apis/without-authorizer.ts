import { ErrorCode } from '../wire/error-code.js';

/** The response to each change of access control lists: Apache Kafka's, when authorizer.class.name is not set. */
export const withoutAuthorizer = {
  errorCode: ErrorCode.SECURITY_DISABLED,
  errorMessage: 'No Authorizer is configured.',
};
