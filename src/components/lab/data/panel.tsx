/** The data browser below a lab: what its button opens. Loaded when that is first pressed. */
import { render } from 'preact';
import { DataBrowser, type DataSource, type ShownStates } from './DataBrowser.tsx';
import './data.css';
import './rows.css';
import './structure.css';
import './pages.css';

/** What a panel needs beside the data. */
export interface PanelPlace {
  /** An empty element, which becomes the panel. */
  host: HTMLElement;
  /** Prefix of the ids in it. */
  id: string;
  /** The lab's title. */
  title: string;
  onClose(): void;
}

/** Draws the panel: with the states of a run that has just ended, or without them those of the source. */
export function showPanel(place: PanelPlace, source: DataSource, shown?: ShownStates): void {
  const { host, id, title, onClose } = place;
  render(
    <section class="kj-data" aria-labelledby={`${id}-title`}>
      <header class="kj-data-title">
        <h4 id={`${id}-title`} tabIndex={-1} data-data-title>
          Data<span class="kj-hidden"> of “{title}”</span>
        </h4>
        <button type="button" class="kj-data-button" onClick={onClose}>
          Close<span class="kj-hidden"> the data</span>
        </button>
      </header>
      <DataBrowser {...source} shown={shown} id={id} level={5} />
    </section>,
    host,
  );
}

/** Takes everything out of the panel again. */
export function clearPanel({ host }: PanelPlace): void {
  render(null, host);
}
