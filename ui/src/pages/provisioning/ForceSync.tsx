import { Button, MessageBar, MessageBarBody, MessageBarTitle, ProgressBar, Spinner, Tooltip } from "@fluentui/react-components";
import { ArrowSync20Regular } from "@fluentui/react-icons";
import { Link } from "wouter";
import type { Progress, RunRow, RunStatus } from "../../api/bindings";
import { useSyncCancel, useSyncStart } from "../../api/queries";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";

export type Sync = ReturnType<typeof useSyncStart>;
export const useForceSync = useSyncStart;

type Props = { sync: Sync; why: string | null; running: Progress | null };

/** Force Sync Now: acts at once. `why` says what stands in its way. */
export function ForceSync({ sync, why, running }: Props) {
  const busy = sync.isPending || running !== null;
  const reason = why ?? (busy ? text.sync.alreadyRunning : null);
  const button = (
    <Button
      icon={<ArrowSync20Regular />}
      disabledFocusable={reason !== null}
      onClick={() => sync.mutate({ allowArchives: null })}
      data-testid={testids.forceSync}
    >
      {text.sync.force}
    </Button>
  );
  if (!reason) return button;
  return (
    <Tooltip content={reason} relationship="description">
      {button}
    </Tooltip>
  );
}

/** How far the sync is, and then what it came to. */
export function SyncOutcome({ sync, running, lastSync }: { sync: Sync; running: Progress | null; lastSync: RunRow | null }) {
  if (running || sync.isPending) return <Running progress={running} />;
  if (sync.error) {
    return (
      <MessageBar intent="error" layout="multiline" data-testid={testids.syncResult}>
        <MessageBarBody>
          {sync.error.message} {sync.error.hint}
        </MessageBarBody>
      </MessageBar>
    );
  }
  const run = finished(sync.data, lastSync);
  return run && <Finished run={run} />;
}

/** The shell may answer when the sync ends or when it begins; either way the newest word counts. */
function finished(started: RunRow | undefined, lastSync: RunRow | null): RunRow | null {
  if (!started) return null;
  if (lastSync && lastSync.id >= started.id) return lastSync;
  return started.finishedAt ? started : null;
}

function Running({ progress }: { progress: Progress | null }) {
  const cancel = useSyncCancel();
  const known = progress !== null && progress.total > 0;
  return (
    <div className="syncing" data-testid={testids.syncProgress}>
      <div className="row">
        <strong>{progress ? text.sync.running(progress.run) : text.sync.starting}</strong>
        <span className="quiet">{progress?.phase}</span>
        <span className="quiet end">{progress && text.sync.progress(progress)}</span>
        <Button
          size="small"
          icon={cancel.isPending ? <Spinner size="extra-tiny" /> : undefined}
          disabled={cancel.isPending}
          onClick={() => cancel.mutate(null)}
          data-testid={testids.syncCancel}
        >
          {text.sync.cancel}
        </Button>
      </div>
      <ProgressBar
        thickness="large"
        aria-label={progress?.phase ?? text.sync.starting}
        {...(known ? { value: progress.done, max: progress.total } : {})}
      />
    </div>
  );
}

const intents: Record<RunStatus, "success" | "warning" | "error" | "info"> = {
  pending: "info",
  processing: "info",
  completed: "success",
  skipped: "warning",
  stopped: "warning",
  failed: "error",
};

function Finished({ run }: { run: RunRow }) {
  return (
    <MessageBar intent={intents[run.status]} layout="multiline" data-testid={testids.syncResult}>
      <MessageBarBody>
        <MessageBarTitle>{text.sync.result(run)}</MessageBarTitle>
        {run.reason ?? run.summary}{" "}
        <Link className="link" href={path.report(run.id)}>
          {text.sync.openReport}
        </Link>
      </MessageBarBody>
    </MessageBar>
  );
}
