/** Why a service could not start: the `code` of the fatal line that it logs before it exits with 1. */
export type StartupCode =
  | 'CONFIG_INVALID'
  | 'DATABASE_UNREACHABLE'
  | 'INSECURE_PRODUCTION'
  | 'MIGRATION_FAILED'
  | 'NO_DATABASE'
  | 'PORT_IN_USE'
  | 'SCHEMA_INVALID'
  | 'SEED_FAILED';

export class StartupError extends Error {
  constructor(
    readonly code: StartupCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StartupError';
  }
}
