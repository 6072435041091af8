"""What a machine may do: connect as itself, and publish its own readings of its own line."""

import json

# Filled in by IoT Core for the thing that connects; the certificate must be attached to it.
THING = "${iot:Connection.Thing.ThingName}"
LINE = "${iot:Connection.Thing.Attributes[line]}"


def machine_policy(region: str, account: str, plant: str) -> str:
    """For every machine the same: who it is comes from its certificate."""
    own = f"arn:aws:iot:{region}:{account}"
    statements = [
        {
            "Effect": "Allow",
            "Action": "iot:Connect",
            "Resource": f"{own}:client/{THING}",
            "Condition": {"Bool": {"iot:Connection.Thing.IsAttached": "true"}},
        },
        {
            "Effect": "Allow",
            "Action": "iot:Publish",
            "Resource": f"{own}:topic/{plant}/{LINE}/{THING}/telemetry",
        },
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
