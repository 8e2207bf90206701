//! Console accounts.

use provisioning::accounts::{Account, read_csv};

use super::{Answer, page_size};
use crate::app::App;
use crate::dialogs;
use crate::view::{
    AccountDetail, AccountField, AccountRow, AccountsPage, AccountsRequest, ExemptRequest, Imported,
    NamedRef, ObjectId,
};

/// A page of accounts, by address.
pub(super) fn list(app: &App, request: &AccountsRequest) -> Answer<AccountsPage> {
    let all = app.engine.account_count()?;
    let found = app.engine.accounts(&request.search)?;
    let rows: Vec<AccountRow> = found
        .iter()
        .map(AccountRow::from)
        .filter(|row| request.state.is_none_or(|state| row.state == state))
        .filter(|row| request.managed_by.is_none_or(|by| row.managed_by == by))
        .collect();
    let total = rows.len() as u64;
    let rows = rows
        .into_iter()
        .skip(request.offset as usize)
        .take(page_size(request.limit))
        .collect();
    Ok(AccountsPage { total, all, rows })
}

/// All about one account.
pub(super) fn get(app: &App, request: &ObjectId) -> Answer<AccountDetail> {
    detail(app, app.engine.account(&request.id)?)
}

/// Keeps an account out of provisioning, or lets it in again.
pub(super) fn exempt(app: &App, request: &ExemptRequest) -> Answer<AccountDetail> {
    detail(app, app.engine.set_exempt(&request.id, request.exempt)?)
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
    Ok(AccountDetail {
        row: (&account).into(),
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
