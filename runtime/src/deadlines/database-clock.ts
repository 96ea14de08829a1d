import type { Database } from '../database/database.js';

/**
 * The time of the database in milliseconds, as an expression in SQL. All times of deadlines are read from this one clock, and
 * replicas wait for differences between its times: their own clocks may be wrong by any amount.
 */
export const CLOCK: Readonly<Record<Database['driver'], string>> = {
  sqlite: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  postgres: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
};
