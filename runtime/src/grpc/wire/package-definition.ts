import type { loadPackageDefinition, MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- methods of any messages
type AnyMethod = MethodDefinition<any, any>;

export type PackageDefinition = Parameters<typeof loadPackageDefinition>[0];

/** A service as ts-proto generates it: methods by their camelCase names. */
export type StaticService = Readonly<Record<string, AnyMethod>>;

/**
 * The package definition that Nest expects from @grpc/proto-loader, made from generated code: full service names, and
 * methods by their names in the .proto file and in camelCase, so that `@GrpcMethod('UserService')` works with and
 * without an explicit name.
 */
export function toPackageDefinition(
  packageName: string,
  services: Readonly<Record<string, StaticService>>,
): PackageDefinition {
  return Object.fromEntries(
    Object.entries(services).map(([name, methods]) => [
      `${packageName}.${name}`,
      toServiceDefinition(methods),
    ]),
  );
}

function toServiceDefinition(methods: StaticService): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(methods).map(([camelCase, method]) => {
      const name = method.path.slice(method.path.lastIndexOf('/') + 1);
      return [name, { ...method, originalName: camelCase }];
    }),
  );
}
