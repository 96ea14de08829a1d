import type { DynamicModule, ModuleMetadata, Type } from '@nestjs/common';

export type ImportedModule = NonNullable<ModuleMetadata['imports']>[number];

/**
 * The dynamic module of `type`, as returned by `forRoot`, among all modules that `root` imports. The configuration and
 * the `db` commands need it before anything is instantiated.
 */
export function findModule(root: ImportedModule, type: Type): DynamicModule | undefined {
  const seen = new Set<unknown>();
  const search = (module: ImportedModule): DynamicModule | undefined => {
    if (!module || seen.has(module) || (typeof module !== 'function' && !('module' in module)))
      return undefined;
    seen.add(module);
    const dynamic = typeof module === 'function' ? undefined : (module as DynamicModule);
    if (dynamic?.module === type) return dynamic;
    const own = (Reflect.getMetadata('imports', dynamic?.module ?? module) ?? []) as ImportedModule[];
    for (const imported of [...own, ...(dynamic?.imports ?? [])]) {
      const found = search(imported);
      if (found) return found;
    }
    return undefined;
  };
  return search(root);
}

/** The value that a dynamic module provides under `token`. */
export function valueProvided<T>(module: DynamicModule | undefined, token: symbol): T | undefined {
  const provider = module?.providers?.find(
    (one) => typeof one === 'object' && 'useValue' in one && one.provide === token,
  );
  return (provider as { useValue: T } | undefined)?.useValue;
}
