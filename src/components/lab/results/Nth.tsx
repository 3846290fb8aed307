/** The place of a request or a statement among those of its step, where one program sends both. */
export function Nth({ nth }: { nth: number | undefined }) {
  if (nth === undefined) return null;
  return (
    <span class="kj-nth">
      <span class="kj-hidden">Number </span>
      {nth}
      <span class="kj-hidden">: </span>
    </span>
  );
}
