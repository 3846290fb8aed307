/** How the static site is built: Starlight around the chapters, Preact for what moves. */
import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import preact from '@astrojs/preact';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { codeThemes } from './src/config/code-themes.ts';
import { chapterLinks } from './src/config/sidebar.ts';
import { SITE_NAME, SITE_SUMMARY, site } from './src/config/site.ts';
import { FRAME_SCRIPT } from './src/engine/script/frame.ts';
import { baseLinks } from './src/integrations/base-links.ts';
import { compressed } from './src/integrations/compress.ts';
import { csp } from './src/integrations/csp.ts';
import { tables } from './src/integrations/tables.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  ...(site.siteUrl ? { site: site.siteUrl } : {}),
  base: site.basePath,
  output: 'static',
  trailingSlash: 'always',
  // HTML's own rules for white space: a line break in a sentence is a space, as the formatter has it.
  compressHTML: true,
  devToolbar: { enabled: false },
  markdown: { processor: satteri({ hastPlugins: [baseLinks(site.basePath), tables()] }) },
  vite: {
    // Bundled anew for development, PGlite would look for its files in the wrong place.
    optimizeDeps: { exclude: ['@electric-sql/pglite', '@electric-sql/pglite-tools'] },
    worker: {
      format: 'es',
      // As Astro names what the page itself imports: a file that both import is then one file.
      rolldownOptions: { output: { assetFileNames: '_astro/[name].[hash][extname]' } },
    },
    build: {
      rolldownOptions: {
        // Astro marks each MDX page with a directive of its own, which Rolldown warns of at length.
        onLog: (level, log, report) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
  },
  integrations: [
    starlight({
      title: SITE_NAME,
      description: SITE_SUMMARY,
      disable404Route: true,
      customCss: ['tokens', 'starlight', 'prose', 'print'].map(
        (name) => `./src/styles/${name}.css`,
      ),
      components: Object.fromEntries(
        ['Footer', 'PageSidebar', 'PageTitle', 'Search', 'ThemeSelect', 'TwoColumnContent'].map(
          (name) => [name, `./src/components/site/${name}.astro`],
        ),
      ),
      sidebar: [
        ...chapterLinks(path('src/content/docs/guide')),
        { slug: 'changes' },
        {
          label: 'The evidence',
          items: ['claims', 'sources', 'glossary', 'colophon'].map((slug) => ({ slug })),
        },
        {
          label: 'To use',
          items: ['paths', 'playground', 'sessions', 'errors', 'progress'].map((slug) => ({
            slug,
          })),
        },
        {
          label: 'Behind the labs',
          items: [{ slug: 'engines/dynamodb' }, { slug: 'engines/postgresql' }],
        },
      ],
      expressiveCode: {
        // No block scrolls sideways, so none needs a name, a place in the order of Tab, or a mouse.
        defaultProps: { wrap: true },
        themes: codeThemes(path('src/styles/tokens.css')),
        useStarlightUiThemeColors: true,
        minSyntaxHighlightingColorContrast: 4.5,
        styleOverrides: {
          borderRadius: 'var(--kj-radius-small)',
          codeBackground: 'var(--kj-code)',
          codeFontSize: 'var(--kj-text-code)',
          frames: { shadowColor: 'transparent' },
        },
      },
      ...(site.repoUrl ? { editLink: { baseUrl: `${site.repoUrl}/edit/main/` } } : {}),
    }),
    preact(),
    csp([FRAME_SCRIPT]),
    compressed(),
  ],
});
