/** `/sessions/<scenario>.json`: a scenario with its recording, fetched when a reader touches its explorer. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { listScenarios, readScenarioData } from '../../components/sessions/content.ts';

export const getStaticPaths: GetStaticPaths = async () =>
  (await listScenarios()).map((name) => ({ params: { name }, props: { name } }));

export const GET: APIRoute<{ name: string }> = async ({ props }) =>
  Response.json(await readScenarioData(props.name));
