/** A plugin for ESLint: `{ plugins: { relations }, rules: { 'relations/cycle': 'error' } }`. */
export declare const relations: {
  readonly rules: { readonly cycle: { readonly meta: object; create(context: unknown): object } };
};
