/** A tab of a browser, whichever it is: what the tests that run in all of them drive. */

/** What each browser's driver does. */
export interface Driver {
  /** Goes to an address and waits until the page has loaded. */
  open(url: string): Promise<void>;
  /** Evaluates an expression in the page: a promise of a text. Rejects with what it rejects with. */
  evaluate(expression: string): Promise<string>;
  /** Ends the browser and everything that was started for it. */
  close(): Promise<void>;
}

/** The longest that one expression may take in a page, in milliseconds. */
export const EVALUATE_LIMIT = 120_000;

/** A tab, and the engines' door of the page that is open in it. */
export class Tab<Door> {
  readonly #driver: Driver;
  /** The address of the module that the page loads the engines with. */
  readonly #doorUrl: string;

  constructor(driver: Driver, doorUrl: string) {
    this.#driver = driver;
    this.#doorUrl = doorUrl;
  }

  open(url: string): Promise<void> {
    return this.#driver.open(url);
  }

  /**
   * Runs a function in the page and answers what it answers. It travels as text, argument and answer
   * as JSON: it sees its argument and the page, and nothing that surrounds it here.
   */
  evaluate<Argument, Answer>(
    work: (argument: Argument) => Promise<Answer>,
    argument: Argument,
  ): Promise<Answer> {
    return this.#answer(`(${work})(${asText(argument)})`);
  }

  /** The same for a function that is given the door, too. */
  run<Argument, Answer>(
    work: (door: Door, argument: Argument) => Promise<Answer>,
    argument: Argument,
  ): Promise<Answer> {
    const door = `import(${asText(this.#doorUrl)})`;
    return this.#answer(`${door}.then((door) => (${work})(door, ${asText(argument)}))`);
  }

  async #answer<Answer>(expression: string): Promise<Answer> {
    const text = await this.#driver.evaluate(
      `(${expression}).then((answer) => JSON.stringify(answer ?? null))`,
    );
    return JSON.parse(text) as Answer;
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

const asText = (value: unknown) => JSON.stringify(value) ?? 'undefined';
