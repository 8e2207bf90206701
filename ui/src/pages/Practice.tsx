import { Button, ProgressBar, Tab, TabList, Tooltip } from "@fluentui/react-components";
import { Play20Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { Link } from "wouter";
import type { PracticeState } from "../api/bindings";
import { usePractice, usePracticeAct, usePracticeProgress } from "../api/practice";
import { Outcome } from "../components/Outcome";
import { Page } from "../components/Page";
import { Answer } from "../components/States";
import { useParam } from "../hooks/useHash";
import { path } from "../routes";
import { testids } from "../testids";
import { text } from "../text";
import { Behaviour } from "./practice/Behaviour";
import { Connect } from "./practice/Connect";
import { PracticeLog } from "./practice/PracticeLog";
import { PracticePeople } from "./practice/PracticePeople";

const words = text.practice;
type Cycle = ReturnType<typeof usePracticeAct<"practiceCycle">>;

/** An identity provider to practise with: its people, what it sends, and what came of that. */
export function Practice() {
  const practice = usePractice();
  const cycle = usePracticeAct("practiceCycle");
  const state = practice.data;
  return (
    <Page
      title={text.pages.practice}
      meta={state ? `${words.size(state)} · ${words.lead}` : words.lead}
      commands={state && <RunCycle state={state} cycle={cycle} />}
      filled
    >
      <Answer query={practice} rows={6}>
        {(now) => <Body state={now} cycle={cycle} />}
      </Answer>
    </Page>
  );
}

function RunCycle({ state, cycle }: { state: PracticeState; cycle: Cycle }) {
  const busy = cycle.isPending || state.progress !== null;
  const why = state.connected ? null : words.notConnected;
  const button = (
    <Button
      appearance="primary"
      icon={<Play20Regular />}
      disabledFocusable={busy || why !== null}
      onClick={() => cycle.mutate(null)}
      data-testid={testids.practiceRun}
    >
      {words.run(state.initial)}
    </Button>
  );
  if (!why) return button;
  return (
    <Tooltip content={why} relationship="description">
      {button}
    </Tooltip>
  );
}

function Body({ state, cycle }: { state: PracticeState; cycle: Cycle }) {
  const [tab, choose] = useParam("tab");
  const shown = tab === "log" ? "log" : "people";
  return (
    <>
      {!state.connected && <Connect />}
      <CycleState state={state} cycle={cycle} />
      <Behaviour state={state} />
      <TabList selectedValue={shown} onTabSelect={(_, { value }) => choose(value === "log" ? "log" : null)} className="guide-tabs">
        <Tab value="people" data-testid={testids.tab("practice-people")}>
          {words.tabs.people}
        </Tab>
        <Tab value="log" data-testid={testids.tab("practice-log")}>
          {words.tabs.log}
        </Tab>
      </TabList>
      {shown === "log" ? <PracticeLog /> : <PracticePeople />}
    </>
  );
}

/** The cycle under way, and then what it came to. */
function CycleState({ state, cycle }: { state: PracticeState; cycle: Cycle }) {
  const heard = usePracticeProgress();
  const stop = usePracticeAct("practiceStop");
  const [dismissed, dismiss] = useState<unknown>(null);
  const progress = heard ?? state.progress;
  if (cycle.isPending || state.progress) {
    const known = progress !== null && progress.total > 0;
    return (
      <div className="syncing" data-testid={testids.practiceProgress}>
        <div className="row">
          <strong>{words.cycle(state.initial)}</strong>
          <span className="quiet end">{progress && words.running(progress)}</span>
          <Button size="small" onClick={() => stop.mutate(null)}>
            {words.stop}
          </Button>
        </div>
        <ProgressBar thickness="large" aria-label={words.cycle(state.initial)} {...(known ? { value: progress.done, max: progress.total } : {})} />
      </div>
    );
  }
  if (cycle.error) {
    return (
      <Outcome intent="error" title={cycle.error.message} testid={testids.practiceResult} onDismiss={cycle.reset}>
        {cycle.error.hint}
      </Outcome>
    );
  }
  if (!cycle.data || dismissed === cycle.data) return null;
  return (
    <Outcome
      intent={cycle.data.error ? "error" : "success"}
      title={words.ended(cycle.data)}
      testid={testids.practiceResult}
      onDismiss={() => dismiss(cycle.data)}
    >
      <p>
        {cycle.data.error ?? words.next} <Link href={path.directory}>{words.toDirectory}</Link> ·{" "}
        <Link href={path.provisioning}>{words.toSync}</Link>
      </p>
    </Outcome>
  );
}
