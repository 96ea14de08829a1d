import type { Sort } from '@msx/runtime';
import { type EntityManager, In, LessThan, MoreThan, type SelectQueryBuilder } from 'typeorm';
import { type OrderFilter as FilterMessage, OrderSort } from '../gen/order.js';
import { Order } from './order.entity.js';
import { fromStatus } from './order.message.js';

/** Whose orders are listed, and what else they have to be; all that is given. */
export type OrderFilter = Partial<FilterMessage> & { readonly userId: string };

export function matching(manager: EntityManager, filter: OrderFilter): SelectQueryBuilder<Order> {
  const { userId, statuses = [], createdAfter, createdBefore } = filter;
  const query = manager.createQueryBuilder(Order, 'order').where({ userId });
  if (statuses.length) query.andWhere({ status: In(statuses.flatMap(fromStatus)) });
  if (createdAfter) query.andWhere({ createdAt: MoreThan(createdAfter) });
  if (createdBefore) query.andWhere({ createdAt: LessThan(createdBefore) });
  return query;
}

export function sortOf(sort: OrderSort): Sort<Order> {
  return { by: 'createdAt', descending: sort === OrderSort.ORDER_SORT_CREATED_DESC };
}
