import { useState } from "react";
import type { PracticePerson } from "../../api/bindings";
import { usePracticeList } from "../../api/practice";
import type { Column } from "../../components/DataTable";
import { Search } from "../../components/Filters";
import { ListView } from "../../components/ListView";
import { FilteredOut } from "../../components/States";
import { useParam } from "../../hooks/useHash";
import { useSettled } from "../../hooks/useLater";
import { testids } from "../../testids";
import { text } from "../../text";
import { EditPerson } from "./EditPerson";

const words = text.practice;

const stateOf = ({ deleted, enabled, assigned }: PracticePerson) => {
  if (deleted) return words.states.deleted;
  if (!enabled) return words.states.disabled;
  return assigned ? words.states.assigned : words.states.other;
};

const columns: Column<PracticePerson>[] = [
  { id: "name", title: words.columns.name, width: "minmax(0, 1.2fr)", cell: ({ name }) => name },
  { id: "userName", title: words.columns.userName, width: "minmax(0, 1.4fr)", spare: true, cell: ({ userName }) => userName },
  { id: "title", title: words.columns.title, width: "minmax(0, 1.2fr)", cell: ({ title }) => title },
  { id: "department", title: words.columns.department, width: "minmax(0, 1fr)", spare: true, cell: ({ department }) => department },
  { id: "state", title: words.columns.state, width: "110px", cell: stateOf },
  { id: "pending", title: words.columns.pending, width: "130px", look: "soft", cell: ({ pending }) => (pending ? words.pending : "") },
];

/** Everybody in the practice provider. */
export function PracticePeople() {
  const [typed, setTyped] = useState("");
  const [selected, select] = useParam("id");
  const people = usePracticeList("practicePeople", useSettled(typed.trim()));
  const person = people.rows.find(({ id }) => id === selected);
  return (
    <>
      <div className="filters">
        <Search label={words.search} value={typed} onChange={setTyped} />
        <span className="quiet end" aria-live="polite">
          {people.first && words.total(people.total)}
        </span>
      </div>
      <ListView
        label={words.tabs.people}
        pages={people}
        columns={columns}
        keyOf={({ id }) => id}
        testid={testids.practicePerson}
        selected={selected}
        onSelect={select}
        empty={<FilteredOut sentence={words.filtered} onClear={() => setTyped("")} />}
        details={(id) => person && <EditPerson key={id} person={person} onClose={() => select(null)} />}
      />
    </>
  );
}
