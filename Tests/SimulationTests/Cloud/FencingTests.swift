import AWS
import Failover
import Testing

@testable import Simulation

@Suite struct FencingOnEstateTests {
    private static let close = ModifyDBInstance(
        dbInstanceIdentifier: "orders", vpcSecurityGroupIds: ["sg-closed"], applyImmediately: true)

    @Test func newGroupsAreInForceALittleLater() {
        let (reply, later) = onBench { bench in
            func groups(_ instance: DBInstance?) -> [String] {
                (instance?.vpcSecurityGroups ?? []).map { "\($0.vpcSecurityGroupId) \($0.status ?? "")" }
            }
            let reply = groups(bench.call(Self.close, Layouts.old)?.output)
            bench.pass(.seconds(60))
            let described = bench.call(DescribeDBInstances(dbInstanceIdentifier: "orders"), Layouts.old)
            return (reply, groups(described?.output?.dbInstances.first))
        }
        #expect(reply == ["sg-shop-orders-primary removing", "sg-closed adding"])
        #expect(later == ["sg-closed active"])
    }

    @Test func closedGroupsRefuseNewConnectionsAndLeaveEstablishedOnesAlone() {
        let (write, connection, effects, writers) = onBench { bench in
            guard case .session(let session) = bench.estate.connect(to: Layouts.primaryHost) else {
                return (WriteAnswer.broken, ConnectionAnswer.unknownName, bench.effects, [SiteName]())
            }
            _ = bench.call(Self.close, Layouts.old)
            bench.pass(.seconds(60))
            return (
                bench.estate.write(session), bench.estate.connect(to: Layouts.primaryHost), bench.effects,
                bench.estate.writers(of: bench.estate.databases[0])
            )
        }
        #expect(write == .committed(position: 1))
        #expect(connection == .silent)
        #expect(effects.isEmpty)
        #expect(writers == [SiteName(Layouts.primary)])
    }

    @Test func aRestartEndsSessionsAndTheEngineComesBack() {
        let (status, during, after) = onBench { bench in
            guard case .session(let session) = bench.estate.connect(to: Layouts.primaryHost) else {
                return (String?.none, WriteAnswer.broken, ConnectionAnswer.unknownName)
            }
            let reply = bench.call(RebootDBInstance(dbInstanceIdentifier: "orders"), Layouts.old)
            let during = bench.estate.write(session)
            bench.pass(.seconds(150))
            return (reply?.output?.dbInstanceStatus, during, bench.estate.connect(to: Layouts.primaryHost))
        }
        #expect(status == "rebooting")
        #expect(during == .broken)
        #expect(after == .session(Session(site: SiteName(Layouts.primary), start: 1)))
    }

    @Test func rulesGoOneByOneAndWhatIsGoneIsRefused() {
        let layout = [Layouts.shop(fencing: .revokeIngress(securityGroups: ["sg-app"]))]
        let (codes, connection) = onBench(layout) { bench in
            let group = bench.call(DescribeSecurityGroups(groupIds: ["sg-app"]), Layouts.old)?.output?
                .securityGroups.first
            let rules = group?.ipPermissions ?? []
            let revoke = RevokeSecurityGroupIngress(groupId: "sg-app", ipPermissions: rules)
            let codes = [
                bench.call(revoke, Layouts.old)?.code, bench.call(revoke, Layouts.old)?.code,
                bench.call(DescribeSecurityGroups(groupIds: ["sg-none"]), Layouts.old)?.code,
            ]
            return (codes, bench.estate.connect(to: Layouts.primaryHost))
        }
        #expect(codes == [nil, "InvalidPermission.NotFound", "InvalidGroup.NotFound"])
        #expect(connection == .silent)
    }

    @Test func whoLetsClientsInAgainHasAWriterAgain() {
        let layout = [Layouts.shop(fencing: .revokeIngress(securityGroups: ["sg-app"]))]
        let (fenced, open) = onBench(layout) { bench in
            _ = bench.run(.fence(Layouts.fence(.revokeIngress(securityGroups: ["sg-app"]))))
            bench.pass(.seconds(300))
            let database = bench.estate.databases[0]
            let fenced = bench.estate.writers(of: database)
            let all = IPPermission(
                ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ipRanges: [IPRange(cidrIp: "0.0.0.0/0")])
            _ = bench.call(
                AuthorizeSecurityGroupIngress(groupId: "sg-app", ipPermissions: [all]), Layouts.old)
            return (fenced, bench.estate.writers(of: database))
        }
        #expect(fenced.isEmpty)
        #expect(open == [SiteName(Layouts.primary)])
    }

    @Test func whatIsBusyCannotBeChanged() {
        let codes = onBench { bench in
            bench.estate.beginTrouble(at: SiteName(Layouts.primary), status: "failing-over")
            return [
                bench.call(Self.close, Layouts.old)?.code,
                bench.call(RebootDBInstance(dbInstanceIdentifier: "orders"), Layouts.old)?.code,
            ]
        }
        #expect(codes == ["InvalidDBInstanceState", "InvalidDBInstanceState"])
    }
}
