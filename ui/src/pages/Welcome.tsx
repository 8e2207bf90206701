import { Button } from "@fluentui/react-components";
import { CheckmarkCircle20Filled } from "@fluentui/react-icons";
import { useLocation } from "wouter";
import type { RunRow, Status, TokenStatus } from "../api/bindings";
import { useRecentSyncs, useStatus, useToken } from "../api/queries";
import { Page } from "../components/Page";
import { Answer } from "../components/States";
import { useParam } from "../hooks/useHash";
import { setPreference } from "../hooks/usePreference";
import { nextSteps } from "../lib/standing";
import { path } from "../routes";
import { testids } from "../testids";
import { number, text } from "../text";
import { ProviderStep, ServerStep, SyncStep, TokenStep } from "./welcome/Steps";

const words = text.welcome;
const ALL = words.names.length;

/** From nothing to a first report. Where somebody stands is seen in the console's state, so it is restored by itself. */
export function Welcome() {
  const [status, token, syncs] = [useStatus(), useToken(), useRecentSyncs()];
  const data = status.data && token.data && syncs.data ? { status: status.data, token: token.data, syncs: syncs.data } : undefined;
  const refetch = () => void Promise.all([status.refetch(), token.refetch(), syncs.refetch()]);
  return (
    <Page title={words.title} here={text.pages.welcome} meta={words.lead}>
      <Answer query={{ data, error: status.error ?? token.error ?? syncs.error, refetch }} rows={5}>
        {(known) => <Wizard {...known} />}
      </Answer>
    </Page>
  );
}

type Known = { status: Status; token: TokenStatus; syncs: RunRow[] };

function Wizard({ status, token, syncs }: Known) {
  const [, navigate] = useLocation();
  const [wanted, go] = useParam("step");
  const [enable, held, connect] = nextSteps(status, token, syncs).map(({ done }) => done);
  const done = [enable, held, connect, syncs.length > 0].map(Boolean);
  const first = done.indexOf(false);
  const at = Number(wanted) >= 1 && Number(wanted) <= ALL ? Number(wanted) : (first < 0 ? ALL : first + 1);
  const leave = () => {
    setPreference("welcome", "left");
    navigate(path.overview);
  };
  const isDone = done[at - 1] === true;
  return (
    <section className="card wizard" aria-label={words.step(at)}>
      <Progress at={at} done={done} />
      <div className="step" data-testid={testids.welcomeStep(at)}>
        {at === 1 && <ServerStep status={status} done={isDone} />}
        {at === 2 && <TokenStep done={isDone} />}
        {at === 3 && <ProviderStep done={isDone} />}
        {at === 4 && <SyncStep status={status} syncs={syncs} />}
      </div>
      <div className="row">
        <Button disabled={at === 1} onClick={() => go(at - 1)}>
          {words.back}
        </Button>
        <Button className="end" appearance="subtle" onClick={leave} data-testid={testids.welcomeSkip}>
          {at === ALL && isDone ? words.finish : words.skip}
        </Button>
        {at < ALL && (
          <Button appearance={isDone ? "primary" : "secondary"} onClick={() => go(at + 1)} data-testid={testids.welcomeNext}>
            {words.next}
          </Button>
        )}
      </div>
    </section>
  );
}

function Progress({ at, done }: { at: number; done: boolean[] }) {
  return (
    <>
      <p className="quiet end">{words.step(at)}</p>
      <ol className="stations" aria-label={words.progress}>
        {words.names.map((name, place) => (
          <li key={name} aria-current={place + 1 === at ? "step" : undefined}>
            {done[place] ? <CheckmarkCircle20Filled className="good" aria-label={words.done} /> : <span className="place">{number(place + 1)}</span>}
            {name}
          </li>
        ))}
      </ol>
    </>
  );
}
