// The four pictures of the overview; loaded with it, and not with the window.

import { Link, useLocation } from "wouter";
import type { Interval, RunRow, Traffic } from "../../api/bindings";
import { Chart } from "../../components/charts/Chart";
import { Columns } from "../../components/charts/Columns";
import { Patterns, type Series } from "../../components/charts/Fill";
import { Lanes, SignLegend } from "../../components/charts/Lanes";
import { Lines } from "../../components/charts/Lines";
import { ACTIONS, actionSign, RunMark, sumOf } from "../../components/Marks";
import { path } from "../../routes";
import { actionWord, date, dateSeconds, dayOf, duration, number, runStatusWord, text, timeOfDay } from "../../text";

const { changes, requests, latency, timeline } = text.charts;

export default function Charts({ syncs, traffic }: { syncs: RunRow[]; traffic: Traffic | undefined }) {
  return (
    <div className="charts">
      <Patterns />
      <Changes syncs={syncs} />
      {traffic && <Requests traffic={traffic} />}
      {traffic && <Latency traffic={traffic} />}
      <Timeline syncs={syncs} />
    </div>
  );
}

const syncLink = ({ id }: RunRow) => (
  <Link className="link" href={path.report(id)}>
    {number(id)}
  </Link>
);

const actionSeries: Series[] = ACTIONS.map((action) => ({ name: actionWord[action], look: action }));

function Changes({ syncs }: { syncs: RunRow[] }) {
  const [, navigate] = useLocation();
  const runs = syncs.filter(({ status }) => status !== "skipped");
  const valuesOf = ({ counts: { users } }: RunRow) => ACTIONS.map((action) => users[actionSign[action].count]);
  return (
    <Chart
      title={changes.title}
      summary={changes.summary(runs)}
      series={actionSeries}
      empty={!runs.some(({ counts }) => sumOf(counts.users) > 0)}
      table={() => ({
        columns: [...changes.columns],
        rows: runs.map((run) => ({
          key: run.id,
          cells: [syncLink(run), date(run.startedAt), ...valuesOf(run).map(number), text.reports.modeWord(run.testMode)],
        })),
      })}
    >
      {(width) => (
        <Columns
          width={width}
          series={actionSeries}
          labelWidth={32}
          columns={runs.toReversed().map((run) => ({
            key: run.id,
            label: String(run.id),
            values: valuesOf(run),
            hint: changes.hint(run),
            dashed: !run.applied,
            onOpen: () => navigate(path.report(run.id)),
          }))}
        />
      )}
    </Chart>
  );
}

const requestSeries: Series[] = [
  { name: requests.series.succeeded, look: "good" },
  { name: requests.series.skipped, look: "quiet" },
  { name: requests.series.failed, look: "bad" },
];

const hadRequests = ({ succeeded, skipped, failed }: Interval) => succeeded + skipped + failed > 0;

function Requests({ traffic }: { traffic: Traffic }) {
  const valuesOf = ({ succeeded, skipped, failed }: Interval) => [succeeded, skipped, failed];
  return (
    <Chart
      title={requests.title}
      summary={requests.summary(traffic)}
      series={requestSeries}
      empty={!hadRequests(traffic.total)}
      table={() => ({
        columns: [...requests.columns],
        rows: traffic.intervals.filter(hadRequests).map((part) => ({ key: part.from, cells: [date(part.from), ...valuesOf(part).map(number)] })),
      })}
    >
      {(width) => (
        <Columns
          width={width}
          series={requestSeries}
          columns={traffic.intervals.map((part) => ({ key: part.from, label: timeOfDay(part.from), values: valuesOf(part), hint: requests.hint(part) }))}
        />
      )}
    </Chart>
  );
}

const latencySeries: Series[] = [
  { name: latency.series.p50, look: "first" },
  { name: latency.series.p95, look: "second" },
];

function Latency({ traffic }: { traffic: Traffic }) {
  const shown = (ms: number | null) => (ms === null ? latency.none : duration(ms));
  return (
    <Chart
      title={latency.title}
      summary={latency.summary(traffic)}
      series={latencySeries}
      empty={!hadRequests(traffic.total)}
      table={() => ({
        columns: [...latency.columns],
        rows: traffic.intervals.filter(hadRequests).map((part) => ({ key: part.from, cells: [date(part.from), shown(part.p50Ms), shown(part.p95Ms)] })),
      })}
    >
      {(width) => (
        <Lines
          width={width}
          series={latencySeries}
          moments={traffic.intervals.map((part) => ({ key: part.from, label: timeOfDay(part.from), hint: latency.hint(part), values: [part.p50Ms, part.p95Ms] }))}
        />
      )}
    </Chart>
  );
}

const ENDINGS = ["completed", "skipped", "stopped", "failed"] as const;

function Timeline({ syncs }: { syncs: RunRow[] }) {
  const [, navigate] = useLocation();
  const times = syncs.map(({ startedAt }) => Date.parse(startedAt));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const days = to - from > 172_800_000;
  const marks = [0, 1, 2, 3, 4].map((each) => from + ((to - from) * each) / 4);
  return (
    <Chart
      title={timeline.title}
      summary={timeline.summary(syncs)}
      series={[]}
      legend={<SignLegend words={ENDINGS.map((status) => [status, runStatusWord[status]])} />}
      empty={syncs.length === 0}
      table={() => ({
        columns: [...timeline.columns],
        rows: syncs.map((run) => ({
          key: run.id,
          cells: [syncLink(run), dateSeconds(run.startedAt), run.trigger, <RunMark key="status" status={run.status} />, duration(run.durationMs)],
        })),
      })}
    >
      {(width) => (
        <Lanes
          width={width}
          lanes={[...new Set(syncs.map(({ trigger }) => trigger))].toSorted()}
          from={from}
          to={to}
          labels={(to > from ? marks : [from]).map((at) => ({ at, text: days ? dayOf(at) : timeOfDay(at) }))}
          dots={syncs.map((run) => ({
            key: run.id,
            lane: run.trigger,
            at: Date.parse(run.startedAt),
            status: run.status,
            hint: timeline.hint(run),
            onOpen: () => navigate(path.report(run.id)),
          }))}
        />
      )}
    </Chart>
  );
}
