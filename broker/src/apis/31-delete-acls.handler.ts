import type { deleteAcls } from './31-delete-acls.js';
import { withoutAuthorizer } from './without-authorizer.js';
import type { Handler } from './handler.js';

export const answerDeleteAcls: Handler<typeof deleteAcls> = ({ filters }) => ({
  filterResults: filters.map(() => withoutAuthorizer),
});
