//! The list of functions, in the order of the alphabet.

use super::{Function, Need, Parameter};
use super::{chance, dates, diacritics, logic, replace, text, values};

const fn required(name: &'static str) -> Parameter {
    Parameter {
        name,
        need: Need::Required,
    }
}

const fn optional(name: &'static str) -> Parameter {
    Parameter {
        name,
        need: Need::Optional,
    }
}

const fn repeating(name: &'static str) -> Parameter {
    Parameter {
        name,
        need: Need::Repeating,
    }
}

macro_rules! functions {
    ($($name:literal ($($need:ident $parameter:literal),*) $least:literal .. $most:expr, $run:path, $help:literal, $example:literal;)*) => {
        &[$(Function {
            name: $name,
            parameters: &[$($need($parameter)),*],
            help: $help,
            example: $example,
            least: $least,
            most: $most,
            run: $run,
        }),*]
    };
}

/// Every function, in the order of the alphabet.
pub const FUNCTIONS: &[Function] = functions! {
    "Append" (required "source", required "suffix") 2..Some(2), text::append,
        "Puts a text behind another.", r#"Append([mailNickname], "@contoso.com")"#;
    "AppRoleAssignmentsComplex" (required "[appRoleAssignments]") 1..Some(1), values::roles,
        "Makes SCIM roles of all app roles a person is assigned; roles that are there already stay.",
        "AppRoleAssignmentsComplex([appRoleAssignments])";
    "AssertiveAppRoleAssignmentsComplex" (required "[appRoleAssignments]") 1..Some(1), values::assertive_roles,
        "Makes SCIM roles of all app roles a person is assigned; they replace those that are there.",
        "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])";
    "BitAnd" (required "value1", required "value2") 2..Some(2), logic::bit_and,
        "Keeps the bits that both numbers have.", "BitAnd(&HF, &HF7)";
    "CBool" (required "expression") 1..Some(1), logic::to_bool,
        "Makes True of a condition that holds or a number that is not zero, and False of the rest.",
        "CBool([country] = [usageLocation])";
    "CDate" (required "expression") 1..Some(1), dates::to_date,
        "Reads a date in one of the usual ways of writing, and gives it in UTC.", "CDate([employeeHireDate])";
    "Coalesce" (repeating "source") 1..None, logic::coalesce,
        "Gives the first value that is there.", "Coalesce([mail], [userPrincipalName])";
    "ConvertToBase64" (required "source") 1..Some(1), text::base64,
        "Writes a text's UTF-16 bytes as Base64.", "ConvertToBase64([employeeId])";
    "ConvertToUTF8Hex" (required "source") 1..Some(1), text::hex,
        "Writes a text's UTF-8 bytes as hexadecimal digits.", "ConvertToUTF8Hex([employeeId])";
    "Count" (required "attribute") 1..Some(1), values::count,
        "Counts the values of an attribute.", "Count([proxyAddresses])";
    "CStr" (required "value") 1..Some(1), logic::to_text,
        "Makes a text of a number, a truth value or a reference.", "CStr([accountEnabled])";
    "DateAdd" (required "interval", required "value", required "dateTime") 3..Some(3), dates::add,
        "Moves a date by so many years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).",
        r#"DateAdd("d", 7, CDate([employeeHireDate]))"#;
    "DateDiff" (required "interval", required "date1", required "date2") 3..Some(3), dates::difference,
        "Counts the years, months, weeks, days, hours, minutes or seconds that begin from the first date to the second.",
        r#"DateDiff("d", Now(), CDate([employeeHireDate]))"#;
    "DateFromNum" (required "value") 1..Some(1), dates::from_number,
        "Makes a date of a number as Active Directory keeps dates.", "DateFromNum([accountExpires])";
    "FormatDateTime" (required "source", optional "dateTimeStyles", required "inputFormat", required "outputFormat")
        4..Some(4), dates::format,
        "Reads a date written in one .NET format and writes it in another.",
        r#"FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")"#;
    "Guid" () 0..Some(0), chance::guid, "Makes a new random UUID.", "Guid()";
    "IgnoreFlowIfNullOrEmpty" (required "expression") 1..Some(1), logic::ignore_flow,
        "Leaves the attribute out altogether if there is no value.", "IgnoreFlowIfNullOrEmpty([department])";
    "IIF" (required "condition", optional "valueIfTrue", optional "valueIfFalse") 3..Some(3), logic::iif,
        "Gives one of two values; a condition on an attribute without a value does not hold.",
        r#"IIF([country] = "USA", [country], [department])"#;
    "InStr" (required "value1", required "value2", optional "start", optional "compareType") 2..Some(4), text::in_str,
        "Tells where a text stands in another, counted from one, or 0 if it does not.", r#"InStr([mail], "@")"#;
    "IsNull" (required "expression") 1..Some(1), logic::is_null,
        "Tells whether there is no value at all.", "IsNull([displayName])";
    "IsNullOrEmpty" (required "expression") 1..Some(1), logic::is_null_or_empty,
        "Tells whether there is no value, or an empty text.", "IsNullOrEmpty([displayName])";
    "IsPresent" (required "expression") 1..Some(1), logic::is_present,
        "Tells whether there is a value.", "IsPresent([displayName])";
    "IsString" (required "expression") 1..Some(1), logic::is_string,
        "Tells whether the value is a text.", "IsString([displayName])";
    "Item" (required "attribute", required "index") 2..Some(2), values::item,
        "Takes one value out of several, counted from one.", "Item([proxyAddresses], 1)";
    "Join" (required "separator", repeating "source") 2..None, text::join,
        "Puts texts together with a separator between them; those without a value are skipped.",
        r#"Join(" ", [givenName], [surname])"#;
    "Left" (required "string", required "numChars") 2..Some(2), text::left,
        "Gives so many characters from the start.", "Left([givenName], 1)";
    "Mid" (required "source", required "start", required "length") 3..Some(3), text::mid,
        "Gives so many characters from a place, counted from one.", "Mid([userPrincipalName], 1, 8)";
    "NormalizeDiacritics" (required "source") 1..Some(1), diacritics::normalize,
        "Takes accents and the like away from letters.", "NormalizeDiacritics([givenName])";
    "Not" (required "source") 1..Some(1), logic::not,
        "Makes False of True, and True of everything else.", "Not([accountEnabled])";
    "Now" () 0..Some(0), dates::now, "Gives the time in UTC.", "Now()";
    "NumFromDate" (required "value") 1..Some(1), dates::to_number,
        "Makes a number of a date, as Active Directory keeps dates.", "NumFromDate(CDate([employeeLeaveDateTime]))";
    "PCase" (required "source", optional "wordSeparators") 1..Some(2), text::proper_case,
        "Begins each word with a capital and writes the rest small.", r#"PCase([surname], " '-")"#;
    "RandomString" (
        required "length", required "minimumNumbers", required "minimumSpecialCharacters", required "minimumCapital",
        required "minimumLowerCase", optional "charactersToAvoid"
    ) 5..Some(6), chance::random_string,
        "Makes a random text of some length with at least so many characters of each kind.",
        "RandomString(6, 3, 0, 0, 3)";
    "Redact" (required "value") 1..Some(1), logic::redact,
        "Lets a value flow and keeps it out of the logs.", "Redact([employeeId])";
    "RemoveDuplicates" (required "attribute") 1..Some(1), values::remove_duplicates,
        "Keeps each of several values once.", "RemoveDuplicates([proxyAddresses])";
    "Replace" (
        required "source", optional "oldValue", optional "regexPattern", optional "regexGroupName",
        optional "replacementValue", optional "replacementAttributeName", optional "template"
    ) 7..Some(7), replace::replace,
        "Replaces a text or what a pattern matches, or puts the source into a template.",
        r#"Replace([mail], "@contoso.com", , , "", , )"#;
    "SelectUniqueValue" (repeating "uniqueValueRule") 2..None, logic::refused,
        "Finds a value that nobody has yet; not available for applications with SCIM.",
        "SelectUniqueValue([mailNickname], [employeeId])";
    "SingleAppRoleAssignment" (required "[appRoleAssignments]") 1..Some(1), values::single_role,
        "Gives the name of the one app role a person is assigned.", "SingleAppRoleAssignment([appRoleAssignments])";
    "Split" (required "source", required "delimiter") 2..Some(2), text::split,
        "Makes several values of one text.", r#"Split([extensionAttribute5], ",")"#;
    "StripSpaces" (required "source") 1..Some(1), text::strip_spaces,
        "Takes all spaces out.", "StripSpaces([displayName])";
    "Switch" (required "source", optional "defaultValue", repeating "key", repeating "value") 4..None, logic::switch,
        "Gives the value behind the first key that equals the source, or the default.",
        r#"Switch([IsSoftDeleted], , "False", "True", "True", "False")"#;
    "ToLower" (required "source", optional "culture") 1..Some(2), text::to_lower,
        "Writes everything small.", "ToLower([userPrincipalName])";
    "ToUpper" (required "source", optional "culture") 1..Some(2), text::to_upper,
        "Writes everything in capitals.", "ToUpper([country])";
    "Word" (required "string", required "wordNumber", required "delimiters") 3..Some(3), text::word,
        "Gives one word of a text, counted from one.", r#"Word([displayName], 1, " ")"#;
};
