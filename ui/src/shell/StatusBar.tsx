import { Button, ProgressBar } from "@fluentui/react-components";
import { Alert16Regular, AlertBadge16Regular, Beaker16Regular, Circle12Filled, Prohibited16Filled } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Progress, Status } from "../api/bindings";
import { useStatus } from "../api/queries";
import { TimeAgo } from "../components/TimeAgo";
import { useNotices } from "../lib/notices";
import { path } from "../routes";
import { testids } from "../testids";
import { text } from "../text";
import { useOverlays } from "./overlays";

/** ● Listening 127.0.0.1:8443 · Test Mode ON · last sync 2 min ago. Each part goes to its page. */
export function StatusBar() {
  const { data: status } = useStatus();
  return (
    <footer>
      <div className="status" role="status" data-testid={testids.statusBar}>
        {status && <Parts status={status} />}
        <Notices />
      </div>
    </footer>
  );
}

function Parts({ status: { server, enabled, testMode, lastSync, running } }: { status: Status }) {
  return (
    <>
      {server.state === "listening" ? (
        <Part to={path.connection}>
          <Circle12Filled className="good" aria-hidden />
          {text.statusBar.listening(server.address)}
        </Part>
      ) : (
        <Link href={path.connection} className="stopped" title={server.reason}>
          <Prohibited16Filled aria-hidden />
          {text.statusBar.stopped(server.reason)}
        </Link>
      )}
      <Dot />
      <Part to={path.provisioning}>
        {enabled && testMode && <Beaker16Regular aria-hidden />}
        {enabled ? text.statusBar.testMode(testMode) : text.statusBar.off}
      </Part>
      <Dot />
      {lastSync ? (
        // Time passing is no news: it is not read out.
        <span aria-live="off">
          <Part to={path.report(lastSync.id)}>
            <span>
              {text.statusBar.lastSync} <TimeAgo at={lastSync.finishedAt ?? lastSync.startedAt} />
            </span>
          </Part>
        </span>
      ) : (
        <span>{text.statusBar.noSync}</span>
      )}
      {running && <Running progress={running} />}
    </>
  );
}

const Part = ({ to, children }: { to: string; children: ReactNode }) => <Link href={to}>{children}</Link>;

const Dot = () => (
  <span className="dot" aria-hidden>
    ·
  </span>
);

function Running({ progress }: { progress: Progress }) {
  const known = progress.total > 0;
  return (
    <span className="running">
      <span aria-live="off">{text.statusBar.running(progress)}</span>
      <span className="bar">
        <ProgressBar
          thickness="large"
          aria-label={progress.phase}
          {...(known ? { value: progress.done, max: progress.total } : {})}
        />
      </span>
    </span>
  );
}

/** The list of what has happened. */
function Notices() {
  const { show } = useOverlays();
  const unread = useNotices().filter(({ read }) => !read).length;
  return (
    <Button
      className="bell"
      appearance="subtle"
      size="small"
      icon={unread > 0 ? <AlertBadge16Regular /> : <Alert16Regular />}
      aria-label={text.notices.open(unread)}
      onClick={() => show("notices")}
      data-testid={testids.noticesOpen}
    >
      {unread > 0 && unread}
    </Button>
  );
}
