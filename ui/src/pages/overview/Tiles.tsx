import type { ReactNode } from "react";
import { Link } from "wouter";
import type { RunRow } from "../../api/bindings";
import { usePopulation } from "../../api/queries";
import { TimeAgo } from "../../components/TimeAgo";
import { path } from "../../routes";
import { number, text } from "../../text";

/** Four numbers, each with the page behind it. */
export function Tiles({ lastSync }: { lastSync: RunRow | null }) {
  const { data: population } = usePopulation();
  const { tiles } = text.overview;
  const shown = (value: number | undefined) => (value === undefined ? "…" : number(value));
  return (
    <ul className="tiles">
      <Tile to={path.directory} name={tiles.users} value={shown(population?.users)} />
      <Tile to={path.directoryGroups} name={tiles.groups} value={shown(population?.groups)} />
      <Tile to={path.accounts} name={tiles.accounts} value={shown(population?.active)} note={population && tiles.managed(population)} />
      <Tile
        to={lastSync ? path.report(lastSync.id) : path.reports}
        name={tiles.lastSync}
        value={lastSync ? <TimeAgo at={lastSync.finishedAt ?? lastSync.startedAt} /> : "–"}
        note={lastSync ? tiles.outcome(lastSync) : tiles.neverSynced}
      />
    </ul>
  );
}

function Tile({ to, name, value, note }: { to: string; name: string; value: ReactNode; note?: string | undefined }) {
  return (
    <li>
      <Link href={to} className="card tile">
        <span className="quiet">{name}</span>
        <strong>{value}</strong>
        <span className="quiet">{note}</span>
      </Link>
    </li>
  );
}
