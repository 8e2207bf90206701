import { useState } from "react";
import type { ColumnInfo, UserRow } from "../../api/bindings";
import { useUserColumns, useUsers } from "../../api/queries";
import { type ChoosableGroup, ColumnChoice } from "../../components/ColumnChoice";
import type { Column } from "../../components/DataTable";
import { Choice, Search } from "../../components/Filters";
import { ListView } from "../../components/ListView";
import { ActiveMark } from "../../components/Marks";
import { FilteredOut } from "../../components/States";
import { TimeAgo } from "../../components/TimeAgo";
import { useColumns } from "../../hooks/useColumns";
import { useParam } from "../../hooks/useHash";
import { useSettled } from "../../hooks/useLater";
import { useSort } from "../../hooks/useSort";
import { useStored } from "../../hooks/useStored";
import { testids } from "../../testids";
import { number, text } from "../../text";
import { NothingReceived } from "../Directory";
import { UserDetails } from "./UserDetails";

const { columns: title, activeChoices } = text.directory;
const always: Column<UserRow>[] = [
  { id: "name", title: title.name, width: "minmax(0, 1.2fr)", fixed: true, sorts: true, cell: ({ name }) => name },
  { id: "userName", title: title.userName, width: "minmax(0, 1.8fr)", sorts: true, cell: ({ userName }) => userName },
  {
    id: "active",
    title: title.active,
    width: "84px",
    sorts: true,
    cell: ({ active }) => <ActiveMark active={active} words={[text.common.yes, text.common.no]} />,
  },
  { id: "groups", title: title.groups, width: "52px", look: "number", spare: true, cell: ({ groups }) => number(groups) },
  {
    id: "lastModified",
    title: title.lastModified,
    width: "100px",
    sorts: true,
    look: "soft",
    spare: true,
    cell: ({ lastModified }) => <TimeAgo at={lastModified} />,
  },
  {
    id: "account",
    title: title.account,
    width: "minmax(0, 1fr)",
    look: "soft",
    spare: true,
    cell: ({ account }) => account?.name ?? text.directory.notLinked,
  },
];

/** A column for an attribute somebody wants to see. */
const attribute = ({ path, title: heading }: ColumnInfo): Column<UserRow> => ({
  id: path,
  title: heading,
  width: "minmax(96px, 1fr)",
  spare: true,
  cell: ({ values }) => values[path] || "–",
});

/** The attributes by their schemas. */
const groupsOf = (offered: ColumnInfo[]): ChoosableGroup[] =>
  [...new Set(offered.map(({ schema }) => schema))].map((schema) => ({
    title: schema,
    columns: offered
      .filter((each) => each.schema === schema)
      .map(({ path, title: name, description }) => ({ id: path, title: name, description })),
  }));

/** Users, by userName unless another order was chosen. */
export function UserList() {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useParam("active");
  const [selected, select] = useParam("id");
  const search = useSettled(typed.trim());
  const [chosen, choose] = useStored("directory.columns");
  const own = useColumns("directory.users", always);
  const sorting = useSort();
  const offered = useUserColumns().data?.columns ?? [];
  const wanted = offered.filter(({ path }) => chosen.includes(path));
  const columns = [...own.columns, ...wanted.map(attribute)];
  const users = useUsers({ search, active: active === "" ? null : active === "yes", columns: wanted.map(({ path }) => path), sort: sorting.sort });
  const clear = () => {
    setTyped("");
    setActive(null);
  };

  return (
    <>
      <div className="filters">
        <Search label={text.directory.searchUsers} value={typed} onChange={setTyped} />
        <Choice
          label={text.directory.active}
          value={active as "yes" | "no" | ""}
          any={activeChoices.any}
          choices={{ yes: activeChoices.yes, no: activeChoices.no }}
          onChange={setActive}
        />
        <ColumnChoice
          groups={[{ title: text.directory.list, columns: own.choosable }, ...groupsOf(offered)]}
          shown={[...own.shown, ...wanted.map(({ path }) => path)]}
          usual={own.usual}
          onChange={(shown) => {
            own.choose(shown);
            choose(offered.map(({ path }) => path).filter((path) => shown.includes(path)));
          }}
        />
        <span className="quiet end" aria-live="polite">
          {users.first && text.directory.totalUsers(users.total, users.first.all)}
        </span>
      </div>
      <ListView
        label={text.directory.users}
        pages={users}
        columns={columns}
        keyOf={({ id }) => id}
        sorting={sorting}
        testid={testids.userRow}
        selected={selected}
        onSelect={select}
        empty={
          users.first?.all ? (
            <FilteredOut sentence={text.directory.filteredUsers} onClear={clear} />
          ) : (
            <NothingReceived sentence={text.directory.neverUsers} />
          )
        }
        details={(id) => <UserDetails key={id} id={id} onClose={() => select(null)} />}
      />
    </>
  );
}
