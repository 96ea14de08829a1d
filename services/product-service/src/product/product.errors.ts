import { defineErrors } from '@msx/runtime';

export const productErrors = defineErrors({
  OUT_OF_STOCK: { kind: 'precondition', when: 'There is less in stock than the change takes' },
  PRODUCT_NOT_FOUND: { kind: 'not-found', when: 'No product has this id' },
});
