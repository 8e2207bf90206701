import { Button } from "@fluentui/react-components";
import { readWord, writeWord } from "../../lib/query";
import { testids } from "../../testids";
import { number, text } from "../../text";
import type { Counted } from "./useFacets";

type Props = { counted: Counted; stored: number; query: string; onChange: (query: string) => void };

/** Values shown for each key. */
const SHOWN = 8;

/** What there is among the events that match, with counts; a click narrows the search, another one widens it again. */
export function FacetList({ counted, stored, query, onChange }: Props) {
  const { facets, looked, done, more } = counted;
  const titles: Record<string, string> = text.logs.facetTitles;
  return (
    <aside className="facets" aria-label={text.logs.facets} data-testid={testids.logFacets}>
      <p className="quiet" role="status">
        {text.logs.counted(looked, done ? looked : stored)}
      </p>
      {!done && (
        <Button size="small" onClick={more}>
          {text.logs.countMore}
        </Button>
      )}
      {done && facets.length === 0 && <p className="quiet">{text.logs.noFacets}</p>}
      {facets.map(({ key, values }) => (
        <section key={key}>
          <h2>{titles[key] ?? key}</h2>
          <ul>
            {values.slice(0, SHOWN).map(({ value, count }) => {
              const pressed = readWord(query, key).toLowerCase() === value.toLowerCase();
              return (
                <li key={value}>
                  <button
                    type="button"
                    aria-pressed={pressed}
                    aria-label={text.logs.facet(titles[key] ?? key, value, count)}
                    onClick={() => onChange(writeWord(query, key, pressed ? "" : value))}
                  >
                    <span>{value}</span>
                    <span className="quiet">{number(count)}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </aside>
  );
}
