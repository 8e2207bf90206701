import { CheckmarkCircle20Filled, Circle20Regular } from "@fluentui/react-icons";
import { Link } from "wouter";
import type { Step } from "../../lib/standing";
import { testids } from "../../testids";
import { text } from "../../text";

/** What is done and what comes next; gone when all of it is done. */
export function NextSteps({ steps }: { steps: Step[] }) {
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done);
  return (
    <section className="card steps-card" data-testid={testids.nextSteps}>
      <div className="row">
        <h2>{text.overview.next}</h2>
        <span className="quiet end">{text.overview.nextLead(done, steps.length)}</span>
      </div>
      <ol>
        {steps.map((step) => {
          const [title, why] = text.overview.steps[step.id];
          return (
            <li key={step.id} className={step.done ? "done" : step === next ? "next" : ""}>
              {step.done ? (
                <CheckmarkCircle20Filled className="good" aria-label={text.overview.doneWord} />
              ) : (
                <Circle20Regular aria-label={text.overview.toDoWord} />
              )}
              <div>
                {step.done ? <span>{title}</span> : <Link className="link" href={step.to}>{title}</Link>}
                {step === next && <p className="quiet">{why}</p>}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
