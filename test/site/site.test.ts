/** Where the site lives: its three settings, its links, and its list of chapters. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withBase } from '../../src/config/href.ts';
import { chapterLinks } from '../../src/config/sidebar.ts';
import { readSite } from '../../src/config/site.ts';

describe('the configuration', () => {
  it('needs nothing: the site is then at the root and knows no address', () => {
    expect(readSite({})).toEqual({ basePath: '/' });
    expect(readSite({ SITE_URL: '', BASE_PATH: '', REPO_URL: '' })).toEqual({ basePath: '/' });
  });

  it('takes an origin, a folder and a repository', () => {
    const env = {
      SITE_URL: 'https://example.org/',
      BASE_PATH: '/a/b',
      REPO_URL: 'https://example.org/me/it/',
    };
    expect(readSite(env)).toEqual({
      siteUrl: 'https://example.org',
      basePath: '/a/b/',
      repoUrl: 'https://example.org/me/it',
    });
  });

  it.each([
    [{ SITE_URL: 'example.org' }, /SITE_URL is "example.org": it must be a full address/],
    [{ SITE_URL: 'ftp://example.org' }, /SITE_URL .* must begin with https/],
    [{ SITE_URL: 'https://example.org/a/' }, /put the folder into BASE_PATH/],
    [{ BASE_PATH: 'a/b/' }, /BASE_PATH is "a\/b\/": it must look like/],
    [{ BASE_PATH: '/a//b/' }, /BASE_PATH .* must look like/],
    [{ REPO_URL: 'javascript:alert(1)' }, /REPO_URL .* must begin with https/],
  ])('refuses %j and says what it should be', (env, message) => {
    expect(() => readSite(env)).toThrow(message);
  });
});

describe('a link', () => {
  it.each([
    ['/', '/guide/security/#audit', '/guide/security/#audit'],
    ['/a/b/', '/guide/security/#audit', '/a/b/guide/security/#audit'],
    ['/a/b', '/', '/a/b/'],
    ['/a/b/', '#audit', '#audit'],
    ['/a/b/', '../migration/', '../migration/'],
    ['/a/b/', 'https://example.org/x', 'https://example.org/x'],
    ['/a/b/', '//example.org/x', '//example.org/x'],
  ])('under %s to %s is %s', (base, address, expected) => {
    expect(withBase(base, address)).toBe(expected);
  });
});

describe('the list of chapters', () => {
  function folder(chapters: Record<string, string>): string {
    const path = join(mkdtempSync(join(tmpdir(), 'chapters-')), 'guide');
    mkdirSync(path);
    for (const [name, text] of Object.entries(chapters)) writeFileSync(join(path, name), text);
    return path;
  }
  const chapter = (number: number | string) =>
    `---\ntitle: T\nchapter:\n  number: ${number}\n  question: What is asked?\n  minutes: 20\n  status: planned\n---\nText\n`;

  it('holds the seventeen chapters, numbered without a gap', () => {
    const links = chapterLinks('src/content/docs/guide');
    expect(links.map((link) => link.attrs['data-chapter'])).toEqual(
      Array.from({ length: 17 }, (_, index) => String(index + 1)),
    );
    expect(links[5]?.slug).toBe('guide/acid-transactions');
  });

  it('goes by number, not by name', () => {
    const links = chapterLinks(folder({ 'a.mdx': chapter(10), 'b.mdx': chapter(2) }));
    expect(links.map((link) => link.slug)).toEqual(['guide/b', 'guide/a']);
  });

  it.each([
    [{ 'a.mdx': chapter(1), 'b.mdx': chapter(1) }, /b\.mdx and a\.mdx both say .* chapter 1/],
    [{ 'a.mdx': '# Text' }, /a\.mdx: it must begin with frontmatter/],
    [{ 'a.mdx': '---\ntitle: T\n---\n' }, /a\.mdx: .*\n.*chapter/],
    [{ 'a.mdx': chapter('one') }, /chapter\.number/],
    [{ 'a.mdx': chapter(1).replace('minutes', 'minuets') }, /minuets/],
  ])('names the file and the field that is wrong: %j', (files, message) => {
    expect(() => chapterLinks(folder(files))).toThrow(message);
  });
});
