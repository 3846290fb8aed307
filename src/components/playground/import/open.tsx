/** Opens the panel of an import, and closes it. Loaded when it is asked for. */
import { render } from 'preact';
import type { Side } from '../../../engine/lab/result.ts';
import { schemaOf } from '../../lab/editor-knowledge.ts';
import { ImportPanel, type ImportProps } from './ImportPanel.tsx';
import './import.css';

/** Shows the panel in `host`, in the place of one that is open. The focus goes to it. */
export async function openImport(
  host: HTMLElement,
  side: Side,
  dataset: string,
  home: Pick<ImportProps, 'onAdd' | 'say'> & { onClose(): void },
): Promise<void> {
  // Without the dataset's tables nothing is lost: the reader says whether the table is there.
  const schema = await schemaOf(dataset).catch(() => undefined);
  const there = Object.keys(schema?.[side] ?? {});
  const close = () => {
    render(null, host);
    home.onClose();
  };
  render(null, host);
  render(
    <ImportPanel
      side={side}
      there={there}
      say={home.say}
      onClose={close}
      onAdd={(file, words) => {
        render(null, host);
        home.onAdd(file, words);
      }}
    />,
    host,
  );
  host.querySelector<HTMLElement>('h2')?.focus();
}
