import Failover

extension XMLText {
    mutating func instance(_ node: Node, _ database: TwinDatabase, at time: Timestamp) {
        let state = node.past.at(time)
        nest("DBInstance") { xml in
            xml.element("DBInstanceIdentifier", node.instance)
            xml.element("DBInstanceArn", node.isCluster ? "\(node.arn)-1" : node.arn)
            xml.element("DbiResourceId", node.isCluster ? "db-\(node.resourceID)" : node.resourceID)
            xml.element("DBInstanceStatus", state.instanceStatus)
            xml.element("Engine", node.isCluster ? "aurora-postgresql" : "postgres")
            xml.element("EngineVersion", node.engineVersion)
            if node.isCluster { xml.element("DBClusterIdentifier", node.identifier) }
            xml.nest("Endpoint") { endpoint in
                endpoint.element("Address", node.site.endpoint.host)
                endpoint.element("Port", node.site.endpoint.port)
            }
            xml.element("BackupRetentionPeriod", 7)
            xml.element("ReadReplicaSourceDBInstanceIdentifier", state.source)
            if state.source != nil {
                xml.nest("StatusInfos") { infos in
                    infos.nest("DBInstanceStatusInfo") { info in
                        info.element("StatusType", "read replication")
                        info.element("Normal", state.replicationError == nil)
                        info.element("Status", state.replicationError == nil ? "replicating" : "error")
                        info.element("Message", state.replicationError)
                    }
                }
            } else if !node.isCluster {
                let other = database.node(node.side == .primary ? .standby : .primary)
                xml.nest("ReadReplicaDBInstanceIdentifiers") { replicas in
                    if other.past.at(time).source == node.arn {
                        replicas.element("ReadReplicaDBInstanceIdentifier", other.arn)
                    }
                }
            }
            xml.groups(state.groups)
        }
    }

    mutating func cluster(_ node: Node, _ database: TwinDatabase, at time: Timestamp) {
        let state = node.past.at(time)
        let isMember = database.global?.at(time).member(node.side) != nil
        nest("DBCluster") { xml in
            xml.element("DBClusterIdentifier", node.identifier)
            xml.element("DBClusterArn", node.arn)
            xml.element("DbClusterResourceId", node.resourceID)
            xml.element("Status", state.status)
            xml.element("Engine", "aurora-postgresql")
            xml.element("EngineVersion", node.engineVersion)
            xml.element("Endpoint", node.site.endpoint.host)
            xml.element("Port", node.site.endpoint.port)
            if isMember { xml.element("GlobalClusterIdentifier", database.globalIdentifier) }
            xml.nest("DBClusterMembers") { members in
                members.nest("DBClusterMember") { member in
                    member.element("DBInstanceIdentifier", node.instance)
                    member.element("IsClusterWriter", true)
                    member.element("PromotionTier", 1)
                }
            }
            xml.groups(state.groups)
        }
    }

    mutating func global(_ element: String, _ database: TwinDatabase, at time: Timestamp) {
        guard let state = database.global?.at(time), let name = database.globalIdentifier else { return }
        nest(element) { xml in
            xml.element("GlobalClusterIdentifier", name)
            xml.element("GlobalClusterResourceId", "cluster-\(name.uppercased())")
            xml.element("Status", state.status)
            xml.element("Engine", "aurora-postgresql")
            xml.element("EngineVersion", database.primary.engineVersion)
            xml.nest("GlobalClusterMembers") { members in
                for member in state.members {
                    members.nest("GlobalClusterMember") { one in
                        one.element("DBClusterArn", database.node(member.side).arn)
                        one.nest("Readers") { readers in
                            guard member.isWriter else { return }
                            for other in state.members where !other.isWriter {
                                readers.element("member", database.node(other.side).arn)
                            }
                        }
                        one.element("IsWriter", member.isWriter)
                        one.element("SynchronizationStatus", member.synchronization)
                    }
                }
            }
            // Empty, rather than absent, when nothing is going on.
            xml.nest("FailoverState") { failover in
                guard let movement = state.movement else { return }
                failover.element("Status", movement.status)
                failover.element("FromDbClusterArn", database.node(movement.from).arn)
                failover.element("ToDbClusterArn", database.node(movement.to).arn)
                failover.element("IsDataLossAllowed", movement.allowsDataLoss)
            }
        }
    }

    private mutating func groups(_ groups: [NodeState.Membership]) {
        nest("VpcSecurityGroups") { list in
            for group in groups {
                list.nest("VpcSecurityGroupMembership") { membership in
                    membership.element("VpcSecurityGroupId", group.group)
                    membership.element("Status", group.status)
                }
            }
        }
    }
}
