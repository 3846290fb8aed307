/** The switches of a lab's world, for those who run it: what reads lab.yaml is not loaded for that. */
import type { WorldSettings } from '../dynamodb/world/settings.ts';
import type { LabWorld } from './world.ts';

/** The switches alone, without what is not set. */
export function switchesOf({ advance: _, ...settings }: LabWorld): WorldSettings {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as WorldSettings;
}
