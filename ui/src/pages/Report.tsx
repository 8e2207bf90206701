import { Button } from "@fluentui/react-components";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Action, ObjectKind, Report as ReportHead, RunRow } from "../api/bindings";
import { hasEnded, useReport, useReportExport, useStatus } from "../api/queries";
import { ExportMenu, ExportResult } from "../components/Export";
import { Search } from "../components/Filters";
import { ACTIONS, actionSign, sumOf } from "../components/Marks";
import { Page } from "../components/Page";
import { Answer, Empty } from "../components/States";
import { useParam } from "../hooks/useHash";
import { useSettled } from "../hooks/useLater";
import { path } from "../routes";
import { testids } from "../testids";
import { dateExact, dateSeconds, text } from "../text";
import { PlainRows, Section } from "./report/Section";
import { ReportTabs } from "./report/ReportTabs";
import { WhyNot } from "./report/WhyNot";

/** One report, read like a plan: what, why, and field by field before → after. */
export function Report({ id }: { id: number }) {
  const report = useReport(id);
  const exporting = useReportExport();
  const { data: status } = useStatus();
  const [, navigate] = useLocation();
  const run = report.data?.run;

  return (
    <Page
      title={run?.summary ?? text.report.loading(id)}
      titleTestid={testids.planTitle}
      crumbs={[text.nav.review, { title: text.reports.title, path: path.reports }]}
      here={text.report.crumb(id)}
      meta={run && <Meta run={run} />}
      commands={
        run && (
          <>
            <ExportMenu
              formats={text.exports.report}
              busy={exporting.isPending}
              onExport={(format) => exporting.mutate({ id, format })}
            />
            {run.testMode && status?.testMode && (
              <Button appearance="primary" onClick={() => navigate(path.turnOffTestMode)} data-testid={testids.turnOffTestMode}>
                {text.report.turnOff}
              </Button>
            )}
          </>
        )
      }
    >
      <div className="report">
        <ExportResult
          busy={exporting.isPending}
          exported={exporting.data}
          error={exporting.error}
          onDismiss={exporting.reset}
        />
        <Answer query={report}>{(head) => <Body report={head} />}</Answer>
      </div>
    </Page>
  );
}

function Meta({ run }: { run: RunRow }) {
  const parts = [run.trigger, text.report.compared(run.compared, run.durationMs), text.report.effect(run)];
  return (
    <p>
      <time dateTime={run.startedAt} title={dateExact(run.startedAt)}>
        {dateSeconds(run.startedAt)}
      </time>
      {parts.map((part) => (
        <span key={part}> · {part}</span>
      ))}
    </p>
  );
}

/** How many rows each tab has. */
export function rowCounts({ counts }: RunRow): Record<ObjectKind, number> {
  return {
    user: sumOf(counts.users),
    group: sumOf(counts.groups),
    membership: sumOf(counts.memberships),
    skipped: counts.skipped,
    warning: counts.warnings,
  };
}

function Body({ report }: { report: ReportHead }) {
  const { run, sincePrevious } = report;
  const [tab, setTab] = useParam("tab");
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const rows = rowCounts(run);
  const kinds = Object.keys(rows) as ObjectKind[];
  const object = kinds.find((kind) => kind === tab) ?? kinds.find((kind) => rows[kind] > 0) ?? "user";
  const nothing = kinds.every((kind) => rows[kind] === 0);

  // The rows are read once, so not before they are all there.
  if (!hasEnded(run)) return <p className="quiet">{text.report.unfinished}</p>;
  return (
    <>
      <WhyNot report={report} />
      {sincePrevious && <p className="quiet">{text.report.since(sincePrevious)}</p>}
      {nothing && run.status === "completed" && (
        <div className="blank">
          <Empty sentence={text.report.empty} />
        </div>
      )}
      {!nothing && (
        <>
          <div className="tabs">
            <ReportTabs counts={rows} selected={object} onSelect={setTab} />
            <Search label={text.report.filter} value={typed} onChange={setTyped} />
          </div>
          <div className="card" id="report-panel" role="tabpanel" aria-label={text.report.tabs[object]}>
            <Rows run={run} object={object} rows={rows[object]} search={search} />
          </div>
        </>
      )}
    </>
  );
}

type RowsProps = { run: RunRow; object: ObjectKind; rows: number; search: string };

function Rows({ run, object, rows, search }: RowsProps) {
  if (rows === 0) return <Empty sentence={text.report.emptyTab[object]} />;
  if (object === "skipped" || object === "warning") return <PlainRows run={run.id} object={object} search={search} />;
  return ACTIONS.filter((action) => countOf(run, object, action) > 0).map((action) => (
    <Section
      key={`${object} ${action}`}
      run={run.id}
      object={object}
      action={action}
      count={countOf(run, object, action)}
      search={search}
    />
  ));
}

function countOf({ counts }: RunRow, object: "user" | "group" | "membership", action: Action): number {
  const of = { user: counts.users, group: counts.groups, membership: counts.memberships }[object];
  return of[actionSign[action].count];
}
