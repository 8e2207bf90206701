import { Code } from "../../components/Code";
import { text } from "../../text";

/** One request by hand, to see an answer. */
export function TryIt({ tenantUrl }: { tenantUrl: string }) {
  return (
    <section className="card" aria-label={text.connection.tryIt}>
      <section className="tight">
        <h2 className="strong">{text.connection.tryIt}</h2>
        <p className="quiet">{text.connection.tryLead}</p>
        <Code what={text.connection.command} value={`curl -H "Authorization: Bearer TOKEN" ${tenantUrl}ServiceProviderConfig`} />
      </section>
    </section>
  );
}

/** Why a provider in the cloud does not get through, and what can be done. */
export function Reach() {
  return (
    <section className="card" aria-label={text.connection.reach}>
      <section className="tight">
        <h2 className="strong">{text.connection.reach}</h2>
        {text.connection.reachBody.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
    </section>
  );
}
