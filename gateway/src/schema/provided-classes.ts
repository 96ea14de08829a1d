import type { DynamicModule, ForwardReference, ModuleMetadata, Provider, Type } from '@nestjs/common';

type ImportedModule = NonNullable<ModuleMetadata['imports']>[number];

/**
 * All classes that a module and its imports provide, without instantiating any: of several providers with one token the last
 * one, as in Nest.
 */
export async function providedClasses(root: ImportedModule): Promise<Type[]> {
  const classes = new Set<Type>();
  const seen = new Set<unknown>();
  const visit = async (imported: ImportedModule): Promise<void> => {
    const module = resolved(await imported);
    if (seen.has(module)) return;
    seen.add(module);
    const dynamic = typeof module === 'function' ? undefined : module;
    const type = dynamic?.module ?? (module as Type);
    const of = <T>(key: 'imports' | 'providers', more: readonly T[] = []) => [
      ...((Reflect.getMetadata(key, type) ?? []) as T[]),
      ...more,
    ];
    for (const each of of<ImportedModule>('imports', dynamic?.imports)) await visit(each);
    for (const each of classesOf(of<Provider>('providers', dynamic?.providers))) classes.add(each);
  };
  await visit(root);
  return [...classes];
}

function resolved(module: Type | DynamicModule | ForwardReference): Type | DynamicModule {
  return 'forwardRef' in module ? (module as ForwardReference<() => Type>).forwardRef() : module;
}

function classesOf(providers: readonly Provider[]): Type[] {
  const byToken = new Map<unknown, Provider>();
  for (const each of providers) byToken.set(typeof each === 'function' ? each : each.provide, each);
  return [...byToken.values()].flatMap((each) => {
    if (typeof each === 'function') return [each as Type];
    return 'useClass' in each ? [each.useClass as Type] : [];
  });
}
