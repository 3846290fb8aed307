/** `<kj-ledger>`: filters the claims, keeps the filter in the address, and runs all proofs that are shown. */
import { ProofElement } from './proof-element.ts';

const FIELDS = ['chapter', 'verdict', 'kind', 'text'] as const;

class LedgerElement extends HTMLElement {
  #abort: AbortController | undefined;

  connectedCallback(): void {
    const form = this.#part<HTMLFormElement>('[data-filter]');
    const button = this.#part<HTMLButtonElement>('[data-run-all]');
    form.hidden = false;
    button.hidden = false;
    const asked = new URLSearchParams(location.search);
    for (const field of FIELDS) this.#field(field).value = asked.get(field) ?? '';
    this.#filter();
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      this.#filter();
      this.#keep();
    });
    button.addEventListener('click', () => void this.#press());
  }

  #part<E extends HTMLElement = HTMLElement>(selector: string): E {
    const part = this.querySelector<E>(selector);
    if (!part) throw new Error(`<kj-ledger> has no ${selector}`);
    return part;
  }

  #field(name: (typeof FIELDS)[number]): HTMLSelectElement | HTMLInputElement {
    return this.#part<HTMLSelectElement | HTMLInputElement>(`[data-filter] [name="${name}"]`);
  }

  /** The filter in the address, so that it can be linked. */
  #keep(): void {
    const address = new URL(location.href);
    for (const field of FIELDS) {
      const { value } = this.#field(field);
      if (value === '') address.searchParams.delete(field);
      else address.searchParams.set(field, value);
    }
    history.replaceState(history.state, '', address);
  }

  #filter(): void {
    const wanted = Object.fromEntries(FIELDS.map((field) => [field, this.#field(field).value]));
    const text = (wanted['text'] ?? '').trim().toLowerCase();
    let shown = 0;
    let all = 0;
    for (const section of this.querySelectorAll<HTMLElement>('section[data-chapter]')) {
      const ofChapter = !wanted['chapter'] || section.dataset['chapter'] === wanted['chapter'];
      let here = 0;
      for (const claim of section.querySelectorAll<HTMLElement>('tbody[data-claim]')) {
        const fits =
          ofChapter &&
          (!wanted['verdict'] || claim.dataset['verdict'] === wanted['verdict']) &&
          (!wanted['kind'] || claim.dataset['kind'] === wanted['kind']) &&
          (text === '' || (claim.textContent ?? '').toLowerCase().includes(text));
        claim.hidden = !fits;
        all += 1;
        if (fits) here += 1;
      }
      section.hidden = here === 0;
      shown += here;
    }
    this.#part('[data-shown]').textContent =
      shown === all ? `All ${all} claims` : `${shown} of ${all} claims`;
    const proofs = this.#proofs().length;
    if (!this.#abort) {
      const button = this.#part<HTMLButtonElement>('[data-run-all]');
      button.textContent = shown === all ? 'Run all proofs' : `Run these ${proofs} proofs`;
      button.disabled = proofs === 0;
    }
  }

  /** The proofs of the claims that are shown. */
  #proofs(): ProofElement[] {
    return [...this.querySelectorAll('tbody[data-claim]:not([hidden]) kj-proof')].filter(
      (proof) => proof instanceof ProofElement,
    );
  }

  async #press(): Promise<void> {
    if (this.#abort) {
      this.#abort.abort();
      return;
    }
    this.#abort = new AbortController();
    const button = this.#part('[data-run-all]');
    button.textContent = 'Stop';
    try {
      await this.#runAll(this.#abort.signal);
    } catch (error) {
      this.#part('[data-sum]').textContent =
        'What runs the proofs could not be loaded. Look after the connection and try again.';
      console.error('The proofs could not be loaded:', error);
    } finally {
      this.#abort = undefined;
      this.#filter();
    }
  }

  /** One lab or scenario after the other, each once for all of its claims. */
  async #runAll(signal: AbortSignal): Promise<void> {
    const { proveTogether } = await import('./prove.ts');
    const proofs = this.#proofs();
    const labs = new Map<string, ProofElement[]>();
    for (const proof of proofs) {
      const of = proof.play?.scenario ?? proof.lab;
      labs.set(of, [...(labs.get(of) ?? []), proof]);
    }
    const progress = this.#part<HTMLProgressElement>('[data-progress]');
    const broken = this.#part('[data-broken]');
    broken.replaceChildren();
    broken.hidden = true;
    progress.hidden = false;
    progress.max = proofs.length;
    progress.value = 0;
    const begin = performance.now();
    let held = 0;
    let done = 0;
    for (const own of labs.values()) {
      if (signal.aborted) break;
      await proveTogether(own, signal);
      for (const proof of own) {
        if (proof.state === 'stopped') continue;
        done += 1;
        if (proof.state === 'holds' || proof.state === 'recorded') held += 1;
        else this.#tellBroken(proof);
      }
      progress.value = done;
      const seconds = Math.round((performance.now() - begin) / 1000);
      const end = done === proofs.length ? ` All have run, in ${seconds} s.` : '';
      this.#part('[data-sum]').textContent =
        `${held} of ${done} hold; ${proofs.length - done} to go.${end}`;
    }
    if (signal.aborted) {
      this.#part('[data-sum]').textContent = `Stopped: ${held} of ${done} hold.`;
    }
  }

  #tellBroken(proof: ProofElement): void {
    const list = this.#part('[data-broken]');
    const link = document.createElement('a');
    link.href = `#claim-${proof.claim}`;
    link.textContent = proof.claim;
    const item = document.createElement('li');
    item.append(link, ` ${proof.state === 'dead' ? 'could not run' : 'does not hold here'}`);
    list.append(item);
    list.hidden = false;
  }
}

customElements.define('kj-ledger', LedgerElement);
