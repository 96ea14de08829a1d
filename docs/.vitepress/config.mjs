import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig } from 'vitepress';

/** The whole repository is the source, so that pages can link to the READMEs of packages, and vice versa. */
const root = resolve(import.meta.dirname, '../..');
const titleOf = (file) => /^# (.+)$/m.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? file;
const pagesIn = (folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => `${folder}/${file}`);

/** The route of a page on the site. */
const routeOf = (page) => page.replace(/^docs\//, '').replace(/README\.md$/, 'index.md');

const link = (file, text = titleOf(file)) => ({
  text,
  link: `/${routeOf(file).replace(/(index)?\.md$/, '')}`,
});

/** In the order of the guides' README. */
const guides = [
  ...readFileSync(join(root, 'docs/guides/README.md'), 'utf8').matchAll(/\(([\w-]+\.md)\)/g),
].map(([, file]) => `docs/guides/${file}`);

const packages = ['cli', 'runtime', 'gateway', 'broker']
  .concat(readdirSync(join(root, 'services')).map((name) => `services/${name}`))
  .map((folder) => `${folder}/README.md`)
  .filter((file) => existsSync(join(root, file)));

export default defineConfig({
  title: 'msx',
  description: 'Generate, run and deploy systems of NestJS microservices',
  srcDir: '..',
  outDir: '.vitepress/dist',
  cacheDir: '.vitepress/cache',
  srcExclude: [
    '**/node_modules/**',
    'templates/**',
    '.github/**',
    'cli/templates/**',
    '**/dist/**',
    'docs/.vitepress/**',
  ],
  rewrites: routeOf,
  cleanUrls: true,
  lastUpdated: false,
  ignoreDeadLinks: 'localhostLinks',
  vite: { publicDir: false, plugins: [vueOfTheSite()] },
  /** The wide tables of the reference need the space of the outline. */
  transformPageData: ({ relativePath, frontmatter }) =>
    /^(settings|msx-yaml)\.md$/.test(relativePath) ? { frontmatter: { ...frontmatter, aside: false } } : {},
  themeConfig: {
    search: { provider: 'local' },
    outline: 'deep',
    nav: [
      { text: 'Guides', link: '/guides/' },
      { text: 'Reference', link: '/msx-yaml' },
      { text: 'Decisions', link: `/${routeOf(pagesIn('docs/adr')[0]).replace('.md', '')}` },
    ],
    sidebar: [
      { text: 'Guides', items: guides.map((file) => link(file)) },
      {
        text: 'Reference',
        items: [
          link('docs/msx-yaml.md'),
          link('docs/settings.md'),
          link('docs/commands/README.md'),
          link('docs/errors.md'),
          link('docs/names.md'),
          link('docs/figures.md'),
        ],
      },
      { text: 'Commands', collapsed: true, items: pagesIn('docs/commands').map((file) => link(file)) },
      { text: 'Packages', collapsed: true, items: packages.map((file) => link(file)) },
      {
        text: 'Design',
        collapsed: true,
        items: [
          link('ARCHITECTURE.md'),
          link('CONTRIBUTING.md'),
          ...pagesIn('docs/adr').map((file) => link(file)),
        ],
      },
    ],
  },
  markdown: {
    /** Angle brackets in these pages are text, as on GitHub. */
    html: false,
    config(md) {
      md.renderer.rules.code_inline = (tokens, n) =>
        `<code v-pre>${md.utils.escapeHtml(tokens[n].content)}</code>`;
      diagrams(md);
      sources(md);
    },
  },
});

/** Pages are outside of the folder with the site's packages: on the server, Vue is resolved from this folder. */
function vueOfTheSite() {
  const resolveId = (id, _, { ssr }) =>
    ssr && /^vue(\/server-renderer)?$/.test(id) ? { id, external: true } : undefined;
  return { name: 'vue-of-the-site', enforce: 'pre', resolveId };
}

/** Mermaid blocks become diagrams in the browser. */
function diagrams(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === 'mermaid'
      ? `<pre class="mermaid" v-pre>${md.utils.escapeHtml(tokens[index].content)}</pre>`
      : fence(tokens, index, ...rest);
}

/**
 * Links in pages are relative to their place in the repository, as on GitHub. A link to another page becomes a link to that
 * page of the site, a link to a source file becomes plain text, and a broken link is an error.
 */
function sources(md) {
  md.core.ruler.push('sources', ({ tokens, env }) => {
    const page = env.realPath ?? env.path;
    for (const { children } of tokens) {
      for (const token of children?.filter(({ type }) => type === 'link_open') ?? []) {
        const [path, anchor] = token.attrGet('href').split('#');
        if (!path || /^(\w+:|\/)/.test(path)) continue;
        const target = pageAt(resolve(dirname(page), decodeURI(path)));
        if (!existsSync(target)) throw new Error(`${page} links to ${path}, which does not exist`);
        if (target.endsWith('.md'))
          token.attrSet('href', `/${routeOf(relative(root, target))}${anchor ? `#${anchor}` : ''}`);
        else unlink(children, token);
      }
    }
  });
}

/** The README of a folder, if it has one. */
function pageAt(target) {
  const index = join(target, 'README.md');
  return existsSync(index) ? index : target;
}

function unlink(children, token) {
  const close = children.slice(children.indexOf(token)).find(({ type }) => type === 'link_close');
  token.attrs = [];
  token.hidden = close.hidden = true;
}
