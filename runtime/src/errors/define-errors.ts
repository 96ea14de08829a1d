import { DomainError } from './domain-error.js';
import type { DomainErrorOptions } from './domain-error.js';
import type { ErrorKind } from './kind.js';

/** The documentation of an error, which the README of the service lists. */
export interface ErrorDeclaration {
  /** Decides the gRPC status. */
  readonly kind: ErrorKind;
  /** When it happens: a sentence without the full stop. */
  readonly when: string;
}

/** A declared error: call it with a message to create the DomainError to throw. */
export type DeclaredError = ErrorDeclaration &
  ((message: string, details?: Pick<DomainErrorOptions, 'metadata' | 'cause'>) => DomainError);

/** The errors of a service, or of part of one, by code. */
export type Errors<Code extends string = string> = Readonly<Record<Code, DeclaredError>>;

/**
 * Declares the errors of a service by their codes, which are stable and UPPER_SNAKE:
 * `const userErrors = defineErrors({ USER_NOT_FOUND: { kind: 'not-found', when: 'No user has this id' } })`, and then
 * `throw userErrors.USER_NOT_FOUND(…)`.
 */
export function defineErrors<Code extends string>(
  declarations: Readonly<Record<Code, ErrorDeclaration>>,
): Errors<Code> {
  const declared = Object.entries<ErrorDeclaration>(declarations).map(([code, { kind, when }]) => {
    const make: DeclaredError = Object.assign(
      (message: string, details: Pick<DomainErrorOptions, 'metadata' | 'cause'> = {}) =>
        new DomainError(code, message, { ...details, kind }),
      { kind, when },
    );
    return [code, make] as const;
  });
  return Object.fromEntries(declared) as Errors<Code>;
}
