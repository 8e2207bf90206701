import { Button } from "@fluentui/react-components";
import { ArrowLeft20Regular } from "@fluentui/react-icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import type { EventRow, Timeline, TimelineRow } from "../../api/bindings";
import { call, type CommandError } from "../../api/client";
import { Answer, Empty } from "../../components/States";
import { path } from "../../routes";
import { testids } from "../../testids";
import { dateExact, dateSeconds, text } from "../../text";
import { ReplayDialog } from "./ReplayDialog";

type Props = { person: string; masked: boolean; onBack: () => void };
type Pages = { pages: Timeline[] };

/** Every value that a person ever had, and who set it. */
export function PersonTimeline({ person, masked, onBack }: Props) {
  const [replaying, setReplaying] = useState(false);
  const pages = useInfiniteQuery<Timeline, CommandError, Pages, readonly unknown[], number | null>({
    queryKey: ["personTimeline", person, masked],
    queryFn: ({ pageParam }) => call("personTimeline", { person, before: pageParam, masked }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    gcTime: 0,
  });
  return (
    <div className="timeline">
      <Answer query={pages} rows={10}>
        {({ pages: [first, ...older] }) =>
          first && (
            <>
              <div className="row">
                <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
                  {text.logs.backToLog}
                </Button>
                <h2>{text.logs.timelineTitle(first.name)}</h2>
                {first.user && (
                  <Link className="link" href={path.user(first.user)}>
                    {text.accounts.directoryUser}
                  </Link>
                )}
                {first.account && (
                  <Link className="link" href={path.account(first.account)}>
                    {text.directory.account}
                  </Link>
                )}
                <Button onClick={() => setReplaying(true)}>{text.logs.replayPerson}</Button>
              </div>
              <p className="quiet">{text.logs.timelineLead}</p>
              <Values rows={[first, ...older].flatMap(({ rows }) => rows)} more={pages.hasNextPage} />
              {pages.hasNextPage && (
                <Button disabledFocusable={pages.isFetching} onClick={() => void pages.fetchNextPage()}>
                  {text.logs.olderValues}
                </Button>
              )}
              {replaying && <ReplayDialog what={{ person, name: first.name }} onClose={() => setReplaying(false)} />}
            </>
          )
        }
      </Answer>
    </div>
  );
}

function Values({ rows, more }: { rows: TimelineRow[]; more: boolean }) {
  const columns = text.logs.timelineColumns;
  const values = rows.flatMap((row) => row.changes.map((change) => ({ ...row, change })));
  if (values.length === 0 && !more) return <Empty sentence={text.logs.noValues} />;
  return (
    <table className="facts values">
      <thead>
        <tr>
          {Object.entries(columns).map(([key, title]) => (
            <th key={key} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map(({ event, onlyPlanned, change }) => (
          <tr key={`${event.id} ${change.path}`} data-testid={testids.logHistoryRow}>
            <td>
              <time dateTime={event.at} title={dateExact(event.at)}>
                {dateSeconds(event.at)}
              </time>
            </td>
            <td>
              {who(event)} {onlyPlanned && <span className="quiet">{text.logs.onlyPlanned}</span>}
            </td>
            <th scope="row">
              {change.label}
              <div className="mono quiet">{change.path}</div>
            </th>
            <td>{change.before ?? <span className="quiet">{text.common.noValue}</span>}</td>
            <td>{change.after ?? <span className="quiet">{text.common.noValue}</span>}</td>
            <td>
              <Link className="link" href={path.logEvent(event.id)}>
                {event.action}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const who = ({ sync, client, source }: EventRow) => (sync === null ? (client ?? source) : text.logs.bySync(sync));
