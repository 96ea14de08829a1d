import { Validation } from '@msx/runtime';

/** The editable fields of a user. */
export interface UserFields {
  name: string;
  email: string;
  password: string;
}

/** HTML's definition of a valid e-mail address, restricted to domains with a dot. */
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * The given fields, normalised: names trimmed, e-mail addresses also in lower case.
 * @throws DomainError VALIDATION_FAILED
 */
export function checkedUser<T extends Partial<UserFields>>(fields: T): T {
  const user = normalised(fields);
  const { name, email, password } = user;
  const validation = new Validation();
  if (name !== undefined) validation.text(name, 'name', { min: 1, max: 200 });
  if (email !== undefined) {
    validation
      .text(email, 'email', { max: 254 })
      .check(EMAIL.test(email), 'email', 'must be an e-mail address');
  }
  if (password !== undefined) validation.text(password, 'password', { min: 8, max: 128 });
  validation.done();
  return user;
}

function normalised<T extends Partial<UserFields>>(fields: T): T {
  const { name, email } = fields;
  return {
    ...fields,
    ...(name !== undefined && { name: name.trim() }),
    ...(email !== undefined && { email: email.trim().toLowerCase() }),
  };
}
