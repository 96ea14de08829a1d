/** A command line that needs nothing to be running: no system, no engine, no cluster. */
export interface CommandLine {
  readonly line: string;
  readonly exit: number;
  /** Lines that are not messages of msx, such as data. */
  readonly foreign?: (line: string) => boolean;
  /** Run in one condition only, because it changes the system or takes seconds. */
  readonly once?: boolean;
}

const shows = (line: string): CommandLine => ({ line, exit: 0 });
const once = (line: string): CommandLine => ({ line, exit: 0, once: true });
/** Fails with an error message. */
const fails = (line: string, exit = 1): CommandLine => ({ line, exit });
/** Lists paths, which are not wrapped, so that they can be copied. */
const generates = (line: string): CommandLine => ({
  ...once(line),
  foreign: (text) => /^\w+ +\S+$/.test(text),
});
const data = (line: string): CommandLine => ({ line, exit: 0, foreign: () => true });

const fields = "--fields 'sku:string!,amount:int=0'";

/** The command lines by command; run in this order in a copy of the shop that is not running. */
export const commandLines: Readonly<Record<string, readonly CommandLine[]>> = {
  'broker start': [fails('msx broker start -- --no-such-option')],
  'broker status': [fails('msx broker status')],
  'broker stop': [shows('msx broker stop')],
  build: [once('msx build user-service'), once('msx build'), fails('msx build nobody', 2)],
  call: [shows('msx call'), shows('msx call user-service'), fails("msx call user-service GetUser '{}'")],
  'certs dev': [once('msx certs dev'), shows('msx certs dev')],
  'config check': [once('msx config check'), { ...fails('msx config check --env production'), once: true }],
  'db diff': [once('msx db diff user-service'), fails('msx db diff nobody', 2)],
  'db lint': [shows('msx db lint'), fails('msx db lint nobody', 2)],
  'db seed': [once('msx db seed user-service'), fails('msx db seed nobody', 2)],
  'db status': [once('msx db status')],
  'db migrate': [once('msx db migrate user-service')],
  'db rollback': [once('msx db rollback user-service --yes'), fails('msx db rollback nobody', 2)],
  'db history': [fails('msx db history order nothing'), fails('msx db history gnome nothing', 2)],
  'db reset': [once('msx db reset order-service --yes'), fails('msx db reset nobody', 2)],
  'deploy delete': [fails('msx deploy delete --yes', 2)],
  'deploy diff': [fails('msx deploy diff', 2)],
  'deploy k8s': [fails('msx deploy k8s', 2)],
  'deploy logs': [fails('msx deploy logs', 2)],
  'deploy port-forward': [fails('msx deploy port-forward', 2)],
  'deploy rollback': [fails('msx deploy rollback', 2)],
  'deploy status': [fails('msx deploy status', 2)],
  'dev restart': [fails('msx dev restart user-service')],
  'dev start': [fails('msx dev start nobody', 2)],
  'dev status': [shows('msx dev status')],
  'dev stop': [shows('msx dev stop'), fails('msx dev stop --all user-service', 2)],
  'dev why': [fails('msx dev why')],
  diff: [data('msx diff'), fails('msx diff nowhere', 2)],
  'docker build': [fails('msx docker build user-service')],
  'docker down': [fails('msx docker down')],
  'docker logs': [fails('msx docker logs')],
  'docker ps': [fails('msx docker ps')],
  'docker scale': [fails('msx docker scale user-service=2')],
  'docker up': [fails('msx docker up')],
  'events list': [shows('msx events list')],
  'events status': [shows('msx events status'), fails('msx events status nobody', 2)],
  'generate service': [
    generates(`msx generate service inventory --entity StockItem ${fields}`),
    { ...data(`msx generate service people --entity Person ${fields} --dry-run`), once: true },
  ],
  'generate field': [
    generates("msx generate field StockItem 'shelf:string' 'weight:int=0'"),
    fails("msx generate field StockItm 'shelf:string'", 2),
  ],
  'generate rpc': [
    generates("msx generate rpc inventory.TakeStock --input 'stockItemId:id,by:int!' --output StockItem"),
  ],
  'generate event': [
    generates("msx generate event stock.taken --service inventory --fields 'stockItemId:id,by:int!'"),
  ],
  'generate consumer': [generates('msx generate consumer stock.taken --service user')],
  'destroy field': [
    generates('msx destroy field StockItem shelf'),
    fails('msx destroy field StockItem nothing', 2),
  ],
  destroy: [
    generates('msx destroy consumer user-service.stock.taken'),
    fails('msx destroy service nobody', 2),
  ],
  gql: [fails("msx gql '{ usersCount }'")],
  'graphql check': [fails('msx graphql check', 2)],
  'graphql schema': [{ ...data('msx graphql schema'), once: true }],
  'groups delete': [fails('msx groups delete user-service --yes')],
  'groups describe': [fails('msx groups describe user-service')],
  'groups list': [fails('msx groups list')],
  'groups reset': [fails('msx groups reset user-service', 2)],
  'keys generate': [once('msx keys generate --force')],
  'keys rotate': [once('msx keys rotate')],
  list: [data('msx list')],
  logs: [data('msx logs -n 5')],
  new: [once('msx new bookshop --yes --skip-install --no-git')],
  pack: [once('msx pack user-service --output packed')],
  ports: [shows('msx ports')],
  'ports free': [shows('msx ports free')],
  'proto breaking': [fails('msx proto breaking', 2)],
  'proto format': [once('msx proto format')],
  'proto gen': [once('msx proto gen')],
  'proto lint': [shows('msx proto lint')],
  render: [once('msx render'), shows('msx render --check')],
  'topics alter': [fails('msx topics alter order.created', 2)],
  'topics apply': [fails('msx topics apply --dry-run')],
  'topics create': [fails('msx topics create audit')],
  'topics delete': [fails('msx topics delete order.created --yes')],
  'topics describe': [fails('msx topics describe order.created')],
  'topics dlq drop': [fails('msx topics dlq drop order.created --all --yes')],
  'topics dlq list': [fails('msx topics dlq list')],
  'topics dlq replay': [fails('msx topics dlq replay order.created --all --dry-run')],
  'topics dlq show': [fails('msx topics dlq show order.created')],
  'topics list': [fails('msx topics list')],
  'topics produce': [fails("msx topics produce order.created '{}'")],
  'topics tail': [fails('msx topics tail order.created')],
  upgrade: [{ ...fails('msx upgrade --dry-run', 2), once: true }],
  'users create-admin': [
    once('echo password123 | msx users create-admin --email ann@example.com --name Ann --password-stdin'),
  ],
  verify: [once('msx verify --list'), fails('msx verify nothing', 2)],
  'verify replay': [once('msx verify replay order-service'), fails('msx verify replay nobody', 2)],
};
