import Failover

extension Plan {
    /// One step of every action there is; no real plan has them all.
    static func sample(_ origin: Origin) -> Plan {
        let steps = Action.samples.enumerated().map { index, action in
            Step(
                id: StepID("\(index + 1)-\(action.name)"), action: action,
                timeout: .milliseconds(1500 + index),
                tries: index + 1, onFailure: [.abandon, .askOperator, .owe, .noteUnconfirmed][index % 4])
        }
        let forecast = Forecast(
            rtoSeconds: 241.7, lossSeconds: origin == .automatic ? nil : 3.25,
            appliedUpTo: origin == .automatic ? nil : .sample)
        return Plan(
            workload: "shop", epoch: 3, createdAt: .sample, origin: origin, steps: steps, forecast: forecast)
    }
}

extension Action {
    static var samples: [Action] {
        let endpoint = Endpoint(host: "orders.example.com", port: 5432)
        let lever = HealthCheckLever(
            database: "orders", name: "orders.example.com", healthCheckID: "hc-1", region: "eu-central-1",
            namespace: "drctl", metric: "Failover", dimensions: ["workload": "shop", "database": "orders"])
        let capacities = [
            Capacity(
                region: "eu-central-1", resource: .ecsService(cluster: "shop", service: "web"), desired: 6),
            Capacity(region: "eu-central-1", resource: .autoScalingGroup(name: "workers"), desired: 4),
        ]
        return [
            .recheck,
            .fence(FenceAction.samples[1]),
            .promoteReplica(
                PromoteReplica(
                    database: "orders", region: "eu-central-1", identifier: "orders-replica",
                    resourceID: "db-DEF")),
            .detachFromGlobalCluster(
                DetachFromGlobalCluster(
                    database: "carts", region: "eu-central-1", globalCluster: "carts",
                    clusterIdentifier: "carts-2",
                    clusterARN: "arn:aws:rds:eu-central-1:123456789012:cluster:c2")),
            .failoverGlobalCluster(
                FailoverGlobalCluster(
                    database: "carts", region: "eu-central-1", globalCluster: "carts",
                    clusterIdentifier: "carts-2",
                    clusterARN: "arn:aws:rds:eu-central-1:123456789012:cluster:c2")),
            .awaitWriter(
                AwaitWriter(
                    database: "orders", region: "eu-central-1", identifier: "orders-replica",
                    globalCluster: nil,
                    resourceID: "db-DEF", endpoint: endpoint)),
            .moveRecord(
                MoveRecord(
                    zoneID: "Z1", name: "orders.example.com", type: "CNAME", setIdentifier: nil,
                    oldValue: "old.example.com", newValue: "new.example.com")),
            .flipHealthCheck(FlipHealthCheck(lever: lever, value: 1)),
            .confirmTraffic(ConfirmTraffic(name: "orders.example.com", endpoint: endpoint)),
            .raiseCapacity(RaiseCapacity(capacities: capacities)),
            .awaitCapacity(AwaitCapacity(capacities: capacities)),
        ]
    }
}
