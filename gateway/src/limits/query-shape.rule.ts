import { Kind } from 'graphql';
import type { ValidationRule } from 'graphql';
import { excessesOf } from './limit-error.js';
import type { QueryLimits } from './query-limits.js';
import { QueryShapeReader } from './query-shape.js';

/**
 * Refuses operations that are too deep, or have too many aliases or root fields. A validation rule, so that it runs once for
 * each cached document.
 */
export function queryShapeRule(limits: QueryLimits): ValidationRule {
  return (context) => ({
    Document(document): void {
      const reader = new QueryShapeReader(document);
      for (const operation of document.definitions) {
        if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
        const shape = reader.shapeOf(operation.selectionSet);
        for (const error of excessesOf({ ...shape }, limits, operation)) context.reportError(error);
      }
    },
  });
}
