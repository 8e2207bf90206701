import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { ColumnTriple20Regular } from "@fluentui/react-icons";
import type { ColumnInfo } from "../../api/bindings";
import { testids } from "../../testids";
import { text } from "../../text";

type Props = { offered: ColumnInfo[]; chosen: string[]; onChange: (chosen: string[]) => void };

/** The attributes of the schemas, each of which may be a column. */
export function ColumnChoice({ offered, chosen, onChange }: Props) {
  const schemas = [...new Set(offered.map(({ schema }) => schema))];
  return (
    <Menu checkedValues={{ columns: chosen }} onCheckedValueChange={(_, { checkedItems }) => onChange(checkedItems)}>
      <MenuTrigger disableButtonEnhancement>
        <Button icon={<ColumnTriple20Regular />} disabled={offered.length === 0} data-testid={testids.columns}>
          {text.directory.chooseColumns}
        </Button>
      </MenuTrigger>
      <MenuPopover className="tall">
        <MenuList>
          <MenuItem disabled={chosen.length === 0} persistOnClick onClick={() => onChange([])}>
            {text.directory.noColumns}
          </MenuItem>
          <MenuDivider />
          {schemas.map((schema) => (
            <MenuGroup key={schema}>
              <MenuGroupHeader>{schema}</MenuGroupHeader>
              {offered
                .filter((each) => each.schema === schema)
                .map(({ path, title, description }) => (
                  <MenuItemCheckbox key={path} name="columns" value={path} title={description}>
                    {title}
                  </MenuItemCheckbox>
                ))}
            </MenuGroup>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
