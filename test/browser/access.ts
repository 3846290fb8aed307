/** What the tests of accessibility ask of a page, beside axe. */
import type { BrowserContext, Locator, Page } from 'playwright-core';

/** WCAG 1.4.12: a reader's own spacing of text. */
const SPACING = `* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }`;

/**
 * How far the page can be scrolled sideways with the reader's own spacing of text, in CSS pixels, for each width of the
 * window. 640 is a window of 1280 at 200 % zoom, 320 the same at 400 %.
 */
export async function sidewaysWhenSpaced(page: Page, widths: readonly number[]): Promise<number[]> {
  const size = page.viewportSize();
  const spacing = await page.addStyleTag({ content: SPACING });
  const found: number[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 640 });
    found.push(
      await page.evaluate(() => {
        const root = document.documentElement;
        return root.scrollWidth - root.clientWidth;
      }),
    );
  }
  await spacing.evaluate((element) => (element as HTMLElement).remove());
  if (size) await page.setViewportSize(size);
  return found;
}

/** Everything to press within places that is smaller than 24 px, in words. A label is a part of what it names. */
export function smallTargets(within: Locator): Promise<string[]> {
  return within.evaluateAll((roots) => {
    const SIZE = 24;
    const PRESSED = 'a[href], button, summary, input, select';
    return roots
      .flatMap((root) => [...root.querySelectorAll<HTMLElement>(PRESSED)])
      .filter((each) => each.checkVisibility({ visibilityProperty: true }))
      .map((each) => ({ each, box: (each.closest('label') ?? each).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < SIZE || box.height < SIZE))
      .map(({ each, box }) => {
        const name = (each.getAttribute('aria-label') ?? each.textContent ?? '').trim();
        return `${each.tagName} “${name}” ${Math.round(box.width)} x ${Math.round(box.height)}`;
      });
  });
}

/**
 * What is wrong with the place of the focus: empty where the reader sees it, undefined where it is no longer within
 * the place.
 */
export function focusProblem(within: Locator): Promise<string | undefined> {
  return within.evaluate((root) => {
    const each = document.activeElement;
    if (!(each instanceof HTMLElement) || each === document.body) return 'the focus is lost';
    if (!root.contains(each)) return undefined;
    const name = `${each.tagName} “${(each.getAttribute('aria-label') ?? each.textContent ?? '').trim().slice(0, 60)}”`;
    const box = each.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (left >= right || top >= bottom) return `${name} is out of sight`;
    const isSeen = [0.1, 0.5, 0.9].some((across) =>
      [0.1, 0.5, 0.9].some((down) => {
        const x = left + (right - left) * across;
        const y = top + (bottom - top) * down;
        const hit = document.elementFromPoint(x, y);
        return hit !== null && (each.contains(hit) || hit.contains(each));
      }),
    );
    return isSeen ? '' : `${name} stands under something else`;
  });
}

/** What the element with the focus is called, or its text. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const each = document.activeElement;
    const name = each?.getAttribute('aria-label') ?? each?.textContent ?? '';
    return name.replace(/\s+/g, ' ').trim();
  });
}

/** Writes down everything that live regions say, from the first moment of each page. */
export function listen(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const LIVE = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      const regions = changes.map(({ target }) =>
        (target instanceof Element ? target : target.parentElement)?.closest(LIVE),
      );
      // One turn of the page is one event, whatever was written in it.
      for (const region of new Set(regions)) {
        const text = region?.textContent?.replace(/\s+/g, ' ').trim();
        if (text) said.push(text);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** What live regions have said since this was asked last. */
export function said(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0));
}
