import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import type { RunRow } from "../api/bindings";
import { useReports } from "../api/queries";
import { ColumnChoice } from "../components/ColumnChoice";
import { type Column, DataTable } from "../components/DataTable";
import { Choice } from "../components/Filters";
import { Counts, RunMark } from "../components/Marks";
import { Page } from "../components/Page";
import { Answer, Empty, FilteredOut } from "../components/States";
import { useColumns } from "../hooks/useColumns";
import { useParam } from "../hooks/useHash";
import { useSort } from "../hooks/useSort";
import { path } from "../routes";
import { testids } from "../testids";
import { date, membershipWord, text } from "../text";
import { Explain } from "./reports/Explain";
import { Holds } from "./reports/Holds";

type Mode = "test" | "live";

const { columns: title } = text.reports;
const all: Column<RunRow>[] = [
  { id: "sync", title: title.sync, width: "44px", look: "number", fixed: true, cell: ({ id }) => String(id) },
  { id: "started", title: title.started, width: "140px", sorts: true, cell: ({ startedAt }) => date(startedAt) },
  { id: "status", title: title.status, width: "104px", cell: ({ status }) => <RunMark status={status} /> },
  { id: "users", title: title.users, width: "132px", cell: ({ counts }) => <Counts counts={counts.users} /> },
  { id: "groups", title: title.groups, width: "72px", cell: ({ counts }) => <Counts counts={counts.groups} /> },
  {
    id: "memberships",
    title: title.memberships,
    width: "92px",
    cell: ({ counts }) => <Counts counts={counts.memberships} words={membershipWord} />,
  },
  { id: "mode", title: title.mode, width: "40px", cell: ({ testMode }) => text.reports.modeWord(testMode) },
  {
    id: "trigger",
    title: title.trigger,
    width: "minmax(0, 1fr)",
    look: "soft",
    cell: ({ trigger, reason }) => reason ?? trigger,
  },
];

/** Every sync, newest first: in Test Mode what would have changed, live what has. */
export function Reports() {
  const [mode, setMode] = useParam("mode");
  const [, navigate] = useLocation();
  const testMode = mode === "" ? null : mode === "test";
  const own = useColumns("reports", all);
  const sorting = useSort();
  const oldestFirst = sorting.sort?.column === "started" && !sorting.sort.descending;
  const reports = useReports({ testMode, oldestFirst });

  return (
    <Page title={text.reports.title} commands={<Commands />} filled>
      <div className="filters">
        <Choice
          label={text.reports.mode}
          value={mode as Mode | ""}
          any={text.reports.modes.any}
          choices={{ test: text.reports.modes.test, live: text.reports.modes.live }}
          onChange={setMode}
        />
        <ColumnChoice
          groups={[{ title: text.directory.list, columns: own.choosable }]}
          shown={own.shown}
          usual={own.usual}
          onChange={own.choose}
        />
        <span className="quiet end" aria-live="polite">
          {reports.first && text.reports.total(reports.total)}
        </span>
      </div>
      <div className="split">
        <Answer query={reports}>
          {() =>
            reports.rows.length > 0 ? (
              <DataTable
                label={text.reports.title}
                columns={own.columns}
                sorting={sorting}
                rows={reports.rows}
                keyOf={({ id }) => id}
                testid={testids.reportRow}
                onOpen={({ id }) => navigate(path.report(id))}
                onEnd={reports.more}
              />
            ) : (
              <div className="blank">
                {mode ? <FilteredOut sentence={text.reports.filtered} onClear={() => setMode(null)} /> : <NoReports />}
              </div>
            )
          }
        </Answer>
      </div>
    </Page>
  );
}

/** What is on hold, and the question about one address. */
function Commands() {
  const [shown, show] = useState<"holds" | "whyNot" | null>(null);
  const close = () => show(null);
  return (
    <>
      <Button onClick={() => show("whyNot")} data-testid={testids.whyNot}>
        {text.whyNot.open}
      </Button>
      <Button onClick={() => show("holds")} data-testid={testids.holds}>
        {text.holds.open}
      </Button>
      {shown === "holds" && <Holds onClose={close} />}
      {shown === "whyNot" && <Explain onClose={close} />}
    </>
  );
}

function NoReports() {
  return (
    <Empty
      sentence={text.reports.never}
      action={
        <Link className="link" href={path.provisioning}>
          {text.reports.neverAction}
        </Link>
      }
    />
  );
}
