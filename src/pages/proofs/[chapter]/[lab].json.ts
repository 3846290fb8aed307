/** `/proofs/<chapter>/<lab>.json`: a lab and the claims that it proves, fetched when one of them is run. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { proofLabs } from '../../../components/claim/proof-content.ts';

export const getStaticPaths: GetStaticPaths = async () =>
  [...(await proofLabs())].map(([id, content]) => {
    const [chapter, lab] = id.split('/');
    return { params: { chapter, lab }, props: { content } };
  });

export const GET: APIRoute = ({ props }) => Response.json(props['content']);
