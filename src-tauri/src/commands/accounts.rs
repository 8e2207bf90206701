//! Console accounts.

use std::collections::HashSet;

use provisioning::accounts::{Account, fold, read_addresses, read_csv};

use super::{Answer, page_size};
use crate::app::App;
use crate::dialogs;
use crate::view::{
    AccountDetail, AccountField, AccountRow, AccountsPage, AccountsRequest, ExemptAddresses, ExemptImported,
    ExemptList, ExemptRequest, ExemptRow, Imported, Mapping, MappingRow, NamedRef, ObjectId, ProtectRequest,
    Sort,
};

/// A page of accounts, by address unless another order is asked for.
pub(super) fn list(app: &App, request: &AccountsRequest) -> Answer<AccountsPage> {
    let all = app.engine.account_count()?;
    let found = app.engine.accounts(&request.search)?;
    let listed = app.engine.exempt_list()?;
    let listed: HashSet<String> = listed.iter().map(|entry| fold(&entry.address)).collect();
    let mut rows: Vec<AccountRow> = found
        .iter()
        .map(|account| AccountRow {
            exempt: account.exempt || account.addresses().any(|address| listed.contains(&address)),
            ..AccountRow::from(account)
        })
        .filter(|row| request.state.is_none_or(|state| row.state == state))
        .filter(|row| request.managed_by.is_none_or(|by| row.managed_by == by))
        .collect();
    if let Some(sort) = &request.sort {
        in_order(&mut rows, sort);
    }
    let total = rows.len() as u64;
    let rows = rows
        .into_iter()
        .skip(request.offset as usize)
        .take(page_size(request.limit))
        .collect();
    Ok(AccountsPage { total, all, rows })
}

/// What is equal stays by address.
fn in_order(rows: &mut [AccountRow], sort: &Sort) {
    let key = |row: &AccountRow| match sort.column.as_str() {
        "name" => fold(&row.name),
        "state" => format!("{:?}", row.state),
        "managedBy" => format!("{:?}", row.managed_by),
        "exempt" => format!("{}{}", u8::from(!row.exempt), u8::from(!row.protected)),
        "lastChanged" => row.last_changed.clone(),
        _ => fold(&row.email),
    };
    rows.sort_by_cached_key(key);
    if sort.descending {
        rows.reverse();
    }
}

/// All about one account.
pub(super) fn get(app: &App, request: &ObjectId) -> Answer<AccountDetail> {
    detail(app, app.engine.account(&request.id)?)
}

/// Keeps an account out of provisioning, or lets it in again.
pub(super) fn exempt(app: &App, request: &ExemptRequest) -> Answer<AccountDetail> {
    detail(app, app.engine.set_exempt(&request.id, request.exempt)?)
}

/// Protects an account from being archived by a sync, or no longer.
pub(super) fn protect(app: &App, request: &ProtectRequest) -> Answer<AccountDetail> {
    detail(app, app.engine.set_protected(&request.id, request.protected)?)
}

/// The exempt list.
pub(super) fn exempt_list(app: &App) -> Answer<ExemptList> {
    let entries = app.engine.exempt_list()?.into_iter();
    let rows = entries.map(|entry| ExemptRow {
        address: entry.address,
        since: entry.since.to_string(),
    });
    Ok(ExemptList { rows: rows.collect() })
}

/// Puts addresses on the exempt list, or takes them from it.
pub(super) fn exempt_set(app: &App, request: &ExemptAddresses) -> Answer<ExemptList> {
    if request.listed {
        app.engine.add_exempt(&request.addresses, "")?;
    } else {
        app.engine.remove_exempt(&request.addresses, "")?;
    }
    exempt_list(app)
}

/// Puts the addresses of the CSV file that the administrator picks on the exempt list.
pub(super) fn exempt_import(app: &App) -> Answer<Option<ExemptImported>> {
    let Some(path) = dialogs::open("Import exempt list", "CSV file", "csv") else {
        return Ok(None);
    };
    let addresses = read_addresses(&path)?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Some(ExemptImported {
        added: app.engine.add_exempt(&addresses, &file)?,
        addresses: addresses.len() as u64,
        path: path.display().to_string(),
    }))
}

/// The mapping from SCIM attributes to account fields.
pub(super) fn mapping(_: &App) -> Answer<Mapping> {
    let rows = provisioning::mapping::rows().into_iter().map(|row| MappingRow {
        path: row.path.to_owned(),
        label: row.label.to_owned(),
        key: row.key.to_owned(),
    });
    Ok(Mapping { rows: rows.collect() })
}

/// Imports accounts from the CSV file the administrator picks.
pub(super) fn import(app: &App) -> Answer<Option<Imported>> {
    let Some(path) = dialogs::open("Import accounts", "CSV file", "csv") else {
        return Ok(None);
    };
    let rows = read_csv(&path)?;
    let file = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let imported = app.engine.import_accounts(&rows, &file)?;
    Ok(Some(Imported {
        path: path.display().to_string(),
        created: imported.created,
        changed: imported.changed,
        unchanged: imported.unchanged,
    }))
}

fn detail(app: &App, account: Account) -> Answer<AccountDetail> {
    let groups = app.engine.groups_of_account(&account.id)?;
    let user = account.link.as_deref().map(|id| {
        app.engine
            .directory()
            .find(provisioning::directory::Kind::User, id)
    });
    let directory_user = user.transpose()?.flatten().map(|user| NamedRef {
        name: user.display_name(),
        id: user.id,
    });
    let listed = !app.engine.listed_addresses(&account)?.is_empty();
    Ok(AccountDetail {
        row: AccountRow {
            exempt: account.exempt || listed,
            ..AccountRow::from(&account)
        },
        fields: AccountField::all_of(&account),
        groups: groups
            .into_iter()
            .map(|group| NamedRef {
                id: group.id,
                name: group.name,
            })
            .collect(),
        directory_user,
        aliases: account.aliases,
    })
}
