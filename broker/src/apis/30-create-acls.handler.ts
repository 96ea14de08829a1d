import type { createAcls } from './30-create-acls.js';
import { withoutAuthorizer } from './without-authorizer.js';
import type { Handler } from './handler.js';

export const answerCreateAcls: Handler<typeof createAcls> = ({ creations }) => ({
  results: creations.map(() => withoutAuthorizer),
});
