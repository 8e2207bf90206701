import { CheckmarkCircle16Filled, ChevronRight16Regular, DismissCircle16Filled, Warning16Filled } from "@fluentui/react-icons";
import { Link } from "wouter";
import type { Matter } from "../../lib/standing";
import { testids } from "../../testids";
import { text } from "../../text";

/** What somebody should look at, each with the page where that is done. */
export function Attention({ matters }: { matters: Matter[] }) {
  return (
    <section className="card attention" data-testid={testids.attention}>
      <h2>{text.overview.attention}</h2>
      {matters.length === 0 && (
        <p className="mark success">
          <CheckmarkCircle16Filled aria-hidden />
          {text.overview.nothing}
        </p>
      )}
      <ul>
        {matters.map(({ id, tone, sentence, to }) => (
          <li key={id}>
            <Link href={to} className={`mark wrapped ${tone}`}>
              {tone === "danger" ? <DismissCircle16Filled aria-hidden /> : <Warning16Filled aria-hidden />}
              <span>{sentence}</span>
              <ChevronRight16Regular className="go" aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
