/**
 * `<kj-text-size>`: larger type on every page, kept as `large` under `kj-text` of localStorage. Read by
 * a script in the page's header, so that nothing changes its size after it was painted.
 */
const KEY = 'kj-text';

class TextSizeElement extends HTMLElement {
  connectedCallback(): void {
    this.#show();
    this.addEventListener('click', () => {
      const isLarge = document.documentElement.toggleAttribute('data-large');
      try {
        if (isLarge) localStorage.setItem(KEY, 'large');
        else localStorage.removeItem(KEY);
      } catch {
        // Without storage it holds for this page.
      }
      // The header has one of these, the menu of narrow windows another.
      for (const each of document.querySelectorAll<TextSizeElement>('kj-text-size')) each.#show();
    });
  }

  #show(): void {
    const isLarge = document.documentElement.hasAttribute('data-large');
    this.querySelector('button')?.setAttribute('aria-pressed', String(isLarge));
  }
}

customElements.define('kj-text-size', TextSizeElement);
