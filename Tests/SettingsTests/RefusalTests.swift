import Testing

@testable import Settings

@Suite("One slip in a good file is one problem")
struct RefusalTests {
    @Test("the sample itself is right, without a warning")
    func sample() throws {
        #expect(try Sample.warnings(Sample.text) == [])
    }

    @Test(
        "in a value's form",
        arguments: [
            Slip(
                "mode: approval", "mode: automatc",
                "15:13: workloads.shop.policy.mode: is \"automatc\"; use observe, approval or automatic; "
                    + "did you mean automatic?"),
            Slip(
                "mode: approval", "mode:",
                "15:12: workloads.shop.policy.mode: is empty; write one of observe, approval or automatic"),
            Slip(
                "mode: approval", "mode: ~",
                "15:13: workloads.shop.policy.mode: is empty; write one of observe, approval or automatic"),
            Slip(
                "quorum: 3", "quorum: \"3\"",
                "17:15: workloads.shop.policy.quorum: is \"3\"; write a whole number, without quotes"),
            Slip(
                "quorum: 3", "quorum: 3.0",
                "17:15: workloads.shop.policy.quorum: is \"3.0\"; write a whole number"),
            Slip(
                "quorum: 3", "quorum: 0x3",
                "17:15: workloads.shop.policy.quorum: is \"0x3\"; write a whole number"),
            Slip(
                "quorum: 3", "quorum: [3]",
                "17:15: workloads.shop.policy.quorum: is a list; write a whole number"),
            Slip(
                "quorum: 3", "quorum: 99999999999999999999",
                "17:15: workloads.shop.policy.quorum: is \"99999999999999999999\"; write a whole number"),
            Slip(
                "maximum_data_loss: 5m", "maximum_data_loss: 300",
                "18:26: workloads.shop.policy.maximum_data_loss: is 300, which has no unit; write 300s, "
                    + "300m, 300h or 300ms"
            ),
            Slip(
                "maximum_data_loss: 5m", "maximum_data_loss: -5m",
                "18:26: workloads.shop.policy.maximum_data_loss: is \"-5m\"; write a duration such as "
                    + "90s, 2m, 1h30m or 500ms"
            ),
            Slip(
                "maximum_data_loss: 5m", "maximum_data_loss: 48h",
                "18:26: workloads.shop.policy.maximum_data_loss: is \"48h\"; use 0s to 24h"),
            Slip(
                "maximum_data_loss: 5m", "maximum_data_loss: { s: 5 }",
                "18:26: workloads.shop.policy.maximum_data_loss: is a set of keys; write a duration such "
                    + "as 90s"
            ),
            Slip(
                "security_groups: [sg-0a1b2c3d]", "security_groups: [sg-0a1b2c3d], required: ture",
                "13:82: workloads.shop.databases.main.fencing.required: is \"ture\"; write true or false; "
                    + "did you mean true?"
            ),
            Slip(
                "security_groups: [sg-0a1b2c3d]", "security_groups: [sg-0a1b2c3d], required: yes",
                "13:82: workloads.shop.databases.main.fencing.required: is \"yes\"; write true or false"),
            Slip(
                "security_groups: [sg-0a1b2c3d]", "security_groups: sg-0a1b2c3d",
                "13:57: workloads.shop.databases.main.fencing.security_groups: is \"sg-0a1b2c3d\"; write "
                    + "a list, [first, second]"
            ),
            Slip(
                "[sg-0a1b2c3d]", "[sg-123]",
                "13:58: workloads.shop.databases.main.fencing.security_groups[0]: is \"sg-123\"; write a "
                    + "security group id, sg- and 8 or 17 hexadecimal digits"),
            Slip(
                "health_check: 1111", "health_check: 111",
                "12:23: workloads.shop.databases.main.health_check: is "
                    + "\"1111111-2222-3333-4444-555555555555\"; write a health check id, 8-4-4-4-12 "
                    + "hexadecimal digits"),
            Slip(
                "identifier: shop-replica", "identifier: Shop-Replica",
                "11:32: workloads.shop.databases.main.standby.identifier: is \"Shop-Replica\"; RDS stores "
                    + "identifiers in lower case, write shop-replica"),
            Slip(
                "identifier: shop-replica", "identifier: \"arn:aws:rds:eu-west-1:111122223333:db:shop\"",
                "11:32: workloads.shop.databases.main.standby.identifier: is an ARN; write the identifier "
                    + "alone, the part after the last colon"),
            Slip(
                "identifier: shop-replica", "identifier: 12",
                "11:32: workloads.shop.databases.main.standby.identifier: is 12, which YAML does not read "
                    + "as text; put it in quotes if it is meant"),
            Slip(
                "shop.db.example.com:5432", "shop.db.example.com",
                "10:48: workloads.shop.databases.main.primary.endpoint: is \"shop.db.example.com\", which "
                    + "has no port; write host:port, such as shop.db.example.com:5432"),
            Slip(
                "shop.db.example.com:5432", "shop.db.example.com:65536",
                "10:48: workloads.shop.databases.main.primary.endpoint: is \"shop.db.example.com:65536\"; "
                    + "write a port from 1 to 65535 after the colon"),
            Slip(
                "zone: Z123", "zone: /hostedzone/Z123",
                "20:56: workloads.shop.traffic[0].zone: is \"/hostedzone/Z123\"; write the last part "
                    + "alone: Z123"
            ),
            Slip(
                "name: db.example.com", "name: db.example.com.",
                "20:68: workloads.shop.traffic[0].name: is \"db.example.com.\"; leave the final dot away"),
            Slip(
                "zone: Z123", "zone: Z123, type: A",
                "20:68: workloads.shop.traffic[0].type: is \"A\"; use CNAME"),
            Slip(
                "arn:aws:sns:eu-west-1", "arn:aws:sns:cn-north-1",
                "22:16: workloads.shop.notifications.topics[0]: has the partition \"aws\"; cn-north-1 is "
                    + "in aws-cn, write arn:aws-cn:…"),
            Slip(
                "111122223333:dr", "1111:dr",
                "22:16: workloads.shop.notifications.topics[0]: has the account \"1111\"; write its 12 digits"
            ),
            Slip(
                "111122223333:dr", "111122223333:dr.fifo",
                "22:16: workloads.shop.notifications.topics[0]: is a FIFO topic, which reaches queues "
                    + "only and no person; write a standard topic's"),
            Slip(
                "primary_region: eu-central-1", "primary_region: eu-central",
                "5:21: workloads.shop.primary_region: is \"eu-central\"; write a Region's code such as "
                    + "eu-west-1"
            ),
            Slip(
                "quorum: 3",
                "quorum: 3\n      maintenance: [{ days: [sun], start: \"24:00\", duration: 2h }]",
                "18:43: workloads.shop.policy.maintenance[0].start: is \"24:00\"; write \"HH:MM\" in UTC, "
                    + "\"00:00\" to \"23:59\""),
            Slip(
                "quorum: 3",
                "quorum: 3\n      maintenance: [{ days: [], start: \"02:00\", duration: 2h }]",
                "18:29: workloads.shop.policy.maintenance[0].days: is empty; write the days, such as "
                    + "[sat, sun]"),
            Slip(
                "quorum: 3",
                "quorum: 3\n      maintenance: [{ days: [sun], start: \"02:00\", duration: 25h }]",
                "18:62: workloads.shop.policy.maintenance[0].duration: is \"25h\"; use 1m to 24h"),
            Slip(
                "  shop:", "  shop:\n    priority: 101",
                "5:15: workloads.shop.priority: is 101; use 0 to 100"),
            Slip(
                "region: eu-west-1", "region: eu-west-1\n  fleet_brake: { percent: 0 }",
                "3:27: controller.fleet_brake.percent: is 0; use 1 to 100"),
            Slip(
                "  shop:", "  Shop_1:",
                "4:3: workloads.Shop_1: is not a usable name; use 1 to 63 of a-z, 0-9 and -"),
        ])
    func forms(slip: Slip) throws {
        let problems = try Sample.problems(Sample.edited(slip.old, slip.new))
        #expect(problems == [slip.problem])
    }

    @Test(
        "in a key",
        arguments: [
            Slip(
                "maximum_data_loss: 5m", "maximum_data_loss: 5m\\n      dry_run: ture",
                "19:7: workloads.shop.policy.dry_run: is not a known key; known here: clearance_window, "
                    + "confirmation_window, cooldown, freshness, maintenance, maximum_data_loss, "
                    + "metric_freshness, mode, provider_recovery_limit, quorum, recovery_time, stall_after, "
                    + "timeouts, witnesses"
            ),
            Slip(
                "region: eu-west-1", "region: eu-west-1\n  lease: { table: drctl }",
                "3:3: controller.lease.region: is missing; write the table's Region"),
            Slip(
                "region: eu-west-1", "region: eu-west-1\n  lease: { table: drctl, region: eu-central-1 }",
                "3:34: controller.lease.region: is eu-central-1, which workloads.shop must be evacuated from: "
                    + "nobody could lead without it; put the table into another Region"),
            Slip(
                "region: eu-west-1",
                "region: eu-west-1\n  lease: { table: drctl, region: eu-west-1, ttl: 5s }",
                "3:50: controller.lease.ttl: is \"5s\"; use 6s to 5m"),
            Slip(
                "region: eu-west-1", "region: eu-west-1\n  recording: { kep: 1h }",
                "3:16: controller.recording.kep: is not a known key; did you mean keep?"),
            Slip(
                "region: eu-west-1", "region: eu-west-1\\n  max-concurrent-failover: 4",
                "3:3: controller.max-concurrent-failover: is not a known key; did you mean "
                    + "max_concurrent_failovers?"
            ),
            Slip(
                "mode: approval", "moed: approval",
                "15:7: workloads.shop.policy.moed: is not a known key; did you mean mode?"),
            Slip(
                "controller:\\n  region: eu-west-1\\n", "",
                "1:1: controller: is missing; write at least its region"),
            Slip(
                "controller:\\n  region: eu-west-1\\n", "controller: {}\\n",
                "1:1: controller.region: is missing; the Region that this host runs in"),
            Slip(
                "      quorum: 3\\n", "",
                "4:3: workloads.shop.policy.quorum: is missing, here and in defaults.policy; how many "
                    + "witnesses must say failed, 2 or more"),
            Slip(
                "        type: rds-replica\\n", "",
                "8:7: workloads.shop.databases.main.type: is missing; rds-replica or aurora-global"),
            Slip(
                "fencing: { method: quarantine, security_groups: [sg-0a1b2c3d] }", "heartbeat: true",
                "8:7: workloads.shop.databases.main.fencing: is missing; say how the old writer is kept "
                    + "from writing, or method none"),
            Slip(
                "type: rds-replica", "type: aurora-global",
                "8:7: workloads.shop.databases.main.global_cluster: is missing; the global cluster's "
                    + "identifier"
            ),
            Slip(
                "type: rds-replica", "type: rds-replica\\n        global_cluster: shop",
                "10:9: workloads.shop.databases.main.global_cluster: belongs to type aurora-global; remove it"
            ),
            Slip(
                "zone: Z123", "zone: Z123, metric: Moved",
                "20:62: workloads.shop.traffic[0].metric: belongs to lever route53-health-check; remove it"),
            Slip(
                "method: quarantine", "method: none",
                "13:34: workloads.shop.databases.main.fencing.security_groups: has no meaning with method "
                    + "none; remove it"
            ),
            Slip(
                "security_groups: [sg-0a1b2c3d]", "required: true",
                "13:9: workloads.shop.databases.main.fencing.security_groups: is missing; method "
                    + "quarantine needs at least one"
            ),
            Slip(
                "security_groups: [sg-0a1b2c3d]", "security_groups: []",
                "13:57: workloads.shop.databases.main.fencing.security_groups: is empty; method "
                    + "quarantine needs at least one"
            ),
            Slip(
                "workloads:", "aws:\\nworkloads:",
                "3:5: aws: is empty; write keys and values below it, or remove it"),
            Slip(
                "quorum: 3", "quorum: 3\\n      quorum: 2",
                "18:7: workloads.shop.policy.quorum: is a duplicate; line 17 has it already, keep one"),
        ])
    func keys(slip: Slip) throws {
        let problems = try Sample.problems(Sample.edited(slip.old, slip.new))
        #expect(problems == [slip.problem])
    }
}
