import Testing

@testable import AWS

@Suite("Answers are read as botocore reads them")
struct ResponseVectorTests {
    /// Every member that this room reads is found by reflection and looked up in what botocore read from the
    /// same bytes: neither may a value differ, nor a name be misspelt so that it is never found.
    @Test("the same values, and no member that AWS does not have", arguments: try cases())
    func sameValues(recorded: JSONValue) throws {
        let name = try #require(recorded["case"]?.string)
        let operation = try #require(RequestVectorTests.operations[name])
        let ours = Flattened(output: try readAny(operation, recorded))
        let theirs = Self.aligned(Flattened(recorded: try #require(recorded["parsed"])).leaves)

        // Some have no output.
        let isSilent = theirs.isEmpty
        #expect(isSilent || recorded["full"]?.bool == false || !ours.leaves.isEmpty)
        for (path, value) in ours.leaves {
            #expect(theirs[path] == value, "\(path)")
        }
        for path in ours.absent where !path.isEmpty {
            let present = theirs.keys.filter { $0 == path || $0.hasPrefix("\(path).") }
            #expect(present.isEmpty, "\(path) was not read")
            if recorded["full"]?.bool == true {
                #expect(path.hasSuffix("unknownelements"), "AWS's model has no \(path)")
            }
        }
    }

    @Test("credentials from STS")
    func issuedCredentials() throws {
        for recorded in try Vectors.cases("responses.json") {
            guard let name = recorded["operation"]?.string, name.hasPrefix("AssumeRole") else { continue }
            let body = Array(try #require(recorded["body"]?.string).utf8)
            let response = OperationResponse(status: 200, body: body) { _ in nil }
            let issued =
                name == AssumeRole.name
                ? try AssumeRole.output(from: response) : try AssumeRoleWithWebIdentity.output(from: response)
            let theirs = try #require(recorded["parsed"]?["Credentials"])
            #expect(issued.accessKeyId == theirs["AccessKeyId"]?.string)
            #expect(issued.secretAccessKey == theirs["SecretAccessKey"]?.string)
            #expect(issued.sessionToken == theirs["SessionToken"]?.string)
            #expect(issued.expiration.unixSeconds == theirs["Expiration"]?["unixSeconds"]?.number)
            #expect(issued.assumedRoleArn == recorded["parsed"]?["AssumedRoleUser"]?["Arn"]?.string)
        }
    }

    @Test("items from DynamoDB")
    func items() throws {
        let recorded = try Vectors.cases("responses.json")
        let lease = try #require(recorded.first { $0["case"]?.string == "lease" })
        let item = try #require(try read(GetItem.self, lease))
        #expect(AttributeValue.json(item) == lease["parsed"]?["Item"].map(Self.sorted))
        #expect(item["epoch"]?.int == 12)
        #expect(item["by"] == .map(["host": .string("é😀")]))
        let renewal = try #require(recorded.first { $0["case"]?.string == "lease renewal" })
        #expect(try read(UpdateItem.self, renewal)["epoch"] == .number(13))
        let batches = try #require(recorded.first { $0["case"]?.string == "batches" })
        let page = try read(Query.self, batches)
        #expect(page.items.map { $0["sk"]?.int } == [7, 9])
        #expect(page.lastEvaluatedKey == ["pk": .string("record"), "sk": .number(9)])
        let table = try read(
            DescribeTable.self, try #require(recorded.first { $0["case"]?.string == "table" }))
        #expect(table.tableStatus == "ACTIVE" && table.deletionProtectionEnabled)
        #expect(table.key == ["pk": "S", "sk": "N"])
        #expect(table.replicaRegions == ["eu-west-1"] && table.multiRegionConsistency == "STRONG")
    }

    @Test("the same element name at two depths, and an empty failover state")
    func idleGlobalCluster() throws {
        let recorded = try #require(
            try Vectors.cases("responses.json").first { $0["case"]?.string == "idle global clusters" })
        let cluster = try #require(try read(DescribeGlobalClusters.self, recorded).globalClusters.first)
        #expect(cluster.globalClusterIdentifier == "orders")
        #expect(cluster.globalClusterMembers.map(\.dbClusterArn) == ["arn:1", "arn:2"])
        #expect(cluster.globalClusterMembers.map(\.isWriter) == [true, false])
        #expect(cluster.failoverState?.status == nil)
    }

    /// DynamoDB's items have types of their own, and a function's answer none.
    private static let readByHand: Set<String> = [
        "GetItem", "UpdateItem", "Query", "DescribeTable", "PutItem", "TransactGetItems",
        "TransactWriteItems", "Invoke",
    ]

    private static func cases() throws -> [JSONValue] {
        try Vectors.cases("responses.json").filter { recorded in
            guard let name = recorded["operation"]?.string else { return true }
            return !name.hasPrefix("AssumeRole") && !readByHand.contains(name)
        }
    }

    private func read<O: Operation>(_ type: O.Type, _ recorded: JSONValue) throws -> O.Output {
        let body = Array(try #require(recorded["body"]?.string).utf8)
        return try O.output(from: OperationResponse(status: 200, body: body) { _ in nil })
    }

    private func readAny<O: Operation>(_ operation: O, _ recorded: JSONValue) throws -> Any {
        try read(O.self, recorded)
    }

    /// Where this room leaves out a level that AWS has.
    private static func aligned(_ leaves: [String: String]) -> [String: String] {
        var leaves = leaves
        for wrapper in [
            "dbinstance.", "dbcluster.", "globalcluster.", "changeinfo.", "healthcheck.", "dbsnapshot.",
            "dbclustersnapshot.", "dbinstanceautomatedbackup.", "service.",
        ] where leaves.keys.allSatisfy({ $0.hasPrefix(wrapper) }) {
            leaves = Dictionary(
                uniqueKeysWithValues: leaves.map { (String($0.key.dropFirst(wrapper.count)), $0.value) })
        }
        for (path, value) in leaves {
            leaves[path.replacing("delegationset.nameservers", with: "nameservers")] = value
            leaves[path.replacing(".dbinstanceautomatedbackupsarn", with: "")] = value
        }
        return leaves
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(members.sorted { $0.name < $1.name }.map { .init($0.name, sorted($0.value)) })
        case .array(let values): .array(values.map(sorted))
        default: value
        }
    }
}
