/** An error with all that the engine said about it. */
import type { ComponentChildren } from 'preact';
import { errorHref } from '../../../config/href.ts';

interface Props {
  /** The exception's name or the SQLSTATE; none of what the reader or the watchdog ended. */
  code: string | undefined;
  message: string;
  /** Further facts, a line each; empty ones are left out. */
  facts?: ReadonlyArray<string | undefined>;
  children?: ComponentChildren;
}

/** Name, message and facts. Whether that is good or bad is for the step to say. */
export function ErrorBox({ code, message, facts = [], children }: Props) {
  const told = facts.filter((fact) => fact !== undefined);
  return (
    <div class="kj-error">
      <p>
        {code && (
          <strong>{isExplained(code) ? <a href={errorHref(code)}>{code}</a> : code} </strong>
        )}
        {message}
      </p>
      {told.map((fact) => (
        <p class="kj-fact" key={fact}>
          {fact}
        </p>
      ))}
      {children}
    </div>
  );
}

/** The page of errors has every SQLSTATE and every exception; errors of JavaScript it has not. */
const isExplained = (code: string) => /^[0-9A-Z]{5}$|Exception$|^InternalServerError$/.test(code);
