import type { Service } from '../system/system.js';

export interface ImageSettings {
  /** The major version of Node that images run. */
  readonly node: number;
  /** Folders, relative to the root, whose package.json belongs to the lock file's workspaces. */
  readonly workspaces: readonly string[];
  /** Whether packages of no registry lie in `vendor/`. */
  readonly vendor: boolean;
}

/**
 * The Dockerfile of a service. Its first two stages are the same for all services, so that they are made once; the last
 * holds Node and what `msx pack` copied, and runs as a user who may write nowhere.
 */
export function dockerfile(service: Service, { node, workspaces, vendor }: ImageSettings): string {
  const base = `node:${node}-bookworm-slim`;
  const { name, path, port, healthPort } = service;
  return `# Made from msx.yaml by "msx render". The context is the root: docker build -f ${path}/Dockerfile .
FROM ${base} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
${workspaces.map((folder) => `COPY ${folder}/package.json ${folder}/\n`).join('')}${vendor ? 'COPY vendor vendor\n' : ''}RUN npm ci --ignore-scripts --no-audit --no-fund

FROM dependencies AS build
COPY . .
RUN node node_modules/@msx/cli/bin/run.js build

FROM build AS pack
RUN node node_modules/@msx/cli/bin/run.js pack ${name} --output /packed

FROM ${base}
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="${name}" \\
      org.opencontainers.image.version="$VERSION" \\
      org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production
WORKDIR /app/${path}
COPY --from=pack /packed /app
USER 1000:1000
EXPOSE ${port} ${healthPort}
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \\
  CMD ["node", "-e", "${probe(healthPort)}"]
CMD ["node", "dist/main.js"]
`;
}

/** Node has no curl, and `fetch` takes three times as long to load as this. */
const probe = (port: number): string =>
  `require('http').get({port:process.env.HEALTH_PORT||${port},path:'/health/ready'},r=>process.exit(r.statusCode===200?0:1)).on('error',()=>process.exit(1))`;
