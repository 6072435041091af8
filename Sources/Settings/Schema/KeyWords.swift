/// What a key is for, in a sentence: what an editor shows beside it. The reference config.yaml says more.
enum KeyWords {
    /// A policy's keys mean the same in both places.
    static func text(of path: String) -> String? {
        for place in PolicyKey.places where path.hasPrefix("\(place).") {
            return policy[String(path.dropFirst(place.count + 1))]
        }
        for (place, words) in tables {
            guard path.hasPrefix(place) else { continue }
            let key = path.dropFirst(place.isEmpty ? 0 : place.count + 1)
            if let text = words[String(key)] { return text }
        }
        return nil
    }

    /// Every path that has words, for the test that holds them to the parser's keys.
    static var paths: Set<String> {
        let others = tables.flatMap { place, words in
            words.keys.map { place.isEmpty ? $0 : "\(place).\($0)" }
        }
        return Set(others + PolicyKey.places.flatMap { place in policy.keys.map { "\(place).\($0)" } })
    }

    private static let tables: [(String, [String: String])] = [
        ("workloads.*", workload), ("controller", controller), ("aws", aws), ("webhook", webhook),
        ("api", api), ("", root),
    ]

    private static let root = [
        "controller": "This host.",
        "aws": "How AWS is reached. May be left out.",
        "webhook": "Who may say \"look now\": alarms and events over HTTP. May be left out.",
        "api": "The operator API and the status page on a TCP address. May be left out.",
        "defaults": "Shared by all workloads, which override it key by key.",
        "defaults.policy": "Every workload's policy starts from this one.",
        "workloads": "What fails over together, by name: 1 to 63 of a-z, 0-9 and -.",
    ]

    private static let api = [
        "listen": "An IP address and a port. Default: 127.0.0.1:9464.",
        "certificate_file": "TLS: a PEM file, or the name of a systemd credential.",
        "key_file": "Its key, the same way.",
        "tokens_file": "Who may read and who may act: lines as drctl token makes them.",
    ]

    private static let controller = [
        "region": "The Region that this host runs in; never the primary Region of a workload.",
        "journal": "The journal's SQLite file, on a local disk. Default: /var/lib/drctl/journal.db.",
        "socket": "Where drctl's verbs reach the service. Default: /run/drctl/drctl.sock.",
        "socket_group": "A Unix group whose members may use the socket as well. Default: none.",
        "metrics": "Where /metrics is, for Prometheus: a loopback address with a port. Default: nowhere.",
        "poll_interval": "Between two rounds of observation. Default: 10s.",
        "resolvers": "Name servers as ip:port, asked instead of the system's own.",
        "log_level": "Default: info.",
        "max_concurrent_failovers": "How many workloads may fail over at the same time. Default: 4.",
        "settle_time": "A call that may have happened is repeated only after this time. Default: 30s.",
        "fleet_brake": "Nothing fails over by itself when a large part of all workloads fails at once.",
        "fleet_brake.percent": "More than this share of all workloads. Default: 50.",
        "fleet_brake.within": "Turned failed within this time of each other. Default: 60s.",
        "fleet_brake.at_least": "And at least so many. Default: 3.",
        "budget": "How much observing may ask of AWS.",
        "budget.calls_per_second": "To each API of each Region. Default: 20.",
        "budget.dollars_per_month": "For metrics. Default: no limit.",
        "recording": "What is kept for drctl replay.",
        "recording.path": "Default: beside the journal, with its name.",
        "recording.keep": "How long; 0s records nothing. Default: 840h.",
        "recording.limit_mib": "The most that the file may take up. Default: 256.",
        "lease": "Several hosts share a journal and take turns. Leave it out for a single host.",
        "lease.table": "A DynamoDB table with the keys pk (string) and sk (number).",
        "lease.region": "The table's Region; never the primary Region of a workload.",
        "lease.ttl": "How long the lease outlives its holder. Default: 15s.",
        "lease.holder": "This host's name, for people. Default: the machine's.",
    ]

    private static let aws = [
        "endpoints": "Addresses that replace AWS's own; the most specific entry wins.",
        "profile": "A profile of the shared AWS files. Default: the usual chain of credentials.",
        "ca_bundle": "A PEM file with the certificate authorities to trust instead of the system's.",
        "metric_period": "The period of the metrics that are read. Default: 60s.",
        "connect_timeout": "To open a connection. Default: 3s.",
        "request_timeout": "For one attempt, connecting included. Default: 15s.",
        "max_attempts": "The first attempt included. Default: 3.",
    ]

    private static let webhook = [
        "listen": "An IP address and a port. Default: 127.0.0.1:8463, for a proxy that speaks TLS.",
        "certificate_file": "TLS of its own: a PEM file, or the name of a systemd credential.",
        "key_file": "Its key, the same way.",
        "topics": "The SNS topics whose messages are heeded.",
        "alarms": "Alarms that name no database of a workload, by name or ARN.",
        "databases": "Further names of databases in RDS's alarms and events.",
        "secret_file": "A file with one secret a line for POST /hooks/generic, or a systemd credential.",
        "ca_file": "A PEM file with the roots that SNS's signing certificates lead to.",
        "store": "What has arrived. Default: beside the journal, with its name.",
    ]

    private static let policy = [
        "mode": "observe: watch and say; approval: prepare and ask; automatic: act. Default: observe.",
        "witnesses": "Which kinds of evidence count: two at least, one of them route53 or replication.",
        "quorum": "How many witnesses must say failed: 2 to the number of witnesses.",
        "confirmation_window": "For how long the quorum must hold without a gap. Default: 60s.",
        "clearance_window": "For how long all must be healthy before a suspicion is dropped.",
        "maximum_data_loss": "The most data, as time, that may be lost without a person's word.",
        "recovery_time": "The longest outage allowed (RTO), which doctor holds the records' TTLs against.",
        "cooldown": "Quiet after a completed failover. Default: 1h.",
        "freshness": "A probe's or an API's older answer is unknown. Default: three poll intervals.",
        "metric_freshness": "A metric's older sample is unknown. Default: 5m.",
        "stall_after": "Replication lag at which the replica is said to receive nothing any more.",
        "provider_recovery_limit": "How long AWS's own recovery is waited for. Default: 5m.",
        "maintenance": "Times of the week in which nothing fails over by itself.",
        "timeouts": "The longest time for each kind of step, all tries included.",
        "timeouts.recheck": "The last look at the primary. Default: 30s.",
        "timeouts.fence": "Keeping the old writer from writing. Default: 60s.",
        "timeouts.promotion": "Making the replica a writer. Default: 30m.",
        "timeouts.capacity": "Until what was raised in the standby Region runs. 0s: no wait. Default: 5m.",
        "timeouts.traffic": "Moving the clients' names. Default: 15m.",
        "timeouts.confirmation": "Seeing that the new writer writes and the names lead to it. Default: 5m.",
    ]

    private static let workload = [
        "primary_region": "Where the writers are while nothing has happened.",
        "standby_region": "Where the replicas are.",
        "priority": "Who comes first when more fail than may fail over at once. Default: 50.",
        "databases": "One at least, by name: 1 to 63 of a-z, 0-9 and -.",
        "policy": "Overrides defaults.policy key by key.",
        "capacity": "What must run in the standby Region before clients are led there; a failover raises it.",
        "traffic": "What makes the clients follow the writer.",
        "notifications": "Who is told.",
        "notifications.topics": "ARNs of SNS topics, one at least outside the primary Region.",
        "databases.*.type": "rds-replica: RDS with a cross-Region read replica; aurora-global.",
        "databases.*.global_cluster": "The global cluster's identifier.",
        "databases.*.method": "How an Aurora secondary becomes the writer. Default: detach.",
        "databases.*.primary": "The writer while nothing has happened; for Aurora the cluster.",
        "databases.*.standby": "What is promoted; for Aurora the cluster.",
        "databases.*.health_check": "The Route 53 health check on the primary, for the witness route53.",
        "databases.*.heartbeat": "A row is written on the primary every few seconds. Default: false.",
        "databases.*.sql": "Ask the database in SQL as well: does it commit, can it be read?",
        "databases.*.sql.tls": "Default: verify-full.",
        "databases.*.sql.ca_bundle": "RDS's certificate authorities as PEM. Needed with verify-full.",
        "databases.*.sql.canary": "Write one row at each probe. Default: true.",
        "databases.*.fencing": "How the old writer is kept from writing.",
        "databases.*.fencing.security_groups": "Of the primary Region, 1 to 16. Not with none.",
        "databases.*.fencing.required": "true: no promotion before the fence holds. Default: false.",
        "capacity[].desired": "Tasks or instances. More than that is never lowered.",
        "capacity[].type": "ecs-service, or auto-scaling-group, whose MaxSize must allow it.",
        "capacity[].cluster": "The ECS cluster's name.",
        "capacity[].service": "The ECS service's name.",
        "capacity[].group": "The Auto Scaling group's name.",
        "traffic[].type": "Only CNAME can hold an endpoint's name.",
        "traffic[].set_identifier": "For a record with a routing policy: which one of its set.",
        "traffic[].namespace": "The metric's namespace. Default: drctl.",
        "traffic[].metric": "The metric that drives the alarm. Default: FailoverActive.",
        "traffic[].dimensions": "The metric's dimensions. Default: Workload, with the workload's name.",
    ]
}
