// What a view shows when it has nothing to show: not yet, never, not now.

import { Button, Skeleton, SkeletonItem } from "@fluentui/react-components";
import { ErrorCircle24Regular, type FluentIcon, MailInbox28Regular, SearchInfo24Regular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import type { CommandError } from "../api/client";
import { useLater } from "../hooks/useLater";
import { testids } from "../testids";
import { text } from "../text";

const keysOf = (rows: number) => Array.from({ length: rows }, (_, row) => row);

/** Rows that are on their way; nothing at all for the first 300 ms. */
export function Loading({ rows = 8 }: { rows?: number }) {
  const late = useLater(300);
  if (!late) return null;
  return (
    <Skeleton className="skeleton" aria-label={text.common.loading}>
      {keysOf(rows).map((row) => (
        <SkeletonItem key={row} size={16} />
      ))}
    </Skeleton>
  );
}

type EmptyProps = { icon?: FluentIcon; sentence: string; action?: ReactNode };

/** Never had data, or cannot have any: an icon, a sentence, an action. */
export function Empty({ icon: Icon = MailInbox28Regular, sentence, action }: EmptyProps) {
  return (
    <div className="empty">
      <Icon aria-hidden />
      <p>{sentence}</p>
      {action}
    </div>
  );
}

/** There is data, but the filters let none of it through. */
export function FilteredOut({ sentence, onClear }: { sentence: string; onClear: () => void }) {
  return (
    <Empty
      icon={SearchInfo24Regular}
      sentence={sentence}
      action={<Button onClick={onClear}>{text.common.clearFilters}</Button>}
    />
  );
}

/** It could not be read: what happened, what to do, and another try. */
export function Failure({ error, onRetry }: { error: CommandError; onRetry: () => void }) {
  return (
    <div className="empty" role="alert" data-testid={testids.pageError}>
      <ErrorCircle24Regular aria-hidden />
      <p>
        <strong>{text.common.failed}</strong> {error.message} {error.hint}
      </p>
      <Button onClick={onRetry}>{text.common.retry}</Button>
    </div>
  );
}

type Query<T> = { data: T | undefined; error: CommandError | null; refetch: () => unknown };

/** Loading, failure or the answer. What was read before stays while it is read again. */
export function Answer<T>({ query, rows, children }: { query: Query<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={rows} />;
}
