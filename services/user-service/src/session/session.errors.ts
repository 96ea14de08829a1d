import { defineErrors } from '@msx/runtime';

export const sessionErrors = defineErrors({
  INVALID_CREDENTIALS: { kind: 'unauthenticated', when: 'The e-mail address or the password is wrong' },
  REFRESH_TOKEN_INVALID: {
    kind: 'unauthenticated',
    when: 'The refresh token is unknown, used, expired or revoked',
  },
});
