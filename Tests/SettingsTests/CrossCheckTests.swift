import Testing

@testable import Settings

@Suite("Values that are right alone and wrong together")
struct CrossCheckTests {
    @Test(
        "in the policy",
        arguments: [
            Slip(
                "quorum: 3", "quorum: 5",
                "17:15: workloads.shop.policy.quorum: is 5, but only 4 witnesses are configured; use 2 to 4"),
            Slip(
                "quorum: 3", "quorum: 1",
                "17:15: workloads.shop.policy.quorum: is 1, but one witness alone must not start a "
                    + "failover; use 2 to 4"
            ),
            Slip(
                "[route53, control-plane, replication, probe]", "[replication, probe]",
                "17:15: workloads.shop.policy.quorum: is 3, but only 2 witnesses are configured; use 2"),
            Slip(
                "[route53, control-plane, replication, probe] | quorum: 3",
                "[control-plane, probe] | quorum: 2",
                "16:18: workloads.shop.policy.witnesses: needs route53 or replication: with neither, a "
                    + "cut between the controller and the Region looks like its death"),
            Slip(
                "[route53, control-plane, replication, probe]", "[replication]",
                "16:18: workloads.shop.policy.witnesses: has 1 of the kinds; use at least 2, as no single "
                    + "one may start a failover"),
            Slip(
                "[route53, control-plane", "[route53, probe, control-plane",
                "16:63: workloads.shop.policy.witnesses[4]: is a duplicate of "
                    + "workloads.shop.policy.witnesses[1] (line 16)"
            ),
            Slip(
                "region: eu-west-1", "region: eu-west-1\\n  poll_interval: 1m",
                "5:3: workloads.shop.policy.confirmation_window: is 1m, with controller.poll_interval 1m; "
                    + "it must hold two rounds, use at least 2m"),
            Slip(
                "quorum: 3", "quorum: 3\\n      confirmation_window: 15s",
                "18:28: workloads.shop.policy.confirmation_window: is 15s, with controller.poll_interval "
                    + "10s; it must hold two rounds, use at least 20s"),
            Slip(
                "quorum: 3", "quorum: 3\\n      freshness: 5s",
                "18:18: workloads.shop.policy.freshness: is 5s, with controller.poll_interval 10s: one "
                    + "slow answer, and the evidence is stale just when it counts; use at least 20s"),
            Slip(
                "workloads:", "aws: { metric_period: 10m }\\nworkloads:",
                "5:3: workloads.shop.policy.metric_freshness: is 5m, less than aws.metric_period: every "
                    + "sample would be stale; use at least 13m"),
            Slip(
                "        health_check: 11111111-2222-3333-4444-555555555555\\n", "",
                "8:7: workloads.shop.databases.main.health_check: is missing; the route53 witness needs "
                    + "the id of the health check on the primary's endpoint"),
            Slip(
                "primary_region: eu-central-1", "primary_region: us-east-1",
                "16:18: workloads.shop.policy.witnesses: has route53, but the metrics of Route 53's "
                    + "health checks live in us-east-1 and die with it, and that is the primary Region of "
                    + "workloads.shop; use replication there"
            ),
            Slip(
                "mode: approval | [\"arn:aws:sns:eu-west-1:111122223333:dr\"]", "mode: automatic | []",
                "15:13: workloads.shop.policy.mode: is automatic, but workloads.shop has no notification "
                    + "topic; add one in the standby Region"),
            Slip(
                "workloads:", "defaults: { policy: { quorum: 9 } }\\nworkloads:",
                "3:31: defaults.policy.quorum: is 9, but only 4 witnesses are configured; use 2 to 4"),
        ])
    func policy(slip: Slip) throws {
        let problems = try Sample.problems(Sample.edited(slip.old, slip.new))
        #expect(problems == [slip.problem])
    }

    @Test(
        "between Regions, endpoints and topics",
        arguments: [
            Slip(
                "region: eu-west-1", "region: eu-central-1",
                "2:11: controller.region: is eu-central-1, which workloads.shop must be evacuated from, "
                    + "so the controller would die with it; run it in eu-west-1 or in a third Region"),
            Slip(
                "standby_region: eu-west-1", "standby_region: eu-central-1",
                "6:21: workloads.shop.standby_region: is eu-central-1, the primary Region; choose the "
                    + "replica's Region"
            ),
            Slip(
                "standby_region: eu-west-1", "standby_region: cn-north-1",
                "6:21: workloads.shop.standby_region: is in partition aws-cn, the primary Region in aws; "
                    + "replication does not cross"),
            Slip(
                "shop.db.example.com:5432", "shop.abc.eu-west-1.rds.amazonaws.com:5432",
                "10:48: workloads.shop.databases.main.primary.endpoint: is in eu-west-1, but this side's "
                    + "Region is eu-central-1"),
            Slip(
                "shop.db.example.com:5432", "shop.cluster-ro-abc.eu-central-1.rds.amazonaws.com:5432",
                "10:48: workloads.shop.databases.main.primary.endpoint: is not a writer endpoint; write "
                    + "the one that begins with <cluster>.cluster-"),
            Slip(
                "shop.db.example.com:5432", "shop.global-abc.global.rds.amazonaws.com:5432",
                "10:48: workloads.shop.databases.main.primary.endpoint: is the global writer endpoint, "
                    + "which moves; write this cluster's own"),
            Slip(
                "rds-replica | shop.db.example.com:5432",
                "aurora-global\\n        global_cluster: shop | shop.abc.eu-central-1.rds.amazonaws.com:5432",
                "11:48: workloads.shop.databases.main.primary.endpoint: is an instance's endpoint; write "
                    + "the cluster's, <cluster>.cluster-…"),
            Slip(
                "replica.db.example.com:5432", "shop.db.example.com:5432",
                "11:56: workloads.shop.databases.main.standby.endpoint: is the primary's endpoint too; "
                    + "write the replica's own"
            ),
            Slip(
                "arn:aws:sns:eu-west-1", "arn:aws:sns:eu-central-1",
                "22:16: workloads.shop.notifications.topics[0]: is in the primary Region, as all topics "
                    + "of the workload are, and would be silent with it; add one in eu-west-1"),
            Slip(
                "arn:aws:sns:eu-west-1", "arn:aws-cn:sns:cn-north-1",
                "22:16: workloads.shop.notifications.topics[0]: is in another partition than "
                    + "eu-central-1, so the same credentials do not reach it"),
        ])
    func regions(slip: Slip) throws {
        let problems = try Sample.problems(Sample.edited(slip.old, slip.new))
        #expect(problems == [slip.problem])
    }

    @Test(
        "between levers, databases and other workloads",
        arguments: [
            Slip(
                "database: main", "database: mian",
                "20:44: workloads.shop.traffic[0].database: is \"mian\", no database of this workload; "
                    + "did you mean main?"
            ),
            Slip(
                "route53-record, database: main, zone: Z123",
                "route53-health-check, database: main, health_check: 11111111-2222-3333-4444-555555555555",
                "20:70: workloads.shop.traffic[0].health_check: is the one that watches a primary, "
                    + "workloads.shop.databases.main.health_check (line 12); the lever needs its own, on "
                    + "an alarm in the standby Region"),
            Slip(
                "security_groups: [sg-0a1b2c3d]", "security_groups: [sg-0a1b2c3d, sg-0a1b2c3d]",
                "13:71: workloads.shop.databases.main.fencing.security_groups[1]: is a duplicate of "
                    + "workloads.shop.databases.main.fencing.security_groups[0] (line 13)"),
            Slip(
                "method: quarantine, security_groups: [sg-0a1b2c3d]", "method: none, required: true",
                "13:44: workloads.shop.databases.main.fencing.required: is true, but method none fences "
                    + "nothing; choose a method or false"),
        ])
    func levers(slip: Slip) throws {
        let problems = try Sample.problems(Sample.edited(slip.old, slip.new))
        #expect(problems == [slip.problem])
    }

    @Test("a workload that was copied is reported where it still names the first one's things")
    func copiedWorkload() throws {
        let block = try #require(Sample.text.split(separator: "workloads:\n").last)
        let text = Sample.text + block.replacing("  shop:", with: "  copy:")
        #expect(
            Sample.problems(text) == [
                "29:32: workloads.copy.databases.main.primary.identifier: is in use already, by "
                    + "workloads.shop.databases.main.primary.identifier (line 10)",
                "30:32: workloads.copy.databases.main.standby.identifier: is in use already, by "
                    + "workloads.shop.databases.main.standby.identifier (line 11)",
                "31:23: workloads.copy.databases.main.health_check: is the health check of "
                    + "workloads.shop.databases.main.health_check (line 12) too; each primary endpoint "
                    + "needs its own",
                "39:68: workloads.copy.traffic[0].name: is the same record as "
                    + "workloads.shop.traffic[0].name (line 20)",
            ])
    }

    @Test("two workloads never share a switch")
    func sharedSwitch() throws {
        let lever =
            "lever: route53-health-check, database: main, dimensions: { Name: x }, "
            + "health_check: 99999999-2222-3333-4444-555555555555, "
        let shop = try Sample.edited("lever: route53-record, database: main, zone: Z123, ", lever)
        let block = try #require(shop.split(separator: "workloads:\n").last)
        let copy = block.replacing("  shop:", with: "  copy:").replacing(
            "identifier: ", with: "identifier: c"
        )
        .replacing("11111111", with: "33333333")
        let problems = Sample.problems(shop + copy)
        #expect(
            problems == [
                "39:9: workloads.copy.traffic[0]: has the metric and dimensions of a lever of "
                    + "workloads.shop; moving one would move the other",
                "39:95: workloads.copy.traffic[0].health_check: is a lever of workloads.shop too; moving "
                    + "one would move the other",
            ])
    }

    @Test("AWS settings are held against each other, all at once")
    func aws() throws {
        let text = try Sample.edited(
            "workloads:",
            """
            aws:
              metric_period: 45s
              connect_timeout: 20s
              max_attempts: 0
              ca_bundle: ca.pem
              endpoints:
                - { service: ec3, url: "https://127.0.0.1" }
                - { url: "ftp://127.0.0.1" }
                - { url: "https://user@127.0.0.1" }
                - { service: rds, region: eu-west-1, url: "http://127.0.0.1:5000" }
                - { service: rds, region: eu-west-1, url: "http://127.0.0.1:5001" }
            workloads:
            """)
        #expect(
            Sample.problems(text) == [
                "3:1: aws.request_timeout: is 15s, less than connect_timeout, which is a part of it; use "
                    + "at least 20s",
                "4:18: aws.metric_period: is 45s; CloudWatch has 1s, 5s, 10s, 30s and whole minutes",
                "6:17: aws.max_attempts: is 0; use 1 to 10",
                "7:14: aws.ca_bundle: is \"ca.pem\"; write a file's absolute path",
                "9:18: aws.endpoints[0].service: is \"ec3\"; use rds, route53, cloudwatch, ec2, sns, "
                    + "sts, dynamodb or iam; did you mean ec2?",
                "10:14: aws.endpoints[1].url: is \"ftp://127.0.0.1\"; write http or https, host and "
                    + "perhaps port, https://host:port",
                "11:14: aws.endpoints[2].url: is \"https://user@127.0.0.1\"; write http or https, host "
                    + "and perhaps port, https://host:port",
                "13:7: aws.endpoints[4]: names the same service and Region as aws.endpoints[3] (line 12)",
            ])
    }
}
