"""Runs scim2-tester on a server and prints what it found.

The first line is the sum. Any result but a success follows it, in full, and makes the exit code 1:
a check that is skipped, too, for the server supports everything that is checked.
"""

import sys
from collections import Counter
from datetime import UTC, datetime

import server
from scim2_tester import Status, check_server


def give_dates_an_example(model):
    """scim2-tester has no value for dates and would take a UUID; an example it takes first."""
    for field in model.model_fields.values():
        if "datetime" in str(field.annotation):
            field.examples = [datetime(2026, 4, 4, 4, 23, 30, tzinfo=UTC)]


def main():
    scim = server.connect()
    for model in scim.provider.models:
        give_dates_an_example(model)
        # The extensions are among the models, and have none themselves.
        for extension in getattr(model, "get_extension_models", dict)().values():
            give_dates_an_example(extension)
    results = check_server(scim)
    counts = Counter(result.status.name.lower() for result in results)
    passed = counts.pop("success", 0)
    others = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    print(f"{passed} checks passed; {others or 'nothing else to say'}")
    for result in results:
        if result.status != Status.SUCCESS:
            about = f"{result.status.name} {result.resource_type or ''} {result.title}"
            print(f"{about}\n  {result.reason}\n  {result.data}")
    return int(bool(others))


if __name__ == "__main__":
    sys.exit(main())
