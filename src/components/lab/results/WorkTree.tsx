/** The work behind an answer, drawn as a tree whose parts unfold one by one. */
import { barScale, type WorkNode } from '../work.ts';

interface Props {
  work: WorkNode;
  /** Whether the first part is unfolded; one that is alone always is. */
  open?: boolean;
}

/** A tree of nested lists; each part is a disclosure of its own, so it needs no script. */
export function WorkTree({ work, open = false }: Props) {
  const alone = work.children.length === 0;
  return (
    <ul class="kj-work">
      <Node node={work} scale={barScale(work)} alone={alone} open={alone || open} />
    </ul>
  );
}

interface NodeProps {
  node: WorkNode;
  /** Rows or items that stand for the whole width of a bar; undefined for no bars. */
  scale: number | undefined;
  /** Whether it is the only part, so that its share is all there is. */
  alone: boolean;
  open: boolean;
}

function Node({ node, scale, alone, open }: NodeProps) {
  const head = <Head node={node} scale={scale} alone={alone} />;
  return (
    <li>
      {node.facts.length === 0 ? (
        <div class="kj-part">{head}</div>
      ) : (
        <details class="kj-part" open={open}>
          <summary>{head}</summary>
          <dl>
            {node.facts.map(([name, fact]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{fact}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child, index) => (
            <Node key={index} node={child} scale={scale} alone={false} open={false} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Head({ node: { title, on, gave, read, share }, scale, alone }: Omit<NodeProps, 'open'>) {
  const notes = [
    read && read.dropped > 0
      ? `read ${figure(read.kept + read.dropped)}, dropped ${figure(read.dropped)}`
      : '',
    share && share.part > 0 && !alone ? `${percent(share.part)} of the ${share.of}` : '',
  ].filter(Boolean);
  return (
    <span class="kj-part-head">
      <span class="kj-part-name">
        <b>{title}</b> {on}
      </span>{' '}
      <span class="kj-part-gave">{gave}</span>{' '}
      {notes.length > 0 && <span class="kj-part-note">{notes.join(' · ')}</span>}
      {read && scale !== undefined && <Bar {...read} scale={scale} />}
    </span>
  );
}

/** What was read, as a line; what was kept of it, as a bar upon it. The figures beside it say the same. */
function Bar({ kept, dropped, scale }: { kept: number; dropped: number; scale: number }) {
  const width = (amount: number) => (amount === 0 ? 0 : Math.max(1, (100 * amount) / scale));
  return (
    <svg class="kj-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect y="2.5" width={width(kept + dropped)} height="1" />
      <rect width={width(kept)} height="6" />
    </svg>
  );
}

/** A share of more than none, in whole percent. */
function percent(part: number): string {
  return part < 0.01 ? 'under 1 %' : `${Math.round(part * 100)} %`;
}

const figure = (amount: number) => amount.toLocaleString('en');
