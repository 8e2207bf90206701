import { useState } from "react";
import { useErrorCatalogue } from "../../api/queries";
import { Search } from "../../components/Filters";
import { Answer, FilteredOut } from "../../components/States";
import { testids } from "../../testids";
import { number, text } from "../../text";

const words = text.lessons;

/** Every error with its sentence, as the engine words it. */
export function Errors() {
  const errors = useErrorCatalogue();
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  return (
    <section className="card" aria-label={words.tabs.errors}>
      <section className="stack">
        <p className="quiet">{words.errorsLead}</p>
        <Search label={words.searchErrors} value={typed} onChange={setTyped} />
        <Answer query={errors} rows={8}>
          {({ rows }) => {
            const found = rows.filter(({ code, httpStatus, sentence }) => `${code} ${httpStatus} ${sentence}`.toLowerCase().includes(wanted));
            if (found.length === 0) return <FilteredOut sentence={words.noErrors} onClear={() => setTyped("")} />;
            return (
              <table className="facts errors">
                <thead>
                  <tr>
                    <th scope="col">{words.code}</th>
                    <th scope="col">{words.http}</th>
                    <th scope="col">{words.sentence}</th>
                  </tr>
                </thead>
                <tbody>
                  {found.map(({ code, httpStatus, sentence }) => (
                    <tr key={`${code} ${sentence}`} data-testid={testids.knownError}>
                      <th scope="row">
                        <span className="mono">{code}</span>
                      </th>
                      <td>{httpStatus === null ? words.inApp : number(httpStatus)}</td>
                      <td>{sentence}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            );
          }}
        </Answer>
      </section>
    </section>
  );
}
