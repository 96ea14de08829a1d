const VARIABLE = 'MSX_RUN_TOKEN';

/** Identifies a run of a resource: the token of the engine, the name of the resource, and a serial number. */
export const runToken = (engine: string, name: string, serial: number): string =>
  `${engine}.${name}.${serial}.`;

/** The environment variable of every process of a run; for the prefix of a token, that of all runs with this prefix. */
export const markOf = (token: string): string => `${VARIABLE}=${token}`;

/** The resource in a token; undefined for a token without one. */
export const nameIn = (token: string): string | undefined => token.split('.')[2];
