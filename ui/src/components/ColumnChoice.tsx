import { Button, Menu, MenuDivider, MenuGroup, MenuGroupHeader, MenuItem, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ColumnTriple20Regular } from "@fluentui/react-icons";
import { testids } from "../testids";
import { text } from "../text";

export type Choosable = { id: string; title: string; description?: string };
export type ChoosableGroup = { title: string; columns: Choosable[] };

type Props = {
  groups: ChoosableGroup[];
  shown: string[];
  /** What is shown when nobody has chosen. */
  usual: string[];
  onChange: (shown: string[]) => void;
};

const isUsual = (shown: string[], usual: string[]) => shown.length === usual.length && usual.every((id) => shown.includes(id));

/** Which columns a list shows. */
export function ColumnChoice({ groups, shown, usual, onChange }: Props) {
  return (
    <Menu checkedValues={{ columns: shown }} onCheckedValueChange={(_, { checkedItems }) => onChange(checkedItems)}>
      <MenuTrigger disableButtonEnhancement>
        <Button icon={<ColumnTriple20Regular />} data-testid={testids.columns}>
          {text.directory.chooseColumns}
        </Button>
      </MenuTrigger>
      <MenuPopover className="tall">
        <MenuList>
          <MenuItem disabled={isUsual(shown, usual)} persistOnClick onClick={() => onChange(usual)}>
            {text.directory.noColumns}
          </MenuItem>
          <MenuDivider />
          {groups.map(({ title, columns }) => (
            <MenuGroup key={title}>
              <MenuGroupHeader>{title}</MenuGroupHeader>
              {columns.map(({ id, title: name, description }) => (
                <MenuItemCheckbox key={id} name="columns" value={id} title={description}>
                  {name}
                </MenuItemCheckbox>
              ))}
            </MenuGroup>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
