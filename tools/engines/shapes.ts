/** The SDK's commands and their parameters, read from the SDK itself. */
import { type SdkShapes, sdkShapes } from '../../src/engine/lab/sdk-shapes.ts';

/** The shapes, as the page fetches them. */
export async function shapes(): Promise<SdkShapes> {
  const [client, document] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
  ]);
  return sdkShapes(client, document);
}
