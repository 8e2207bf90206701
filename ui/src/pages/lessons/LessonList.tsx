import { Button, ProgressBar } from "@fluentui/react-components";
import { CheckmarkCircle20Filled, Circle20Regular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import { Link } from "wouter";
import { useExemptList, usePopulation, useRecentSyncs, useSenders, useStatus, useToken } from "../../api/queries";
import { Answer } from "../../components/States";
import { useParam } from "../../hooks/useHash";
import { type Facts, LESSONS } from "../../lib/lessons";
import { testids } from "../../testids";
import { type LessonId, lessonTexts, number, text } from "../../text";

/** The ten lessons; one of them is open. */
export function LessonList() {
  const facts = useFacts();
  return (
    <Answer query={facts} rows={10}>
      {(known) => <List facts={known} refetch={facts.refetch} />}
    </Answer>
  );
}

function List({ facts, refetch }: { facts: Facts; refetch: () => Promise<unknown> }) {
  const [wanted, open] = useParam("lesson");
  const reached = LESSONS.filter(({ isReached }) => isReached(facts)).length;
  const next = LESSONS.find(({ isReached }) => !isReached(facts))?.id ?? "enable";
  const shown = wanted || next;
  return (
    <section className="card" aria-label={text.lessons.tabs.lessons}>
      <section className="tight">
        <p className="quiet">{text.lessons.done(reached, LESSONS.length)}</p>
        <ProgressBar thickness="large" value={reached} max={LESSONS.length} aria-label={text.lessons.done(reached, LESSONS.length)} />
      </section>
      <ol className="lessons">
        {LESSONS.map(({ id, to, isReached }, place) => (
          <Lesson
            key={id}
            id={id}
            place={place + 1}
            to={to}
            reached={isReached(facts)}
            open={shown === id}
            onToggle={() => open(shown === id ? "none" : id)}
            onCheck={refetch}
          />
        ))}
      </ol>
    </section>
  );
}

type LessonProps = { id: LessonId; place: number; to: string; reached: boolean; open: boolean; onToggle: () => void; onCheck: () => Promise<unknown> };

function Lesson({ id, place, to, reached, open, onToggle, onCheck }: LessonProps) {
  const { title, goal, why } = lessonTexts[id];
  const [checked, setChecked] = useState(false);
  const region = useId();
  return (
    <li data-testid={testids.lesson(id)}>
      <h2>
        <button type="button" className="expander" aria-expanded={open} aria-controls={region} onClick={onToggle}>
          {reached ? <CheckmarkCircle20Filled className="good" aria-label={text.lessons.reached} /> : <Circle20Regular aria-label={text.lessons.open} />}
          {number(place)}. {title}
        </button>
      </h2>
      {open && (
        <div id={region} className="inset stack">
          <p>
            <strong>{text.lessons.goal}.</strong> {goal}
          </p>
          <p>
            <strong>{text.lessons.why}.</strong> {why}
          </p>
          <div className="row">
            <Link className="link" href={to}>
              {text.lessons.doIt}
            </Link>
            <Button size="small" onClick={() => void onCheck().then(() => setChecked(true))} data-testid={testids.lessonCheck(id)}>
              {text.lessons.check}
            </Button>
            <span role="status">{checked && text.lessons.checked(reached)}</span>
          </div>
        </div>
      )}
    </li>
  );
}

function useFacts() {
  const queries = [useStatus(), useToken(), useRecentSyncs(), useSenders(), usePopulation(), useExemptList()] as const;
  const [status, token, syncs, senders, population, exempt] = queries;
  const data: Facts | undefined =
    status.data && token.data && syncs.data && senders.data && population.data && exempt.data
      ? {
          status: status.data,
          token: token.data,
          syncs: syncs.data,
          senders: senders.data.rows,
          population: population.data,
          exempt: exempt.data,
        }
      : undefined;
  const refetch = () => Promise.all(queries.map((query) => query.refetch()));
  return { data, error: queries.find(({ error }) => error)?.error ?? null, refetch };
}
