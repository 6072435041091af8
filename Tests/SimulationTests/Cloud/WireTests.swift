import AWS
import Failover
import HTTPTransport
import Testing

@testable import Simulation

/// What the real client makes of the simulated answers.
@Suite struct WireTests {
    private static let describe = DescribeDBInstances(dbInstanceIdentifier: "orders-replica")
    private static let promote = PromoteReadReplica(dbInstanceIdentifier: "orders-replica")

    @Test(
        "A treatment is the kind of error that AWS means",
        arguments: [
            (Passage.Treatment.throttled, "Throttling", AWSError.Kind.throttled, 400),
            (.denied, "AccessDenied", .accessDenied, 403),
            (.expiredToken, "ExpiredToken", .credentialsRejected, 403),
        ])
    func refusals(_ treatment: Passage.Treatment, code: String, kind: AWSError.Kind, status: Int) throws {
        let (error, effects) = onBench { bench in
            bench.fabric.always["PromoteReadReplica"] = { $0.treatment = treatment }
            let error = bench.call(Self.promote, Layouts.new)?.error
            bench.pass(.seconds(900))
            return (error, bench.effects)
        }
        #expect(error?.code == code)
        #expect(error?.kind == kind)
        #expect(error?.status == status)
        #expect(error?.outcome == .notDone)
        #expect(effects.isEmpty)
    }

    @Test(
        "A server error leaves the outcome open, whether it came before the effect or after",
        arguments: [true, false])
    func serverErrors(afterEffect: Bool) {
        let (error, effects) = onBench { bench in
            bench.fabric.always["PromoteReadReplica"] = {
                $0.treatment = .serverError(status: 503, afterEffect: afterEffect)
            }
            let error = bench.call(Self.promote, Layouts.new)?.error
            bench.pass(.seconds(900))
            return (error, bench.effects)
        }
        #expect(error?.kind == .serverFault)
        #expect(error?.outcome == .unknown)
        #expect(effects.isEmpty == !afterEffect)
    }

    @Test func garbageIsMalformedAndTheOutcomeOpen() {
        let (error, effects) = onBench { bench in
            bench.fabric.always["PromoteReadReplica"] = { $0.treatment = .garbage }
            let error = bench.call(Self.promote, Layouts.new)?.error
            bench.pass(.seconds(900))
            return (error, bench.effects)
        }
        #expect(error?.kind == .malformedResponse)
        #expect(error?.outcome == .unknown)
        #expect(effects.count == 2)
    }

    @Test func whatNeverArrivesIsNotDoneAndWhatGetsNoReplyMayBe() {
        let errors = onBench { bench in
            let ways: [(inout Passage) -> Void] = [
                { $0.there = nil },
                { passage in
                    passage.there = nil
                    passage.isRefused = true
                },
                { $0.back = nil },
                { passage in
                    passage.back = nil
                    passage.isReset = true
                },
                { $0.there = .seconds(3600) },
            ]
            return ways.map { way -> AWSError? in
                bench.fabric.next["RebootDBInstance"] = [way]
                let reboot = RebootDBInstance(dbInstanceIdentifier: "orders")
                return bench.call(reboot, Layouts.old, options: CallOptions(maxAttempts: 1))?.error
            }
        }
        #expect(
            errors.map { $0?.kind } == [
                .network(.connectTimeout), .network(.connectionRefused), .network(.totalTimeout),
                .network(.connectionLost), .network(.totalTimeout),
            ])
        #expect(errors.map { $0?.outcome } == [.notDone, .notDone, .unknown, .unknown, .unknown])
    }

    @Test func aStaleDescribeShowsTheStateOfThen() {
        let statuses = onBench { bench in
            bench.pass(.seconds(100))
            _ = bench.call(Self.promote, Layouts.new)
            bench.pass(.seconds(20))
            return [nil, Duration.seconds(60)].map { age -> String? in
                bench.fabric.always["DescribeDBInstances"] = { passage in
                    if let age { passage.treatment = .stale(by: age) }
                }
                let output = bench.call(Self.describe, Layouts.new)?.output
                return output?.dbInstances.first?.dbInstanceStatus
            }
        }
        #expect(statuses[0] != "available")
        #expect(statuses[1] == "available")
    }

    @Test func aRequestThatWasSentHasItsEffectThoughItsSenderDies() {
        let effects = onBench { bench in
            let client = bench.client
            Task { _ = try? await client.call(Self.promote, region: "eu-central-1") }
            bench.pass(.milliseconds(10))
            bench.life.end()
            bench.pass(.seconds(900))
            return bench.effects
        }
        #expect(effects.count == 2)
    }

    @Test func aClockThatIsFarOffIsRefusedAndTheClientCorrectsIt() {
        let attempts = onBench { bench in
            bench.clockError = .seconds(1200)
            let client = bench.client
            return bench.result(within: .seconds(60)) { () async -> [Bool] in
                var results: [Bool] = []
                for _ in 0..<2 {
                    let output = try? await client.call(Self.describe, region: "eu-central-1")
                    results.append(output?.dbInstances.count == 1)
                }
                return results
            }
        }
        #expect(attempts == [true, true])
    }

    @Test func anUnknownOperationIsRefusedByItsService() {
        let codes = onBench { bench in
            [
                bench.call(DescribeEvents(), Layouts.new)?.code,
                bench.call(GetHealthCheck(healthCheckId: "x"), Estate.globalRegion)?.code,
                bench.call(GetTopicAttributes(topicArn: Layouts.topic.arn), Layouts.new)?.code,
                bench.call(GetCallerIdentity(), Layouts.new)?.code,
            ]
        }
        #expect(codes == ["InvalidAction", "InvalidAction", "InvalidAction", "InvalidAction"])
    }

    @Test func controlPlanesFailApartFromDataPlanes() {
        let (control, data) = onBench { bench in
            bench.estate.begin(.control(.failing), in: Layouts.new)
            let control = bench.call(Self.describe, Layouts.new)?.error?.kind
            bench.estate.end(.control(.failing), in: Layouts.new)
            bench.estate.begin(.noData, in: Layouts.new)
            return (control, [bench.call(Self.describe, Layouts.new)?.code, bench.run(Layouts.flip).detail])
        }
        #expect(control == .serverFault)
        #expect(data.first == .some(nil))
        #expect(data.last??.contains("not done in time") == true)
    }

    /// What the observers read is what the simulated eyes are told.
    @Test(arguments: [Database.Kind.rdsReplica, Layouts.aurora])
    func aDescriptionSaysWhatTheEyesAreTold(_ kind: Database.Kind) throws {
        let (described, told) = onBench([Layouts.shop(kind: kind)]) { bench in
            var described: [String] = []
            if kind == .rdsReplica {
                let found = bench.call(Self.describe, Layouts.new)?.output?.dbInstances.first
                described = [
                    found?.dbInstanceStatus, found?.dbiResourceId, found?.dbInstanceArn,
                    found?.engineVersion, found?.readReplicaSourceDBInstanceIdentifier,
                    found?.vpcSecurityGroups.first?.vpcSecurityGroupId, found?.endpoint?.address,
                    found?.statusInfos.first?.status,
                ].map { $0 ?? "" }
            } else {
                let found = bench.call(DescribeDBClusters(), Layouts.new)?.output?.dbClusters.first
                let member = bench.call(DescribeGlobalClusters(), Layouts.new)?.output?.globalClusters.first?
                    .globalClusterMembers.last
                described = [
                    found?.status, found?.dbClusterResourceId, found?.dbClusterArn, found?.engineVersion,
                    found?.globalClusterIdentifier, found?.vpcSecurityGroups.first?.vpcSecurityGroupId,
                    found?.endpoint, member?.synchronizationStatus,
                ].map { $0 ?? "" }
            }
            let state = bench.estate.databaseState(
                of: "orders-replica", in: Layouts.new, asOf: bench.time.now)
            return (described, state.value)
        }
        let state = try #require(told)
        #expect(
            described == [
                state.status, state.resourceID, state.arn, state.engineVersion, state.replicaOf,
                state.securityGroups.first, state.endpoint?.host, state.replication?.text,
            ])
    }

    @Test func theSameSeedIsTheSameStory() {
        func story(_ seed: UInt64) -> [String] {
            onBench(seed: seed) { bench in
                bench.write(to: Layouts.primaryHost, every: .seconds(2), for: .seconds(300))
                bench.pass(.seconds(100))
                bench.estate.begin(.noData, in: Layouts.old)
                for action in [Layouts.promote, Layouts.awaitInstance, Layouts.move] { _ = bench.run(action) }
                return bench.trace.happenings.map(\.description)
            }
        }
        #expect(story(5) == story(5))
        #expect(story(5) != story(6))
    }
}
