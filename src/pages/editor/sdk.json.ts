/** `/editor/sdk.json`: the parameters of the SDK's commands, fetched with an editor of a program. */
import * as client from '@aws-sdk/client-dynamodb';
import * as document from '@aws-sdk/lib-dynamodb';
import type { APIRoute } from 'astro';
import { sdkShapes } from '../../engine/lab/sdk-shapes.ts';

export const GET: APIRoute = () => Response.json(sdkShapes(client, document));
