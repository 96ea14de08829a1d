import { brokerProblem } from './broker-address.js';
import { didYouMean } from './closest.js';
import { KAFKA } from './system.js';
import type { Draft, DraftKubernetes, DraftService, Names } from './draft.js';
import type { Mistake, Path } from './shape.js';

/** References to resources, services and topics that do not exist, and other mistakes across the file. */
export function checkReferences(draft: Draft): Mistake[] {
  const services = Object.keys(draft.services);
  const reserved = services.includes(KAFKA)
    ? [wrong(['services', KAFKA], `"${KAFKA}" is the broker's name; call the service something else`, 'key')]
    : [];
  return [
    ...reserved,
    ...checkBrokers(draft),
    ...checkIssuer(draft),
    ...checkReplicas(draft),
    ...Object.entries(draft.services).flatMap(([name, service]) =>
      service ? checkService({ name, service, draft }) : [],
    ),
  ];
}

/** Checks the addresses of brokers in all settings. */
function checkBrokers({ broker, environments }: Draft): Mistake[] {
  const within = (path: Path, text: string | undefined): Mistake[] => {
    const wrongOnes = (text?.split(',') ?? []).map((each) => brokerProblem(each.trim())).filter(Boolean);
    return wrongOnes
      .slice(0, 1)
      .map((problem) => wrong(path, `is not host:port[,host:port…]: an address ${problem}`));
  };
  return [
    ...within(['broker', 'address'], broker?.address),
    ...Object.entries(environments).flatMap(([name, environment]) =>
      within(['environments', name, 'kafka', 'brokers'], environment?.kafka?.brokers),
    ),
  ];
}

function checkIssuer({ auth, services }: Draft): Mistake[] {
  const issuer = auth?.issuer;
  if (issuer === undefined || services[issuer]?.kind === 'grpc') return [];
  const known = Object.keys(services);
  const message = known.includes(issuer)
    ? `"${issuer}" does not serve gRPC; tokens are issued by a gRPC service`
    : `no service "${issuer}"${didYouMean(issuer, known)}`;
  return [wrong(['auth', 'issuer'], message)];
}

/** An environment may override one of the two. */
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
