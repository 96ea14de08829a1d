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
 * The Dockerfile of a service. Its first stages are the same for all services, so that they are made once; the last
 * holds Node and what `msx pack` copied, and runs as a user who may write nowhere. What a revision changes comes last, so
 * that the layers of two revisions with the same files are the same.
 */
export function dockerfile(service: Service, { node, workspaces, vendor }: ImageSettings): string {
  const base = `node:${node}-bookworm-slim`;
  const { name, path, port, healthPort } = service;
  return `# Made from msx.yaml by "msx render". The context is the root: docker build -f ${path}/Dockerfile .
FROM ${base} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
${workspaces.map((folder) => `COPY ${folder}/package.json ${folder}/\n`).join('')}${vendor ? 'COPY vendor vendor\n' : ''}RUN npm ci --ignore-scripts --no-audit --no-fund && rm -rf ~/.npm

FROM dependencies AS build
COPY . .
RUN node node_modules/@msx/cli/bin/run.js pack --output /packed

FROM ${base}
ENV NODE_ENV=production
WORKDIR /app/${path}
COPY --from=build /packed/${name} /app
USER 1000:1000
EXPOSE ${port} ${healthPort}
HEALTHCHECK --interval=2s --timeout=5s --start-period=60s --retries=10 \\
  CMD ["bash", "-c", "${probe(healthPort)}"]
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="${name}" \\
      org.opencontainers.image.version="$VERSION" \\
      org.opencontainers.image.revision="$REVISION"
CMD ["node", "dist/main.js"]
`;
}

/** The image has no curl, and starting Node every two seconds would cost more than all else the service does. */
const probe = (port: number): string =>
  `exec 3<>/dev/tcp/127.0.0.1/\${HEALTH_PORT:-${port}} && printf 'GET /health/ready HTTP/1.0\\\\r\\\\n\\\\r\\\\n' >&3 && head -1 <&3 | grep ' 200'`;
