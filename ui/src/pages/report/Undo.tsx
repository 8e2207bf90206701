import { useLocation } from "wouter";
import type { UndoPlan } from "../../api/bindings";
import { useUndo, useUndoPlan } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { sumOf } from "../../components/Marks";
import { Answer } from "../../components/States";
import { path } from "../../routes";
import { text } from "../../text";

type Props = { run: number; person?: { account: string; name: string }; onClose: () => void };

/** Asks whether a sync is to be undone, with what that takes back and what it leaves; then opens the undo's report. */
export function Undo({ run, person, onClose }: Props) {
  const request = { id: run, account: person?.account ?? null };
  const plan = useUndoPlan(request);
  const undo = useUndo();
  const [, navigate] = useLocation();
  const start = () =>
    undo.mutate(request, {
      onSuccess: ({ id }) => {
        onClose();
        navigate(path.report(id));
      },
    });
  const nothing = plan.data !== undefined && takenBack(plan.data) === 0;
  return (
    <Confirm
      title={person ? text.undo.titlePerson(run, person.name) : text.undo.title(run)}
      confirm={text.undo.confirm}
      busy={undo.isPending || !plan.data || nothing}
      error={undo.error}
      onConfirm={start}
      onCancel={onClose}
    >
      <Answer query={plan} rows={3}>
        {(found) => <Consequences plan={found} alone={person !== undefined} />}
      </Answer>
    </Confirm>
  );
}

const takenBack = ({ counts }: UndoPlan) => sumOf(counts.users) + sumOf(counts.groups) + sumOf(counts.memberships);

function Consequences({ plan, alone }: { plan: UndoPlan; alone: boolean }) {
  const { counts, left } = plan;
  const kinds = (["users", "groups", "memberships"] as const).filter((kind) => sumOf(counts[kind]) > 0);
  const more = counts.skipped - left.length;
  return (
    <>
      {kinds.length === 0 ? (
        <p>{text.undo.nothing}</p>
      ) : (
        <>
          <p>{text.undo.taken(takenBack(plan))}</p>
          <ul className="plain">
            {kinds.map((kind) => (
              <li key={kind}>{text.undo.matrix(text.report.matrixRows[kind], counts[kind])}</li>
            ))}
          </ul>
        </>
      )}
      {left.length > 0 && (
        <>
          <p>{text.undo.left(counts.skipped)}</p>
          <ul className="plain tall">
            {left.map((why) => (
              <li key={why}>{why}</li>
            ))}
            {more > 0 && <li>{text.undo.more(more)}</li>}
          </ul>
        </>
      )}
      {kinds.length > 0 && <p className="quiet">{alone ? text.undo.hold : text.undo.testMode}</p>}
    </>
  );
}
