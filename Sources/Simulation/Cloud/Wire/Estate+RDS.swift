import Failover

/// The RDS API of one Region. What is described is as of `time`; what is changed is changed now.
extension Estate {
    func rds(_ call: WireCall, asOf time: Timestamp, _ xml: inout XMLText) throws(Refusal) {
        switch call.operation {
        case "DescribeDBInstances": try describeInstances(call, time, &xml)
        case "DescribeDBClusters": try describeClusters(call, time, &xml)
        case "DescribeGlobalClusters": try describeGlobals(call, time, &xml)
        case "PromoteReadReplica":
            let node = try promoteReplica(try call.required("DBInstanceIdentifier"), in: call.region)
            xml.instance(node, try database(of: node), at: now)
        case "ModifyDBInstance", "ModifyDBCluster": try modify(call, &xml)
        case "RebootDBInstance":
            let node = try reboot(try call.required("DBInstanceIdentifier"), in: call.region)
            xml.instance(node, try database(of: node), at: now)
        case "RemoveFromGlobalCluster":
            let database = try detach(
                try call.required("DbClusterIdentifier"),
                from: try call.required("GlobalClusterIdentifier"), in: call.region)
            xml.global("GlobalCluster", database, at: now)
        case "FailoverGlobalCluster", "SwitchoverGlobalCluster":
            let database = try failover(
                try call.required("GlobalClusterIdentifier"),
                to: try call.required("TargetDbClusterIdentifier"),
                allowsDataLoss: call.fields["AllowDataLoss"] == "true", in: call.region)
            xml.global("GlobalCluster", database, at: now)
        default: throw .noOperation(call)
        }
    }

    private func database(of node: Node) throws(Refusal) -> TwinDatabase {
        guard let found = find(node.name) else { throw .noInstance(node.identifier) }
        return found.database
    }

    private func describeInstances(
        _ call: WireCall, _ time: Timestamp, _ xml: inout XMLText
    ) throws(Refusal) {
        let found: [(database: TwinDatabase, node: Node)]
        if let name = call.fields["DBInstanceIdentifier"] {
            guard let one = find(name, in: call.region), one.node.instance == name.lowercased() else {
                throw .noInstance(name)
            }
            found = [one]
        } else {
            found = try selected(call) { node, filter throws(Refusal) in
                switch filter {
                case "db-instance-id": node.instance
                case "dbi-resource-id": node.isCluster ? "db-\(node.resourceID)" : node.resourceID
                case "db-cluster-id": node.isCluster ? node.identifier : ""
                default: throw Refusal("InvalidParameterValue", "Unrecognized filter name: \(filter)")
                }
            }
        }
        xml.nest("DBInstances") { list in
            for (database, node) in found { list.instance(node, database, at: time) }
        }
    }

    private func describeClusters(
        _ call: WireCall, _ time: Timestamp, _ xml: inout XMLText
    ) throws(Refusal) {
        let found: [(database: TwinDatabase, node: Node)]
        if let name = call.fields["DBClusterIdentifier"] {
            guard let one = find(name, in: call.region), one.node.isCluster,
                one.node.identifier == name.lowercased()
            else { throw .noCluster(name) }
            found = [one]
        } else {
            found = try selected(call) { node, filter throws(Refusal) in
                guard node.isCluster else { return "" }
                return switch filter {
                case "db-cluster-id": node.identifier
                case "db-cluster-resource-id": node.resourceID
                default: throw Refusal("InvalidParameterValue", "Unrecognized filter name: \(filter)")
                }
            }.filter { $0.node.isCluster }
        }
        xml.nest("DBClusters") { list in
            for (database, node) in found { list.cluster(node, database, at: time) }
        }
    }

    /// The sides in the call's Region, in the order of the layout; with a filter, those that it names.
    private func selected(
        _ call: WireCall, by field: (Node, String) throws(Refusal) -> String
    ) throws(Refusal) -> [(database: TwinDatabase, node: Node)] {
        let filter = call.fields["Filters.Filter.1.Name"]
        let values = Set(call.fields.list("Filters.Filter.1.Values.Value.").map { $0.lowercased() })
        var found: [(database: TwinDatabase, node: Node)] = []
        for database in databases {
            for node in database.nodes where node.region == call.region {
                if let filter, !values.contains(try field(node, filter).lowercased()) { continue }
                found.append((database, node))
            }
        }
        return found
    }

    private func describeGlobals(
        _ call: WireCall, _ time: Timestamp, _ xml: inout XMLText
    ) throws(Refusal) {
        let name = call.fields["GlobalClusterIdentifier"]?.lowercased()
        let found = databases.filter { database in
            database.isMember(in: call.region, of: database.global?.at(time))
                && (name == nil || database.globalIdentifier?.lowercased() == name)
        }
        if let name, found.isEmpty { throw .noGlobalCluster(name) }
        xml.nest("GlobalClusters") { list in
            for database in found { list.global("GlobalClusterMember", database, at: time) }
        }
    }

    private func modify(_ call: WireCall, _ xml: inout XMLText) throws(Refusal) {
        let isCluster = call.operation == "ModifyDBCluster"
        let name = try call.required(isCluster ? "DBClusterIdentifier" : "DBInstanceIdentifier")
        guard let (database, node) = find(name, in: call.region), node.isCluster == isCluster,
            node.identifier == name.lowercased()
        else { throw isCluster ? .noCluster(name) : .noInstance(name) }
        let groups = call.fields.list("VpcSecurityGroupIds.VpcSecurityGroupId.")
        if !groups.isEmpty { try setGroups(groups, of: node, in: database) }
        if isCluster { xml.cluster(node, database, at: now) } else { xml.instance(node, database, at: now) }
    }
}

extension WireCall {
    func required(_ name: String) throws(Refusal) -> String {
        guard let value = fields[name], !value.isEmpty else { throw .missing(name) }
        return value
    }
}

extension Refusal {
    static func noOperation(_ call: WireCall) -> Refusal {
        Refusal("InvalidAction", "Could not find operation \(call.operation) of \(call.service).")
    }
}
