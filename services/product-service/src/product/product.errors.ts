import { defineErrors } from '@msx/runtime';

export const productErrors = defineErrors({
  PRODUCT_NOT_FOUND: { kind: 'not-found', when: 'No product has this id' },
});
