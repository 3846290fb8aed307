/** The parts of the markup that the playground's program takes hold of. */

/** They are those of Playground.astro, and of the lab in it. */
export type Parts = ReturnType<typeof partsOf>;

/** Finds them. `root` is the `<kj-playground>`. */
export function partsOf(root: HTMLElement) {
  const part = <E extends HTMLElement = HTMLElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (!found) throw new Error(`<kj-playground> has no ${selector}`);
    return found;
  };
  return {
    lab: part('kj-lab'),
    /** In the order in which they stand. */
    sides: [...root.querySelectorAll<HTMLElement>('[data-side]')],
    workspaces: part<HTMLSelectElement>('[data-workspaces]'),
    dataset: part<HTMLSelectElement>('[data-dataset]'),
    make: part('[data-new]'),
    rename: part('[data-rename]'),
    remove: part('[data-delete]'),
    /** Asks for a name. */
    name: part<HTMLFormElement>('[data-name]'),
    nameInput: part<HTMLInputElement>('[data-name] input'),
    /** Asks what a new workspace begins with. */
    create: part<HTMLFormElement>('[data-create]'),
    begin: part<HTMLSelectElement>('[data-create] select'),
    /** Asks whether to delete. */
    sure: part('[data-sure]'),
    sureName: part('[data-sure-name]'),
    conflict: part('[data-conflict]'),
    conflictWords: part('[data-conflict-words]'),
    theirs: part('[data-theirs]'),
    /** Says that what is shown comes from a link. */
    linked: part('[data-linked]'),
    /** Says what the lab has switched on that the workspace was opened from. */
    settings: part('[data-settings]'),
    settingsWords: part('[data-settings-words]'),
    importHost: part('[data-import-host]'),
    said: part('[data-said]'),
    undo: part('[data-undo-file]'),
  };
}
