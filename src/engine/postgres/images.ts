/** The images of one instance: as it booted, and with each set of extensions that was asked for. */
import { loadedAtStart } from './extension-names.ts';
import type { Extension } from './extensions.ts';
import type { Instance, InstanceImage } from './instance.ts';

/** Images of one instance that are kept; each takes about 8 MiB. */
const IMAGE_LIMIT = 8;

interface Taken {
  extensions: readonly string[];
  image: InstanceImage;
}

/**
 * What an instance can be put back to.
 *
 * Emscripten loads a library once and then takes it for loaded, even when the image that is put
 * back does not hold it. So an image with a library can only grow out of one in which that library
 * is there, or out of any one as long as the library was never loaded.
 */
export class Images {
  readonly #instance: Instance;
  readonly #taken: Taken[];
  #libraries: number;

  /** Takes the first image, of an instance that was started with these extensions. */
  constructor(instance: Instance, extensions: readonly Extension[]) {
    this.#instance = instance;
    this.#taken = [{ extensions: extensions.map(nameOf), image: instance.takeImage() }];
    this.#libraries = instance.libraries;
  }

  /** Whether every library that was loaded is known here; a script may have loaded another. */
  get areComplete(): boolean {
    return this.#instance.libraries === this.#libraries;
  }

  /**
   * Puts the instance back, with these extensions and no others. The first time with a set of them
   * takes a new image. Answers false when only a new instance can have these.
   * @throws {PostgresBootError} when an extension could not be loaded: then the instance is lost.
   */
  async restore(extensions: readonly Extension[]): Promise<boolean> {
    const names = extensions.map(nameOf);
    const exact = this.#taken.find((taken) => taken.extensions.join() === names.join());
    if (exact) {
      exact.image.restore();
      return true;
    }
    const from = this.#imageToGrowFrom(names);
    if (!from) return false;
    from.image.restore();
    for (const extension of extensions) {
      if (!from.extensions.includes(extension.name)) await this.#instance.add(extension);
    }
    this.#libraries = this.#instance.libraries;
    this.#taken.push({ extensions: names, image: this.#instance.takeImage() });
    return true;
  }

  #imageToGrowFrom(names: readonly string[]): Taken | undefined {
    if (this.#taken.length >= IMAGE_LIMIT) return undefined;
    const loaded = new Set(this.#taken.flatMap(({ extensions }) => extensions));
    return this.#taken
      .filter(({ extensions }) => {
        const added = names.filter((name) => !extensions.includes(name));
        return (
          extensions.every((name) => names.includes(name)) &&
          added.every((name) => !loaded.has(name)) &&
          loadedAtStart(added).length === 0
        );
      })
      .toSorted((a, b) => b.extensions.length - a.extensions.length)[0];
  }
}

function nameOf({ name }: Extension): string {
  return name;
}
