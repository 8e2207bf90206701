import { Button } from "@fluentui/react-components";
import { ArrowUp16Regular } from "@fluentui/react-icons";
import { type ReactNode, useCallback, useState } from "react";
import type { EventRow } from "../../api/bindings";
import { type Column, DataTable } from "../../components/DataTable";
import { Pane } from "../../components/Details";
import { EventMark } from "../../components/Marks";
import { Answer, FilteredOut } from "../../components/States";
import { testids } from "../../testids";
import { number, text, timeInTable } from "../../text";
import { EventDetails } from "./EventDetails";
import { NoEvents } from "./NoEvents";
import { OlderEvents } from "./OlderEvents";
import { useLogs } from "./useLogs";

const { columns: title } = text.logs;
const columns: Column<EventRow>[] = [
  { id: "time", title: title.time, width: "122px", look: "mono", cell: ({ at }) => timeInTable(at) },
  { id: "action", title: title.action, width: "minmax(104px, 1fr)", cell: ({ action }) => action },
  { id: "identity", title: title.identity, width: "minmax(0, 1.7fr)", cell: ({ identity }) => identity || text.logs.nobody },
  { id: "status", title: title.status, width: "92px", cell: ({ status }) => <EventMark status={status} /> },
  { id: "reason", title: title.reason, width: "minmax(0, 1.6fr)", look: "soft", spare: true, cell: ({ reason }) => reason },
  { id: "ms", title: title.ms, width: "40px", look: "number", cell: ({ durationMs }) => number(Math.round(durationMs)) },
];

type Props = {
  query: string;
  masked: boolean;
  event: number | null;
  setEvent: (event: number | null) => void;
  facets: (stored: number) => ReactNode;
  onClear: () => void;
};

/** The events that match, newest first, and the one that is open. New ones wait while the reader is elsewhere. */
export function EventList({ query, masked, event, setEvent, facets, onClear }: Props) {
  const [scrolled, setScrolled] = useState(false);
  const live = !scrolled && event === null;
  const logs = useLogs(query, live, masked);
  const close = useCallback(() => setEvent(null), [setEvent]);
  const showFresh = () => {
    logs.showFresh();
    document.querySelector(".table .scroll")?.scrollTo({ top: 0 });
  };
  const refused = logs.error?.code === "invalid" ? logs.error.message : null;

  return (
    <>
      <div className="news">
        <p className="quiet" aria-live="polite" title={live ? text.logs.live : text.logs.paused}>
          {logs.data &&
            (query ? text.logs.shown(logs.rows.length, logs.stored, logs.hasNextPage) : text.logs.stored(logs.stored))}
        </p>
        {logs.older.search && <p className="quiet">{text.logs.searchedTo(logs.looked, logs.stored, logs.reached)}</p>}
        {logs.rows.length > 0 && <OlderEvents older={logs.older} />}
        {logs.fresh.length > 0 && (
          <Button
            appearance="primary"
            shape="circular"
            size="small"
            icon={<ArrowUp16Regular />}
            iconPosition="after"
            onClick={showFresh}
          >
            {text.logs.fresh(logs.fresh.length)}
          </Button>
        )}
      </div>
      <div className="split">
        {refused ? (
          <div className="blank">
            <FilteredOut sentence={refused} onClear={onClear} />
          </div>
        ) : (
          <>
            {facets(logs.stored)}
            <Answer query={logs} rows={12}>
              {() =>
                logs.rows.length > 0 ? (
                  <DataTable
                    key={query}
                    label={text.logs.title}
                    columns={columns}
                    rows={logs.rows}
                    keyOf={({ id }) => id}
                    {...(event === null ? {} : { selected: event })}
                    testid={testids.logRow}
                    onOpen={({ id }) => setEvent(id)}
                    onClose={close}
                    onScrolled={setScrolled}
                    onEnd={logs.older.more}
                  />
                ) : (
                  <div className="blank">
                    <NoEvents older={logs.older} filtered={query !== ""} onClear={onClear} />
                  </div>
                )
              }
            </Answer>
          </>
        )}
        {event !== null && (
          <Pane onClose={close}>
            <EventDetails key={event} id={event} masked={masked} onClose={close} />
          </Pane>
        )}
      </div>
    </>
  );
}
