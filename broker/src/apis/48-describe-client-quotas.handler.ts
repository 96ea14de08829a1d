import type { describeClientQuotas } from './48-describe-client-quotas.js';
import { quotaFilter } from '../cluster/quota-filter.js';
import { attempt, type Handler } from './handler.js';

export const answerDescribeClientQuotas: Handler<typeof describeClientQuotas> = (request, context) =>
  attempt(
    context,
    () => {
      const matches = quotaFilter(request.components, request.strict);
      const found = context.broker.quotas.all().filter(({ entity }) => matches(entity));
      return {
        entries: found.map(({ entity, quotas }) => ({
          entity: [...entity].map(([entityType, entityName]) => ({ entityType, entityName })),
          values: Object.entries(quotas).map(([key, value]) => ({ key, value })),
        })),
      };
    },
    (failure) => ({ ...failure, entries: null }),
  );
