import Failover
import Testing

@testable import Observers

@Suite struct `The RDS API about clusters of a global database` {
    typealias Member = (id: String, isWriter: Bool, sync: String?)

    /// What a Region's two answers mean for the primary, `orders-w`.
    func reading(_ clusters: FakeAWS.Reply, _ globals: FakeAWS.Reply) async -> Reading<DatabaseState>? {
        let aws = FakeAWS { $0.action == "DescribeDBClusters" ? clusters : globals }
        let found = await AuroraObserver(context: .test(aws)).observe([.test("shop", .aurora("orders"))])
        #expect(found.count == 2)
        for observation in found {
            if case .database(.primary, let reading) = observation.fact { return reading }
        }
        return nil
    }

    func state(_ cluster: String, _ globals: String...) async -> DatabaseState? {
        let listed = Documents.query(
            "DescribeGlobalClusters", "<GlobalClusters>\(globals.joined())</GlobalClusters>")
        return await reading(.document(Documents.clusters(cluster)), .document(listed))?.value
    }

    @Test func `The member that AWS calls the writer is the writer`() async {
        let global = Documents.global("global", ("orders-w", true, nil), ("orders-n", false, "connected"))
        #expect(
            await state(Documents.cluster("orders-w"), global)
                == DatabaseState(
                    status: "available", role: .writer, resourceID: "cluster-ORDERS-W",
                    arn: Documents.clusterARN("orders-w"), engineVersion: "16.4", instanceCount: 2,
                    securityGroups: ["sg-2"],
                    endpoint: Endpoint(host: "orders-w.example.rds.amazonaws.com", port: 5432)))
    }

    @Test(arguments: [("connected", true), ("pending-resync", false), ("something-new", false)])
    func `Another member is a replica, and tells how it replicates`(sync: String, normal: Bool) async {
        let global = Documents.global("global", ("orders-n", true, nil), ("orders-w", false, sync))
        let state = await state(Documents.cluster("orders-w"), global)
        #expect(state?.role == .replica)
        #expect(state?.replicaOf == "global")
        #expect(state?.replication == .init(normal: normal, text: sync))
    }

    @Test func `A cluster that is a member of nothing writes for itself`() async {
        let state = await state(
            Documents.cluster("orders-w"), Documents.global("global", ("orders-n", true, nil)))
        #expect(state?.role == .writer)
        #expect(state?.replicaOf == nil)
        #expect(state?.replication == nil)
    }

    @Test(arguments: ["promoting", "creating"])
    func `A cluster on its way out of the global cluster keeps its status`(status: String) async {
        let state = await state(Documents.cluster("orders-w", status: status))
        #expect(state?.status == status)
        #expect(state?.role == .writer)
    }

    @Test func `Membership decides, not a replication source that is left over`() async {
        let source = "<ReplicationSourceIdentifier>arn:other</ReplicationSourceIdentifier>"
        #expect(await state(Documents.cluster("orders-w", source))?.role == .writer)
    }

    @Test func `A cluster without instances is headless`() async {
        let state = await state(
            Documents.cluster("orders-w", instances: 0),
            Documents.global("global", ("orders-w", false, "connected")))
        #expect(state?.instanceCount == 0)
    }

    @Test(arguments: ["failing-over", "switching-over", "pending", "cancelling"])
    func `A failover of the global cluster is seen at its members`(status: String) async {
        let global = Documents.global(
            "global", ("orders-w", true, nil), failover: "<Status>\(status)</Status>")
        #expect(await state(Documents.cluster("orders-w"), global)?.globalFailover == status)
    }

    @Test func `The right one of several global clusters is found`() async {
        let state = await state(
            Documents.cluster("orders-w"), Documents.global("one", ("other", true, nil)),
            Documents.global("two", ("orders-w", false, "connected")))
        #expect(state?.replicaOf == "two")
    }

    @Test func `Without the global clusters nobody can say who writes`() async {
        let reading = await reading(
            .document(Documents.clusters(Documents.cluster("orders-w"))), .error(403, "AccessDenied"))
        #expect(reading?.unknownReason == .denied)
    }

    @Test func `Without the clusters there is nothing to say`() async {
        let reading = await reading(.error(503, "ServiceUnavailable"), .document(Documents.globals()))
        #expect(reading?.unknownReason == .silent)
    }

    @Test func `A cluster that is not in the list does not exist there`() async {
        let global = Documents.global("global", ("orders-w", true, nil))
        let reading = await reading(.document(Documents.clusters()), .document(Documents.globals(global)))
        #expect(reading?.unknownReason == .notFound)
    }

    @Test func `Each side is judged by its own Region's view`() async {
        // The survivor has let go of the primary's Region, which does not know it yet.
        let aws = FakeAWS { request in
            let isWest = request.region == "eu-west-1"
            guard request.action == "DescribeGlobalClusters" else {
                return .document(Documents.clusters(Documents.cluster(isWest ? "orders-w" : "orders-n")))
            }
            let old = Documents.global("global", ("orders-w", true, nil), ("orders-n", false, "connected"))
            return .document(isWest ? Documents.globals(old) : Documents.globals())
        }
        let found = await AuroraObserver(context: .test(aws)).observe([.test("shop", .aurora("orders"))])
        let roles = found.compactMap { observation in
            if case .database(_, .known(let state)) = observation.fact { state.role } else { nil }
        }
        #expect(roles == [.writer, .writer])
    }

    @Test func `Two calls a Region serve a hundred databases`() async {
        let aws = FakeAWS { request in
            request.action == "DescribeDBClusters"
                ? .document(Documents.clusters()) : .document(Documents.globals())
        }
        let databases = (0..<100).map { Database.aurora(DatabaseID("d\($0)")) }
        let found = await AuroraObserver(context: .test(aws)).observe([.test("shop", databases)])
        #expect(found.count == 200)
        #expect(aws.requests.count == 4)
    }
}
