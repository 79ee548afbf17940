import { BASE_PLACE, buildPage } from '@toolhive-registry/web/build';
import { packPage } from '../../registry-server/src/http/ui/packed-page.ts';

/** The page for browsers as text, compressed, as a bundle has it, and the files that it was made from. */
export async function bundledPage(): Promise<{ readonly text: string; readonly inputs: readonly string[] }> {
  const page = await buildPage();
  return { text: JSON.stringify(await packPage(page, BASE_PLACE)), inputs: page.inputs };
}
