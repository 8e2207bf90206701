import { useMemo } from "react";
import type { Sorting } from "../components/TableParts";
import { useParam } from "./useHash";

/** The order of a list, kept in the address: `sort=name`, or `sort=-name` the other way round. */
export function useSort(): Sorting {
  const [written, write] = useParam("sort");
  return useMemo(() => {
    const descending = written.startsWith("-");
    return {
      sort: written === "" ? null : { column: written.replace(/^-/, ""), descending },
      onSort: (sort) => write(sort && `${sort.descending ? "-" : ""}${sort.column}`),
    };
  }, [written, write]);
}
