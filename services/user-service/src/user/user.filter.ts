import { contains, type Sort, Validation } from '@msx/runtime';
import { type EntityManager, LessThan, MoreThan, type SelectQueryBuilder } from 'typeorm';
import { type UserFilter as FilterMessage, UserSort } from '../gen/user.js';
import { User } from './user.entity.js';

/** The conditions for listed users; all given ones must match. */
export type UserFilter = Partial<FilterMessage>;

/** The query for the users that match a filter. @throws DomainError VALIDATION_FAILED */
export function matching(manager: EntityManager, filter: UserFilter): SelectQueryBuilder<User> {
  const { search = '', createdAfter, createdBefore } = filter;
  new Validation().text(search, 'search', { max: 200 }).done();
  const query = manager.createQueryBuilder(User, 'user');
  if (createdAfter) query.andWhere({ createdAt: MoreThan(createdAfter) });
  if (createdBefore) query.andWhere({ createdAt: LessThan(createdBefore) });
  if (search.trim()) query.andWhere(...contains(query, ['user.name', 'user.email'], search.trim()));
  return query;
}

const SORTS: Partial<Record<UserSort, Sort<User>>> = {
  [UserSort.USER_SORT_CREATED_DESC]: { by: 'createdAt', descending: true },
  [UserSort.USER_SORT_NAME_ASC]: { by: 'name' },
  [UserSort.USER_SORT_NAME_DESC]: { by: 'name', descending: true },
};

export const sortOf = (sort: UserSort): Sort<User> => SORTS[sort] ?? { by: 'createdAt' };
