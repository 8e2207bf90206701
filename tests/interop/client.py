"""What a program does that provisions with scim2-client: people and groups are created, found,
changed, and deleted, and each answer is looked at.

scim2-client itself refuses an answer that is not as the schemas and the RFCs say.
"""

import sys

import server
from scim2_client import SCIMClientException
from scim2_models import (
    BulkOperation,
    BulkRequest,
    PatchOp,
    PatchOperation,
    ResponseParameters,
    SCIMException,
    SearchRequest,
    Schema,
    ResourceType,
    ServiceProviderConfig,
)

CORE = "urn:ietf:params:scim:schemas:core:2.0:"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
KMSAT = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User"


class Story:
    """One server, the models it publishes, and the people met on the way."""

    def __init__(self):
        self.scim = server.connect()
        self.User = self.scim.get_resource_model("User")
        self.Group = self.scim.get_resource_model("Group")
        self.Enterprise = self.User.get_extension_model(ENTERPRISE)

    def discovery_describes_the_server(self):
        config = self.scim.query(ServiceProviderConfig)
        assert config.patch.supported and config.filter.supported and config.sort.supported
        assert config.etag.supported and config.bulk.supported
        assert config.bulk.max_operations == 1000, config.bulk
        assert config.filter.max_results == 1000, config.filter
        assert config.pagination.cursor and config.pagination.index, config.pagination
        types = self.scim.query(ResourceType).resources
        assert {each.endpoint for each in types} == {"/Users", "/Groups"}, types
        schemas = {each.id for each in self.scim.query(Schema).resources}
        wanted = {CORE + name for name in ("User", "Group", "Schema", "ResourceType")}
        assert wanted | {ENTERPRISE, KMSAT} <= schemas, schemas
        one = self.scim.query(Schema, ENTERPRISE)
        assert any(attribute.name == "manager" for attribute in one.attributes)

    def people_are_created(self):
        president = self.User(user_name="sara@contoso.test", display_name="Sara Davis", active=True)
        self.sara = self.scim.create(president)
        assert self.sara.id and self.sara.meta.location.endswith(self.sara.id)
        assert self.sara.meta.resource_type == "User" and self.sara.meta.version
        clerk = self.User(
            user_name="adele@contoso.test",
            external_id="AdeleV",
            name={"givenName": "Adele", "familyName": "Vance"},
            emails=[
                {"value": "adele@contoso.test", "type": "work", "primary": True},
                {"value": "adele@home.test", "type": "home"},
            ],
            password="t1meMa$heen",
        )
        clerk[self.Enterprise] = self.Enterprise(
            department="Retail", manager={"value": self.sara.id}
        )
        self.adele = self.scim.create(clerk)
        assert self.adele[self.Enterprise].department == "Retail", self.adele
        assert self.adele[self.Enterprise].manager.value == self.sara.id
        assert "t1meMa$heen" not in self.adele.model_dump_json()
        refused(409, "uniqueness", self.scim.create, self.User(user_name="ADELE@contoso.test"))
        read = self.scim.query(self.User, self.adele.id)
        assert read.name.family_name == "Vance" and len(read.emails) == 2, read
        assert read.meta.version == self.adele.meta.version

    def they_are_found(self):
        for filter in [
            'userName eq "ADELE@contoso.test"',
            'externalId eq "AdeleV"',
            'emails[type eq "home" and value co "home.test"]',
            'name.givenName sw "Ad" and not (active eq false)',
            f'{ENTERPRISE}:department eq "Retail"',
            f'{ENTERPRISE}:manager.value eq "{self.sara.id}"',
        ]:
            found = self.scim.query(self.User, query_parameters=SearchRequest(filter=filter))
            assert [each.id for each in found.resources] == [self.adele.id], (filter, found)
        nobody = SearchRequest(filter='userName eq "nobody"')
        assert self.scim.query(self.User, query_parameters=nobody).total_results == 0
        some = ResponseParameters(attributes=["userName", "emails.value"])
        lean = self.scim.query(self.User, self.adele.id, query_parameters=some)
        assert lean.user_name and lean.name is None and lean.emails[0].type is None, lean
        without = ResponseParameters(excluded_attributes=["emails"])
        lean = self.scim.query(self.User, self.adele.id, query_parameters=without)
        assert lean.emails is None and lean.name, lean
        refused(400, "invalidFilter", self.scim.query, self.User, {"filter": "userName eq"})

    def lists_are_sorted_and_paged(self):
        for place in range(5):
            self.scim.create(self.User(user_name=f"page{place}@contoso.test"))
        pages = SearchRequest(
            filter='userName sw "page"', sort_by="userName", sort_order="descending", count=2
        )
        seen = []
        for start in (1, 3, 5):
            page = self.scim.query(
                self.User, query_parameters=pages.model_copy(update={"start_index": start})
            )
            assert page.total_results == 5 and page.start_index == start, page
            seen += [each.user_name for each in page.resources]
        assert seen == [f"page{place}@contoso.test" for place in (4, 3, 2, 1, 0)], seen
        cursor, by_cursor = "", []
        while cursor is not None:
            page = self.scim.query(
                self.User, query_parameters=pages.model_copy(update={"cursor": cursor})
            )
            assert len(page.resources) <= 2 and page.total_results == 5, page
            by_cursor += [each.user_name for each in page.resources]
            cursor = page.next_cursor
        assert by_cursor == seen, by_cursor

    def everything_is_searched(self):
        self.crew = self.scim.create(self.Group(display_name="Adele's crew"))
        by_name = SearchRequest(filter='displayName co "Sara" or displayName co "crew"')
        for found in (self.scim.search(by_name), self.scim.query(query_parameters=by_name)):
            ids = {each.id for each in found.resources}
            assert ids == {self.sara.id, self.crew.id}, found
        users = self.scim.search(self.User, by_name)
        assert [each.id for each in users.resources] == [self.sara.id], users

    def a_person_is_replaced(self):
        adele = self.scim.query(self.User, self.adele.id)
        adele.title = "Retail Manager"
        adele.emails = None
        adele = self.scim.replace(adele)
        assert adele.title == "Retail Manager" and adele.emails is None, adele
        assert adele.user_name == "adele@contoso.test" and adele.id == self.adele.id
        assert adele[self.Enterprise].department == "Retail", "it was sent again"
        assert adele.meta.version != self.adele.meta.version
        # The one that was read first is out of date now.
        self.adele.title = "Nobody reads this"
        refused(412, None, self.scim.replace, self.adele)
        self.adele = adele

    def a_person_is_changed(self):
        changed = self.change(
            self.adele,
            ("replace", "displayName", "Adele V."),
            ("add", "emails", [{"value": "av@contoso.test", "type": "work"}]),
            ("add", 'phoneNumbers[type eq "work"].value', "+49 30 1"),
            ("replace", f"{ENTERPRISE}:department", "Sales"),
            ("remove", "title", None),
        )
        assert changed.display_name == "Adele V." and changed.title is None, changed
        assert changed.emails[0].value == "av@contoso.test", changed
        assert changed.phone_numbers[0].value == "+49 30 1", changed
        assert changed[self.Enterprise].department == "Sales", changed
        off = self.change(changed, ("replace", "active", False))
        assert off.active is False, off
        half = {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [
                {"op": "replace", "path": "displayName", "value": "Half"},
                {"op": "remove", "path": "userName"},
            ],
        }
        unchecked = {"check_request_payload": False}
        refused(400, "mutability", self.scim.modify, self.User, self.adele.id, half, **unchecked)
        assert self.scim.query(self.User, self.adele.id).display_name == "Adele V.", "all or nothing"
        # Nothing has changed since `off` was read, so the server says so and sends nothing.
        assert self.scim.query(off) is off

    def groups_have_members(self):
        member = {"value": self.adele.id, "type": "User"}
        group = self.scim.create(self.Group(display_name="Retail", members=[member]))
        assert [each.value for each in group.members] == [self.adele.id], group
        assert self.groups_of(self.adele) == [group.id]
        self.change(group, ("add", "members", [{"value": self.sara.id}]))
        group = self.scim.query(self.Group, group.id)
        assert {each.value for each in group.members} == {self.adele.id, self.sara.id}, group
        self.change(group, ("remove", f'members[value eq "{self.adele.id}"]', None))
        assert self.groups_of(self.adele) == []
        assert self.groups_of(self.sara) == [group.id]
        mine = SearchRequest(filter=f'members.value eq "{self.sara.id}"')
        assert self.scim.query(self.Group, query_parameters=mine).total_results == 1
        group = self.scim.query(self.Group, group.id)
        group.display_name = "Sales"
        group.members = None
        group = self.scim.replace(group)
        assert group.display_name == "Sales" and not group.members, group
        self.scim.delete(group)
        refused(404, None, self.scim.query, self.Group, group.id)

    def a_bulk_request_does_many_things(self):
        answer = self.scim.bulk(
            BulkRequest[self.User | self.Group](
                operations=[
                    BulkOperation[self.Group](
                        method="POST",
                        path="/Groups",
                        bulk_id="guides",
                        data=self.Group(
                            display_name="Tour Guides", members=[{"value": "bulkId:alice"}]
                        ),
                    ),
                    BulkOperation[self.User](
                        method="POST",
                        path="/Users",
                        bulk_id="alice",
                        data=self.User(user_name="alice@contoso.test"),
                    ),
                    BulkOperation[self.User](
                        method="POST",
                        path="/Users",
                        bulk_id="twin",
                        data=self.User(user_name="Alice@contoso.test"),
                    ),
                    BulkOperation[self.Group](method="DELETE", path=f"/Groups/{self.crew.id}"),
                ]
            )
        )
        said = {each.bulk_id: each for each in answer.operations}
        statuses = {bulk_id: int(each.status) for bulk_id, each in said.items()}
        assert statuses == {"guides": 201, "alice": 201, "twin": 409, None: 204}, answer
        alice = said["alice"].location.rsplit("/", 1)[1]
        guides = self.scim.query(self.Group, said["guides"].location.rsplit("/", 1)[1])
        assert [each.value for each in guides.members] == [alice], guides
        refused(404, None, self.scim.query, self.Group, self.crew.id)

    def everybody_leaves(self):
        everybody = self.scim.query(self.User, query_parameters=SearchRequest(count=1000))
        assert everybody.total_results == 8, everybody
        for user in everybody.resources:
            self.scim.delete(user)
            refused(404, None, self.scim.query, self.User, user.id)
            refused(404, None, self.scim.delete, self.User, user.id)
        left = self.scim.query(self.Group)
        assert all(not group.members for group in left.resources), left
        again = self.scim.create(self.User(user_name="adele@contoso.test"))
        assert again.id != self.adele.id

    def change(self, resource, *operations):
        """A PATCH; returns the resource as the server has it now."""
        model = type(resource)
        steps = [PatchOperation(op=op, path=path, value=value) for op, path, value in operations]
        answer = self.scim.modify(model, resource.id, PatchOp[model](operations=steps))
        read = self.scim.query(model, resource.id)
        assert answer is None or answer.model_dump() == read.model_dump(), (answer, read)
        return read

    def groups_of(self, user):
        return [each.value for each in self.scim.query(self.User, user.id).groups or []]


def refused(status, kind, call, *arguments, **named):
    """The call has to fail with this status and this `scimType`."""
    try:
        answer = call(*arguments, **named)
    except (SCIMException, SCIMClientException) as error:
        found = (getattr(error, "status", None), getattr(error, "scim_type", None))
        assert found[0] == status and kind in (None, found[1]), (found, str(error))
    else:
        raise AssertionError(f"{status} was expected, and there came {answer!r}")


def main():
    story = Story()
    chapters = [
        story.discovery_describes_the_server,
        story.people_are_created,
        story.they_are_found,
        story.lists_are_sorted_and_paged,
        story.everything_is_searched,
        story.a_person_is_replaced,
        story.a_person_is_changed,
        story.groups_have_members,
        story.a_bulk_request_does_many_things,
        story.everybody_leaves,
    ]
    wanted = sys.argv[1:]
    for chapter in chapters:
        if not wanted or chapter.__name__ in wanted:
            chapter()
            print(f"{chapter.__name__}: done")


if __name__ == "__main__":
    main()
