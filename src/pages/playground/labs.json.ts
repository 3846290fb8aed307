/** `/playground/labs.json`: what labs switch on, fetched when one of them is opened in the playground. */
import type { APIRoute } from 'astro';
import { labSettings } from '../../components/playground/settings.ts';

export const GET: APIRoute = async () => Response.json(await labSettings());
