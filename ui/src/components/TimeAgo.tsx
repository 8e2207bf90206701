import { useNow } from "../hooks/useLater";
import { ago, dateExact } from "../text";

/** "2 min ago", with the exact time behind it. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow(30_000);
  return (
    <time dateTime={at} title={dateExact(at)}>
      {ago(at, now)}
    </time>
  );
}
