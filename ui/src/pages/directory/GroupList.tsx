import { useState } from "react";
import type { GroupRow } from "../../api/bindings";
import { useGroups } from "../../api/queries";
import { ColumnChoice } from "../../components/ColumnChoice";
import type { Column } from "../../components/DataTable";
import { Search } from "../../components/Filters";
import { ListView } from "../../components/ListView";
import { FilteredOut } from "../../components/States";
import { TimeAgo } from "../../components/TimeAgo";
import { useColumns } from "../../hooks/useColumns";
import { useParam } from "../../hooks/useHash";
import { useSettled } from "../../hooks/useLater";
import { useSort } from "../../hooks/useSort";
import { testids } from "../../testids";
import { number, text } from "../../text";
import { NothingReceived } from "../Directory";
import { GroupDetails } from "./GroupDetails";

const { columns: title } = text.directory;
const all: Column<GroupRow>[] = [
  { id: "name", title: title.name, width: "minmax(0, 1.4fr)", fixed: true, sorts: true, cell: ({ name }) => name },
  {
    id: "externalId",
    title: title.externalId,
    width: "minmax(0, 1.6fr)",
    sorts: true,
    look: "soft",
    cell: ({ externalId }) => externalId || "–",
  },
  { id: "members", title: title.members, width: "88px", look: "number", cell: ({ members }) => number(members) },
  {
    id: "lastModified",
    title: title.lastModified,
    width: "120px",
    sorts: true,
    look: "soft",
    cell: ({ lastModified }) => <TimeAgo at={lastModified} />,
  },
];

/** Groups by displayName. */
export function GroupList() {
  const [typed, setTyped] = useState("");
  const [selected, select] = useParam("id");
  const search = useSettled(typed.trim());
  const own = useColumns("directory.groups", all);
  const sorting = useSort();
  const groups = useGroups({ search, active: null, columns: [], sort: sorting.sort });

  return (
    <>
      <div className="filters">
        <Search label={text.directory.searchGroups} value={typed} onChange={setTyped} />
        <ColumnChoice
          groups={[{ title: text.directory.list, columns: own.choosable }]}
          shown={own.shown}
          usual={own.usual}
          onChange={own.choose}
        />
        <span className="quiet end" aria-live="polite">
          {groups.first && text.directory.totalGroups(groups.total, groups.first.all)}
        </span>
      </div>
      <ListView
        label={text.directory.groups}
        pages={groups}
        columns={own.columns}
        sorting={sorting}
        keyOf={({ id }) => id}
        testid={testids.groupRow}
        selected={selected}
        onSelect={select}
        empty={
          groups.first?.all ? (
            <FilteredOut sentence={text.directory.filteredGroups} onClear={() => setTyped("")} />
          ) : (
            <NothingReceived sentence={text.directory.neverGroups} />
          )
        }
        details={(id) => <GroupDetails key={id} id={id} onClose={() => select(null)} />}
      />
    </>
  );
}
