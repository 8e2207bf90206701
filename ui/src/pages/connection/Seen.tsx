import { CheckmarkCircle16Filled, DismissCircle16Filled, PlugDisconnected28Regular } from "@fluentui/react-icons";
import { Link } from "wouter";
import type { Sender } from "../../api/bindings";
import { Empty } from "../../components/States";
import { TimeAgo } from "../../components/TimeAgo";
import { isSelf, queryOf } from "../../lib/senders";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";

/** Everybody who has sent a request, with what went wrong last and why. */
export function Seen({ senders }: { senders: Sender[] }) {
  return (
    <section className="card" aria-label={text.connection.seen}>
      <section>
        <h2 className="strong">{text.connection.seen}</h2>
        <p className="quiet">{text.connection.seenLead}</p>
        {senders.length === 0 && <Empty icon={PlugDisconnected28Regular} sentence={text.connection.never} />}
        <ul className="senders">
          {senders.map((sender) => (
            <Row key={sender.name ?? sender.source} sender={sender} />
          ))}
        </ul>
      </section>
    </section>
  );
}

const nameOf = (sender: Sender) => {
  if (isSelf(sender)) return text.connection.self;
  return sender.name ?? (sender.source ? text.connection.unknown(sender.source) : text.connection.noAgent);
};

function Row({ sender }: { sender: Sender }) {
  const { failures, unauthorized, lastFailure, last, recognisedBy } = sender;
  // What it was refused for is its own test's business.
  const wrong = failures > 0 && !isSelf(sender);
  return (
    <li data-testid={testids.senderRow}>
      <div className="row">
        <strong className="breakable" title={recognisedBy || undefined}>
          {nameOf(sender)}
        </strong>
        <Link className="link end" href={path.logsOf(queryOf(sender))}>
          {text.connection.allOf}
        </Link>
      </div>
      <p className="quiet row">
        <span>
          {text.connection.lastRequest} <TimeAgo at={last} />
        </span>
        <span>{text.connection.requests(sender)}</span>
        <span className={`mark ${wrong ? "danger" : "success"}`}>
          {wrong ? <DismissCircle16Filled aria-hidden /> : <CheckmarkCircle16Filled aria-hidden />}
          {unauthorized > 0 && wrong ? text.connection.unauthorized(sender) : text.connection.errors(wrong ? sender : { ...sender, failures: 0 })}
        </span>
      </p>
      {wrong && lastFailure && (
        <p className="failure">
          <span className="quiet">
            {text.connection.lastError}, <TimeAgo at={lastFailure.at} />:
          </span>{" "}
          {lastFailure.reason}{" "}
          <Link className="link" href={`${path.logsOf(queryOf(sender))}&event=${lastFailure.event}`}>
            {text.connection.open}
          </Link>
        </p>
      )}
    </li>
  );
}
