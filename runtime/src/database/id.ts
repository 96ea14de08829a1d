import { randomUUID } from 'node:crypto';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const newId = (): string => randomUUID();

/** Whether `id` has the format of our ids. Anything else is not looked up: it cannot exist. */
export const isId = (id: string): boolean => ID.test(id);
