/** The labels of all objects that belong to a part of the system. */
export const labelsOf = (system: string, part: string): Record<string, string> => ({
  'app.kubernetes.io/name': part,
  'app.kubernetes.io/part-of': system,
  'app.kubernetes.io/managed-by': 'msx',
});

/** The label that selectors use. */
export const selectorOf = (part: string): Record<string, string> => ({ 'app.kubernetes.io/name': part });
