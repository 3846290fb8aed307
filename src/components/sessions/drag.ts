/**
 * Dragging a card up or down. Within a lane the sequence stays, so a card has one thing to choose:
 * behind how many steps of the other sessions it stands. For that a library that sorts lists of any
 * kind would be ten times what is here.
 */
import type { StepId } from '../../engine/sessions/play.ts';

interface Drag {
  board: HTMLElement;
  id: StepId;
  /** Behind how many steps of other sessions the card stands. */
  from: number;
  /** What would come of dropping it there, in a few words. */
  preview(target: number): string;
  drop(target: number): void;
}

/** How far the pointer moves before a press becomes a drag, in CSS pixels. */
const SLACK = 5;
/** How near to the window's edge the page begins to scroll, and how far each frame. */
const EDGE = 60;
const SCROLL = 10;

/**
 * Follows the pointer from a press on a card's head until it is let go. A finger drags by the grip
 * only, as it scrolls everywhere else. Escape gives it up.
 */
export function dragCard(press: PointerEvent, { board, id, from, preview, drop }: Drag): void {
  const head = press.currentTarget as HTMLElement;
  const card = head.closest<HTMLElement>('[data-step]');
  const line = board.querySelector<HTMLElement>('[data-drop]');
  const target = press.target as Element;
  const words = line?.firstElementChild;
  if (!card || !line || !words || press.button !== 0 || target.closest('button')) return;
  if (press.pointerType !== 'mouse' && !target.closest('[data-grip]')) return;
  const others = [...board.querySelectorAll<HTMLElement>('[data-step]')].filter(
    (each) => each.dataset['step']?.[0] !== id[0],
  );
  const startY = press.clientY + scrollY;
  const end = new AbortController();
  let isDragging = false;
  let pointerY = press.clientY;
  let to = from;
  let frame = 0;

  const placeAt = (y: number) =>
    others.filter((each) => {
      const { top, height } = each.getBoundingClientRect();
      return top + Math.min(height / 2, 36) < y;
    }).length;
  const follow = () => {
    card.style.translate = `0 ${pointerY + scrollY - startY}px`;
    to = placeAt(pointerY);
    const base = board.getBoundingClientRect().top;
    const before = others[to]?.getBoundingClientRect().top;
    const behind = others.at(-1)?.getBoundingClientRect().bottom ?? base;
    line.style.insetBlockStart = `${(before ?? behind) - base - 3}px`;
    words.textContent = to === from ? 'where it was' : preview(to);
    line.hidden = false;
  };
  const scroll = () => {
    const by = pointerY < EDGE ? -SCROLL : pointerY > innerHeight - EDGE ? SCROLL : 0;
    if (by !== 0) {
      scrollBy(0, by);
      follow();
    }
    frame = requestAnimationFrame(scroll);
  };
  const finish = (dropped: boolean) => {
    end.abort();
    cancelAnimationFrame(frame);
    card.style.translate = '';
    delete card.dataset['dragging'];
    line.hidden = true;
    if (dropped && isDragging && to !== from) drop(to);
  };

  const { signal } = end;
  head.setPointerCapture(press.pointerId);
  head.addEventListener(
    'pointermove',
    (event) => {
      pointerY = event.clientY;
      if (!isDragging && Math.abs(pointerY + scrollY - startY) < SLACK) return;
      if (!isDragging) {
        isDragging = true;
        card.dataset['dragging'] = '';
        frame = requestAnimationFrame(scroll);
      }
      follow();
    },
    { signal },
  );
  head.addEventListener('pointerup', () => finish(true), { signal });
  head.addEventListener('pointercancel', () => finish(false), { signal });
  addEventListener('keydown', ({ key }) => key === 'Escape' && finish(false), { signal });
}
