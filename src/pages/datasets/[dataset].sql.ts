/** `/datasets/<dataset>.sql`: what a dataset puts into PostgreSQL, for the files of a lab. */
import type { APIRoute, GetStaticPaths } from 'astro';
import type { Generator } from '../../components/lab/editor-dataset.ts';

const DATASETS = import.meta.glob<Generator>('../../../examples/datasets/*/generate.ts');
const nameOf = (path: string) => path.split('/').at(-2) ?? '';

export const getStaticPaths: GetStaticPaths = () =>
  Object.keys(DATASETS).map((path) => ({ params: { dataset: nameOf(path) }, props: { path } }));

export const GET: APIRoute<{ path: string }> = async ({ props }) => {
  const load = DATASETS[props.path];
  if (!load) throw new RangeError(`there is no dataset at ${props.path}`);
  return new Response((await load()).generatePostgres());
};
