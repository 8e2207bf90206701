import { useMapping } from "../../api/queries";
import { Sheet } from "../../components/Sheet";
import { Answer } from "../../components/States";
import { text } from "../../text";

/** Which SCIM attribute feeds which field of an account: the one table that plan, report and exports read. */
export function Mapping({ onClose }: { onClose: () => void }) {
  const mapping = useMapping();
  return (
    <Sheet title={text.mapping.title} lead={text.mapping.lead} onClose={onClose}>
      <Answer query={mapping}>
        {({ rows }) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it takes the focus
          <div className="tall" tabIndex={0} role="region" aria-label={text.mapping.title}>
            <table className="facts">
              <thead>
                <tr>
                  <th scope="col">{text.mapping.attribute}</th>
                  <th scope="col">{text.mapping.field}</th>
                  <th scope="col">{text.mapping.key}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ path, label, key }) => (
                  <tr key={key}>
                    <th scope="row" className="mono">
                      {path}
                    </th>
                    <td>{label}</td>
                    <td className="mono">{key}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
    </Sheet>
  );
}
