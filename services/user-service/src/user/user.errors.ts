import { defineErrors } from '@msx/runtime';

export const userErrors = defineErrors({
  EMAIL_TAKEN: { kind: 'conflict', when: 'Another user has this e-mail address' },
  RATE_LIMITED: {
    kind: 'exhausted',
    when: 'Too many passwords are being checked; `retryAfter` says when to try again, in seconds',
  },
  USER_NOT_FOUND: { kind: 'not-found', when: 'No user has this id, or this e-mail address' },
  WRONG_PASSWORD: { kind: 'forbidden', when: '`current_password` is wrong' },
});
