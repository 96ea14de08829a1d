/** The task that builds a service. */
export const buildTask = (service: string): string => `build:${service}`;
