import { Button, ProgressBar } from "@fluentui/react-components";
import { CheckmarkCircle16Filled, Circle16Regular, RadioButton16Filled } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";
import type { Progress } from "../../api/bindings";
import { useSyncCancel } from "../../api/queries";
import { testids } from "../../testids";
import { text } from "../../text";

const PHASES: readonly string[] = text.overview.phases;

/** A sync under way: its phases, how far it is, and roughly how long it still takes. */
export function RunningSync({ progress }: { progress: Progress }) {
  const cancel = useSyncCancel();
  const left = useTimeLeft(progress);
  const { run, phase, done, total } = progress;
  const at = PHASES.indexOf(phase);
  return (
    <section className="card running" aria-label={text.overview.running(run)} data-testid={testids.runningSync}>
      <div className="row">
        <h2>{text.overview.running(run)}</h2>
        <span className="quiet end">
          {[text.overview.done(progress), left === null ? "" : text.overview.left(left)].filter(Boolean).join(" · ")}
        </span>
        <Button size="small" disabledFocusable={cancel.isPending} onClick={() => cancel.mutate(null)}>
          {text.sync.cancel}
        </Button>
      </div>
      <ProgressBar thickness="large" aria-label={phase} {...(total > 0 ? { value: done, max: total } : {})} />
      <ol className="phases">
        {PHASES.map((name, place) => (
          <li key={name} aria-current={place === at ? "step" : undefined}>
            {place < at ? <CheckmarkCircle16Filled aria-hidden /> : place === at ? <RadioButton16Filled aria-hidden /> : <Circle16Regular aria-hidden />}
            {name}
          </li>
        ))}
      </ol>
      <Spoken progress={progress} />
    </section>
  );
}

/** Read out at every tenth, not at every object. */
function Spoken({ progress: { phase, done, total } }: { progress: Progress }) {
  const tenth = total > 0 ? Math.floor((done / total) * 10) * 10 : 0;
  return (
    <span className="sr" aria-live="polite">
      {phase} {tenth > 0 && `${tenth} %`}
    </span>
  );
}

/** Seconds that this phase still takes, as it went so far; null until that can be said. */
function useTimeLeft({ run, phase, done, total }: Progress): number | null {
  const begun = useRef<{ key: string; at: number; done: number } | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const key = `${run} ${phase}`;
    const now = performance.now();
    if (begun.current?.key !== key) begun.current = { key, at: now, done };
    const [took, did] = [(now - begun.current.at) / 1000, done - begun.current.done];
    setLeft(took > 1 && did > 0 ? ((total - done) * took) / did : null);
  }, [run, phase, done, total]);
  return left;
}
