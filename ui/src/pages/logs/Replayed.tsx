import type { EventDetail, Replay, Replayed as One } from "../../api/bindings";
import { Code } from "../../components/Code";
import { Fields } from "../../components/Fields";
import { testids } from "../../testids";
import { text } from "../../text";

/** What a replay came to: each request then and now, and what a sync would do with and without it. */
export function Replayed({ replay: { requests, planBefore, planAfter, differences } }: { replay: Replay }) {
  const single = requests.length === 1;
  return (
    <div data-testid={testids.logReplayed}>
      <section>
        <h3>{text.logs.differences}</h3>
        {differences.length === 0 && <p className="quiet">{text.logs.noDifferences}</p>}
        <ul className="plain">
          {differences.map((sentence, index) => (
            // Two objects may have the same name.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>{sentence}</li>
          ))}
        </ul>
        <table className="facts">
          <tbody>
            <tr>
              <th scope="row">{text.logs.planBefore}</th>
              <td>{planBefore}</td>
            </tr>
            <tr>
              <th scope="row">{text.logs.planAfter}</th>
              <td>{planAfter}</td>
            </tr>
          </tbody>
        </table>
      </section>
      {requests.map((request) => (
        <Pair key={request.logged.row.id} request={request} open={single} />
      ))}
    </div>
  );
}

const statusOf = (event: EventDetail) => text.logs.answer(event.exchange?.status ?? 0);

function Pair({ request: { logged, now, remark }, open }: { request: One; open: boolean }) {
  const same = now?.exchange?.responseBody === logged.exchange?.responseBody && now?.exchange?.status === logged.exchange?.status;
  return (
    <details className="pair" open={open}>
      <summary>
        <span className="mono">{logged.row.action}</span> {logged.row.identity} · {statusOf(logged)} →{" "}
        {now ? statusOf(now) : text.logs.notSent}
      </summary>
      {remark && <p>{remark}</p>}
      {now?.row.reason && <p>{now.row.reason}</p>}
      {now && now.changes.length > 0 && <Fields fields={now.changes} />}
      {now && same && <p className="quiet">{text.logs.sameAnswer}</p>}
      {now && !same && (
        <div className="beside">
          <section>
            <h4>{text.logs.logged}</h4>
            <Code what={text.logs.logged} value={logged.exchange?.responseBody ?? text.logs.noBody} />
          </section>
          <section>
            <h4>{text.logs.now}</h4>
            <Code what={text.logs.now} value={now.exchange?.responseBody ?? text.logs.noBody} />
          </section>
        </div>
      )}
    </details>
  );
}
