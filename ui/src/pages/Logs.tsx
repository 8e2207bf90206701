import { Button } from "@fluentui/react-components";
import { ArrowUp16Regular } from "@fluentui/react-icons";
import { useCallback, useState } from "react";
import type { EventRow } from "../api/bindings";
import { useLogsExport } from "../api/queries";
import { type Column, DataTable } from "../components/DataTable";
import { Pane } from "../components/Details";
import { ExportMenu, ExportResult } from "../components/Export";
import { EventMark } from "../components/Marks";
import { Page } from "../components/Page";
import { Answer, Empty, FilteredOut } from "../components/States";
import { useParam, wholeNumber } from "../hooks/useHash";
import { useSettled } from "../hooks/useLater";
import { testids } from "../testids";
import { number, text, timeInTable } from "../text";
import { NotFound } from "./NotFound";
import { EventDetails } from "./logs/EventDetails";
import { LogFilters } from "./logs/LogFilters";
import { OlderEvents } from "./logs/OlderEvents";
import { useLogs } from "./logs/useLogs";
import type { Older } from "./logs/useOlder";

const { columns: title } = text.logs;
const columns: Column<EventRow>[] = [
  { id: "time", title: title.time, width: "122px", look: "mono", cell: ({ at }) => timeInTable(at) },
  { id: "action", title: title.action, width: "minmax(104px, 1fr)", cell: ({ action }) => action },
  { id: "identity", title: title.identity, width: "minmax(0, 1.7fr)", cell: ({ identity }) => identity || text.logs.nobody },
  { id: "status", title: title.status, width: "92px", cell: ({ status }) => <EventMark status={status} /> },
  { id: "reason", title: title.reason, width: "minmax(0, 1.6fr)", look: "soft", spare: true, cell: ({ reason }) => reason },
  { id: "ms", title: title.ms, width: "40px", look: "number", cell: ({ durationMs }) => number(Math.round(durationMs)) },
];

/** The provisioning log; an address whose event is no number leads nowhere. */
export function Logs() {
  const [written, setEvent] = useParam("event");
  const event = wholeNumber(written);
  if (written && event === null) return <NotFound />;
  return <Log event={event} setEvent={setEvent} />;
}

type LogProps = { event: number | null; setEvent: (event: number | null) => void };

/** Who, what, did it work, why, and what to do next. */
function Log({ event, setEvent }: LogProps) {
  const [written, setWritten] = useParam("query");
  const [scrolled, setScrolled] = useState(false);
  // The box writes straight into the address; the shell is asked once it stands still.
  const query = useSettled(written.trim(), 250);
  const logs = useLogs(query, !scrolled && event === null);
  const exporting = useLogsExport();

  const showFresh = () => {
    logs.showFresh();
    document.querySelector(".table .scroll")?.scrollTo({ top: 0 });
  };
  const close = useCallback(() => setEvent(null), [setEvent]);

  return (
    <Page
      title={text.logs.title}
      commands={
        <ExportMenu
          formats={text.exports.logs}
          busy={exporting.isPending}
          onExport={(format) => exporting.mutate({ query, format })}
        />
      }
      filled
    >
      <ExportResult
        busy={exporting.isPending}
        exported={exporting.data}
        error={exporting.error}
        onDismiss={exporting.reset}
      />
      <LogFilters query={written} onChange={setWritten} />
      <div className="news">
        <p className="quiet" aria-live="polite">
          {logs.data &&
            (query ? text.logs.shown(logs.rows.length, logs.stored, logs.hasNextPage) : text.logs.stored(logs.stored))}
        </p>
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
        {logs.error?.code === "invalid" && (
          <div className="blank">
            <FilteredOut sentence={logs.error.message} onClear={() => setWritten(null)} />
          </div>
        )}
        {logs.error?.code !== "invalid" && (
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
                  <NoEvents older={logs.older} filtered={query !== ""} onClear={() => setWritten(null)} />
                </div>
              )
            }
          </Answer>
        )}
        {event !== null && (
          <Pane onClose={close}>
            <EventDetails key={event} id={event} onClose={close} />
          </Pane>
        )}
      </div>
    </Page>
  );
}

type NoEventsProps = { older: Older; filtered: boolean; onClear: () => void };

/** No match so far, no match, or no event at all. */
function NoEvents({ older, filtered, onClear }: NoEventsProps) {
  if (older.search) {
    return (
      <div className="empty">
        <OlderEvents older={older} />
      </div>
    );
  }
  if (filtered) return <FilteredOut sentence={text.logs.filtered} onClear={onClear} />;
  return <Empty sentence={text.logs.never} />;
}
