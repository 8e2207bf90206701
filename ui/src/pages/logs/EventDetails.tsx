import { Lightbulb20Regular } from "@fluentui/react-icons";
import type { EventDetail } from "../../api/bindings";
import { useEvent } from "../../api/queries";
import { Details } from "../../components/Details";
import { Fields } from "../../components/Fields";
import { EventIcon } from "../../components/Marks";
import { Answer } from "../../components/States";
import { dateExact, dateSeconds, duration, eventStatusWord, text } from "../../text";
import { Related } from "./Related";
import { Request } from "./Request";

type Props = { id: number; masked: boolean; onClose: () => void };

/** Everything about one event, in four tabs, and what it has to do with others. */
export function EventDetails({ id, masked, onClose }: Props) {
  const event = useEvent(id, masked);
  return <Answer query={event}>{(detail) => <Tabs event={detail} onClose={onClose} />}</Answer>;
}

function Tabs({ event, onClose }: { event: EventDetail; onClose: () => void }) {
  const { row, exchange } = event;
  const meta = [row.identity, eventStatusWord[row.status], duration(row.durationMs)].filter(Boolean);
  return (
    <Details
      title={exchange ? text.logs.request(exchange.method, exchange.path) : row.action}
      meta={
        <>
          {text.logs.headline(meta)}
          <br />
          <time dateTime={row.at} title={dateExact(row.at)}>
            {dateSeconds(row.at)}
          </time>{" "}
          · <span title={row.source}>{row.client ?? row.source}</span>
        </>
      }
      onClose={onClose}
      tabs={[
        { id: "steps", title: text.logs.tabs.steps, body: <Steps event={event} /> },
        { id: "changes", title: text.logs.tabs.changes, body: <Changes event={event} /> },
        {
          id: "request",
          title: text.logs.tabs.request,
          body: <Request event={event} />,
        },
        { id: "todo", title: text.logs.tabs.todo, body: <WhatToDo event={event} /> },
      ]}
    />
  );
}

function Steps({ event }: { event: EventDetail }) {
  const { row, steps } = event;
  return (
    <>
      {row.reason && <p>{row.reason}</p>}
      {steps.length === 0 && <p className="quiet">{text.logs.noSteps}</p>}
      <ol className="steps">
        {steps.map(({ name, status, detail }, index) => (
          <li key={name}>
            <EventIcon status={status} />
            <div>
              <strong>{text.logs.step(index + 1, name)}</strong>
              <span className="quiet">{detail}</span>
            </div>
          </li>
        ))}
      </ol>
      <Related event={event} />
    </>
  );
}

function Changes({ event: { changes } }: { event: EventDetail }) {
  if (changes.length === 0) return <p className="quiet">{text.logs.noChanges}</p>;
  return <Fields fields={changes} />;
}

/** What to do, and what was forgiven this time. */
function WhatToDo({ event: { advice, notes, place, rule: refused } }: { event: EventDetail }) {
  return (
    <>
      {(place || refused) && (
        <p>
          {place && <strong>{text.logs.place[place]}</strong>} <span className="quiet">{refused}</span>
        </p>
      )}
      {advice.length === 0 && <p className="quiet">{text.logs.noAdvice}</p>}
      <ul className="advice">
        {advice.map((sentence) => (
          <li key={sentence}>
            <Lightbulb20Regular aria-hidden />
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
      {notes.length > 0 && (
        <section>
          <h3>{text.logs.notes}</h3>
          <ul className="plain">
            {notes.map(({ name, path: attribute, sentence, rule, remedy }) => (
              <li key={`${name} ${attribute}`}>
                <div>
                  <span className="mono">{name}</span> <span className="quiet">{rule}</span>
                </div>
                {sentence} <span className="quiet">{remedy && text.logs.remedy(remedy)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
