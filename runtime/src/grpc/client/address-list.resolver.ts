import { experimental } from '@grpc/grpc-js';
import type { ChannelOptions } from '@grpc/grpc-js';

type Resolution = Parameters<experimental.ResolverListener>[0];

/** The scheme of targets that are address lists: `addresses:users-1:50051,10.0.0.7:50051`. */
export const ADDRESS_LIST = 'addresses';

/** Several `host:port` as one target, each resolved by gRPC's own DNS resolver. */
class AddressListResolver implements experimental.Resolver {
  private readonly members: experimental.Resolver[];
  private readonly resolutions: (Resolution | undefined)[] = [];
  private active = false;

  constructor(
    { path }: experimental.GrpcUri,
    private readonly listener: experimental.ResolverListener,
    options: ChannelOptions,
  ) {
    this.members = path.split(',').map((address, n) => {
      const onResolved = (resolution: Resolution): boolean => this.receive(n, resolution);
      return experimental.createResolver({ scheme: 'dns', path: address }, onResolved, options);
    });
  }

  static getDefaultAuthority({ path }: experimental.GrpcUri): string {
    return path.split(',', 1)[0]!;
  }

  updateResolution(): void {
    this.active = true;
    for (const member of this.members) member.updateResolution();
  }

  destroy(): void {
    this.active = false;
    for (const member of this.members) member.destroy();
  }

  /** A name that cannot be resolved does not affect the others, and is resolved again. */
  private receive(n: number, resolution: Resolution): boolean {
    this.resolutions[n] = resolution;
    const known = this.resolutions.filter((each) => each !== undefined);
    const endpoints = known.flatMap((each) => (each.ok ? each.value : []));
    if (endpoints.length > 0) {
      if (!resolution.ok) setImmediate(() => this.active && this.members[n]!.updateResolution());
      return this.listener(experimental.statusOrFromValue(endpoints), {}, null, '');
    }
    return known.length < this.members.length || this.listener(resolution, {}, null, '');
  }
}

experimental.registerResolver(ADDRESS_LIST, AddressListResolver);
