/** An environment variable that msx itself reads. */
export interface MsxVariable {
  readonly expects: string;
  readonly default?: string;
  readonly purpose: string;
  /** The commands that read it. */
  readonly readBy: string;
}

/** All except those of the services, and those derived from the name of a service: USER_SERVICE_DATABASE_URL. */
export const MSX_VARIABLES: Readonly<Record<string, MsxVariable>> = {
  MSX_DEBUG: {
    expects: 'anything',
    purpose: 'Prints the stack trace of an error, too.',
    readBy: 'every command',
  },
  MSX_TOKEN: {
    expects: 'an access token',
    purpose: 'The token to send; --token wins.',
    readBy: 'msx gql, msx call',
  },
  MSX_PASSWORD: {
    expects: 'text',
    default: 'asked for',
    purpose: 'The password of the account that --email names.',
    readBy: 'msx gql',
  },
  MSX_RUNTIME_DIR: {
    expects: 'the path of a folder',
    default: 'msx in XDG_RUNTIME_DIR, or msx-<user id> in the folder for temporary files',
    purpose:
      'Where the socket is that commands speak to the engine through, and the records and logs of brokers in the background.',
    readBy: 'msx dev, msx broker and everything that looks at what runs',
  },
  MSX_ISOLATED: {
    expects: 'true or false',
    default: 'isolated in msx.local.yaml, or false',
    purpose:
      'Whether a system starts on free ports, beside other copies of it; --isolated and --no-isolated win.',
    readBy: 'msx dev start',
  },
  MSX_BROKER_USERS: {
    expects: 'lines of user:password',
    purpose: 'The users of the broker for SASL, in place of --users.',
    readBy: 'msx broker start',
  },
  CTR: {
    expects: 'a command line',
    default: 'ctr',
    purpose: "The ctr of the node's containerd, for --load.",
    readBy: 'msx deploy k8s',
  },
  KUBECONFIG: {
    expects: 'the path of a file',
    default: "kubectl's own",
    purpose: 'The cluster; read by kubectl.',
    readBy: 'msx deploy',
  },
  DOCKER_HOST: {
    expects: 'unix://… or tcp://…',
    default: "Docker's own",
    purpose: 'The Docker Engine; read by Docker and docker compose, too.',
    readBy: 'msx docker, msx dev start --broker kafka',
  },
  COMPOSE_PROJECT_NAME: {
    expects: 'a name',
    default: 'the name of the folder',
    purpose: 'The name that the containers of the system share; read by docker compose, too.',
    readBy: 'msx docker',
  },
  TAG: {
    expects: 'an image tag',
    default: 'latest',
    purpose: 'The tag of the images.',
    readBy: 'msx docker',
  },
  POSTGRES_PASSWORD: {
    expects: 'text',
    default: 'postgres',
    purpose: 'The password of postgres at the server on this machine, for services on PostgreSQL.',
    readBy: 'msx dev, msx db',
  },
  MSX_BUNDLE: {
    expects: 'off',
    purpose: 'Starts services from their compiled files as they are, instead of from bundles.',
    readBy: 'msx build, msx dev',
  },
  NO_COLOR: {
    expects: 'anything',
    purpose: 'Prints without colours.',
    readBy: 'every command',
  },
  FORCE_COLOR: {
    expects: '1',
    purpose: 'Prints with colours where the output is not a terminal.',
    readBy: 'every command',
  },
};

/** Variables that msx sets for its child processes; users should not set them. */
export const MSX_INTERNAL_VARIABLES: Readonly<Record<string, string>> = {
  MSX_RUN_TOKEN: 'marks every process of a run, so that msx dev stop and the next start find all of them',
  MSX_COVERAGE: 'lets the processes that a test starts count for its coverage',
};
