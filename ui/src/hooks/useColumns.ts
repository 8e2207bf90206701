import { useStored } from "./useStored";

type Choosable = { id: string; title: string; fixed?: boolean };

/** Which of a list's columns are shown: all, but those somebody has hidden on this computer. */
export function useColumns<C extends Choosable>(list: string, columns: C[]) {
  const [hidden, hide] = useStored(`${list}.hidden`);
  const choosable = columns.filter(({ fixed }) => !fixed);
  return {
    columns: columns.filter(({ id, fixed }) => fixed || !hidden.includes(id)),
    choosable,
    shown: choosable.filter(({ id }) => !hidden.includes(id)).map(({ id }) => id),
    usual: choosable.map(({ id }) => id),
    choose: (shown: string[]) => hide(choosable.filter(({ id }) => !shown.includes(id)).map(({ id }) => id)),
  };
}
