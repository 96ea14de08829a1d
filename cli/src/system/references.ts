import { didYouMean } from './closest.js';
import { KAFKA } from './system.js';
import type { Draft, DraftKubernetes, DraftService, Names } from './draft.js';
import type { Mistake, Path } from './shape.js';

/** Names that lead nowhere: resources, services and topics that are not in the file. */
export function checkReferences(draft: Draft): Mistake[] {
  const services = Object.keys(draft.services);
  const reserved = services.includes(KAFKA)
    ? [wrong(['services', KAFKA], `"${KAFKA}" is the broker's name; call the service something else`, 'key')]
    : [];
  return [
    ...reserved,
    ...checkIssuer(draft),
    ...checkReplicas(draft),
    ...Object.entries(draft.services).flatMap(([name, service]) =>
      service ? checkService({ name, service, draft }) : [],
    ),
  ];
}

function checkIssuer({ auth, services }: Draft): Mistake[] {
  const issuer = auth?.issuer;
  if (issuer === undefined || services[issuer]?.kind === 'grpc') return [];
  const known = Object.keys(services);
  const message = known.includes(issuer)
    ? `"${issuer}" serves no gRPC; tokens are issued by a gRPC service`
    : `no service "${issuer}"${didYouMean(issuer, known)}`;
  return [wrong(['auth', 'issuer'], message)];
}

/** An environment may say one of the two, and leave the other as it is. */
function checkReplicas({ kubernetes, environments }: Draft): Mistake[] {
  const within = (path: Path, { replicas, maxReplicas }: DraftKubernetes): Mistake[] => {
    const [least = 1, most = least] = [
      replicas ?? kubernetes.replicas,
      maxReplicas ?? kubernetes.maxReplicas,
    ];
    if (least <= most) return [];
    const key = replicas === undefined ? 'maxReplicas' : 'replicas';
    const message =
      key === 'replicas'
        ? `${least} is more than maxReplicas, ${most}`
        : `${most} is less than replicas, ${least}`;
    return [wrong([...path, key], message)];
  };
  return [
    ...within(['kubernetes'], kubernetes),
    ...Object.entries(environments).flatMap(([name, environment]) =>
      environment?.kubernetes ? within(['environments', name, 'kubernetes'], environment.kubernetes) : [],
    ),
  ];
}

function checkService(each: { name: string; service: DraftService; draft: Draft }): Mistake[] {
  const { name, service, draft } = each;
  const services = Object.keys(draft.services);
  const topics = Object.keys(draft.topics);
  const at = (key: keyof DraftService): Path => ['services', name, key];
  const known = (
    key: 'needs' | 'calls' | 'publishes' | 'consumes' | 'follows',
    what: string,
    names: string[],
  ) => unknownNames(service[key], at(key), { what, names });
  return [
    ...known('needs', 'resource', [KAFKA, ...services]),
    ...known('calls', 'service', services),
    ...known('publishes', 'topic', topics),
    ...known('consumes', 'topic', topics),
    ...known('follows', 'topic', topics),
    ...places(service.calls)
      .filter(([, callee]) => draft.services[callee]?.kind === 'graphql')
      .map(([n, callee]) =>
        wrong([...at('calls'), n], `"${callee}" serves GraphQL; only gRPC services are called`),
      ),
    ...(service.kind === 'grpc' && !service.proto?.length
      ? [wrong(at('kind'), 'a gRPC service needs at least one file in "proto"')]
      : []),
  ];
}

function unknownNames(
  names: Names | undefined,
  path: Path,
  known: { what: string; names: string[] },
): Mistake[] {
  return places(names).flatMap(([n, name], position, all) => {
    if (!known.names.includes(name))
      return [wrong([...path, n], `no ${known.what} "${name}"${didYouMean(name, known.names)}`)];
    const again = all.findIndex(([, other]) => other === name) < position;
    return again ? [wrong([...path, n], `"${name}" is listed twice`)] : [];
  });
}

const places = (names: Names = []): [number, string][] =>
  names.flatMap((name, n): [number, string][] => (name === undefined ? [] : [[n, name]]));

const wrong = (path: Path, message: string, at: Mistake['at'] = 'value'): Mistake => ({ path, at, message });
