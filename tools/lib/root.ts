/** Where the repository lies: every tool works from here, whatever folder it was started in. */
import { fileURLToPath } from 'node:url';

/** The absolute path of the repository's root, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
