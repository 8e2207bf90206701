import type { EventDetail } from "../../api/bindings";
import { Code } from "../../components/Code";
import { CopyButton } from "../../components/CopyButton";
import { text } from "../../text";
import { RequestActions } from "./RequestActions";

/** What was sent and what was answered, secrets removed. */
export function Request({ event }: { event: EventDetail }) {
  const { exchange, row, clientReason, changeId, wrongAt, rule } = event;
  if (!exchange) return <p className="quiet">{text.logs.noRequest}</p>;
  const { headers, requestBody, responseBody, status, truncatedBytes } = exchange;
  return (
    <>
      <section>
        <table className="facts">
          <tbody>
            <tr>
              <th scope="row">{text.logs.client}</th>
              <td>
                {row.client ?? text.logs.unknownClient}
                <div className="quiet">{clientReason}</div>
              </td>
            </tr>
            {wrongAt && (
              <tr>
                <th scope="row">{text.logs.wrongAt}</th>
                <td>
                  <mark className="mono">{wrongAt}</mark> <span className="quiet">{rule}</span>
                </td>
              </tr>
            )}
            <tr>
              <th scope="row">{text.logs.requestId}</th>
              <td>
                <span className="mono">{changeId}</span> <CopyButton what={text.logs.requestId} value={changeId} />
              </td>
            </tr>
          </tbody>
        </table>
        <RequestActions id={row.id} exchange={exchange} />
      </section>
      <section>
        <h3>{text.logs.headers}</h3>
        <table className="facts">
          <tbody>
            {headers.map(({ name, value }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="mono">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="beside">
        <Body title={text.logs.requestBody} body={requestBody} />
        <Body title={text.logs.answered(status)} body={responseBody} />
      </div>
      {truncatedBytes > 0 && <p className="quiet">{text.logs.truncated(truncatedBytes)}</p>}
    </>
  );
}

function Body({ title, body }: { title: string; body: string | null }) {
  return (
    <section>
      <h3>{title}</h3>
      {body ? <Code what={title} value={body} /> : <p className="quiet">{text.logs.noBody}</p>}
    </section>
  );
}
