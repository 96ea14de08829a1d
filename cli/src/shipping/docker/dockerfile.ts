import type { Service } from '../../model/system/system.js';

export interface ImageSettings {
  /** Major version of Node in the images. */
  readonly node: number;
  /** Folders of the npm workspaces, relative to the root. */
  readonly workspaces: readonly string[];
  /** Whether `vendor/` contains packages that are in no registry. */
  readonly vendor: boolean;
}

/**
 * The Dockerfile of a service. Its first stages are the same for all services, so that they are built once; the last
 * contains Node and the output of `msx pack`, and runs as a user without write access. Labels that change with each
 * revision come last, so that two revisions with the same files share all layers.
 */
export function dockerfile(service: Service, { node, workspaces, vendor }: ImageSettings): string {
  const base = `node:${node}-bookworm-slim`;
  const { name, path, port, healthPort } = service;
  return `# Generated from msx.yaml by "msx render". The build context is the root folder: docker build -f ${path}/Dockerfile .
FROM ${base} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
${workspaces.map((folder) => `COPY ${folder}/package.json ${folder}/\n`).join('')}${vendor ? 'COPY vendor vendor\n' : ''}RUN npm ci --ignore-scripts --no-audit --no-fund && rm -rf ~/.npm

FROM dependencies AS build
COPY . .
RUN node node_modules/@msx/cli/bin/run.js pack --output /packed

FROM ${base}
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
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

/** The image has no curl, and starting Node every two seconds would cost more than running the service. */
const probe = (port: number): string =>
  `exec 3<>/dev/tcp/127.0.0.1/\${HEALTH_PORT:-${port}} && printf 'GET /health/ready HTTP/1.0\\\\r\\\\n\\\\r\\\\n' >&3 && head -1 <&3 | grep ' 200'`;
