import type { Kubectl } from './kubectl.js';

export interface Address {
  readonly what: string;
  readonly url: string;
}

interface Exposed {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly type?: string;
    readonly ports?: readonly { readonly port: number }[];
    readonly rules?: readonly { readonly host?: string }[];
    readonly tls?: readonly unknown[];
  };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { ip?: string; hostname?: string }[] };
  };
}

/** The addresses of the system, from the outermost to this machine. */
export async function addressesOf(kubectl: Kubectl): Promise<Address[]> {
  const { items } = await kubectl.json<{ items: Exposed[] }>(['get', 'ingresses,services']);
  const { namespace } = kubectl.target;
  const gateways = items.filter(({ kind, spec }) => kind === 'Service' && spec.type === 'LoadBalancer');
  return [
    ...items.filter(({ kind }) => kind === 'Ingress').flatMap(ofIngress),
    ...gateways.flatMap(ofBalancer),
    ...gateways.map(({ metadata: { name }, spec }) => ({
      what: 'here',
      url: `kubectl port-forward svc/${name} 3000:${spec.ports![0]!.port} -n ${namespace}, then http://localhost:3000/graphql`,
    })),
  ];
}

const ofIngress = ({ spec }: Exposed): Address[] =>
  (spec.rules ?? []).flatMap(({ host }) =>
    host ? [{ what: 'ingress', url: `${spec.tls?.length ? 'https' : 'http'}://${host}/graphql` }] : [],
  );

const ofBalancer = ({ status }: Exposed): Address[] =>
  (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ({
    what: 'load balancer',
    url: `http://${hostname ?? ip}/graphql`,
  }));
