import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { ArrowUndo20Regular, Warning16Filled } from "@fluentui/react-icons";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import type { Action, Consequence, ObjectKind, Report as ReportHead, RunRow } from "../api/bindings";
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
import { consequenceWord, dateExact, dateSeconds, text } from "../text";
import { CompareWith } from "./report/CompareWith";
import { Overview } from "./report/Overview";
import { PlainRows, Section } from "./report/Section";
import { ReportTabs } from "./report/ReportTabs";
import { Undo } from "./report/Undo";
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
            {run.canUndo && <UndoButton run={run} />}
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

function UndoButton({ run }: { run: RunRow }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon={<ArrowUndo20Regular />} onClick={() => setAsking(true)} data-testid={testids.undo}>
        {text.undo.open}
      </Button>
      {asking && <Undo run={run.id} onClose={() => setAsking(false)} />}
    </>
  );
}

/** How many rows each tab has. */
export function rowCounts({ counts }: RunRow): Record<ObjectKind, number> {
  return {
    user: sumOf(counts.users),
    group: sumOf(counts.groups),
    membership: sumOf(counts.memberships),
    held: counts.held,
    skipped: counts.skipped,
    warning: counts.warnings,
  };
}

function Body({ report }: { report: ReportHead }) {
  const { run, sincePrevious } = report;
  const rows = rowCounts(run);
  const nothing = Object.values(rows).every((count) => count === 0);

  // The rows are read once, so not before they are all there.
  if (!hasEnded(run)) return <p className="quiet">{text.report.unfinished}</p>;
  return (
    <>
      <WhyNot report={report} />
      <Relations report={report} />
      <div className="row">
        {sincePrevious && <p className="quiet">{text.report.since(sincePrevious)}</p>}
        {run.canCompare && <CompareWith run={run} />}
      </div>
      {nothing && run.status === "completed" && (
        <div className="blank">
          <Empty sentence={text.report.empty} />
        </div>
      )}
      {!nothing && <Changes run={run} rows={rows} />}
    </>
  );
}

/** What other syncs, and requests since, have to do with this one. */
function Relations({ report: { run, changesSince } }: { report: ReportHead }) {
  const other = run.undoes ?? run.undoneBy;
  return (
    <>
      {other !== null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {run.undoes !== null ? text.report.undoes(run.undoes) : text.report.undoneBy(other)}{" "}
            <Link className="link" href={path.report(other)}>
              {text.report.openReport(other)}
            </Link>
          </MessageBarBody>
        </MessageBar>
      )}
      {run.testMode && changesSince !== null && changesSince > 0 && (
        <p className="note mark warning wrapped">
          <Warning16Filled aria-hidden />
          {text.report.newer(changesSince)}
        </p>
      )}
    </>
  );
}

const isConsequence = (word: string): word is Consequence => word in consequenceWord;

function Changes({ run, rows }: { run: RunRow; rows: Record<ObjectKind, number> }) {
  const [tab, setTab] = useParam("tab");
  const [chosen, choose] = useParam("people");
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const kinds = Object.keys(rows) as ObjectKind[];
  const object = kinds.find((kind) => kind === tab) ?? kinds.find((kind) => rows[kind] > 0) ?? "user";
  const consequence = isConsequence(chosen) ? chosen : null;
  return (
    <>
      <Overview run={run} chosen={consequence} onChoose={choose} />
      <div className="tabs">
        {consequence ? (
          <>
            <h2>{consequenceWord[consequence]}</h2>
            <Button size="small" onClick={() => choose(null)}>
              {text.report.showAll}
            </Button>
          </>
        ) : (
          <ReportTabs counts={rows} selected={object} onSelect={setTab} />
        )}
        <Search label={text.report.filter} value={typed} onChange={setTyped} />
      </div>
      {consequence ? (
        <section className="card" aria-label={consequenceWord[consequence]}>
          <PlainRows run={run} object="user" consequence={consequence} search={search} />
        </section>
      ) : (
        <div className="card" id="report-panel" role="tabpanel" aria-label={text.report.tabs[object]}>
          <Rows run={run} object={object} rows={rows[object]} search={search} />
        </div>
      )}
    </>
  );
}

type RowsProps = { run: RunRow; object: ObjectKind; rows: number; search: string };

function Rows({ run, object, rows, search }: RowsProps) {
  if (rows === 0) return <Empty sentence={text.report.emptyTab[object]} />;
  if (object === "held" || object === "skipped" || object === "warning")
    return <PlainRows run={run} object={object} search={search} />;
  return ACTIONS.filter((action) => countOf(run, object, action) > 0).map((action) => (
    <Section
      key={`${object} ${action}`}
      run={run}
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
