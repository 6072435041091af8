import Failover
import Testing

@testable import Observers

@Suite struct `The RDS API about instances` {
    /// What is read about both sides of `orders`, given each Region's answer.
    func readings(
        west: FakeAWS.Reply, north: FakeAWS.Reply = .document(Documents.instances())
    ) async -> [Side: Reading<DatabaseState>] {
        let aws = FakeAWS { $0.region == "eu-west-1" ? west : north }
        let observer = RDSInstanceObserver(context: .test(aws))
        var readings: [Side: Reading<DatabaseState>] = [:]
        for observation in await observer.observe([.test("shop", .rds("orders"))]) {
            #expect(observation.workload == "shop")
            #expect(observation.database == "orders")
            guard case .database(let side, let reading) = observation.fact else { continue }
            #expect(observation.vantage == (side == .primary ? "eu-west-1" : "eu-north-1"))
            #expect(observation.source == "RDS API \(observation.vantage)")
            readings[side] = reading
        }
        return readings
    }

    func primary(_ more: String, status: String = "available") async -> DatabaseState? {
        let instance = Documents.instance("orders-w", status: status, more)
        return await readings(west: .document(Documents.instances(instance)))[.primary]?.value
    }

    @Test func `An instance without a source is a writer, with all that identifies it`() async {
        #expect(
            await primary("")
                == DatabaseState(
                    status: "available", role: .writer, resourceID: "db-ORDERS-W",
                    arn: "arn:aws:rds:eu-west-1:123456789012:db:orders-w", engineVersion: "16.4",
                    securityGroups: ["sg-1"],
                    endpoint: Endpoint(host: "orders-w.example.rds.amazonaws.com", port: 5432)))
    }

    @Test func `An instance with a source is a replica`() async {
        let state = await primary(Documents.replicaSource)
        #expect(state?.role == .replica)
        #expect(state?.replicaOf == "arn:aws:rds:eu-west-1:123456789012:db:orders-w")
    }

    @Test func `An instance that replicates a cluster is a replica`() async {
        let source = "<ReadReplicaSourceDBClusterIdentifier>c</ReadReplicaSourceDBClusterIdentifier>"
        let state = await primary(source)
        #expect(state?.role == .replica)
        #expect(state?.replicaOf == "c")
    }

    @Test func `An empty source is none`() async {
        let empty = "<ReadReplicaSourceDBInstanceIdentifier></ReadReplicaSourceDBInstanceIdentifier>"
        #expect(await primary(empty)?.role == .writer)
    }

    @Test(arguments: [
        ("replicating", true), ("replication degraded", true), ("stopped", false), ("error", false),
        ("terminated", false),
    ])
    func `Whether replication is normal is for AWS to say`(status: String, normal: Bool) async {
        let state = await primary(Documents.replicaSource + Documents.replication((status, normal)))
        #expect(state?.replication == .init(normal: normal, text: status))
    }

    @Test func `The worst replication status counts`() async {
        let state = await primary(Documents.replication(("replicating", true), ("error", false)))
        #expect(state?.replication == .init(normal: false, text: "error"))
    }

    @Test func `Status infos about other things are not about replication`() async {
        let info = """
            <StatusInfos><DBInstanceStatusInfo><StatusType>something else</StatusType><Normal>false</Normal>\
            <Status>bad</Status></DBInstanceStatusInfo></StatusInfos>
            """
        let state = await primary(info)
        #expect(state != nil)
        #expect(state?.replication == nil)
    }

    @Test(arguments: ["modifying", "storage-full", "something-new"])
    func `A status is passed on as AWS spells it`(status: String) async {
        #expect(await primary("", status: status)?.status == status)
    }

    @Test func `An instance that is still being created has no endpoint`() async {
        let document = Documents.instances(
            """
            <DBInstance><DBInstanceIdentifier>orders-w</DBInstanceIdentifier>\
            <DBInstanceStatus>creating</DBInstanceStatus><DbiResourceId>db-1</DbiResourceId>\
            <DBInstanceArn>arn:x</DBInstanceArn></DBInstance>
            """)
        let state = await readings(west: .document(document))[.primary]?.value
        #expect(state?.status == "creating")
        #expect(state?.endpoint == nil)
    }

    @Test func `Identifiers are compared without regard to case`() async {
        let aws = FakeAWS { _ in .document(Documents.instances(Documents.instance("orders-w"))) }
        var database = Database.rds("orders")
        database.primary.identifier = "Orders-W"
        let found = await RDSInstanceObserver(context: .test(aws)).observe([.test("shop", database)])
        #expect(found.contains { $0.fact.slot == .primaryDatabase && $0.fact.unknownReason == nil })
    }

    @Test func `An instance that is not in the list does not exist there`() async {
        let readings = await readings(west: .document(Documents.instances(Documents.instance("other"))))
        #expect(readings[.primary]?.unknownReason == .notFound)
        #expect(readings[.standby]?.unknownReason == .notFound)
    }

    @Test func `One Region's failure says nothing about the other`() async {
        let readings = await readings(
            west: .transport(.connectTimeout),
            north: .document(Documents.instances(Documents.instance("orders-n", Documents.replicaSource))))
        #expect(readings[.primary]?.unknownReason == .silent)
        #expect(readings[.standby]?.value?.role == .replica)
    }

    @Test func `Instances are asked for by the hundred, each once, in their Region`() async {
        let aws = FakeAWS { _ in .document(Documents.instances()) }
        let databases = (0..<101).map { Database.rds(DatabaseID("d\($0)")) }
        let twice = [Workload.test("one", databases), Workload.test("two", databases)]
        let found = await RDSInstanceObserver(context: .test(aws)).observe(twice)
        #expect(found.count == 404)
        var counts: [String: [Int]] = [:]
        for request in aws.requests {
            #expect(request.action == "DescribeDBInstances")
            #expect(request.fields["Filters.Filter.1.Name"] == "db-instance-id")
            counts[request.region, default: []].append(request.values("Filters.Filter.1.Values.Value").count)
        }
        #expect(counts.mapValues { $0.sorted() } == ["eu-west-1": [1, 100], "eu-north-1": [1, 100]])
    }

    @Test func `Aurora's databases are not asked for here`() {
        let observer = RDSInstanceObserver(context: .test())
        #expect(observer.errands(about: [.test("shop", .aurora("orders"))], closer: []).isEmpty)
    }

    @Test func `An endpoint that never answers ends in silence, tried no more than twice`() async throws {
        let aws = FakeAWS { _ in .transport(.totalTimeout) }
        let found = await RDSInstanceObserver(context: .test(aws)).observe([.test("shop", .rds("orders"))])
        #expect(found.map(\.fact.unknownReason) == [.silent, .silent])
        #expect(aws.requests.count == 4)
    }
}
