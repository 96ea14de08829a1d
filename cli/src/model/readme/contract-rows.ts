import type { FileTree } from '../system/file-tree.js';
import type { Service, System } from '../system/system.js';

const RPC = /((?:^[ \t]*\/\/.*\n)*)^[ \t]*rpc (\w+)\s*\(/gm;

/** The RPCs of a service in the order of the contract, with their comments. */
export function rpcRows(contracts: readonly string[]): string[][] {
  const rpcs = contracts.flatMap((text) => [...text.matchAll(RPC)]);
  return rpcs.map(([, comment, name]) => [`\`${name}\``, sentencesOf(comment!)]);
}

/** The topics that a service publishes, consumes and follows, with the comments of their messages. */
export function eventRows(
  { topics, services }: System,
  service: Service,
  contracts: readonly string[],
): string[][] {
  const row = (topic: string, direction: string) => {
    const message = topics.find(({ name }) => name === topic)?.message ?? '';
    return [`\`${topic}\``, direction, messageComment(contracts, message, topic)];
  };
  const publishers = (topic: string) =>
    services.filter(({ publishes }) => publishes.includes(topic)).map(({ name }) => name);
  return [
    ...service.publishes.map((topic) => row(topic, 'published')),
    ...service.consumes.map((topic) =>
      row(topic, `consumed, from ${publishers(topic).join(', ') || 'outside'}`),
    ),
    ...service.follows.map((topic) =>
      row(topic, `followed, from ${publishers(topic).join(', ') || 'outside'}`),
    ),
  ];
}

/** The texts of all contracts. */
export function contractsIn(files: FileTree, folder: string): Map<string, string> {
  const names = files.names(folder).filter((name) => name.endsWith('.proto'));
  return new Map(names.map((name) => [name, files.read(`${folder}/${name}`)!]));
}

function messageComment(contracts: readonly string[], full: string, topic: string): string {
  const [packageName, name] = [full.slice(0, full.lastIndexOf('.')), full.slice(full.lastIndexOf('.') + 1)];
  const contract = contracts.find(
    (text) => text.includes(`package ${packageName};`) && text.includes(`message ${name} `),
  );
  const [, comment = ''] = new RegExp(`((?:^//.*\\n)*)^message ${name} `, 'm').exec(contract ?? '') ?? [];
  const text = sentencesOf(comment);
  return text.startsWith(topic) ? text.slice(topic.length).replace(/^[:. ]+/, '') : text;
}

/** The text of a comment on one line. */
const sentencesOf = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\/\/ ?/, '').trim())
    .filter((line) => !line.startsWith('#') && !line.startsWith('buf:lint'))
    .join(' ')
    .trim();
