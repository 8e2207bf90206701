import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Report, RunStatus } from "../../api/bindings";
import { useStatus, useSyncStart } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { path } from "../../routes";
import { testids } from "../../testids";
import { text } from "../../text";

const titles: Partial<Record<RunStatus, string>> = {
  stopped: text.report.stopped,
  skipped: text.report.skipped,
  failed: text.report.failed,
};

/** Why a sync did not go through, and for the guard rail the way past it. */
export function WhyNot({ report: { run, canAllowOnce } }: { report: Report }) {
  const [asking, setAsking] = useState(false);
  const title = titles[run.status];
  if (!title) return null;
  return (
    <>
      <MessageBar intent={run.status === "failed" ? "error" : "warning"} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{title}</MessageBarTitle>
          {run.reason}
        </MessageBarBody>
        {canAllowOnce && (
          <MessageBarActions>
            <Button size="small" onClick={() => setAsking(true)} data-testid={testids.allowOnce}>
              {text.report.allowOnce}
            </Button>
          </MessageBarActions>
        )}
      </MessageBar>
      {asking && <AllowOnce report={run} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Names the numbers and what Test Mode makes of them, then runs one sync past the guard rail. */
function AllowOnce({ report: run, onClose }: { report: Report["run"]; onClose: () => void }) {
  const sync = useSyncStart();
  const { data: status } = useStatus();
  const [, navigate] = useLocation();
  const start = () =>
    sync.mutate(
      { allowArchives: run.counts.users.archived },
      {
        onSuccess: ({ id }) => {
          onClose();
          navigate(path.report(id));
        },
      },
    );
  return (
    <Confirm
      title={text.report.allowTitle}
      confirm={text.report.allowConfirm(run, status?.testMode ?? true)}
      busy={sync.isPending}
      error={sync.error}
      onConfirm={start}
      onCancel={onClose}
    >
      <p>{text.report.allowBody(run)}</p>
      <p>
        <strong>{run.summary}</strong>
      </p>
      <p className="quiet">{status?.testMode ? text.report.allowTest : text.report.allowLive}</p>
    </Confirm>
  );
}
