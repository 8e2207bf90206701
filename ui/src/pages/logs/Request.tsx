import type { Exchange } from "../../api/bindings";
import { Code } from "../../components/Code";
import { text } from "../../text";

/** What was sent and what was answered, secrets removed. */
export function Request({ exchange }: { exchange: Exchange }) {
  const { headers, requestBody, responseBody, status, truncatedBytes } = exchange;
  return (
    <>
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
      <Body title={text.logs.requestBody} body={requestBody} />
      <Body title={text.logs.answered(status)} body={responseBody} />
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
