import Testing

@testable import Settings

@Suite("What is allowed and probably not meant is a warning")
struct WarningTests {
    @Test(
        "one slip, one warning",
        arguments: [
            Slip(
                "maximum_data_loss: 5m", "maximum_data_loss: 0s",
                "18:26: workloads.shop.policy.maximum_data_loss: is 0s: only a replica that has applied "
                    + "everything passes without a person's word"),
            Slip(
                "maximum_data_loss: 5m", "maximum_data_loss: 30s",
                "18:26: workloads.shop.policy.maximum_data_loss: is 30s, less than aws.metric_period "
                    + "(1m): a sample's age counts as loss, so most failovers will wait for a person's word"),
            Slip(
                "quorum: 3", "quorum: 3\\n      stall_after: 60s",
                "18:20: workloads.shop.policy.stall_after: is 1m, but workloads.shop.databases.main is an "
                    + "rds-replica, whose lag may climb to 5m on an idle primary; use 330s, or write a "
                    + "heartbeat there and say so"
            ),
            Slip(
                "quorum: 3", "quorum: 3\\n      confirmation_window: 20s",
                "4:3: workloads.shop.policy.freshness: is 30s, longer than confirmation_window (20s): one "
                    + "old answer lasts for all of it"),
            Slip(
                "    notifications:\\n      topics: [\"arn:aws:sns:eu-west-1:111122223333:dr\"]\\n", "",
                "4:3: workloads.shop: has no notification topic: nobody is told"),
            Slip(
                "    traffic:\\n      - { lever: route53-record, database: main, zone: Z123, name: "
                    + "db.example.com }\\n",
                "",
                "8:7: workloads.shop.databases.main: has no traffic lever: its clients will not follow "
                    + "the writer by themselves"),
            Slip(
                "region: eu-west-1 | primary_region: eu-central-1 | [route53, control-plane, replication, probe]",
                "region: eu-west-2 | primary_region: us-east-1 | [control-plane, replication, probe]",
                "20:9: workloads.shop.traffic[0]: changes a record through Route 53's control plane, "
                    + "which lives in us-east-1, the primary Region; lever route53-health-check works "
                    + "without it"),
            Slip(
                "[route53, control-plane, replication, probe]", "[control-plane, replication, probe]",
                "16:18: workloads.shop.policy.witnesses: leaves route53 out while the controller stands in the "
                    + "standby Region (eu-west-1): a cut between it and the primary Region looks like its death; "
                    + "add route53, or run the controller in a third Region"),
            Slip(
                "method: quarantine, security_groups: [sg-0a1b2c3d] | mode: approval",
                "method: none | mode: automatic",
                "13:18: workloads.shop.databases.main.fencing: method none with mode automatic: nothing "
                    + "keeps the old writer from writing"),
            Slip(
                "security_groups: [sg-0a1b2c3d] | quorum: 3",
                "security_groups: [sg-0a1b2c3d], required: true | quorum: 3\\n      timeouts: { fence: 60s }",
                "18:26: workloads.shop.policy.timeouts.fence: is 1m, but fencing is required, and a restart "
                    + "alone may take two minutes: the plan would stop and wait for a person; use 3m"),
            Slip(
                "replica.db.example.com:5432", "shop-replcia.abc.eu-west-1.rds.amazonaws.com:5432",
                "11:56: workloads.shop.databases.main.standby.endpoint: names \"shop-replcia\", but the "
                    + "identifier is \"shop-replica\""),
            Slip(
                "workloads:", "aws: { endpoints: [{ url: \"http://example.com\" }] }\\nworkloads:",
                "3:27: aws.endpoints[0].url: is not encrypted; signed requests can be read on the way"),
        ])
    func warnings(slip: Slip) throws {
        let warnings = try Sample.warnings(Sample.edited(slip.old, slip.new))
        #expect(warnings == [slip.problem])
    }

    @Test("a heartbeat allows a short stall_after")
    func heartbeat() throws {
        let text = try Sample.edited(
            "type: rds-replica | quorum: 3",
            "type: rds-replica\\n        heartbeat: true | quorum: 3\\n      stall_after: 60s")
        #expect(try Sample.warnings(text) == [])
    }
}
