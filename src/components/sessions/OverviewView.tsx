/** All recorded orders at a level, by what came of them: each a small picture that can be chosen. */
import type { NamedScenario } from '../../engine/sessions/scenario.ts';
import { choiceHref } from './address.ts';
import type { Outcome, OutcomeKind, Overview } from './outcomes.ts';
import { ordersWords } from './words.ts';

/** A sign beside the words and the colour. */
const SIGNS: Record<OutcomeKind, string> = { serial: '●', mixed: '◆', fails: '✕' };

interface Props {
  overview: Overview;
  scenario: NamedScenario;
  order: string;
  fragment: string | undefined;
  /** Absent when the page is built. `walked`: by an arrow key, so the next one is likely to follow. */
  choose?: ((order: string, walked: boolean) => void) | undefined;
}

/** A group for each class of outcomes, with its count. */
export function OverviewView({ overview, scenario, order, fragment, choose }: Props) {
  const names = new Map(scenario.orders?.map((each) => [each.order, each.name]));
  const onKeyDown = (event: KeyboardEvent) => {
    const marks = [
      ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-order]'),
    ];
    const at = marks.indexOf(event.target as HTMLElement);
    const to = stepTo(event.key, at, marks.length);
    if (to === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const mark = marks[to];
    if (!mark) return;
    mark.focus();
    choose?.(mark.dataset['order'] ?? '', true);
  };
  const onClick = (event: MouseEvent) => {
    const mark = (event.target as Element).closest<HTMLElement>('[data-order]');
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    choose?.(mark.dataset['order'] ?? '', false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the marks in it are links
    <div
      class="kj-ses-overview"
      data-overview
      data-pagefind-ignore
      onKeyDown={choose && onKeyDown}
      onClick={choose && onClick}
    >
      {overview.outcomes.map((outcome) => (
        <Group key={outcome.letter} {...{ outcome, overview, order, names, fragment }} />
      ))}
    </div>
  );
}

/** Where a key leads to in the row of all marks. */
function stepTo(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

interface GroupProps extends Pick<Props, 'overview' | 'order' | 'fragment'> {
  outcome: Outcome;
  names: ReadonlyMap<string, string>;
}

function Group({ outcome, overview, order, names, fragment }: GroupProps) {
  const { letter, kind, label, orders } = outcome;
  const isShown = orders.includes(order);
  return (
    <div class="kj-ses-group" data-kind={kind} data-shown={isShown ? '' : undefined}>
      <p class="kj-ses-group-title">
        <span class="kj-ses-sign" aria-hidden="true">
          {SIGNS[kind]}
        </span>{' '}
        <b>{letter}</b> {label} <span class="kj-ses-count">{ordersWords(orders.length)}</span>
        {isShown && (
          <>
            {' '}
            <span class="kj-ses-here">shown below</span>
          </>
        )}
      </p>
      <ul class="kj-ses-marks">
        {orders.map((each) => (
          <li key={each}>
            <a
              class="kj-ses-mark"
              href={choiceHref({ level: overview.level, order: each }, fragment)}
              data-order={each}
              data-astro-prefetch="false"
              aria-current={each === order ? 'true' : undefined}
              aria-label={`${[each, names.get(each)].filter(Boolean).join(', ')}: ${label}`}
              title={[each, names.get(each)].filter(Boolean).join(': ')}
              tabIndex={each === order ? 0 : -1}
            >
              <Picture order={each} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The board in small: a line for each step, in its session's lane. */
function Picture({ order }: { order: string }) {
  const lanes = new Set(order).size;
  const height = 20 / order.length;
  const width = 18 / lanes;
  const path = [...order]
    .map((session, index) => {
      const x = (session.charCodeAt(0) - 65) * width + 1;
      return `M${round(x)} ${round(index * height)}h${round(width)}v${round(height * 0.8)}h-${round(width)}z`;
    })
    .join('');
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

const round = (value: number) => Math.round(value * 100) / 100;
