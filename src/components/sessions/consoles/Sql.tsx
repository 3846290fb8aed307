/** A statement, coloured as everywhere once what colours it has come. */
import { useEffect, useState } from 'preact/hooks';

type Colour = (sql: string) => string;
let colour: Colour | undefined;

/** Statements are sent before the colours come: then they are plain. */
export function Sql({ text }: { text: string }) {
  const [painted, setPainted] = useState(colour !== undefined);
  useEffect(() => {
    if (colour) return;
    import('../../lab/clauses.ts').then(
      ({ codeHtml }) => {
        colour = (sql) => codeHtml(sql, 'postgres', []);
        setPainted(true);
      },
      (error) => console.warn('The colours of the statements could not be loaded:', error),
    );
  }, []);
  return (
    <pre class="kj-ses-sql">
      {painted && colour ? (
        <code dangerouslySetInnerHTML={{ __html: colour(text) }} />
      ) : (
        <code>{text}</code>
      )}
    </pre>
  );
}
