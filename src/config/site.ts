/** Where the site will live: the one place that reads SITE_URL, BASE_PATH and REPO_URL. */

/** Name of the site, as in titles and in the header. */
export const SITE_NAME = 'Keys & Joins';

/** One sentence that says what the site is. */
export const SITE_SUMMARY =
  'An interactive guide to DynamoDB and PostgreSQL: every concept runs live, side by side, in your browser.';

/** The site's address and that of its source. */
export interface Site {
  /** Origin, as `https://example.org`. Without it the site holds no absolute address of its own. */
  siteUrl?: string;
  /** The folder the site is served from, with a slash at both ends. */
  basePath: string;
  /** The repository's web page without a slash at the end. Without it there are no edit links. */
  repoUrl?: string;
}

/** A variable of the environment that the site cannot use. */
export class SiteConfigError extends Error {
  override name = 'SiteConfigError';
}

function webAddress(name: string, value: string): URL {
  if (!URL.canParse(value)) {
    throw new SiteConfigError(
      `${name} is "${value}": it must be a full address, as https://example.org`,
    );
  }
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new SiteConfigError(`${name} is "${value}": it must begin with https:// or http://`);
  }
  return url;
}

/**
 * Reads the three variables; an empty one counts as absent.
 * @throws SiteConfigError when one is malformed, with what it should look like.
 */
export function readSite(env: Readonly<Record<string, string | undefined>>): Site {
  const { SITE_URL, BASE_PATH, REPO_URL } = env;
  const site: Site = { basePath: '/' };
  if (SITE_URL) {
    const url = webAddress('SITE_URL', SITE_URL);
    if (url.pathname !== '/' || url.search || url.hash) {
      throw new SiteConfigError(
        `SITE_URL is "${SITE_URL}": it must be an origin alone; put the folder into BASE_PATH`,
      );
    }
    site.siteUrl = url.origin;
  }
  if (BASE_PATH) {
    if (!/^\/([\w.~-]+\/)*[\w.~-]*$/.test(BASE_PATH)) {
      throw new SiteConfigError(`BASE_PATH is "${BASE_PATH}": it must look like / or /a/b/`);
    }
    site.basePath = BASE_PATH.endsWith('/') ? BASE_PATH : `${BASE_PATH}/`;
  }
  if (REPO_URL) site.repoUrl = webAddress('REPO_URL', REPO_URL).href.replace(/\/+$/, '');
  return site;
}

/** The site as this process's environment describes it. */
export const site: Site = readSite(process.env);
