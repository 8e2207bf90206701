import { Button } from "@fluentui/react-components";
import { Link } from "wouter";
import type { RunRow } from "../api/bindings";
import { PAGE, useCompareRows, useComparison } from "../api/queries";
import { Page } from "../components/Page";
import { Answer } from "../components/States";
import { path } from "../routes";
import { dateSeconds, number, text } from "../text";
import { ChangeRow } from "./report/ChangeRow";
import { RowActions } from "./report/RowActions";

/** Two reports side by side: what only one of them has. */
export function Compare({ from, to }: { from: number; to: number }) {
  const comparison = useComparison({ from, to });
  return (
    <Page
      title={text.compare.title(from, to)}
      here={text.compare.crumb(from, to)}
      meta={comparison.data && text.compare.summary(comparison.data)}
    >
      <div className="report">
        <Answer query={comparison}>
          {(found) => (
            <>
              <OnlyIn run={found.to} but={from} count={found.new} />
              <OnlyIn run={found.from} but={to} count={found.gone} />
            </>
          )}
        </Answer>
      </div>
    </Page>
  );
}

/** The rows that one report has and the other has not. */
function OnlyIn({ run, but, count }: { run: RunRow; but: number; count: number }) {
  const pages = useCompareRows({ of: run.id, but });
  const more = Math.min(PAGE, pages.total - pages.rows.length);
  return (
    <section className="card">
      <div className="row compared">
        <h2>
          {text.compare.onlyIn(run.id)} <span className="quiet">{number(count)}</span>
        </h2>
        <Link className="link" href={path.report(run.id)}>
          {dateSeconds(run.startedAt)}
        </Link>
      </div>
      <Answer query={pages} rows={3}>
        {() => (
          <>
            {pages.rows.length === 0 && <p className="quiet">{text.compare.nothing}</p>}
            <ul>
              {pages.rows.map((row) => (
                <ChangeRow key={row.index} row={row} actions={<RowActions run={{ ...run, canUndo: false }} row={row} />} />
              ))}
            </ul>
            {pages.hasNextPage && (
              <Button onClick={() => void pages.fetchNextPage()} disabledFocusable={pages.isFetchingNextPage}>
                {text.common.showMore(more)}
              </Button>
            )}
          </>
        )}
      </Answer>
    </section>
  );
}
