//! KnowBe4's extension: the fields of its console that the core schema lacks.

use super::KMSAT_URN;
use crate::schema::{Attribute, Schema};

/// KnowBe4's extension.
pub static KMSAT_USER: Schema = Schema {
    id: KMSAT_URN,
    name: "KnowBe4User",
    description: "KnowBe4 User",
    attributes: &[
        Attribute::string("customField1", "The first custom field."),
        Attribute::string("customField2", "The second custom field."),
        Attribute::string("customField3", "The third custom field."),
        Attribute::string("customField4", "The fourth custom field."),
        Attribute::date_time("customDate1", "The first custom date."),
        Attribute::date_time("customDate2", "The second custom date."),
        Attribute::date_time("outOfOfficeEnd", "When the user is back in the office."),
        Attribute::date_time("lastPasswordChangeDateTime", "When the password last changed."),
        Attribute::string("phishingLanguage", "The language of phishing tests."),
        Attribute::string("trainingLanguage", "The language of trainings."),
        Attribute::string("userRole", "The role in the console."),
        Attribute::string("hostname", "The host name of the user's computer."),
        Attribute::string("companyName", "The company."),
        Attribute::string("country", "The country."),
        Attribute::string("mailNickName", "The mail alias at the identity provider."),
        Attribute::string(
            "onPremisesSamAccountName",
            "The account name in Active Directory.",
        ),
        Attribute::string("onPremisesSecurityIdentifier", "The SID in Active Directory."),
        Attribute::string("userPrincipalName", "The sign-in name at the identity provider."),
    ],
};
