//! What the identity provider has sent.

use provisioning::directory::{self, Kind, Order, OrderBy, Resource, flatten, member_names};
use provisioning::mapping;

use super::{Answer, page_size};
use crate::app::App;
use crate::error::CommandError;
use crate::view::{
    AttributeValue, DirectoryRequest, GroupDetail, GroupRow, GroupsPage, NamedRef, ObjectId, Sort,
    UserColumns, UserDetail, UserRow, UsersPage,
};

/// Names shown of a group's members, or a user's groups.
const SHOWN: usize = 200;

/// The columns that the list of users can show beside what it always shows.
pub(super) fn user_columns(_: &App) -> Answer<UserColumns> {
    let columns = directory::columns(Kind::User);
    let shown = ["userName", "active"];
    let spare = columns
        .iter()
        .filter(|column| !shown.contains(&column.path().as_str()));
    Ok(UserColumns {
        columns: spare.map(Into::into).collect(),
    })
}

/// A page of users, by userName unless another order is asked for.
pub(super) fn users(app: &App, request: &DirectoryRequest) -> Answer<UsersPage> {
    let directory = app.engine.directory();
    let keep = |user: &Resource| request.active.is_none_or(|active| user.is_active() == active);
    let (total, users) = directory.browse(
        Kind::User,
        &request.search,
        keep,
        order(request.sort.as_ref()),
        (request.offset as usize, page_size(request.limit)),
    )?;
    let ids: Vec<String> = users.iter().map(|user| user.id.clone()).collect();
    let accounts = app.engine.accounts_of(&ids)?;
    let mut columns = directory::columns(Kind::User);
    columns.retain(|column| request.columns.contains(&column.path()));
    let rows = users
        .iter()
        .map(|user| UserRow::of(user, directory, accounts.get(&user.id), &columns))
        .collect::<Result<_, _>>()?;
    Ok(UsersPage {
        total,
        all: directory.count(Kind::User)?,
        rows,
    })
}

/// All about one user.
pub(super) fn user(app: &App, request: &ObjectId) -> Answer<UserDetail> {
    let directory = app.engine.directory();
    let user = directory.get(Kind::User, &request.id)?;
    let account = app.engine.account_of(&user.id)?;
    let groups: Vec<String> = directory.groups_of(&user.id)?.into_iter().take(SHOWN).collect();
    let attributes = flatten(Kind::User.name(), &user.attributes)
        .into_iter()
        .map(|attribute| AttributeValue {
            feeds: mapping::fed_by(&attribute.path).map(str::to_owned),
            schema: attribute.schema,
            path: attribute.path,
            value: attribute.value,
        });
    Ok(UserDetail {
        attributes: attributes.collect(),
        groups: named(member_names(directory, Kind::Group, &groups)?),
        json: json(app, Kind::User, &user)?,
        row: UserRow::of(&user, directory, account.as_ref(), &[])?,
    })
}

/// A page of groups, by name unless another order is asked for.
pub(super) fn groups(app: &App, request: &DirectoryRequest) -> Answer<GroupsPage> {
    let directory = app.engine.directory();
    let (total, groups) = directory.browse(
        Kind::Group,
        &request.search,
        |_| true,
        order(request.sort.as_ref()),
        (request.offset as usize, page_size(request.limit)),
    )?;
    let rows = groups
        .iter()
        .map(|group| GroupRow::of(group, directory))
        .collect::<Result<_, _>>()?;
    Ok(GroupsPage {
        total,
        all: directory.count(Kind::Group)?,
        rows,
    })
}

/// All about one group.
pub(super) fn group(app: &App, request: &ObjectId) -> Answer<GroupDetail> {
    let directory = app.engine.directory();
    let group = directory.get(Kind::Group, &request.id)?;
    let members: Vec<String> = directory.members_of(&group.id)?.into_iter().take(SHOWN).collect();
    Ok(GroupDetail {
        members: named(member_names(directory, Kind::User, &members)?),
        json: json(app, Kind::Group, &group)?,
        row: GroupRow::of(&group, directory)?,
    })
}

/// By name, for a column that the list cannot be sorted by.
fn order(sort: Option<&Sort>) -> Order {
    let Some(sort) = sort else { return Order::USUAL };
    let by = match sort.column.as_str() {
        "name" => OrderBy::DisplayName,
        "active" => OrderBy::Active,
        "lastModified" => OrderBy::Modified,
        "externalId" => OrderBy::ExternalId,
        _ => OrderBy::Name,
    };
    Order {
        by,
        descending: sort.descending,
    }
}

fn named(names: Vec<(String, String)>) -> Vec<NamedRef> {
    names
        .into_iter()
        .map(|(id, name)| NamedRef { id, name })
        .collect()
}

/// A resource as the server answers it, without its memberships.
fn json(app: &App, kind: Kind, resource: &Resource) -> Answer<String> {
    let base = app.server.tenant_url(&app.engine);
    let directory = app.engine.directory();
    let object = directory.object(kind, resource, base.trim_end_matches('/'))?;
    serde_json::to_string_pretty(&object).map_err(|error| CommandError::internal(error.to_string()))
}
