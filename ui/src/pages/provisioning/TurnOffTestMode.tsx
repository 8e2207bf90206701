import { Button } from "@fluentui/react-components";
import { Warning16Filled } from "@fluentui/react-icons";
import { Link } from "wouter";
import type { GoLive, RunRow, Settings } from "../../api/bindings";
import { useGoLive, useSyncStart } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { Loading } from "../../components/States";
import { path } from "../../routes";
import { text } from "../../text";

type Props = { draft: Settings; saving: boolean; onConfirm: () => void; onCancel: () => void };

/** "Turn off Test Mode?": what the next sync will do, taken from the newest report that says so. */
export function TurnOffTestMode({ draft, saving, onConfirm, onCancel }: Props) {
  const goLive = useGoLive();
  const { error } = goLive;
  // Nobody confirms what could not be read.
  const known = goLive.isFetched && !error;
  const report = goLive.data?.report ?? null;
  const over = report !== null && archivesTooMuch(report, draft, goLive.data?.activeAccounts ?? 0);

  return (
    <Confirm
      // The word is asked for only once it is known whether it is needed.
      key={over ? "typed" : "plain"}
      title={text.turnOff.title}
      confirm={text.turnOff.confirm}
      {...(over ? { word: text.turnOff.word } : {})}
      busy={saving || !known}
      error={error}
      other={known && !report && <RunFirst onStarted={onCancel} />}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      {!known && !error && <Loading rows={3} />}
      {known && report && goLive.data && (
        <>
          <Consequences report={report} over={over} />
          <Age goLive={goLive.data} />
        </>
      )}
      {known && !report && <p>{text.turnOff.noReport}</p>}
      <p>{text.turnOff.effect}</p>
      <p className="quiet">{text.turnOff.aliases}</p>
    </Confirm>
  );
}

function Consequences({ report, over }: { report: RunRow; over: boolean }) {
  return (
    <>
      <p>
        {text.turnOff.next} <strong>{text.turnOff.users(report.counts.users)}</strong>{" "}
        <Link className="link" href={path.report(report.id)}>
          {text.turnOff.reportLink(report)}
        </Link>
      </p>
      {over && (
        <p className="note mark warning wrapped">
          <Warning16Filled aria-hidden />
          {text.turnOff.overRail(report.counts.users.archived)}
        </p>
      )}
    </>
  );
}

/** Whether the report is older than the newest request, and what it leaves out on purpose. */
function Age({ goLive: { changesSince, holds } }: { goLive: GoLive }) {
  const stale = changesSince === null ? text.turnOff.unknownAge : changesSince > 0 ? text.turnOff.newer(changesSince) : null;
  return (
    <>
      {stale && (
        <p className="note mark warning wrapped">
          <Warning16Filled aria-hidden />
          {stale}
        </p>
      )}
      {holds > 0 && <p>{text.turnOff.held(holds)}</p>}
    </>
  );
}

function RunFirst({ onStarted }: { onStarted: () => void }) {
  const sync = useSyncStart();
  const run = () => {
    sync.mutate({ allowArchives: null });
    onStarted();
  };
  return <Button onClick={run}>{text.turnOff.runFirst}</Button>;
}

/** Whether a report would archive more accounts than the guard rail lets pass. */
export function archivesTooMuch(
  { counts }: Pick<RunRow, "counts">,
  { guardRailAccounts, guardRailPercent }: Settings,
  active: number,
): boolean {
  const { archived } = counts.users;
  return (
    (guardRailAccounts !== null && archived > guardRailAccounts) ||
    (guardRailPercent !== null && archived * 100 > guardRailPercent * active)
  );
}
