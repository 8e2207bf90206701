//! Where a path leads. Lenient about what people mistype: a missing or doubled `/`, the case
//! of `Users`, a trailing `/`.

use provisioning::directory::Kind;

/// What a path means, the method aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// `/Users` or `/Groups`.
    Resources(Kind),
    /// `/Users/{id}` or `/Groups/{id}`.
    Resource(Kind, String),
    /// `/Users/.search`, `/Groups/.search` or, for both, `/.search`.
    Search(Option<Kind>),
    /// `/ServiceProviderConfig`.
    ServiceProviderConfig,
    /// `/ResourceTypes`, or one of them.
    ResourceTypes(Option<String>),
    /// `/Schemas`, or one of them.
    Schemas(Option<String>),
    /// `/Me`, which the RFC lets a server not have.
    Me,
    /// `/Bulk`.
    Bulk,
    /// The Tenant URL itself.
    Base,
    /// Another tenant's URL.
    OtherTenant(String),
    /// Nothing of ours.
    Unknown,
}

impl Route {
    /// Reads a path as sent.
    pub(crate) fn of(path: &str, tenant: &str) -> Self {
        let segments = segments(path);
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [scim, version, found, rest @ ..] if is(scim, "scim") && is(version, "v2") => {
                if found.eq_ignore_ascii_case(tenant) {
                    Self::inside(rest)
                } else {
                    Self::OtherTenant((*found).to_owned())
                }
            }
            _ => Self::Unknown,
        }
    }

    /// Reads the path of an operation in a Bulk, which begins below the Tenant URL `base`. One
    /// that repeats the Tenant URL, or its path, is read as well.
    pub(crate) fn below(base: &str, path: &str, tenant: &str) -> Self {
        let path = path.strip_prefix(base).unwrap_or(path);
        match Self::of(path, tenant) {
            Self::Unknown => {
                let segments = segments(path);
                Self::inside(&segments.iter().map(String::as_str).collect::<Vec<_>>())
            }
            route => route,
        }
    }

    /// The methods there are, as `Allow` lists them (RFC 9110 §10.2.1).
    pub(crate) fn methods(&self) -> &'static str {
        match self {
            Self::Resources(_) => "GET, HEAD, POST",
            Self::Resource(..) => "GET, HEAD, PUT, PATCH, DELETE",
            Self::Search(_) | Self::Bulk => "POST",
            _ => "GET, HEAD",
        }
    }

    /// How the address `path` is written otherwise than the RFC has it, if it is: a sentence.
    pub(crate) fn oddity(&self, path: &str) -> Option<String> {
        let name = match self {
            Self::Resources(kind) | Self::Resource(kind, _) | Self::Search(Some(kind)) => {
                kind.resource_type().endpoint.trim_start_matches('/')
            }
            Self::ServiceProviderConfig => "ServiceProviderConfig",
            Self::ResourceTypes(_) => "ResourceTypes",
            Self::Schemas(_) => "Schemas",
            Self::Me => "Me",
            Self::Bulk => "Bulk",
            Self::Search(None) | Self::Base => "",
            Self::OtherTenant(_) | Self::Unknown => return None,
        };
        if path.contains("//") {
            return Some("The address has `//` in it; it was read as `/`.".to_owned());
        }
        let spelled = name.is_empty() || path.split('/').any(|segment| segment == name);
        (!spelled).then(|| format!("The address does not spell `{name}` so; its letter case was ignored."))
    }

    fn inside(segments: &[&str]) -> Self {
        match segments {
            [] => Self::Base,
            [name, rest @ ..] if is(name, "Users") => Self::of_kind(Kind::User, rest),
            [name, rest @ ..] if is(name, "Groups") => Self::of_kind(Kind::Group, rest),
            [name] if is(name, "ServiceProviderConfig") => Self::ServiceProviderConfig,
            [name] if is(name, "ResourceTypes") => Self::ResourceTypes(None),
            [name, one] if is(name, "ResourceTypes") => Self::ResourceTypes(Some((*one).to_owned())),
            [name] if is(name, "Schemas") => Self::Schemas(None),
            [name, one] if is(name, "Schemas") => Self::Schemas(Some((*one).to_owned())),
            [name, ..] if is(name, "Me") => Self::Me,
            [name] if is(name, "Bulk") => Self::Bulk,
            [name] if is(name, ".search") => Self::Search(None),
            _ => Self::Unknown,
        }
    }

    fn of_kind(kind: Kind, rest: &[&str]) -> Self {
        match rest {
            [] => Self::Resources(kind),
            [search] if is(search, ".search") => Self::Search(Some(kind)),
            [id] => Self::Resource(kind, (*id).to_owned()),
            _ => Self::Unknown,
        }
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(decode)
        .collect()
}

fn is(segment: &str, name: &str) -> bool {
    segment.eq_ignore_ascii_case(name)
}

/// Undoes percent-encoding, and nothing else: `+`, `&` and `=` are themselves in a path.
fn decode(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment)
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_people_type_them() {
        let user = |id: &str| Route::Resource(Kind::User, id.to_owned());
        for (path, route) in [
            ("/scim/v2/t1/Users", Route::Resources(Kind::User)),
            ("/scim/v2/t1/users/", Route::Resources(Kind::User)),
            ("//scim//v2/T1//Users/2819", user("2819")),
            ("/scim/v2/t1/Users/a%2Bb+c", user("a+b+c")),
            ("/scim/v2/t1/Users/1=junk&x", user("1=junk&x")),
            ("/scim/v2/t1/Groups/.search", Route::Search(Some(Kind::Group))),
            ("/scim/v2/t1/.search", Route::Search(None)),
            (
                "/scim/v2/t1/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
                Route::Schemas(Some("urn:ietf:params:scim:schemas:core:2.0:User".into())),
            ),
            ("/scim/v2/t1", Route::Base),
            ("/scim/v2/t1/", Route::Base),
            ("/scim/v2/t2/Users", Route::OtherTenant("t2".into())),
            ("/Users", Route::Unknown),
            ("/scim/v2/t1/Users/1/2", Route::Unknown),
            ("/", Route::Unknown),
        ] {
            assert_eq!(Route::of(path, "t1"), route, "{path}");
        }
    }

    #[test]
    fn odd_addresses_are_told() {
        for (path, odd) in [
            ("/scim/v2/t1/Users", false),
            ("/scim/v2/t1/Users/", false),
            ("/scim/v2/t1/", false),
            ("/scim/v2/t1/.search", false),
            ("/scim/v2/t1//Users", true),
            ("/scim/v2/t1/users/2819", true),
            ("/scim/v2/t1/serviceproviderconfig", true),
            ("/scim/v2/t1//nowhere", false),
        ] {
            assert_eq!(Route::of(path, "t1").oddity(path).is_some(), odd, "{path}");
        }
    }

    #[test]
    fn paths_of_operations_begin_at_the_tenant_url() {
        for path in [
            "/Users/1",
            "Users/1",
            "/users/1/",
            "/scim/v2/t1/Users/1",
            "http://127.0.0.1:8443/scim/v2/t1/Users/1",
        ] {
            let route = Route::below("http://127.0.0.1:8443/scim/v2/t1", path, "t1");
            assert_eq!(route, Route::Resource(Kind::User, "1".into()), "{path}");
        }
    }
}
