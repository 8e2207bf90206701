import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { Link } from "wouter";
import type { EventDetail } from "../../api/bindings";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";
import { ReplayDialog } from "./ReplayDialog";

/** What an event has to do with others: the same request, the same sync, the same person. */
export function Related({ event: { row, changeId, exchange, target } }: { event: EventDetail }) {
  const [replaying, setReplaying] = useState(false);
  const person = personOf(row.action, row.identity, target);
  const sync = row.sync;
  if (!exchange && sync === null && !person) return null;
  return (
    <section>
      <h3>{text.logs.related}</h3>
      <ul className="plain related">
        {exchange && (
          <li>
            <Link className="link" href={path.logsOf(`request:${changeId}`)}>
              {text.logs.relatedRequest}
            </Link>
          </li>
        )}
        {sync !== null && (
          <li>
            <Link className="link" href={path.logsOf(`sync:${sync}`)}>
              {text.logs.relatedSync(sync)}
            </Link>
            {" · "}
            <Link className="link" href={path.report(sync)}>
              {text.logs.sync(sync)}
            </Link>
          </li>
        )}
        {person && (
          <li>
            <Link className="link" href={path.history(person)} data-testid={testids.logHistory}>
              {text.logs.historyOf(row.identity || person)}
            </Link>
            {" · "}
            <Link className="link" href={path.logsOf(`identity:"${target || row.identity}"`)}>
              {text.logs.relatedPerson}
            </Link>
          </li>
        )}
      </ul>
      {sync !== null && (
        <Button size="small" onClick={() => setReplaying(true)}>
          {text.logs.replaySync(sync)}
        </Button>
      )}
      {replaying && sync !== null && <ReplayDialog what={{ sync }} onClose={() => setReplaying(false)} />}
    </section>
  );
}

/** By what the person is known whom an event is about; blank where it is about none. */
function personOf(action: string, identity: string, target: string): string {
  if (/(user|account)$/i.test(action)) return target || identity;
  return identity.includes("@") ? identity : "";
}
