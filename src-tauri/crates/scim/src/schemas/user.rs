//! The core User schema, RFC 7643 §4.1 and §8.7.1.

use super::USER_URN;
use crate::schema::{Attribute, Kind, Schema};

/// The core User schema.
pub static USER: Schema = Schema {
    id: USER_URN,
    name: "User",
    description: "User Account",
    attributes: &[
        Attribute::string("userName", "The name the user signs in with.")
            .required()
            .unique(),
        Attribute::complex("name", "The parts of the user's name.", NAME),
        Attribute::string("displayName", "The name to show."),
        Attribute::string("nickName", "The casual way to address the user."),
        Attribute::reference("profileUrl", "The user's profile page.", &["external"]),
        Attribute::string("title", "The job title."),
        Attribute::string("userType", "The relationship to the organization, e.g. Employee."),
        Attribute::string("preferredLanguage", "The language to address the user in."),
        Attribute::string("locale", "The locale for dates, numbers and currency."),
        Attribute::string("timezone", "The time zone by its Olson name."),
        Attribute::boolean("active", "False once the user has left or is suspended."),
        Attribute::string("password", "Accepted and never stored.").write_only(),
        Attribute::complex("emails", "E-mail addresses.", EMAIL).multi_valued(),
        Attribute::complex("phoneNumbers", "Phone numbers.", PHONE_NUMBER).multi_valued(),
        Attribute::complex("ims", "Instant messaging addresses.", IM).multi_valued(),
        Attribute::complex("photos", "Pictures of the user.", PHOTO).multi_valued(),
        Attribute::complex("addresses", "Postal addresses.", ADDRESS).multi_valued(),
        Attribute::complex("groups", "The groups the user is a member of.", GROUP)
            .multi_valued()
            .read_only(),
        Attribute::complex("entitlements", "What the user is entitled to.", PLAIN).multi_valued(),
        Attribute::complex("roles", "The roles the user has.", PLAIN).multi_valued(),
        Attribute::complex("x509Certificates", "The user's certificates.", CERTIFICATE).multi_valued(),
    ],
};

const NAME: &[Attribute] = &[
    Attribute::string("formatted", "The whole name as it is shown."),
    Attribute::string("familyName", "The family name."),
    Attribute::string("givenName", "The given name."),
    Attribute::string("middleName", "The middle names."),
    Attribute::string("honorificPrefix", "What precedes the name, e.g. Ms."),
    Attribute::string("honorificSuffix", "What follows the name, e.g. III."),
];

const EMAIL: &[Attribute] = &[
    Attribute::string("value", "The address."),
    DISPLAY,
    TYPE.suggest(&["work", "home", "other"]),
    PRIMARY,
];

const PHONE_NUMBER: &[Attribute] = &[
    Attribute::string("value", "The number."),
    DISPLAY,
    TYPE.suggest(&["work", "home", "mobile", "fax", "pager", "other"]),
    PRIMARY,
];

const IM: &[Attribute] = &[
    Attribute::string("value", "The address."),
    DISPLAY,
    TYPE.suggest(&["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"]),
    PRIMARY,
];

const PHOTO: &[Attribute] = &[
    Attribute::reference("value", "Where the picture is.", &["external"]).case_exact(),
    DISPLAY,
    TYPE.suggest(&["photo", "thumbnail"]),
    PRIMARY,
];

const ADDRESS: &[Attribute] = &[
    Attribute::string("formatted", "The whole address as it is shown."),
    Attribute::string("streetAddress", "Street and house number."),
    Attribute::string("locality", "The city."),
    Attribute::string("region", "The state or region."),
    Attribute::string("postalCode", "The postal code."),
    Attribute::string("country", "The country."),
    TYPE.suggest(&["work", "home", "other"]),
    PRIMARY,
];

const GROUP: &[Attribute] = &[
    Attribute::string("value", "The group's id.")
        .case_exact()
        .read_only(),
    Attribute::reference("$ref", "The group's URI.", &["Group"]).read_only(),
    DISPLAY.read_only(),
    TYPE.read_only().suggest(&["direct", "indirect"]),
];

const PLAIN: &[Attribute] = &[Attribute::string("value", "The value."), DISPLAY, TYPE, PRIMARY];

const CERTIFICATE: &[Attribute] = &[
    Attribute::new("value", Kind::Binary, "The certificate, DER in Base64.").case_exact(),
    DISPLAY,
    TYPE,
    PRIMARY,
];

const DISPLAY: Attribute = Attribute::string("display", "The value as it is shown.");
const TYPE: Attribute = Attribute::string("type", "What the value is for.");
const PRIMARY: Attribute = Attribute::boolean("primary", "True for the preferred value.");
