import { CheckmarkCircle16Filled, DismissCircle16Filled, type FluentIcon, SubtractCircle16Filled } from "@fluentui/react-icons";
import type { StepOutcome } from "../../api/bindings";
import type { useConnectionTest } from "../../api/queries";
import { Outcome } from "../../components/Outcome";
import { Working } from "../../components/Working";
import { testids } from "../../testids";
import { dateSeconds, duration, text } from "../../text";

const signs: Record<StepOutcome, [FluentIcon, tone: string]> = {
  worked: [CheckmarkCircle16Filled, "success"],
  failed: [DismissCircle16Filled, "danger"],
  notTried: [SubtractCircle16Filled, "neutral"],
};

/** The five steps of the test with their times, once it was made. */
export function TestResult({ test: { data, error, isPending, reset } }: { test: ReturnType<typeof useConnectionTest> }) {
  if (isPending) return <Working what={text.connection.testing} />;
  if (error) {
    return (
      <Outcome intent="error" title={error.message} testid={testids.connectionResult} onDismiss={reset}>
        {error.hint}
      </Outcome>
    );
  }
  if (!data) return null;
  return (
    <section className="card" role="status" data-testid={testids.connectionResult}>
      <section>
        <h2 className="strong">{text.connection.tested(data)}</h2>
        <p className="quiet">
          {dateSeconds(data.at)} · {text.connection.testLead}
        </p>
        <ol className="steps">
          {data.steps.map(({ name, outcome, detail, ms }) => {
            const [Icon, tone] = signs[outcome];
            return (
              <li key={name}>
                <span className={`mark ${tone}`}>
                  <Icon aria-label={text.connection.outcomes[outcome]} />
                </span>
                <div>
                  <strong>{name}</strong>
                  {detail || text.connection.outcomes[outcome]}
                </div>
                {outcome !== "notTried" && <span className="quiet end nowrap">{duration(ms)}</span>}
              </li>
            );
          })}
        </ol>
      </section>
    </section>
  );
}
