"""The server under test, as a client that has read its discovery."""

import os

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient


def connect():
    """A client of the server that the variables of scim2-cli name."""
    name, value = os.environ["SCIM_CLI_HEADERS"].split(": ", 1)
    http = Client(base_url=os.environ["SCIM_CLI_URL"], headers={name: value}, timeout=60)
    scim = SyncSCIMClient(http)
    scim.discover()
    return scim
