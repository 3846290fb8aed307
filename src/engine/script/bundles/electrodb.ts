/** ElectroDB as published; the SDK below it is the runtime's. */
import * as electrodb from 'electrodb';

export const modules = { electrodb };
