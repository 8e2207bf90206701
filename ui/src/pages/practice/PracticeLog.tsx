import { useState } from "react";
import type { PracticeEntry } from "../../api/bindings";
import { usePracticeList } from "../../api/practice";
import { type Column, DataTable } from "../../components/DataTable";
import { Search } from "../../components/Filters";
import { EventMark } from "../../components/Marks";
import { Answer, Empty, FilteredOut } from "../../components/States";
import { useSettled } from "../../hooks/useLater";
import { testids } from "../../testids";
import { dateSeconds, text } from "../../text";

const words = text.practice;

const columns: Column<PracticeEntry>[] = [
  { id: "at", title: words.columns.at, width: "170px", cell: ({ at }) => dateSeconds(at) },
  { id: "action", title: words.columns.action, width: "120px", cell: ({ action }) => action },
  { id: "name", title: words.columns.name, width: "minmax(0, 1fr)", cell: ({ name }) => name },
  { id: "status", title: words.columns.status, width: "110px", cell: ({ status }) => <EventMark status={status} /> },
  { id: "reason", title: words.columns.reason, width: "minmax(0, 2fr)", look: "soft", cell: ({ reason }) => reason },
];

/** What the practice provider has done, as its own log has it. */
export function PracticeLog() {
  const [typed, setTyped] = useState("");
  const log = usePracticeList("practiceLog", useSettled(typed.trim()));
  return (
    <>
      <div className="filters">
        <Search label={words.searchLog} value={typed} onChange={setTyped} />
        <span className="quiet end" aria-live="polite">
          {log.first && words.rows(log.total)}
        </span>
      </div>
      <div className="split">
        <Answer query={log} rows={8}>
          {() =>
            log.rows.length > 0 ? (
              <DataTable
                label={words.tabs.log}
                columns={columns}
                rows={log.rows}
                keyOf={({ id }) => id}
                testid={testids.practiceEntry}
                onOpen={({ name }) => setTyped(name)}
                onEnd={log.more}
              />
            ) : (
              <div className="blank">
                {typed ? <FilteredOut sentence={words.filteredLog} onClear={() => setTyped("")} /> : <Empty sentence={words.noLog} />}
              </div>
            )
          }
        </Answer>
      </div>
    </>
  );
}
