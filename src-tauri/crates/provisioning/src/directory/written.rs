//! Resources as JSON text, written from their records. An attribute that is answered as it is
//! stored is copied, and only what has to be looked into is read. A page of 100 costs a fraction
//! of what reading and writing 100 trees of values does.

use std::fmt;

use jiff::Timestamp;
use scim::list::Projection;
use scim::resource::Object;
use scim::schemas::ENTERPRISE_URN;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::record::{meta, refer_to_manager};
use super::representation::GroupNames;
use super::{Directory, Kind, Resource};
use crate::error::{Error, Result};
use crate::store::{Key, encode};

/// A resource on a page, as it is stored.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) id: String,
    json: Vec<u8>,
}

impl Record {
    pub(super) fn new(id: String, json: &[u8]) -> Self {
        Self {
            id,
            json: json.to_vec(),
        }
    }

    /// The record of a resource.
    pub(super) fn of(kind: Kind, resource: Resource) -> Result<Self> {
        Ok(Self {
            json: encode(kind.records(), &resource)?,
            id: resource.id,
        })
    }
}

/// A [`Resource`] whose attributes are read by their names only.
#[derive(Deserialize)]
struct Outline<'a> {
    created: Timestamp,
    modified: Timestamp,
    version: u64,
    #[serde(borrow, deserialize_with = "by_name")]
    attributes: Vec<(String, &'a RawValue)>,
}

impl Directory<'_> {
    /// The bytes of the record with this id, if there is one.
    pub(super) fn bytes(&self, kind: Kind, id: &str) -> Result<Option<impl AsRef<[u8]> + use<>>> {
        self.store.bytes(&Key::named(kind.records(), id))
    }

    /// The record with this id, if there is one.
    pub(super) fn record(&self, kind: Kind, id: &str) -> Result<Option<Record>> {
        let json = self.bytes(kind, id)?;
        Ok(json.map(|json| Record::new(id.to_owned(), json.as_ref())))
    }

    /// A resource as it is answered: what [`Directory::represent`] makes of it, as text.
    pub(super) fn write_out(
        &self,
        kind: Kind,
        record: &Record,
        projection: &Projection,
        base: &str,
        names: &mut GroupNames,
    ) -> Result<String> {
        let damaged = |error| Error::damaged(kind.records().noun(), &error);
        let outline: Outline<'_> = serde_json::from_slice(&record.json).map_err(damaged)?;
        let wants = projection.wants(kind.memberships());
        let (tag, memberships) = self.memberships(kind, &record.id, outline.version, wants, base, names)?;
        let attributes = &outline.attributes;
        let mut text = Text::new(kind, projection, record.json.len());
        // In the order in which people know them: schemas, id, what was sent, meta.
        let is_schemas = |(name, _): &&(String, &RawValue)| name == "schemas";
        for (name, value) in attributes.iter().filter(is_schemas) {
            text.copy(name, value, base).map_err(damaged)?;
        }
        text.add("id", record.id.as_str().into()).map_err(damaged)?;
        for (name, value) in attributes.iter().filter(|attribute| !is_schemas(attribute)) {
            text.copy(name, value, base).map_err(damaged)?;
        }
        let meta = meta(kind, base, &record.id, [outline.created, outline.modified], &tag);
        text.add("meta", meta).map_err(damaged)?;
        if let Some(memberships) = memberships {
            text.add(kind.memberships(), Value::Array(memberships))
                .map_err(damaged)?;
        }
        Ok(text.end())
    }
}

/// An object that is being written.
struct Text<'a> {
    kind: Kind,
    projection: &'a Projection,
    json: String,
}

impl<'a> Text<'a> {
    fn new(kind: Kind, projection: &'a Projection, about: usize) -> Self {
        // Room for id, meta and a few groups.
        const BESIDES: usize = 768;
        Self {
            kind,
            projection,
            json: String::with_capacity(about + BESIDES),
        }
    }

    /// Adds an attribute that is stored, if it is to be answered.
    fn copy(&mut self, name: &str, value: &RawValue, base: &str) -> serde_json::Result<()> {
        let has_manager = name.eq_ignore_ascii_case(ENTERPRISE_URN) && value.get().contains("manager");
        let whole = self.projection.keeps(self.kind.resource_type(), name);
        match whole.filter(|_| !has_manager) {
            Some(true) => self.put(name, value.get()),
            Some(false) => Ok(()),
            None => {
                let mut object = Object::new();
                object.insert(name.to_owned(), serde_json::from_str(value.get())?);
                refer_to_manager(&mut object, base);
                self.put_kept(object)
            }
        }
    }

    /// Adds an attribute that is computed, if it is to be answered.
    fn add(&mut self, name: &str, value: Value) -> serde_json::Result<()> {
        match self.projection.keeps(self.kind.resource_type(), name) {
            Some(true) => self.put(name, &serde_json::to_string(&value)?),
            Some(false) => Ok(()),
            None => {
                let mut object = Object::new();
                object.insert(name.to_owned(), value);
                self.put_kept(object)
            }
        }
    }

    fn put_kept(&mut self, object: Object) -> serde_json::Result<()> {
        let kept = self.projection.keep(self.kind.resource_type(), object);
        kept.iter()
            .try_for_each(|(name, value)| self.put(name, &serde_json::to_string(value)?))
    }

    fn put(&mut self, name: &str, json: &str) -> serde_json::Result<()> {
        self.json.push(if self.json.is_empty() { '{' } else { ',' });
        self.json.push_str(&serde_json::to_string(name)?);
        self.json.push(':');
        self.json.push_str(json);
        Ok(())
    }

    fn end(mut self) -> String {
        self.json.push_str(if self.json.is_empty() { "{}" } else { "}" });
        self.json
    }
}

/// Reads the names of an object's members and leaves their values as they are.
fn by_name<'de, D: Deserializer<'de>>(
    from: D,
) -> std::result::Result<Vec<(String, &'de RawValue)>, D::Error> {
    from.deserialize_map(Attributes)
}

struct Attributes;

impl<'de> Visitor<'de> for Attributes {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the attributes of a user or group")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        while let Some(entry) = map.next_entry()? {
            found.push(entry);
        }
        Ok(found)
    }
}
