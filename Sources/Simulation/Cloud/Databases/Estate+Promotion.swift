import Failover

/// `PromoteReadReplica`, as AWS carries it out.
extension Estate {
    /// Accepts it, or says why not.
    func promoteReplica(_ identifier: String, in region: Region) throws(Refusal) -> Node {
        guard let (database, node) = find(identifier, in: region), !node.isCluster else {
            throw .noInstance(identifier)
        }
        guard node.state.status == "available" else { throw .instanceState(node) }
        guard node.state.source != nil else {
            throw Refusal("InvalidDBInstanceState", "\(node.identifier) is not a read replica.")
        }
        show("modifying", of: node)
        let span = database.chance.duration(temper.promotion)
        switch database.course ?? drawCourse(&database.chance) {
        case .completes: promote(node, of: database, in: span)
        case .isGivenUp:
            stage(span / 2, database, node) { [unowned self] in show("available", of: node) }
        case .breaks:
            stage(span / 2, database, node) { [unowned self] in
                show("failed", of: node)
                node.troubles += 1
                settle(node, of: database)
            }
        }
        return node
    }

    private func drawCourse(_ chance: inout Chance) -> PromotionCourse {
        let draw = chance.unit()
        if draw < temper.givenUpPromotions { return .isGivenUp }
        return draw < temper.givenUpPromotions + temper.brokenPromotions ? .breaks : .completes
    }

    /// A step of the provider's work on a promotion.
    func stage(
        _ span: Duration, _ database: TwinDatabase, _ node: Node, _ act: @escaping () -> Void
    ) {
        after(span * database.slowness, in: node.region) {
            if database.isStuck { database.stuck.append(act) } else { act() }
        }
    }

    private func promote(_ node: Node, of database: TwinDatabase, in span: Duration) {
        let makesBackup = database.chance.happens(0.5)
        stage(min(.seconds(10), span / 10), database, node) { [unowned self] in
            let fork = part(database)
            note(.promoted(database.id, site: node.name, writers: writers(of: database) + [node.name]))
            noteLoss(fork, of: database)
            stage(span * 3 / 10, database, node) { [unowned self] in
                show("rebooting", of: node)
                restart(node, of: database, for: span * 3 / 10) { [unowned self] in
                    becomeWriter(node, of: database)
                    stage(span / 10, database, node) { [unowned self] in
                        change(node) { $0.source = nil }
                        show(makesBackup ? "backing-up" : "modifying", of: node)
                        stage(span * 2 / 10, database, node) { [unowned self] in
                            show("available", of: node)
                        }
                    }
                }
            }
        }
    }

    func becomeWriter(_ node: Node, of database: TwinDatabase) {
        change(node) {
            $0.takesWrites = true
            $0.replicationError = nil
        }
        note(.writerReady(database.id, site: node.name))
    }

    func noteLoss(_ fork: Fork, of database: TwinDatabase) {
        guard fork.lostCommits > 0 else { return }
        note(.lost(database.id, commits: fork.lostCommits, seconds: fork.lostSpan.inSeconds))
    }
}
