import type { INestApplicationContext } from '@nestjs/common';

/** Data for development and demonstrations, which a service creates through its own rules. */
export interface Seed<Entry = never> {
  /** The file that it is in, for messages: `src/seeds/users.seed.ts`. */
  readonly file: string;
  readonly entries: readonly Entry[];
  /** What an entry is called in messages, such as the e-mail address of a user. */
  nameOf(entry: Entry): string;
  /** Whether the entry is in the database: it is then left as it is. */
  exists(entry: Entry, app: INestApplicationContext): Promise<boolean>;
  /** Creates the entry as a request would, so that rules, events and defaults are those of the service. */
  create(entry: Entry, app: INestApplicationContext): Promise<unknown>;
}

/** A seed of any entries. */
export type AnySeed = Seed;

/** Checks the entries of a seed against the type of the requests that create them. */
export const defineSeed = <Entry>(seed: Seed<Entry>): AnySeed => seed as unknown as AnySeed;
