import { Badge } from "@fluentui/react-components";
import { Beaker16Regular, CheckmarkCircle16Filled, Clock16Filled, DismissCircle16Filled, type FluentIcon, Warning16Filled } from "@fluentui/react-icons";
import { lazy, Suspense, useEffect } from "react";
import { useLocation } from "wouter";
import type { RunRow, Status, TokenStatus } from "../api/bindings";
import { useRecentSyncs, useSenders, useStatus, useToken, useTraffic } from "../api/queries";
import { Page } from "../components/Page";
import { Answer, Loading } from "../components/States";
import { useNow } from "../hooks/useLater";
import { preference } from "../hooks/usePreference";
import { mattersOf, nextSteps, standingOf, strangersOf, type Tone } from "../lib/standing";
import { path } from "../routes";
import { testids } from "../testids";
import { text } from "../text";
import { Attention } from "./overview/Attention";
import { NextSteps } from "./overview/NextSteps";
import { RunningSync } from "./overview/RunningSync";
import { Tiles } from "./overview/Tiles";

const Charts = lazy(() => import("./overview/Charts"));

const DAY = { hours: 24, intervals: 48 };

/** How things stand, what is next, what needs somebody, and what the last syncs and requests came to. */
export function Overview() {
  const status = useStatus();
  const token = useToken();
  const syncs = useRecentSyncs();
  useWelcome(status.data, token.data, syncs.data);
  const known = status.data && token.data ? { status: status.data, token: token.data } : undefined;
  const standing = known && standingOf(known.status, known.token);
  return (
    <Page
      title={text.pages.overview}
      meta={<span data-testid={testids.standing}>{standing?.sentence}</span>}
      commands={known && standing && <Badges tone={standing.tone} status={known.status} />}
    >
      <Answer query={{ data: known, error: status.error ?? token.error, refetch: () => void Promise.all([status.refetch(), token.refetch()]) }} rows={6}>
        {({ status: now, token: held }) => <Body status={now} token={held} syncs={syncs.data ?? []} />}
      </Answer>
    </Page>
  );
}

function Body({ status, token, syncs }: { status: Status; token: TokenStatus; syncs: RunRow[] }) {
  const now = useNow(60_000);
  const traffic = useTraffic(DAY);
  const senders = useSenders();
  const strangers = strangersOf(senders.data?.rows ?? [], now);
  const steps = nextSteps(status, token, syncs);
  const matters = mattersOf(status, token, traffic.data, strangers, now);
  return (
    <div className="dashboard">
      {status.running && <RunningSync progress={status.running} />}
      {steps.some(({ done }) => !done) && <NextSteps steps={steps} />}
      <Attention matters={matters} />
      <Tiles lastSync={status.lastSync} />
      <Suspense fallback={<Loading rows={6} />}>
        <Charts syncs={syncs} traffic={traffic.data} />
      </Suspense>
    </div>
  );
}

const looks: Record<Tone, { icon: FluentIcon; color: "success" | "informative" | "warning" | "danger" }> = {
  good: { icon: CheckmarkCircle16Filled, color: "success" },
  waiting: { icon: Clock16Filled, color: "informative" },
  attention: { icon: Warning16Filled, color: "warning" },
  bad: { icon: DismissCircle16Filled, color: "danger" },
};

function Badges({ tone, status: { enabled, testMode } }: { tone: Tone; status: Status }) {
  const { icon: Icon, color } = looks[tone];
  return (
    <>
      <Badge appearance="outline" size="large" color={color} icon={<Icon />}>
        {text.overview.words[tone]}
      </Badge>
      {enabled && testMode && (
        <Badge appearance="outline" size="large" color="informative" icon={<Beaker16Regular />}>
          {text.overview.words.testMode}
        </Badge>
      )}
    </>
  );
}

/** At the very first start the welcome opens by itself; whoever leaves it is not asked again. */
function useWelcome(status: Status | undefined, token: TokenStatus | undefined, syncs: RunRow[] | undefined): void {
  const [, navigate] = useLocation();
  const isNew = status?.enabled === false && token?.state === "none" && syncs?.length === 0;
  useEffect(() => {
    if (isNew && preference("welcome") === "offered") navigate(path.welcome, { replace: true });
  }, [isNew, navigate]);
}
