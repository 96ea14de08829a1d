import { randomUUID } from 'node:crypto';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const newId = (): string => randomUUID();

/** Whether `id` can be one of ours. Anything else is not looked up: there is no such thing. */
export const isId = (id: string): boolean => ID.test(id);
