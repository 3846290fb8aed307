/** robots.txt: everything may be read; where the site knows its address, also where its map is. */
import type { APIRoute } from 'astro';
import { href } from '../config/href.ts';
import { site } from '../config/site.ts';

export const GET: APIRoute = () => {
  const lines = ['User-agent: *', 'Allow: /'];
  if (site.siteUrl) lines.push(`Sitemap: ${site.siteUrl}${href('/sitemap-index.xml')}`);
  return new Response(`${lines.join('\n')}\n`);
};
