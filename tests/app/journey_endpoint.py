#!/usr/bin/env python3
"""The local endpoint as a switch: another program writes into the copy that it serves, and the model takes that over.

    journey_endpoint.py WORKBENCH HASHRANGE

Has a screen and a session bus of its own. The other program is boto3.
"""

import re

import desktop
from desktop import Atspi

try:
    import boto3
except ImportError:
    boto3 = None

ADDRESS = re.compile(r"^http://127\.0\.0\.1:\d+$")


class Endpoint(desktop.Journey):
    def setUp(self):
        super().setUp()
        if boto3 is None:
            self.skipTest("no boto3")

    def find_label(self, is_wanted):
        return self.application.find(Atspi.Role.LABEL, is_wanted)

    def switch_on(self):
        """Gives the address."""
        self.application.click(lambda name: name.startswith("Local endpoint: "))
        self.application.click("Serve a copy of this model", Atspi.Role.CHECK_BOX)
        return self.find_label(lambda name: ADDRESS.match(name) is not None)

    def test_what_clients_write_is_taken_into_the_model(self):
        self.start_with_sample()
        items = self.save()["tables"][0]["items"]
        text = self.path.read_bytes()
        address = self.switch_on()
        table = boto3.resource("dynamodb", endpoint_url=address, region_name="eu-central-1", aws_access_key_id="key",
                               aws_secret_access_key="secret").Table("cruddur-messages")
        self.assertEqual(table.scan(Select="COUNT")["Count"], len(items))
        table.put_item(Item={"pk": "MSG#client", "sk": "2026-05-01", "message": "from outside"})
        self.find_label(lambda name: name == "1 item changed by clients")
        self.application.click("Take into model")
        self.find_label(lambda name: name == f"{len(items) + 1} items")
        after = self.save()["tables"][0]["items"]
        self.assertEqual([item for item in after if item not in items],
                         [{"pk": {"S": "MSG#client"}, "sk": {"S": "2026-05-01"}, "message": {"S": "from outside"}}])
        self.application.press("alt+2", "ctrl+z")
        self.find_label(lambda name: name == f"{len(items)} items")
        self.save()
        self.assertEqual(self.path.read_bytes(), text)


if __name__ == "__main__":
    desktop.main()
