import type { describeAcls } from './29-describe-acls.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

export const answerDescribeAcls: Handler<typeof describeAcls> = () => ({
  errorCode: ErrorCode.SECURITY_DISABLED,
  errorMessage: 'No Authorizer is configured on the broker',
});
