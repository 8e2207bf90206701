import type { Consequence, Consequences, RunRow } from "../../api/bindings";
import { ACTIONS, actionSign } from "../../components/Marks";
import { testids } from "../../testids";
import { actionWord, consequenceWord, number, text } from "../../text";

type Props = { run: RunRow; chosen: Consequence | null; onChoose: (consequence: Consequence | null) => void };

/** The matrix, and beside it what it means for people; choosing one shows just those changes. */
export function Overview({ run, chosen, onChoose }: Props) {
  return (
    <div className="overview">
      <Matrix run={run} />
      {run.consequences && <People counts={run.consequences} chosen={chosen} onChoose={onChoose} />}
    </div>
  );
}

const OBJECTS = ["groups", "users", "memberships"] as const;

function Matrix({ run: { counts } }: { run: RunRow }) {
  return (
    <section className="card">
      <table className="matrix">
        <caption>{text.report.matrix}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">{text.report.object}</span>
            </th>
            {ACTIONS.map((action) => (
              <th key={action} scope="col">
                {actionWord[action]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {OBJECTS.map((object) => (
            <tr key={object}>
              <th scope="row">{text.report.matrixRows[object]}</th>
              {ACTIONS.map((action) => {
                const value = counts[object][actionSign[action].count];
                return (
                  <td key={action} className={value > 0 ? action : "nothing"}>
                    {number(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type PeopleProps = { counts: Consequences; chosen: Consequence | null; onChoose: Props["onChoose"] };

function People({ counts, chosen, onChoose }: PeopleProps) {
  return (
    <section className="card people">
      <h2>{text.report.people}</h2>
      <ul>
        {(Object.keys(consequenceWord) as (keyof Consequences & Consequence)[]).map((each) => (
          <li key={each}>
            <button
              type="button"
              aria-pressed={chosen === each}
              disabled={counts[each] === 0}
              onClick={() => onChoose(chosen === each ? null : each)}
              data-testid={testids.consequence(each)}
            >
              <span className="number">{number(counts[each])}</span>
              <span className="word">{consequenceWord[each]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
