import Failover

struct ClusterModel: Sendable {
    var identifier: String
    var region: Region
    var resourceID: String
    var status = "available"
    var members: [String] = []
    var groups = ["sg-app"]
    var newGroups: [String] = []
    var modifiedAt: Timestamp?
    /// `ReplicationSourceIdentifier`, whatever the global clusters say.
    var source: String?

    var arn: String { "arn:aws:rds:\(region):1:cluster:\(identifier)" }

    func xml(at time: Timestamp) -> String {
        let members = members.enumerated().map {
            "<DBClusterMember><DBInstanceIdentifier>\($0.element)</DBInstanceIdentifier>"
                + "<IsClusterWriter>\($0.offset == 0)"
                + "</IsClusterWriter></DBClusterMember>"
        }
        let memberships = InstanceModel.memberships(groups, newGroups, modifiedAt, time)
        return """
            <DBCluster><DBClusterIdentifier>\(identifier)</DBClusterIdentifier>
            <DBClusterArn>\(arn)</DBClusterArn>
            <DbClusterResourceId>\(resourceID)</DbClusterResourceId><Status>\(status)</Status>
            <ReplicationSourceIdentifier>\(source ?? "")</ReplicationSourceIdentifier>
            <Endpoint>\(identifier).cluster-x.\(region).rds.amazonaws.com</Endpoint><Port>5432</Port>
            <DBClusterMembers>\(members.joined())</DBClusterMembers>
            <VpcSecurityGroups>\(membershipXML(memberships))</VpcSecurityGroups></DBCluster>
            """
    }
}

/// A global cluster on its way through a detach or a failover.
struct GlobalModel: Sendable {
    var identifier: String
    var writer: String
    var secondaries: [String]
    var leaving: String?
    var leavingAt: Timestamp?
    var target: String?
    var failingOverAt: Timestamp?
    var dataLossAllowed = true
    /// AWS verifies for a while, and then leaves everything as it was.
    var isCancelled = false
    /// `SynchronizationStatus` of the secondaries.
    var synchronization = "connected"

    func xml(at time: Timestamp) -> String {
        var (writer, secondaries, state) = (writer, secondaries, "")
        if let leaving, let leavingAt, time - leavingAt >= .seconds(40) {
            secondaries.removeAll { $0 == leaving }
        }
        if let target, let failingOverAt, time >= failingOverAt {
            if isCancelled, time - failingOverAt >= .seconds(20) {
                state = ""
            } else if time - failingOverAt < .seconds(60) {
                let late = isCancelled ? "cancelling" : "failing-over"
                let status = time - failingOverAt < .seconds(10) ? "pending" : late
                state =
                    "<Status>\(status)</Status><FromDbClusterArn>\(writer)</FromDbClusterArn>"
                    + "<ToDbClusterArn>\(target)</ToDbClusterArn>"
                    + "<IsDataLossAllowed>\(dataLossAllowed)</IsDataLossAllowed>"
            } else {
                secondaries = secondaries.map { $0 == target ? writer : $0 }
                writer = target
            }
        }
        let members = ([(writer, true)] + secondaries.map { ($0, false) }).map {
            "<GlobalClusterMember><DBClusterArn>\($0.0)</DBClusterArn>"
                + "<IsWriter>\($0.1)</IsWriter>"
                + "<SynchronizationStatus>\($0.1 ? "connected" : synchronization)</SynchronizationStatus>"
                + "</GlobalClusterMember>"
        }
        return """
            <GlobalClusterMember><GlobalClusterIdentifier>\(identifier)</GlobalClusterIdentifier>
            <Status>\(state.isEmpty ? "available" : "failing-over")</Status>
            <FailoverState>\(state)</FailoverState>
            <GlobalClusterMembers>\(members.joined())</GlobalClusterMembers></GlobalClusterMember>
            """
    }
}

extension World {
    mutating func changeCluster(_ call: WireCall, at now: Timestamp) throws(Refusal) -> String {
        let name = call.parameters["DBClusterIdentifier"]
        guard let index = clusters.firstIndex(where: { $0.identifier == name && $0.region == call.region })
        else {
            throw Refusal("DBClusterNotFoundFault", status: 404)
        }
        clusters[index].modifiedAt = now
        clusters[index].newGroups = call.list("VpcSecurityGroupIds.VpcSecurityGroupId")
        return clusters[index].xml(at: now)
    }

    mutating func changeGlobal(_ call: WireCall, at now: Timestamp) throws(Refusal) -> String {
        let name = call.parameters["GlobalClusterIdentifier"]
        guard let index = globals.firstIndex(where: { $0.identifier == name }) else {
            throw Refusal("GlobalClusterNotFoundFault", status: 404)
        }
        if globals[index].isCancelled, let at = globals[index].failingOverAt, now - at >= .seconds(20) {
            (globals[index].failingOverAt, globals[index].isCancelled) = (nil, false)
        }
        guard globals[index].leavingAt == nil, globals[index].failingOverAt == nil else {
            throw Refusal("InvalidGlobalClusterStateFault", "something is going on")
        }
        let secondary =
            call.parameters[
                call.operation == "FailoverGlobalCluster"
                    ? "TargetDbClusterIdentifier" : "DbClusterIdentifier"]
        guard let secondary, globals[index].secondaries.contains(secondary) else {
            throw Refusal("DBClusterNotFoundFault", status: 404)
        }
        if call.operation == "FailoverGlobalCluster" {
            (globals[index].target, globals[index].failingOverAt) = (secondary, now)
        } else {
            (globals[index].leaving, globals[index].leavingAt) = (secondary, now)
        }
        // Verbatim as AWS does it: the old member still is the writer in the answer.
        let xml = globals[index].xml(at: now)
        return xml.replacingFirst("<GlobalClusterMember>", "<GlobalCluster>").replacingLast(
            "</GlobalClusterMember>", "</GlobalCluster>")
    }
}

extension String {
    func replacingFirst(_ old: String, _ new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return replacingCharacters(range, new)
    }

    func replacingLast(_ old: String, _ new: String) -> String {
        guard let range = ranges(of: old).last else { return self }
        return replacingCharacters(range, new)
    }

    private func replacingCharacters(_ range: Range<String.Index>, _ new: String) -> String {
        self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}
