import { Button } from "@fluentui/react-components";
import { ErrorCircle16Filled } from "@fluentui/react-icons";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Activities } from "../../api/bindings";
import { call, type CommandError } from "../../api/client";
import { Answer, Empty } from "../../components/States";
import { testids } from "../../testids";
import { dateExact, dateSeconds, text } from "../../text";

type Props = { query: string; masked: boolean; onShow: (query: string) => void };

/** What happened, in sentences that somebody can read who knows no SCIM. */
export function ActivityList({ query, masked, onShow }: Props) {
  const pages = useInfiniteQuery<Activities, CommandError, { pages: Activities[] }, readonly unknown[], number | null>({
    queryKey: ["logsActivity", query, masked],
    queryFn: ({ pageParam }) => call("logsActivity", { query, before: pageParam, masked }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return (
    <div className="activity">
      <p className="quiet">{text.logs.activityLead}</p>
      <Answer query={pages} rows={8}>
        {(data) => {
          const list = data.pages.flatMap((page) => page.list);
          if (list.length === 0 && !pages.hasNextPage) return <Empty sentence={text.logs.noActivity} />;
          return (
            <>
              <ol>
                {list.map(({ id, from, sentence, query: events, failed }) => (
                  <li key={`${id} ${sentence}`} data-testid={testids.activityRow}>
                    <time dateTime={from} title={dateExact(from)}>
                      {dateSeconds(from)}
                    </time>
                    <span>
                      {failed && <ErrorCircle16Filled className="failed" aria-hidden />} {sentence}
                    </span>
                    <Button size="small" appearance="subtle" onClick={() => onShow(events)}>
                      {text.logs.showEvents}
                    </Button>
                  </li>
                ))}
              </ol>
              {pages.hasNextPage && (
                <Button disabledFocusable={pages.isFetching} onClick={() => void pages.fetchNextPage()}>
                  {text.logs.moreActivity}
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </div>
  );
}
