import type { Draft } from './draft.js';
import type { Mistake, Path } from './shape.js';

interface Edge {
  to: string;
  path: Path;
}

/**
 * Cycles among `needs`, whose services would wait for each other forever, and among `calls`, whose services are
 * effectively one. Each cycle is reported once, where it closes.
 */
export function checkCycles(draft: Draft): Mistake[] {
  return (['needs', 'calls'] as const).flatMap((key) => {
    const edges = new Map<string, Edge[]>();
    for (const [name, service] of Object.entries(draft.services))
      edges.set(
        name,
        (service?.[key] ?? []).flatMap((to, n) =>
          to !== undefined && Object.hasOwn(draft.services, to)
            ? [{ to, path: ['services', name, key, n] }]
            : [],
        ),
      );
    return cyclesOf(edges).map(({ path, names }) => ({
      path,
      at: 'value' as const,
      message: `cycle: ${names.join(` ${key} `)}`,
    }));
  });
}

function cyclesOf(edges: Map<string, Edge[]>): { path: Path; names: string[] }[] {
  const cycles: { path: Path; names: string[] }[] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: string[]): void => {
    for (const { to, path } of edges.get(name) ?? []) {
      const start = trail.indexOf(to);
      if (start >= 0) cycles.push({ path, names: [...trail.slice(start), to] });
      else if (!done.has(to)) visit(to, [...trail, to]);
    }
    done.add(name);
  };
  for (const name of edges.keys()) if (!done.has(name)) visit(name, [name]);
  return cycles;
}
