import { experimental } from '@grpc/grpc-js';
import type { ChannelOptions } from '@grpc/grpc-js';

type Found = Parameters<experimental.ResolverListener>[0];

/** The scheme of targets that are lists: `addresses:users-1:50051,10.0.0.7:50051`. */
export const ADDRESS_LIST = 'addresses';

/** Several `host:port` as one target, each resolved again as gRPC's own resolver for DNS does it. */
class AddressListResolver implements experimental.Resolver {
  private readonly members: experimental.Resolver[];
  private readonly found: (Found | undefined)[] = [];
  private active = false;

  constructor(
    { path }: experimental.GrpcUri,
    private readonly listener: experimental.ResolverListener,
    options: ChannelOptions,
  ) {
    this.members = path.split(',').map((address, n) => {
      const heard = (found: Found): boolean => this.hear(n, found);
      return experimental.createResolver({ scheme: 'dns', path: address }, heard, options);
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

  /** A name that is not found takes nothing from the others, and is looked for again. */
  private hear(n: number, found: Found): boolean {
    this.found[n] = found;
    const known = this.found.filter((each) => each !== undefined);
    const endpoints = known.flatMap((each) => (each.ok ? each.value : []));
    if (endpoints.length > 0) {
      if (!found.ok) setImmediate(() => this.active && this.members[n]!.updateResolution());
      return this.listener(experimental.statusOrFromValue(endpoints), {}, null, '');
    }
    return known.length < this.members.length || this.listener(found, {}, null, '');
  }
}

experimental.registerResolver(ADDRESS_LIST, AddressListResolver);
