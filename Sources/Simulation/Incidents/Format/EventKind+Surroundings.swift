import Failover

/// Networks, AWS's own services, and what the witnesses make of it.
extension EventKind {
    static let networkKinds: [EventKind] = [
        EventKind(
            name: "cut", aliases: ["partition", "network-cut"],
            parameters: [EventParameter(key: "between", form: .ends, required: true)]
        ) { now, event, _ in
            let ends = event.names("between").compactMap(Conditions.End.init(rawValue:))
            if ends.count == 2 { now.cuts.insert(.init(ends[0], ends[1])) }
        },
        EventKind(
            name: "host-isolated", aliases: ["isolated", "host-cut-off", "host-offline"]
        ) { now, _, _ in now.cuts.insert(.init(.host, .internet)) },
        EventKind(
            name: "name-does-not-resolve", aliases: ["dns-failure", "name-failure", "resolver-down"]
        ) { now, _, _ in
            if now.nameLost == .none { now.nameLost = .forHost }
        },
        EventKind(
            name: "name-gone", aliases: ["dns-record-empty", "dns-record-deleted"]
        ) { now, _, _ in
            // Pools keep their connections; new ones, the checkers' among them, find nothing.
            now.nameLost = .forAll
        },
    ]

    static let providerKinds: [EventKind] = [
        EventKind(
            name: "control-plane-down",
            aliases: ["control-plane-5xx", "api-down", "api-5xx", "rds-api-down"], parameters: [.region]
        ) { now, event, places in answer(&now, event, places, .silent) },
        EventKind(
            name: "control-plane-throttled", aliases: ["throttled", "api-throttled"], parameters: [.region]
        ) { now, event, places in answer(&now, event, places, .throttled) },
        EventKind(
            name: "control-plane-garbage", aliases: ["api-garbage"], parameters: [.region]
        ) { now, event, places in answer(&now, event, places, .malformed) },
        EventKind(
            name: "api-name-does-not-resolve", aliases: ["api-dns-failure"], parameters: [.region]
        ) { now, event, places in answer(&now, event, places, .nameNotResolved) },
        EventKind(
            name: "api-certificate-bad", aliases: ["api-tls-failure"], parameters: [.region]
        ) { now, event, places in answer(&now, event, places, .certificate) },
        EventKind(
            name: "credentials-expired",
            aliases: ["token-expired", "access-denied", "permissions-lost", "credentials-revoked"]
        ) { now, _, _ in
            let denied = Conditions.Answer.unknown(.denied)
            (now.primaryAPI, now.standbyAPI) = (denied, denied)
            (now.metricsHome, now.standbyMetrics) = (denied, denied)
        },
        EventKind(
            name: "metrics-missing",
            aliases: ["no-datapoints", "cloudwatch-down", "metrics-stop"], parameters: [.metric]
        ) { now, event, _ in
            let which = event.word("metric") ?? "all"
            if which != "health" { now.lagPublished = false }
            if which != "lag" { now.healthPublished = false }
        },
        EventKind(
            name: "metrics-late", aliases: ["metrics-delayed"],
            parameters: [EventParameter(key: "by", form: .span, required: true), .metric]
        ) { now, event, _ in
            let (which, late) = (event.word("metric") ?? "all", event.span("by") ?? .zero)
            if which != "health" { now.lagDelay = late }
            if which != "lag" { now.healthDelay = late }
        },
        EventKind(
            name: "metrics-unreachable", aliases: ["cloudwatch-api-down"], parameters: [.metric]
        ) { now, event, _ in
            let which = event.word("metric") ?? "all"
            if which != "health" { now.standbyMetrics = .unknown(.silent) }
            if which != "lag" { now.metricsHome = .unknown(.silent) }
        },
    ]

    private static func answer(
        _ now: inout Conditions, _ event: EventArguments, _ places: Places, _ reason: UnknownReason
    ) {
        let name = event.word("region")
        if places.isPrimary(name) { now.primaryAPI = .unknown(reason) }
        if places.isStandby(name) { now.standbyAPI = .unknown(reason) }
    }

    static let witnessKinds: [EventKind] = [
        EventKind(
            name: "checkers", aliases: ["checkers-see"],
            parameters: [
                EventParameter(key: "failing", form: .count(0...64), required: true),
                EventParameter(key: "of", form: .count(1...64)),
            ]
        ) { now, event, _ in
            let all = event.count("of") ?? CheckerPanel.usual
            now.failingCheckers = .init(failing: event.count("failing") ?? 0, all: all)
        }
    ]
}
