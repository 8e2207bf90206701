import type { FieldChange } from "../api/bindings";
import { text } from "../text";

/** Fields before → after. The strike and the colour are said aloud as "was" and "becomes". */
export function Fields({ fields }: { fields: FieldChange[] }) {
  if (fields.length === 0) return null;
  return (
    <dl className="fields">
      {fields.map(({ label, path, before, after }) => (
        <div key={path} style={{ display: "contents" }}>
          <dt>
            {label}
            <span className="mono">{path}</span>
          </dt>
          <dd>
            {before !== null && (
              <del>
                <span className="sr">{text.report.was}</span>
                {before}
              </del>
            )}
            {before !== null && (
              <span className="arrow" aria-hidden>
                →
              </span>
            )}
            {after === null ? (
              <span className="quiet">{text.common.noValue}</span>
            ) : (
              <ins>
                <span className="sr">{text.report.becomes}</span>
                {after}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
