import { type Sort, Validation } from '@msx/runtime';
import { type EntityManager, In, LessThan, MoreThan, type SelectQueryBuilder } from 'typeorm';
import { type OrderFilter as FilterMessage, OrderSort } from '../gen/order.js';
import { Order } from './order.entity.js';
import { fromStatus } from './order.message.js';

/** The user whose orders are listed, and further conditions; all given ones must match. */
export type OrderFilter = Partial<FilterMessage> & { readonly userId: string };

/** More than there are statuses. */
const MAX_STATUSES = 10;

/** The query for the orders that match a filter. @throws DomainError VALIDATION_FAILED */
export function matching(manager: EntityManager, filter: OrderFilter): SelectQueryBuilder<Order> {
  const { userId, statuses = [], createdAfter, createdBefore } = filter;
  new Validation()
    .check(statuses.length <= MAX_STATUSES, 'statuses', `must have at most ${MAX_STATUSES} entries`)
    .done();
  const query = manager.createQueryBuilder(Order, 'order').where({ userId });
  if (statuses.length) query.andWhere({ status: In(statuses.flatMap(fromStatus)) });
  if (createdAfter) query.andWhere({ createdAt: MoreThan(createdAfter) });
  if (createdBefore) query.andWhere({ createdAt: LessThan(createdBefore) });
  return query;
}

export function sortOf(sort: OrderSort): Sort<Order> {
  return { by: 'createdAt', descending: sort === OrderSort.ORDER_SORT_CREATED_DESC };
}
